import { z } from 'zod';
import type { Provider } from '../../providers/contract.ts';
import type { Runtime } from '../../runtime.ts';
import { addAccount, type AddedAccount } from './add-account.ts';
import { errors } from './errors.ts';
import { setFallback } from './set-fallback.ts';
import { suggestWebhook } from './suggest-webhook.ts';

/** One route as it is configured: a type (design §1) and the fields of its provider, flat. */
export interface RouteConfig {
  readonly provider: string;
  readonly credentials: Readonly<Record<string, string>>;
}
/** An account's chain, first choice first. */
export interface ChainConfig {
  readonly routes: readonly [RouteConfig, ...RouteConfig[]];
  readonly fallback_threshold_errors: number;
  readonly fallback_cooldown_seconds: number;
}

const MAX_VALUE = 2000;
const Typed = z.looseObject({ type: z.string('which carrier: meta, official, twilio, evolution, baileys, wwebjs or venom') });
/** As the source document has it (B2, B5); the limits are its own. */
const Chain = z.strictObject({
  primary: z.unknown(),
  fallback: z.array(z.unknown()).max(6).default([]),
  fallback_threshold_errors: z.int().min(1).max(100).default(3),
  fallback_cooldown_seconds: z.int().min(1).max(86_400).default(300),
});

/**
 * `{"type":"twilio","account_sid":"AC…","auth_token":"…","from":"+1415…"}` as a route. Numbers and switches may be written as such.
 * Throws `accounts.provider_unknown` for a type that is not there, ZodError that names each wrong field and what it should hold.
 */
export function readRouteConfig(rt: Pick<Runtime, 'providers'>, value: unknown): RouteConfig {
  const { type } = Typed.parse(value);
  const provider = Object.hasOwn(rt.providers, type) ? rt.providers[type] : undefined;
  if (!provider) throw errors.provider_unknown(`“${type}”`);
  const { type: _type, ...given } = schemaOf(provider).parse(value);
  const credentials: Record<string, string> = {};
  for (const [name, text] of Object.entries(given)) if (typeof text === 'string' && text !== '') credentials[name] = text;
  return { provider: type, credentials: { ...provider.complete?.(credentials) ?? credentials } };
}

/** `{primary, fallback[], fallback_threshold_errors, fallback_cooldown_seconds}`, or one route alone. Throws like `readRouteConfig`. */
export function readProviderConfig(rt: Pick<Runtime, 'providers'>, value: unknown): ChainConfig {
  const alone = typeof value === 'object' && value !== null && 'type' in value;
  const chain = Chain.parse(alone ? { primary: value } : value);
  const { fallback_threshold_errors, fallback_cooldown_seconds } = chain;
  return { routes: [readRouteConfig(rt, chain.primary), ...chain.fallback.map((one) => readRouteConfig(rt, one))], fallback_threshold_errors, fallback_cooldown_seconds };
}

function schemaOf(provider: Provider): z.ZodType<Record<string, unknown>> {
  const text = (help: string): z.ZodType<string> => z.union([z.string(), z.number(), z.boolean()], help).transform((v) => String(v).trim()).pipe(z.string().max(MAX_VALUE));
  return z.strictObject(Object.fromEntries([
    ['type', z.string()],
    ...provider.fields.map(({ name, required, help }) => [name, required ? text(help).refine((v) => v !== '', help) : text(help).optional()] as const),
  ]));
}

export interface Configured {
  readonly companyId: string;
  readonly name: string;
  readonly config: ChainConfig;
  /** A name for webhooks to begin with, such as the company's. */
  readonly base: string;
  /** Digits of the account's number, where its first provider does not know them. */
  readonly phone?: string;
}

/**
 * Makes an account with all routes of its configuration, first choice first, and its limits of falling back. Asks no carrier: whether
 * the credentials work, the routes' probes tell. Throws like `addAccount`; what was added before stays.
 */
export async function addConfigured(rt: Runtime, { companyId, name, config, base, phone }: Configured): Promise<AddedAccount[]> {
  const added: AddedAccount[] = [];
  for (const one of config.routes) added.push(await addRoute(rt, { companyId, name, base, config: one, accountId: added[0]?.accountId, ...(added.length === 0 && phone !== undefined && { phone }) }));
  const { fallback_threshold_errors, fallback_cooldown_seconds } = config;
  await setFallback(rt, added[0]!.accountId, { fallback_threshold_errors, fallback_cooldown_seconds });
  return added;
}

export type ConfiguredRoute = Omit<Configured, 'config'> & { readonly config: RouteConfig; readonly accountId: string | undefined };
/** One of them: of a new account, or behind those that the account has. Throws like `addAccount`. */
export async function addRoute(rt: Runtime, { companyId, name, base, config: { provider, credentials }, accountId, phone }: ConfiguredRoute): Promise<AddedAccount> {
  const known = rt.providers[provider]!.identify(credentials);
  return addAccount(rt, {
    companyId, name, provider, senderId: known.sender_id, wabaId: known.waba_id ?? null, phone: known.phone ?? phone ?? null, credentials, appSecret: known.app_secret, more: known.more,
    appSlug: await suggestWebhook(rt, { companyId, provider, senderId: known.sender_id, appSecret: known.app_secret, base }), ...(accountId === undefined ? {} : { accountId }),
  });
}
