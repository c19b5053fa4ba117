import { isDeepStrictEqual } from 'node:util';
import type { BotConfig } from '@centralita/contracts/api';
import { encodeId } from '@centralita/kernel';
import { z } from 'zod';
import type { Provider } from '../../providers/contract.ts';
import type { Runtime } from '../../runtime.ts';
import {
  accountErrors, addConfigured, changeAccount, readRouteConfig, routesOfAccount, setChain, type AddedAccount, type ChainPart, type ChainRoute, type RouteConfig,
} from '../accounts/index.ts';
import { audit, ownBusiness, requirePermission, type Caller } from '../companies/index.ts';
import { routeChanged, viewRoutes } from '../delivery/index.ts';
import { replayUnroutedOfApp } from '../intake/index.ts';
import { mayGive, subscribe } from './carrier-credentials.ts';
import { requireFree } from './connect-account.ts';

type Ref = BotConfig['provider_config']['primary'];

/** What is shown and stored in place of a secret; sent back, it means the one that is known. */
export const MASK = '••••••••';
const SECRET = /token|secret|password|api_?key|credential/i;

const isSecret = (provider: Provider | undefined, name: string): boolean => provider?.fields.find((f) => f.name === name)?.secret ?? SECRET.test(name);

/** A configuration without its secrets, as it is stored and answered. */
export function masked(rt: Runtime, config: BotConfig['provider_config']): BotConfig['provider_config'] {
  const one = (ref: Ref): Ref => {
    const provider = Object.hasOwn(rt.providers, ref.type) ? rt.providers[ref.type] : undefined;
    return Object.fromEntries(Object.entries(ref).map(([name, value]) => [name, name !== 'type' && isSecret(provider, name) ? MASK : value])) as Ref;
  };
  return { ...config, primary: one(config.primary), fallback: config.fallback.map(one) };
}

export interface LineWish {
  readonly body: BotConfig;
  /** Digits. */
  readonly phone: string;
  /** The caller's line that has this number. */
  readonly accountId: string | undefined;
}
export interface BotLine {
  readonly accountId: string | undefined;
  /** Why the configuration made no line; null: it did, or there was one. */
  readonly notice: string | null;
}

/**
 * The line of a bot by its configuration alone: its account with a route for each provider, first choice first, made, or changed to be this
 * chain. Providers that are only named (`{"type":"meta"}`) are those the line has. Throws ZodError for fields that are missing or wrong,
 * `accounts.route_busy`, `accounts.sender_elsewhere` and what `addAccount` throws.
 */
export async function setBotLine(rt: Runtime, caller: Caller, { body, phone, accountId }: LineWish): Promise<BotLine> {
  const { primary, fallback, fallback_threshold_errors, fallback_cooldown_seconds } = body.provider_config;
  const refs = [{ ref: primary, path: ['provider_config', 'primary'] }, ...fallback.map((ref, n) => ({ ref, path: ['provider_config', 'fallback', n] }))];
  const here = accountId === undefined ? [] : await routesOfAccount(rt, accountId);
  const notice = obstacle(rt, caller, refs.map((r) => r.ref));
  if (notice !== null) return { accountId, notice };
  if (accountId === undefined && refs.every(({ ref }) => isName(ref) && rt.providers[ref.type]!.fields.some((f) => f.required))) return { accountId, notice: NO_LINE };
  const parts: ChainPart[] = [];
  for (const { ref, path } of refs) parts.push(partOf(rt, { ref, path, here, taken: parts.flatMap((p) => ('routeId' in p ? [p.routeId] : [])) }));
  // Only names, and all of them in their places: the chain is as it was.
  const kept = parts.flatMap((p) => ('routeId' in p ? [p.routeId] : []));
  if (kept.length === parts.length && isDeepStrictEqual(kept, here.map((r) => r.id))) return { accountId, notice: null };
  requirePermission(caller, 'whatsapp:admin');
  for (const part of parts) if ('config' in part) await requireFree(rt, caller, { provider: part.config.provider, sender: rt.providers[part.config.provider]!.identify(part.config.credentials).sender_id });
  const company = caller.company;
  if (accountId !== undefined) {
    await requireIdle(rt, here.filter((r) => !kept.includes(r.id) && !parts.some((p) => 'config' in p && isSender(rt, p.config, r))));
    const added = await setChain(rt, { companyId: company.id, accountId, name: body.name, base: company.slug, parts, fallback: { fallback_threshold_errors, fallback_cooldown_seconds } });
    await settle(rt, caller, { added, accountId, action: 'account.changed' });
    return { accountId, notice: null };
  }
  const business = await ownBusiness(rt, caller, undefined);
  const configs = parts.flatMap((p) => ('config' in p ? [p.config] : []));
  const [first, ...rest] = configs;
  const added = await addConfigured(rt, { companyId: company.id, name: body.name, base: company.slug, phone, config: { routes: [first!, ...rest], fallback_threshold_errors, fallback_cooldown_seconds } });
  const made = added[0]!.accountId;
  await settle(rt, caller, { added, accountId: made, action: 'account.connected', ...(business !== null && { business }) });
  return { accountId: made, notice: null };
}

const isName = (ref: Ref): boolean => Object.keys(ref).length === 1;
const NO_LINE = 'No line of yours has this number yet. Give the fields of its provider here, or connect it with POST /api/accounts.';

/** What keeps the configuration from making a line, in words; null: nothing. */
function obstacle(rt: Runtime, caller: Caller, refs: readonly Ref[]): string | null {
  for (const ref of refs) {
    const provider = Object.hasOwn(rt.providers, ref.type) ? rt.providers[ref.type] : undefined;
    if (!provider) return `This installation has no provider “${ref.type}”. The configuration is kept; its line is not connected.`;
    const address = Object.keys(ref).find((name) => name !== 'type' && !mayGive(caller, name));
    if (address !== undefined) return `Only who runs the installation may say where a carrier or bridge is (${address}). The configuration is kept; its line is not connected. Without ${address} this server runs the session, or asks the carrier’s own address.`;
  }
  return null;
}

function partOf(rt: Runtime, { ref, path, here, taken }: { readonly ref: Ref; readonly path: readonly (string | number)[]; readonly here: readonly ChainRoute[]; readonly taken: readonly string[] }): ChainPart {
  const { type, ...given } = ref;
  const provider = rt.providers[type]!;
  const free = here.filter((r) => r.provider === type && !taken.includes(r.id));
  const known = free.find((r) => Object.entries(given).every(([name, value]) => isSecret(provider, name) || value === MASK || String(value) === r.credentials[name]));
  if (isName(ref)) {
    if (known) return { routeId: known.id };
    if (!provider.fields.some((f) => f.required)) return { config: read(rt, { path, value: ref }) };
    throw wrong(path, `The line has no ${type} yet. Give its fields: ${provider.fields.filter((f) => f.required).map((f) => f.name).join(', ')}.`);
  }
  for (const [name, value] of Object.entries(given)) if (value === MASK && known?.credentials[name] === undefined) throw wrong([...path, name], 'This stands for a secret that is not known here. Give the secret itself.');
  const said = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== MASK));
  const config = read(rt, { path, value: { ...known?.credentials, ...said, type } });
  if (type === 'meta' && !known) return { config: { ...config, credentials: { graph_url: rt.config.metaGraphUrl, graph_version: rt.config.metaGraphVersion, ...config.credentials } } };
  return known && isDeepStrictEqual({ ...known.credentials }, { ...config.credentials }) ? { routeId: known.id } : { config };
}

/** With the place in the request's body. */
function read(rt: Runtime, { path, value }: { readonly path: readonly (string | number)[]; readonly value: unknown }): RouteConfig {
  try {
    return readRouteConfig(rt, value);
  } catch (error) {
    if (!(error instanceof z.ZodError)) throw error;
    throw new z.ZodError(error.issues.map((issue) => ({ ...issue, path: [...path, ...issue.path] })));
  }
}
const wrong = (path: readonly (string | number)[], message: string): z.ZodError => new z.ZodError([{ code: 'custom', path: [...path], message, input: undefined }]);

const isSender = (rt: Runtime, { provider, credentials }: RouteConfig, route: ChainRoute): boolean => route.provider === provider && rt.providers[provider]!.identify(credentials).sender_id === route.sender_id;

/** Messages must not wait on a route that is about to go. */
async function requireIdle(rt: Runtime, routes: readonly ChainRoute[]): Promise<void> {
  for (const view of routes.length === 0 ? [] : await viewRoutes(rt, routes)) {
    if (view.waiting > 0) throw accountErrors.route_busy(`They are ${view.waiting}.`, { waiting: view.waiting });
  }
}

/** Tells the carriers where to call, takes what came before, writes it into the audit log. */
async function settle(rt: Runtime, caller: Caller, { added, accountId, action, business }: { readonly added: readonly AddedAccount[]; readonly accountId: string; readonly action: string; readonly business?: string }): Promise<void> {
  await changeAccount(rt, caller.company.id, {
    id: accountId, change: { ...(business !== undefined && { business_id: business }) },
    note: (tx, _before, after) => audit(tx, caller, { action, target: { kind: 'account', id: encodeId('acc', after.id), name: after.name }, after: { routes: added.length } }),
  });
  const routes = await routesOfAccount(rt, accountId);
  for (const one of added) {
    const route = routes.find((r) => r.id === one.routeId);
    const provider = route && rt.providers[route.provider];
    if (!route || !provider) continue;
    await replayUnroutedOfApp(rt, one.appId);
    const reason = await subscribe(rt, { provider, credentials: route.credentials, secrets: one.secrets, url: rt.config.publicUrl + one.webhookPath });
    if (reason !== null) rt.log.info({ route: route.id, reason }, 'the carrier was not told where to call');
    await routeChanged(rt, route.id);
  }
}
