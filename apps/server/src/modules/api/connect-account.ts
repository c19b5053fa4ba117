import type { ChangeAccount, ConnectedAccount, CreateAccount } from '@centralita/contracts/api';
import { encodeId } from '@centralita/kernel';
import type { CarrierContext, Provider } from '../../providers/contract.ts';
import type { Runtime } from '../../runtime.ts';
import { accountDetails, accountErrors, addAccount, appById, changeAccount, routesOfAccount, suggestWebhook, type AddedAccount } from '../accounts/index.ts';
import { audit, decodeBusinesses, may, requireRoom, type Caller } from '../companies/index.ts';
import { parsePhone } from '../contacts/index.ts';
import { replayUnroutedOfApp } from '../intake/index.ts';
import { errors } from './errors.ts';
import { phoneOf } from './send-messages.ts';
import { detailsOf, showAccount } from './show-account.ts';

type Given = Pick<CreateAccount, 'waba_id' | 'phone_number_id' | 'api_key' | 'webhook_secret' | 'credentials'>;

/** What carriers call the two secrets that the source document names. */
const TOKEN_FIELDS = ['access_token', 'api_key', 'auth_token', 'token'];
const WEBHOOK_FIELDS = ['app_secret', 'webhook_secret'];

/** The carrier's own names for what was given; addresses of APIs only from who runs the installation. Throws `api.address_not_allowed`. */
function credentialsOf(rt: Runtime, caller: Caller, { provider, given, phone }: { provider: Provider; given: Given; phone: string | undefined }): Record<string, string> {
  const out: Record<string, string> = {};
  for (const { name } of provider.fields) {
    const value = given.credentials?.[name]
      ?? (TOKEN_FIELDS.includes(name) ? given.api_key : WEBHOOK_FIELDS.includes(name) ? given.webhook_secret
        : name === 'waba_id' ? given.waba_id : name === 'phone_number_id' ? given.phone_number_id : name === 'phone_number' ? phone : undefined);
    if (value === undefined) continue;
    // The carriers' client has no guard against addresses inside our own network.
    if (/(^|_)url$/.test(name) && !may(caller, 'platform:admin')) throw errors.address_not_allowed(`It was given as ${name}.`);
    out[name] = value;
  }
  if (provider.type === 'meta') return { graph_url: rt.config.metaGraphUrl, graph_version: rt.config.metaGraphVersion, ...out };
  return out;
}

/** Throws `api.credentials_missing`. */
function requireFields(provider: Provider, credentials: Readonly<Record<string, string>>): void {
  const missing = provider.fields.filter((f) => f.required && !credentials[f.name]);
  if (missing.length > 0) {
    throw errors.credentials_missing(`Missing: ${missing.map((f) => f.name).join(', ')}.`, { errors: missing.map((f) => ({ path: `credentials.${f.name}`, message: f.help })) });
  }
}

async function probe(rt: Runtime, provider: Provider, credentials: Readonly<Record<string, string>>): Promise<{ display?: string; name?: string; info?: Readonly<Record<string, unknown>> }> {
  if (!provider.setup) return {};
  const result = await provider.setup.probe(contextOf(rt, credentials));
  if (!result.ok) throw errors.credentials_refused([result.error.title, result.error.detail].filter(Boolean).join(' '));
  return result;
}
const contextOf = (rt: Runtime, credentials: Readonly<Record<string, string>>): CarrierContext => ({ http: rt.http.carrier, credentials, timeoutMs: rt.config.carrierTimeoutSeconds * 1000 });

/** `POST /api/accounts`. */
export async function connectAccount(rt: Runtime, caller: Caller, body: CreateAccount): Promise<{ account: ConnectedAccount; renewed: boolean }> {
  const { company } = caller;
  const provider = rt.providers[body.account_type];
  if (!provider) throw accountErrors.provider_unknown(`“${body.account_type}”`);
  const given = body.phone_number === undefined ? undefined : phoneOf(body.phone_number);
  const credentials = credentialsOf(rt, caller, { provider, given: body, phone: given });
  requireFields(provider, credentials);
  requireRoom(company, 'accounts', (await accountDetails(rt.db, company.id)).length);
  const business = body.business_id ? (await decodeBusinesses(rt.db, company.id, [body.business_id]))[0] : undefined;
  const found = body.verify ? await probe(rt, provider, credentials) : {};
  const identity = provider.identify(credentials);
  const phone = given ?? parsePhone(found.display ?? '') ?? identity.phone ?? null;
  const appSecret = identity.app_secret ?? '';
  const added = await addAccount(rt, {
    companyId: company.id, name: body.name ?? found.name ?? found.display ?? phone ?? identity.sender_id, phone, provider: body.account_type,
    senderId: identity.sender_id, wabaId: identity.waba_id ?? body.waba_id ?? null, credentials, appSecret, more: identity.more, limits: found.info && provider.limitsFor?.(found.info),
    appSlug: body.webhook_name ?? await suggestWebhook(rt, { companyId: company.id, provider: body.account_type, senderId: identity.sender_id, appSecret, base: company.slug }),
  });
  const row = await changeAccount(rt, company.id, {
    id: added.accountId, change: { ...(business !== undefined && { business_id: business }) },
    note: (tx, _before, after) => audit(tx, caller, { action: added.renewed ? 'account.renewed' : 'account.connected', target: { kind: 'account', id: encodeId('acc', after.id), name: after.name }, after: { provider: body.account_type, phone: after.phone } }),
  });
  await replayUnroutedOfApp(rt, added.appId);
  const url = rt.config.publicUrl + added.webhookPath;
  const reason = body.subscribe ? await subscribe(rt, { provider, credentials, added, url }) : 'It was not asked for.';
  return { account: { ...await showAccount(rt, row), webhook: { url, verify_token: added.verifyToken, subscribed: reason === null, reason } }, renewed: added.renewed };
}

const LOCAL = /^http:\/\/(127\.|localhost|\[::1\])/;
/** Null: it is subscribed. */
async function subscribe(rt: Runtime, { provider, credentials, added, url }: { provider: Provider; credentials: Readonly<Record<string, string>>; added: AddedAccount; url: string }): Promise<string | null> {
  if (!provider.setup?.subscribe) return 'This carrier has to be told by hand: enter the address there.';
  const carrier = Object.entries(credentials).find(([name]) => /(^|_)url$/.test(name))?.[1] ?? '';
  if (LOCAL.test(url) && !LOCAL.test(carrier)) return `The carrier cannot reach ${rt.config.publicUrl}. Set PUBLIC_URL to the https address of your tunnel or domain.`;
  const error = await provider.setup.subscribe(contextOf(rt, credentials), { url, secrets: added.secrets });
  return error ? [error.title, error.detail].filter(Boolean).join(' ') : null;
}

/** `PUT /api/accounts/{id}`, the part with credentials: those of the first route, the sender stays the same. */
export async function renewCredentials(rt: Runtime, caller: Caller, { id, body }: { id: string; body: ChangeAccount }): Promise<void> {
  if (body.api_key === undefined && body.webhook_secret === undefined && body.credentials === undefined && body.waba_id === undefined && body.phone_number_id === undefined) return;
  const account = await detailsOf(rt, caller.company.id, id);
  const [route] = await routesOfAccount(rt, id);
  const provider = route && rt.providers[route.provider];
  const app = route?.app_id ? await appById(rt, route.app_id) : undefined;
  if (!route || !provider || !app) throw errors.no_route();
  const credentials = { ...route.credentials, ...changed(rt, caller, { provider, body, phone: account.phone ?? undefined }) };
  requireFields(provider, credentials);
  const identity = provider.identify(credentials);
  if (identity.sender_id !== route.sender_id) throw errors.credentials_refused('They belong to another number. Connect it as a line of its own.');
  const found = body.verify ? await probe(rt, provider, credentials) : {};
  await addAccount(rt, {
    companyId: caller.company.id, name: account.name, phone: account.phone, provider: route.provider, senderId: route.sender_id, wabaId: identity.waba_id ?? route.waba_id,
    credentials, appSecret: identity.app_secret ?? app.secrets.appSecret, more: identity.more, appSlug: app.slug, limits: found.info && provider.limitsFor?.(found.info),
  });
}

/** Only what was given: the defaults of a new line stay out. */
function changed(rt: Runtime, caller: Caller, { provider, body, phone }: { provider: Provider; body: Given; phone: string | undefined }): Record<string, string> {
  const { graph_url, graph_version, phone_number, ...rest } = credentialsOf(rt, caller, { provider, given: body, phone });
  return {
    ...rest, ...(body.credentials?.['graph_url'] !== undefined && { graph_url: graph_url! }), ...(body.credentials?.['graph_version'] !== undefined && { graph_version: graph_version! }),
    ...(body.credentials?.['phone_number'] !== undefined && { phone_number: phone_number! }),
  };
}
