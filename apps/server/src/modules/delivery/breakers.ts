import type { SendOutcome } from '../../messaging/index.ts';
import type { Runtime } from '../../runtime.ts';
import { chainOf, type Route } from '../accounts/index.ts';
import { healthOf } from './health.ts';
import { isFailure } from './outcomes.ts';
import { waitsForPerson } from './route-state.ts';
import { deleteBreaker, holdBreaker, insertBreaker, openBreakers } from './store-breakers.ts';
import { ensureHealth, lookAt } from './store-health.ts';

/** Of the last tries of a route; above half of them failed opens its breaker too (requirement E7). */
const WINDOW = 20;
const FEWEST = 10;
/** Other processes open and close breakers as well. */
const TTL_MS = 1000;

/** Times in milliseconds. */
export interface OpenBreaker {
  readonly reason: string;
  readonly opened_at: number;
  readonly probe_at: number;
}
interface Health {
  consecutive: number;
  recent: boolean[];
}

/** Which routes are out, by their last tries. One for each process; what is open is known to all of them by the database. */
export class Breakers {
  readonly #rt: Runtime;
  readonly #health = new Map<string, Health>();
  #open = new Map<string, OpenBreaker>();
  #at = -Infinity;
  #loading: Promise<void> | undefined;

  constructor(rt: Runtime) {
    this.#rt = rt;
  }

  /** Looks again which are open, at most once a second. */
  async refresh(): Promise<void> {
    if (this.#rt.clock.now() - this.#at <= TTL_MS) return;
    this.#loading ??= this.#load().finally(() => {
      this.#loading = undefined;
    });
    await this.#loading;
  }

  /** Looks again now. */
  async refreshNow(): Promise<void> {
    this.#at = -Infinity;
    await this.refresh();
  }

  async #load(): Promise<void> {
    const rows = await openBreakers(this.#rt.db);
    const now = new Map(rows.map((r) => [r.route_id, { reason: r.reason, opened_at: r.opened_at.getTime(), probe_at: r.probe_at.getTime() }]));
    // Closed by a probe: half open, so that the next failure is enough.
    for (const id of this.#open.keys()) if (!now.has(id)) this.#health.set(id, { consecutive: Number.MAX_SAFE_INTEGER - 1, recent: [] });
    this.#open = now;
    this.#at = this.#rt.clock.now();
  }

  /** Why a route is out, since when and when it is probed next; undefined: it is not. */
  open(routeId: string): OpenBreaker | undefined {
    return this.#open.get(routeId);
  }

  usable(route: Route): boolean {
    return route.status === 'active' && !this.#open.has(route.id);
  }

  /** What a try says about its route. Opens the breaker where it was one failure too many and another route could take over. */
  async note(route: Route, outcome: SendOutcome): Promise<void> {
    const failed = isFailure(outcome);
    const health = this.#health.get(route.id) ?? { consecutive: 0, recent: [] };
    this.#health.set(route.id, health);
    health.consecutive = failed ? health.consecutive + 1 : 0;
    health.recent.push(failed);
    if (health.recent.length > WINDOW) health.recent.shift();
    if (!failed || this.#open.has(route.id)) return;
    const { routes, threshold, cooldownMs } = await chainOf(this.#rt, route.account_id);
    if (routes.length < 2) return;
    const bad = health.recent.filter(Boolean).length;
    if (health.consecutive < threshold && !(health.recent.length >= FEWEST && bad > health.recent.length / 2)) return;
    const reason = `${outcome.error.code}: ${outcome.error.title}`;
    const now = this.#rt.clock.now();
    this.#open.set(route.id, { reason, opened_at: now, probe_at: now + cooldownMs });
    this.#health.delete(route.id);
    const first = await insertBreaker(this.#rt.db, { route_id: route.id, company_id: route.company_id, reason, cooldown_ms: cooldownMs });
    if (first) await healthOf(this.#rt).flush();
    if (first) await lookAt(this.#rt.db, route.id, new Date(this.#rt.clock.now()));
    if (first) this.#rt.log.warn({ route: route.id, account: route.account_id, reason, tries: health.consecutive }, 'the route failed too often; its messages go by the next one of the account');
  }

  /** The route is out, whatever its last tries were and whether or not another could take over; it is probed after this time. */
  async hold(route: Route, { reason, probeMs }: { readonly reason: string; readonly probeMs: number }): Promise<void> {
    const known = this.#open.get(route.id);
    if (known?.reason === reason) return;
    const now = this.#rt.clock.now();
    this.#open.set(route.id, { reason, opened_at: known?.opened_at ?? now, probe_at: now + probeMs });
    if (!await holdBreaker(this.#rt.db, { route_id: route.id, company_id: route.company_id, reason, cooldown_ms: probeMs })) return;
    await ensureHealth(this.#rt.db, [route]);
    await lookAt(this.#rt.db, route.id, new Date(now));
    const about = { route: route.id, account: route.account_id, reason };
    if (waitsForPerson(reason)) this.#rt.log.info(about, 'the number waits for somebody to link its phone or start it; its messages wait, or go by the next one of the account');
    else this.#rt.log.warn(about, 'the route is out; its messages wait, or go by the next one of the account');
  }

  /** A probe succeeded; answers since when it was open, if it was. */
  async close(routeId: string): Promise<Date | undefined> {
    const opened = await deleteBreaker(this.#rt.db, routeId);
    if (!opened) return undefined;
    this.#at = -Infinity;
    await lookAt(this.#rt.db, routeId, new Date(this.#rt.clock.now()));
    return opened;
  }
}

const breakers = new WeakMap<Runtime['db'], Breakers>();
/** The breakers of this process. */
export function breakersOf(rt: Runtime): Breakers {
  let mine = breakers.get(rt.db);
  if (!mine) breakers.set(rt.db, mine = new Breakers(rt));
  return mine;
}

/** Whether another route of the account could send now. */
export async function hasAlternative(rt: Runtime, route: Route): Promise<boolean> {
  return (await chainOf(rt, route.account_id)).routes.some((r) => r.id !== route.id && breakersOf(rt).usable(r));
}
