import { groupBy } from '@centralita/kernel';
import type { Runtime } from '../../runtime.ts';
import { accountById, routesInUse, type ChainRoute } from '../accounts/index.ts';
import { breakersOf, type OpenBreaker } from './breakers.ts';
import { healthOf, HOUR_MS } from './health.ts';
import { problemsOf, stateOf, type HealthRow, type RouteProblem, type RouteState } from './route-state.ts';
import { countsSince, healthRows, waitingCounts, type RouteCount } from './store-health.ts';

/** A route as an operator sees it. */
export interface RouteView {
  readonly route: ChainRoute;
  readonly state: RouteState;
  readonly problems: readonly RouteProblem[];
  readonly breaker: OpenBreaker | undefined;
  readonly health: HealthRow | undefined;
  /** Messages that have not left; counted to 1000. */
  readonly waiting: number;
  /** Of the last 24 hours, whole hours. */
  readonly counts: readonly Omit<RouteCount, 'hour'>[];
}

/** How these routes do, from what all processes wrote down. */
export async function viewRoutes(rt: Runtime, routes: readonly ChainRoute[]): Promise<RouteView[]> {
  await healthOf(rt).flush();
  const ids = routes.map((r) => r.id);
  const [seen, waiting, counts] = await Promise.all([see(rt, routes), waitingCounts(rt.db, ids), countsSince(rt.db, ids, new Date(rt.clock.now() - 24 * HOUR_MS))]);
  const byRoute = groupBy(counts, (c) => c.route_id);
  return seen.map((s) => ({ ...s, waiting: waiting.get(s.route.id) ?? 0, counts: byRoute.get(s.route.id) ?? [] }));
}

async function see(rt: Runtime, routes: readonly ChainRoute[]): Promise<Omit<RouteView, 'waiting' | 'counts'>[]> {
  const breakers = breakersOf(rt);
  await breakers.refreshNow();
  const rows = new Map((await healthRows(rt.db, routes.map((r) => r.id))).map((h) => [h.route_id, h]));
  return routes.map((route) => {
    const known = { route, health: rows.get(route.id), breaker: breakers.open(route.id), now: rt.clock.now(), silenceMs: rt.config.statusSilenceSeconds * 1000 };
    const problems = problemsOf(known);
    return { route, health: known.health, breaker: known.breaker, problems, state: stateOf(known, problems) };
  });
}

/**
 * `up`: by its first choice · `degraded`: by another one, or something is missing · `down`: nothing of it can send · `waiting`: nothing of
 * it shall send until a person links, starts or resumes a number of it, and nothing is wrong.
 */
export type LineState = 'up' | 'degraded' | 'down' | 'waiting';
export interface LineHealth {
  readonly account_id: string;
  readonly company_id: string;
  readonly name: string;
  readonly state: LineState;
  readonly routes: readonly { readonly id: string; readonly provider: string; readonly phone: string | null; readonly state: RouteState; readonly problems: readonly RouteProblem[] }[];
}

/** Every account that is not disabled, of one company or (undefined) of all. */
export async function lineHealth(rt: Runtime, companyId?: string): Promise<LineHealth[]> {
  const routes = (await routesInUse(rt)).filter((r) => companyId === undefined || r.company_id === companyId);
  const lines: LineHealth[] = [];
  for (const [account_id, all] of groupBy(await see(rt, routes), (s) => s.route.account_id)) {
    const account = await accountById(rt, account_id);
    if (!account || account.status === 'disabled') continue;
    const states = all.map((s) => s.state).filter((s) => s !== 'paused' && s !== 'waiting');
    const state = states.length === 0 ? 'waiting' : states.every((s) => s === 'down') ? 'down' : states[0] === 'up' || states[0] === 'unknown' ? 'up' : 'degraded';
    lines.push({
      account_id, company_id: account.company_id, name: account.name, state,
      routes: all.map((s) => ({ id: s.route.id, provider: s.route.provider, phone: s.route.phone, state: s.state, problems: s.problems })),
    });
  }
  return lines;
}
