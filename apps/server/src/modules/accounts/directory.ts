import { createLookups, groupBy } from '@centralita/kernel';
import type { RouteLimits, WebhookSecrets } from '../../providers/contract.ts';
import type { Runtime } from '../../runtime.ts';
import { limitsOf, type RouteSettings } from './route-settings.ts';
import { accountsOf, allAccounts, allApps, allRoutes, routeStatus, type AccountRow, type AppRow, type RouteRow, type RouteStatus } from './store.ts';

/** A webhook endpoint with its secrets in the clear; stays inside the process. */
export interface App {
  readonly id: string;
  readonly company_id: string;
  readonly provider: string;
  readonly slug: string;
  readonly secrets: WebhookSecrets;
}
/** One sender of a carrier, ready to use; stays inside the process. */
export interface Route {
  readonly id: string;
  readonly company_id: string;
  readonly account_id: string;
  readonly app_id: string | null;
  readonly provider: string;
  readonly sender_id: string;
  readonly waba_id: string | null;
  readonly credentials: Readonly<Record<string, string>>;
  readonly limits: RouteLimits;
  /** Of the sender, digits; null: its carrier does not tell. */
  readonly phone: string | null;
  readonly position: number;
  readonly settings: RouteSettings;
  readonly status: RouteStatus;
  readonly status_reason: string | null;
  readonly created_at: Date;
}

/** A route that is in use. */
export type ChainRoute = Route & { readonly status: Exclude<RouteStatus, 'removed'> };

// Other processes (the CLI) add accounts too: what is known is read anew after this time, and at once for an unknown
// name, but not more often than every half second, so that a stranger's guesses cost nothing.
const TTL_MS = 5000;
const MISS_MS = 500;

interface Directory {
  apps: Map<string, App>;
  appsById: Map<string, App>;
  defaults: Map<string, App>;
  bySender: Map<string, Route>;
  byWaba: Map<string, Route[]>;
  byId: Map<string, Route>;
  byAccount: Map<string, ChainRoute[]>;
  byCompany: Map<string, Route[]>;
  accounts: Map<string, AccountRow>;
  at: number;
}
const directories = new WeakMap<Runtime['db'], { current?: Directory; loading?: Promise<Directory> }>();

function openApp(rt: Runtime, row: AppRow): App {
  return { ...row, secrets: JSON.parse(rt.sealer.open(row.secrets)) as WebhookSecrets };
}
function openRoute(rt: Runtime, row: RouteRow): Route | undefined {
  const provider = rt.providers[row.provider];
  if (!provider) return undefined;
  return {
    ...row, credentials: JSON.parse(rt.sealer.open(row.credentials)) as Record<string, string>, limits: limitsOf(row.settings, provider.limits),
    phone: row.settings.phone ?? null,
  };
}

async function load(rt: Runtime): Promise<Directory> {
  const [apps, rows, accounts] = await Promise.all([allApps(rt.db), allRoutes(rt.db), allAccounts(rt.db)]);
  const open = apps.map((row) => ({ row, app: openApp(rt, row) }));
  const routes = rows.map((row) => openRoute(rt, row)).filter((r) => r !== undefined);
  const kept = routes.filter((r): r is ChainRoute => r.status !== 'removed');
  return {
    apps: new Map(open.map(({ app }) => [`${app.provider}/${app.slug}`, app])),
    appsById: new Map(open.map(({ app }) => [app.id, app])),
    defaults: new Map(open.filter(({ row }) => row.is_default).map(({ app }) => [app.provider, app])),
    bySender: new Map(routes.map((r) => [`${r.app_id}/${r.sender_id}`, r])),
    byWaba: groupBy(kept.filter((r) => r.waba_id), (r) => `${r.app_id}/${r.waba_id}`),
    byId: new Map(routes.map((r) => [r.id, r])),
    byAccount: groupBy(kept, (r) => r.account_id),
    byCompany: groupBy(routes, (r) => r.company_id),
    accounts: new Map(accounts.map((a) => [a.id, a])),
    at: rt.clock.now(),
  };
}

async function directory(rt: Runtime, maxAge = TTL_MS): Promise<Directory> {
  let slot = directories.get(rt.db);
  if (!slot) directories.set(rt.db, slot = {});
  if (slot.current && rt.clock.now() - slot.current.at <= maxAge) return slot.current;
  const mine = slot;
  mine.loading ??= load(rt).then((d) => (mine.current = d)).finally(() => {
    mine.loading = undefined;
  });
  // A stale directory beats waiting for a database that is away.
  if (mine.current && maxAge === TTL_MS) {
    mine.loading.catch(() => undefined);
    return mine.current;
  }
  return mine.loading;
}

async function lookup<T>(rt: Runtime, find: (d: Directory) => T | undefined): Promise<T | undefined> {
  return find(await directory(rt)) ?? find(await directory(rt, MISS_MS));
}

/** Forgets what is cached, after a change made by this process. */
export function forgetAccounts(rt: Runtime): void {
  directories.delete(rt.db);
}

/** The app of `/webhook/{provider}/{slug}`; without a slug the provider's default app. */
export function findApp(rt: Runtime, provider: string, slug: string | undefined): Promise<App | undefined> {
  return lookup(rt, (d) => (slug === undefined ? d.defaults.get(provider) : d.apps.get(`${provider}/${slug}`)));
}
/** The apps of a carrier that have a sender of this name: of several companies, perhaps. */
export async function appsOfSender(rt: Runtime, provider: string, senderId: string): Promise<readonly App[]> {
  const { apps, bySender } = await directory(rt, MISS_MS);
  return [...apps.values()].filter((a) => a.provider === provider && bySender.has(`${a.id}/${senderId}`));
}
export function appById(rt: Runtime, id: string): Promise<App | undefined> {
  return lookup(rt, (d) => d.appsById.get(id));
}
/** The webhook endpoints of a company. */
export async function appsOfCompany(rt: Runtime, companyId: string): Promise<readonly App[]> {
  return [...(await directory(rt, MISS_MS)).appsById.values()].filter((a) => a.company_id === companyId);
}
/** The route of an app that sends as this number. A receipt reaches no other. */
export function routeOfSender(rt: Runtime, appId: string, senderId: string): Promise<Route | undefined> {
  return lookup(rt, (d) => d.bySender.get(`${appId}/${senderId}`));
}
/** The first route of an app below this WhatsApp Business Account. */
export function routeOfWaba(rt: Runtime, appId: string, wabaId: string): Promise<Route | undefined> {
  return lookup(rt, (d) => d.byWaba.get(`${appId}/${wabaId}`)?.[0]);
}
export async function routeById(rt: Runtime, id: string): Promise<Route | undefined> {
  const found = await lookup(rt, (d) => d.byId.get(id));
  // What an operator has to mend may have been mended by now, in another process: an old answer would park its messages.
  if (found?.status !== 'stopped' || await routeStatus(rt.db, id) === 'stopped') return found;
  forgetAccounts(rt);
  return (await directory(rt)).byId.get(id);
}
/** Every route that a company has or had. */
export async function routesOfCompany(rt: Runtime, companyId: string): Promise<readonly Route[]> {
  return (await lookup(rt, (d) => d.byCompany.get(companyId))) ?? [];
}
/** Every route in some chain, of all companies. */
export async function routesInUse(rt: Runtime): Promise<readonly ChainRoute[]> {
  return [...(await directory(rt)).byAccount.values()].flat();
}
/** An account's chain, first choice first. */
export async function routesOfAccount(rt: Runtime, accountId: string): Promise<readonly ChainRoute[]> {
  return (await lookup(rt, (d) => d.byAccount.get(accountId))) ?? [];
}
export function accountById(rt: Runtime, id: string): Promise<AccountRow | undefined> {
  return lookup(rt, (d) => d.accounts.get(id));
}
/** Requirement B2. */
const THRESHOLD_ERRORS = 3;
const COOLDOWN_SECONDS = 300;

/** The routes of an account that an operator has not paused, first choice first, and when one is left for the next. */
export async function chainOf(rt: Runtime, accountId: string): Promise<{ readonly routes: readonly ChainRoute[]; readonly threshold: number; readonly cooldownMs: number }> {
  const [routes, account] = [await routesOfAccount(rt, accountId), await accountById(rt, accountId)];
  return {
    routes: routes.filter((r) => r.status !== 'paused'), threshold: account?.fallback?.fallback_threshold_errors ?? THRESHOLD_ERRORS,
    cooldownMs: (account?.fallback?.fallback_cooldown_seconds ?? COOLDOWN_SECONDS) * 1000,
  };
}
const lists = new WeakMap<Runtime['db'], (companyId: string) => Promise<AccountRow[] | undefined>>();
/** As they are now; requests of one moment ask together. */
export async function accountsOfCompany(rt: Runtime, companyId: string): Promise<AccountRow[]> {
  let list = lists.get(rt.db);
  if (!list) lists.set(rt.db, list = createLookups((ids) => accountsOf(rt.db, ids)));
  return (await list(companyId)) ?? [];
}
