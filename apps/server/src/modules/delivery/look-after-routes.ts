import { warnSeldom } from '@centralita/platform/log';
import type { Runtime } from '../../runtime.ts';
import { chainOf, routeById, routesInUse } from '../accounts/index.ts';
import { company } from '../companies/index.ts';
import { askCarrier } from './ask-carrier.ts';
import { OutcomeQuestions } from './ask-outcomes.ts';
import { breakersOf } from './breakers.ts';
import { HOUR_MS, healthOf } from './health.ts';
import { problemsOf, sameProblems, stateOf, waitsForPerson, type HealthRow, type Seen } from './route-state.ts';
import { putOff, takeDueBreakers } from './store-breakers.ts';
import { ensureHealth, forgetCounts, lookAt, looked, takeDueLooks, takeDueProbes, tellRoute } from './store-health.ts';

const EVERY_MS = 1000;
/** A process that dies while it probes or tells news leaves that to another, after this time. */
const AGAIN_MS = 30_000;
/** New routes get their row within this time; old counts go once an hour. */
const ENSURE_MS = 30_000;
const KEEP_COUNTS_MS = 48 * HOUR_MS;
/** Carriers asked, and routes looked at, in one round. */
const AT_ONCE = 20;

/**
 * Looks after routes in this process: asks carriers whose breaker is open whether they work again, each after its cooldown; asks all
 * of them from time to time; tells when a route goes down and comes up again. Answers how to end it.
 */
export async function lookAfterRoutes(rt: Runtime): Promise<() => Promise<void>> {
  const keeper = new Keeper(rt);
  const timer = setInterval(() => keeper.round(), EVERY_MS);
  return async () => {
    clearInterval(timer);
    await keeper.idle();
    await healthOf(rt).flush();
  };
}

class Keeper {
  readonly #rt: Runtime;
  readonly #warn: ReturnType<typeof warnSeldom>;
  readonly #chores: { readonly what: string; readonly run: () => Promise<void>; running?: Promise<void> | undefined }[];
  #ensured = -Infinity;
  #forgot = -Infinity;

  constructor(rt: Runtime) {
    this.#rt = rt;
    this.#warn = warnSeldom(rt.log);
    // Side by side: a carrier that does not answer keeps nobody from being told.
    const questions = new OutcomeQuestions(rt);
    this.#chores = [
      { what: 'breakers', run: () => probeBreakers(rt) },
      { what: 'carriers', run: () => this.#ask() },
      { what: 'outcomes', run: () => questions.round() },
      { what: 'news', run: () => tellNews(rt) },
    ];
  }

  round(): void {
    for (const chore of this.#chores) {
      chore.running ??= chore.run().catch((error: unknown) => this.#warn({ error, what: chore.what }, 'routes could not be looked after')).finally(() => {
        chore.running = undefined;
      });
    }
  }

  async idle(): Promise<void> {
    for (const chore of this.#chores) await chore.running;
  }

  async #ask(): Promise<void> {
    const rt = this.#rt;
    const now = rt.clock.now();
    if (now - this.#ensured > ENSURE_MS) {
      await ensureHealth(rt.db, await routesInUse(rt));
      this.#ensured = now;
    }
    if (now - this.#forgot > HOUR_MS) {
      await forgetCounts(rt.db, new Date(now - KEEP_COUNTS_MS));
      this.#forgot = now;
    }
    const due = await takeDueProbes(rt.db, { limit: AT_ONCE, now: new Date(now), next: new Date(now + rt.config.routeCheckSeconds * 1000) });
    await Promise.all(due.map(async (id) => {
      const route = await routeById(rt, id);
      // One that an operator paused or removed is nobody's worry; one with an open breaker has its own probes.
      if (route?.status === 'active' && !breakersOf(rt).open(id)) await askCarrier(rt, route);
    }));
  }
}

async function probeBreakers(rt: Runtime): Promise<void> {
  await Promise.all((await takeDueBreakers(rt.db, AGAIN_MS)).map(async (breaker) => {
    const route = await routeById(rt, breaker.route_id);
    if (!route) return;
    const probe = await askCarrier(rt, route);
    if (probe.ok) return;
    await putOff(rt.db, route.id, (await chainOf(rt, route.account_id)).cooldownMs);
    rt.log[waitsForPerson(probe.error?.code) ? 'debug' : 'info']({ route: route.id, code: probe.error?.code, reason: probe.error?.title }, 'the route does not work yet');
  }));
}

async function tellNews(rt: Runtime): Promise<void> {
  const now = rt.clock.now();
  const again = new Date(now + AGAIN_MS);
  const due = await takeDueLooks(rt.db, { limit: AT_ONCE, now: new Date(now), again, silentSince: new Date(now - rt.config.statusSilenceSeconds * 1000) });
  for (const health of due) {
    try {
      await tell(rt, health);
      await looked(rt.db, health.route_id, again);
    } catch (error) {
      await lookAt(rt.db, health.route_id, new Date(now + 5000));
      throw error;
    }
  }
}

async function tell(rt: Runtime, health: HealthRow): Promise<void> {
  const route = await routeById(rt, health.route_id);
  if (!route || route.status === 'paused' || route.status === 'removed') return;
  await breakersOf(rt).refreshNow();
  const seen: Seen = { route: { ...route, status: route.status }, health, breaker: breakersOf(rt).open(route.id), now: rt.clock.now(), silenceMs: rt.config.statusSilenceSeconds * 1000 };
  const problems = problemsOf(seen);
  if (sameProblems(problems, health.told)) return;
  const state = stateOf(seen, problems);
  // Somebody is about to link it, or ended it on purpose. What was told before holds until it works again.
  if (state === 'waiting') return;
  const told = await rt.db.withCompany(await company(rt, route.company_id), async (tx) => {
    if (!await tellRoute(tx, route.id, { before: health.told, news: problems })) return false;
    await rt.events.emit(tx, 'route.changed', { route_id: route.id, account_id: route.account_id, provider: route.provider, phone: route.phone, state: state === 'down' || state === 'degraded' ? state : 'up', problems });
    return true;
  });
  if (told) rt.log[state === 'down' ? 'error' : state === 'degraded' ? 'warn' : 'info']({ route: route.id, account: route.account_id, state, problems }, 'the state of a route changed');
}
