import type { Tx } from '@centralita/platform/database';
import type { Runtime } from '../../runtime.ts';
import { forgetAccounts, routeById, type ChainRoute } from './directory.ts';
import { errors } from './errors.ts';
import type { RouteSettings } from './route-settings.ts';
import { buryRoute, lockChain, writeOrder, writeRoute, type LockedRoute } from './store-chain.ts';

/** Which route of which account, and what is written down with the change, in its transaction. */
export interface RouteWish {
  readonly companyId: string;
  readonly accountId: string;
  readonly routeId: string;
  note?(tx: Tx): Promise<void>;
}
export interface RouteChange {
  /** `active` ends a pause and a stop alike. */
  readonly status?: 'active' | 'paused';
  /** Null: as the carrier needs it. */
  readonly pace?: RouteSettings['pace'] | null;
  readonly per_day?: number | null;
  readonly number_since?: string | null;
}

/** The route of this account and company. Throws `accounts.route_not_found`. */
export async function ownRoute(rt: Runtime, { companyId, accountId, routeId }: Pick<RouteWish, 'companyId' | 'accountId' | 'routeId'>): Promise<ChainRoute> {
  const route = await routeById(rt, routeId);
  if (!route || route.company_id !== companyId || route.account_id !== accountId || route.status === 'removed') throw errors.route_not_found();
  return { ...route, status: route.status };
}

/** Pauses a route or lets it go on, and says how it sends. Throws `accounts.route_not_found`. */
export async function changeRoute(rt: Runtime, wish: RouteWish, change: RouteChange): Promise<void> {
  // What is written beside the change is what stands in the row under its lock: this process may know the route as it was long ago.
  await inChain(rt, wish, (tx, known) => writeRoute(tx, {
    id: known.id, status: change.status ?? known.status, settings: changed(known.settings, change),
    status_reason: change.status === undefined ? known.status_reason : null,
  }));
}

function changed(before: RouteSettings, change: RouteChange): RouteSettings {
  const { limits, phone } = before;
  const pick = <K extends 'pace' | 'per_day' | 'number_since'>(key: K): RouteSettings[K] | undefined => (change[key] === undefined ? before[key] : change[key] ?? undefined) as RouteSettings[K] | undefined;
  const [pace, per_day, number_since] = [pick('pace'), pick('per_day'), pick('number_since')];
  return { ...(limits && { limits }), ...(phone && { phone }), ...(pace && { pace }), ...(per_day && { per_day }), ...(number_since && { number_since }) };
}

/** Takes a route out of its chain and forgets its secrets. The caller has seen that nothing waits on it. Throws `accounts.route_not_found`. */
export async function removeRoute(rt: Runtime, wish: RouteWish): Promise<void> {
  await inChain(rt, wish, async (tx, route, others) => {
    await buryRoute(tx, route.id, rt.sealer.seal('{}'));
    await writeOrder(tx, others.map((r) => r.id));
  });
}

/** Puts the routes of an account in this order. Throws `accounts.route_order`. */
export async function orderRoutes(rt: Runtime, { companyId, accountId, routeIds, note }: Omit<RouteWish, 'routeId'> & { readonly routeIds: readonly string[] }): Promise<void> {
  await rt.db.shared(async (tx) => {
    const chain = await lockChain(tx, companyId, accountId);
    const wanted = new Set(routeIds);
    if (wanted.size !== routeIds.length || chain.length !== wanted.size || !chain.every((r) => wanted.has(r.id))) throw errors.route_order();
    await writeOrder(tx, routeIds);
    await note?.(tx);
  });
  forgetAccounts(rt);
}

async function inChain(rt: Runtime, { companyId, accountId, routeId, note }: RouteWish, work: (tx: Tx, route: LockedRoute, others: readonly LockedRoute[]) => Promise<void>): Promise<void> {
  await rt.db.shared(async (tx) => {
    const chain = await lockChain(tx, companyId, accountId);
    const route = chain.find((r) => r.id === routeId);
    if (!route) throw errors.route_not_found();
    await work(tx, route, chain.filter((r) => r !== route));
    await note?.(tx);
  });
  forgetAccounts(rt);
}
