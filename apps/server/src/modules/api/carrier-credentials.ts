import type { CreateAccount } from '@centralita/contracts/api';
import type { CarrierContext, Provider, WebhookSecrets } from '../../providers/contract.ts';
import type { Runtime } from '../../runtime.ts';
import { may, type Caller } from '../companies/index.ts';
import { errors } from './errors.ts';

export type Given = Pick<CreateAccount, 'waba_id' | 'phone_number_id' | 'api_key' | 'webhook_secret' | 'credentials'>;

/** What carriers call the two secrets that the source document names. */
const TOKEN_FIELDS = ['access_token', 'api_key', 'auth_token', 'token'];
const WEBHOOK_FIELDS = ['app_secret', 'webhook_secret'];

/** The carriers' client has no guard against addresses inside our own network. */
export const mayGive = (caller: Caller, field: string): boolean => !/(^|_)url$/.test(field) || may(caller, 'platform:admin');

/** The carrier's own names for what was given; addresses of APIs only from who runs the installation. Throws `api.address_not_allowed`. */
export function credentialsOf(rt: Runtime, caller: Caller, { provider, given, phone }: { provider: Provider; given: Given; phone: string | undefined }): Record<string, string> {
  const out: Record<string, string> = {};
  for (const { name } of provider.fields) {
    const value = given.credentials?.[name]
      ?? (TOKEN_FIELDS.includes(name) ? given.api_key : WEBHOOK_FIELDS.includes(name) ? given.webhook_secret
        : name === 'waba_id' ? given.waba_id : name === 'phone_number_id' ? given.phone_number_id : name === 'phone_number' ? phone : undefined);
    if (value === undefined) continue;
    if (!mayGive(caller, name)) throw errors.address_not_allowed(`It was given as ${name}.`);
    out[name] = value;
  }
  if (provider.type === 'meta') return { graph_url: rt.config.metaGraphUrl, graph_version: rt.config.metaGraphVersion, ...out };
  return out;
}

/** Throws `api.credentials_missing`. */
export function requireFields(provider: Provider, credentials: Readonly<Record<string, string>>): void {
  const missing = provider.fields.filter((f) => f.required && !credentials[f.name]);
  if (missing.length > 0) {
    throw errors.credentials_missing(`Missing: ${missing.map((f) => f.name).join(', ')}.`, { errors: missing.map((f) => ({ path: `credentials.${f.name}`, message: f.help })) });
  }
}

export async function probe(rt: Runtime, provider: Provider, credentials: Readonly<Record<string, string>>): Promise<{ display?: string; name?: string; info?: Readonly<Record<string, unknown>> }> {
  if (!provider.setup) return {};
  const result = await provider.setup.probe(contextOf(rt, credentials));
  if (!result.ok) throw errors.credentials_refused([result.error.title, result.error.detail].filter(Boolean).join(' '));
  return result;
}
export const contextOf = (rt: Runtime, credentials: Readonly<Record<string, string>>): CarrierContext => ({ http: rt.http.carrier, credentials, timeoutMs: rt.config.carrierTimeoutSeconds * 1000 });

const LOCAL = /^http:\/\/(127\.|localhost|\[::1\])/;
/** Null: it is subscribed. */
export async function subscribe(rt: Runtime, { provider, credentials, secrets, url }: { provider: Provider; credentials: Readonly<Record<string, string>>; secrets: WebhookSecrets; url: string }): Promise<string | null> {
  if (!provider.setup?.subscribe) return 'This carrier has to be told by hand: enter the address there.';
  const carrier = Object.entries(credentials).find(([name]) => /(^|_)url$/.test(name))?.[1] ?? '';
  if (LOCAL.test(url) && !LOCAL.test(carrier)) return `The carrier cannot reach ${rt.config.publicUrl}. Set PUBLIC_URL to the https address of your tunnel or domain.`;
  const error = await provider.setup.subscribe(contextOf(rt, credentials), { url, secrets });
  return error ? [error.title, error.detail].filter(Boolean).join(' ') : null;
}
