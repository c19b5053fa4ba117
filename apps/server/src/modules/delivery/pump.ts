import type { CompanyRef, Tx } from '@centralita/platform/database';
import { LeaseLost, type Claim } from '@centralita/platform/lanes';
import { warnSeldom } from '@centralita/platform/log';
import type { SendOutcome } from '../../messaging/index.ts';
import type { Runtime } from '../../runtime.ts';
import { forgetAccounts, routeById, stopRoute, type Route } from '../accounts/index.ts';
import { breakersOf, hasAlternative } from './breakers.ts';
import { LANE } from './enqueue-messages.ts';
import { failOver } from './fail-over.ts';
import { noteSessionOut } from './follow-sessions.ts';
import { healthOf } from './health.ts';
import { Paces } from './paces.ts';
import { lookAt } from './store-health.ts';
import { sendMessage } from './send-message.ts';
import { nameBeforehand, repeated, sweepUnknown } from './repeat-unknown.ts';
import { traceSend } from './trace.ts';
import { settleOutcomes, type Settled } from './settle-outcomes.ts';
import { endOutbox, forgetAttempts, openAttempts, returnOutbox, takeOutbox, type DeliveryRequest, type Taken } from './store.ts';

/** A busy route stays with its pump this long after its last message: the next one is probably near. One that had a single message goes at once. */
const LINGER_MS = 50;
const lingerOf = (held: Held): number => (held.departed > 1 ? LINGER_MS : 0);
/** Messages rung by another process reach a busy route with this delay at most; also how often unknown outcomes are looked at. */
const TICK_MS = 200;
const AFTER_ERROR_MS = 250;
/** A route that an operator must mend is looked at again after this time; its messages wait. */
const STOPPED_MS = 60_000;
/** Outcomes and routes of a company that go along with those of others. */
const FEW = 8;
/** Messages of one route in one transaction. */
const AT_ONCE = 100;

/** A route in the hands of this process. */
interface Held {
  readonly claim: Claim;
  readonly release: () => void;
  /** Taken over: what its last owner left open must be looked at first. */
  inherited: boolean;
  dirty: boolean;
  /** There may be more in its outbox than it was claimed for. */
  rung: boolean;
  /** The pace held messages back. */
  throttled: boolean;
  inFlight: number;
  /** Messages sent under this claim. */
  departed: number;
  /** Messages that left the outbox under this claim. */
  gone: number;
  active: number;
  swept: number;
}
interface Departure extends Taken {
  readonly held: Held;
  readonly route: Route;
  readonly conversation_id: string;
  readonly number: number;
  readonly request: DeliveryRequest;
}
interface Result extends Settled {
  readonly held: Held;
  /** This route cannot send it, another of the account may. */
  readonly hops: boolean;
}
interface Untried {
  readonly held: Held;
  readonly message_id: string;
  readonly number: number;
}
interface Plan {
  readonly held: Held;
  readonly route: Route | undefined;
  /** Looked at, and may go. */
  readonly wanted: number;
  readonly allowed: number;
}

/**
 * Drains the outboxes of one company's routes, in this process. One transaction per cycle for all of them: it writes
 * down what came of earlier tries, takes the next messages, and is fenced by the leases; what it took is sent after its
 * commit. Nothing here repeats a try whose outcome is not known.
 */
export class Pump {
  readonly #rt: Runtime;
  readonly #company: CompanyRef;
  readonly #warn: ReturnType<typeof warnSeldom>;
  readonly #routes = new Map<string, Held>();
  readonly #paces: Paces;
  #results: Result[] = [];
  /** Taken but certainly not tried: the commit failed in our eyes, or the lease was not certain at the moment of sending. */
  #untried: Untried[] = [];
  #running = false;
  #again = false;
  #stopping = false;
  #timer: NodeJS.Timeout | undefined;
  #timerAt = Infinity;

  constructor(rt: Runtime, company: CompanyRef) {
    this.#rt = rt;
    this.#company = company;
    this.#paces = new Paces(rt);
    this.#warn = warnSeldom(rt.log);
  }

  /** Works on these routes; resolves when all of them are given back. */
  async add(claims: readonly Claim[]): Promise<void> {
    const all = claims.map((claim) => new Promise<void>((release) => {
      // An older claim of the same route is lost; its tries answer to nobody.
      this.#routes.get(claim.key)?.release();
      this.#routes.set(claim.key, { claim, release, inherited: true, dirty: true, rung: true, throttled: false, inFlight: 0, departed: 0, gone: 0, active: performance.now(), swept: 0 });
    }));
    this.#run();
    await Promise.all(all);
  }

  /** There may be something to do on this route. */
  wake(routeId: string): void {
    const held = this.#routes.get(routeId);
    if (!held) return;
    held.rung = true;
    this.#wake(held);
  }

  #wake(held: Held): void {
    held.dirty = true;
    this.#run();
  }

  /** Takes nothing more; what is being sent is waited for by `add`. */
  stop(): void {
    this.#stopping = true;
    for (const held of this.#routes.values()) held.dirty = true;
    this.#run();
  }

  #run(): void {
    this.#again = true;
    if (this.#running) return;
    this.#running = true;
    void this.#loop();
  }

  async #loop(): Promise<void> {
    while (this.#again) {
      this.#again = false;
      const due = [...this.#routes.values()].filter((h) => h.dirty);
      if (due.length > 0 || this.#results.length > 0) await this.#cycle(due);
    }
    this.#running = false;
    this.#schedule();
  }

  /** Looks again at routes that linger, are throttled, or are busy for long. */
  #schedule(): void {
    const now = performance.now();
    let next = Infinity;
    for (const held of this.#routes.values()) {
      if (held.throttled) next = Math.min(next, now + Math.max(this.#paces.get(held.claim.key)?.wait(this.#rt.clock.now()) ?? 1, 1));
      else next = Math.min(next, now + (held.inFlight > 0 ? TICK_MS : Math.max(held.active + lingerOf(held) - now, 1)));
    }
    this.#arm(next);
  }

  #arm(at: number): void {
    if (at !== Infinity && at >= this.#timerAt) return;
    clearTimeout(this.#timer);
    this.#timerAt = at;
    if (at === Infinity) return;
    this.#timer = setTimeout(() => {
      this.#timerAt = Infinity;
      for (const held of this.#routes.values()) held.dirty = held.rung = true;
      this.#run();
    }, Math.max(at - performance.now(), 1));
  }

  async #cycle(due: readonly Held[]): Promise<void> {
    const results = this.#results.filter((r) => this.#owns(r.held));
    const untried = this.#untried.filter((u) => this.#owns(u.held));
    this.#results = [];
    this.#untried = [];
    for (const held of due) held.dirty = false;
    let taken: Departure[] = [];
    let finished: Held[] = [];
    let gone: ReadonlyMap<string, number> = new Map();
    try {
      await breakersOf(this.#rt).refresh();
      const plans = await Promise.all(due.map(async (held): Promise<Plan> => {
        const route = await routeById(this.#rt, held.claim.key);
        if (route?.limits.human) await this.#paces.ready(route);
        return this.#plan(held, route);
      }));
      await this.#rt.db[results.length + due.length > FEW ? 'withCompany' : 'together'](this.#company, async (tx) => {
        taken = [];
        ({ taken, finished, gone } = await this.#transact(tx, plans, results, untried));
      });
    } catch (error) {
      this.#results = [...results, ...this.#results];
      this.#untried = [...untried, ...this.#untried, ...taken];
      for (const held of due) held.dirty = held.rung = true;
      if (error instanceof LeaseLost) await this.#dropLost(error);
      else {
        this.#warn({ error: (error as Error).message, company: this.#company.id }, 'the outbox could not be worked on; trying again');
        await new Promise((resolve) => {
          setTimeout(resolve, AFTER_ERROR_MS);
        });
      }
      this.#again = true;
      return;
    }
    for (const held of due) {
      if (held.inherited) held.swept = performance.now();
      held.inherited = false;
    }
    for (const [route, n] of gone) {
      const held = this.#routes.get(route);
      if (held) held.gone += n;
    }
    for (const one of taken) this.#depart(one);
    for (const held of finished) this.#forget(held);
    // Whoever rang while a lane was being given back is heard now and not at the next poll.
    if (finished.length > 0 && !this.#stopping) this.#rt.lanes.kick(LANE);
  }

  #plan(held: Held, route: Route | undefined): Plan {
    held.throttled = false;
    if (!route || this.#stopping || !held.claim.fresh() || this.#rt.lanes.paused(LANE, [this.#company.id, route.id]) || !breakersOf(this.#rt).usable(route)) return { held, route, wanted: 0, allowed: 0 };
    const pace = this.#paces.of(route);
    const free = Math.min(pace.inFlight - held.inFlight, AT_ONCE);
    const available = pace.available(this.#rt.clock.now());
    held.throttled = available < free && available < 1;
    const allowed = Math.max(Math.min(free, available), 0);
    // All it was claimed for has gone, and nobody rang: whether there is more is asked when the route is given back.
    const looks = held.rung || held.departed < held.claim.seen;
    held.rung = false;
    return { held, route, wanted: looks ? this.#paces.wanted(route, allowed) : 0, allowed };
  }

  async #transact(tx: Tx, plans: readonly Plan[], results: readonly Result[], untried: readonly Untried[]): Promise<{ taken: Departure[]; finished: Held[]; gone: ReadonlyMap<string, number> }> {
    const rt = this.#rt;
    if (untried.length > 0) {
      await returnOutbox(tx, untried.map((u) => ({ message_id: u.message_id, due: new Date(0) })));
      await forgetAttempts(tx, untried);
    }
    const gone = results.length > 0 ? await settleOutcomes(rt, tx, results) : new Map<string, number>();
    const now = performance.now();
    const sweep = plans.filter((p) => p.held.inherited || now - p.held.swept > TICK_MS * 5);
    if (sweep.length > 0) {
      const swept = await sweepUnknown(rt, tx, sweep.map(({ held, route }) => ({ id: held.claim.key, route, inherited: held.inherited })));
      for (const [id, n] of swept) gone.set(id, (gone.get(id) ?? 0) + n);
      for (const p of sweep) p.held.swept = now;
    }
    // In a route that is out nothing waits that another could take; and what only this route cannot send goes on.
    for (const { held, route } of plans) {
      const only = results.filter((r) => r.held === held && r.hops).map((r) => r.message_id);
      const works = route !== undefined && breakersOf(rt).usable(route);
      if (!route || this.#stopping || (works && only.length === 0)) continue;
      const { left, more } = await failOver(rt, tx, { route, ...(works && { only }) });
      if (left > 0) gone.set(route.id, (gone.get(route.id) ?? 0) + left);
      if (more) held.dirty = held.rung = true;
    }
    const taken = await this.#take(tx, plans.filter((p) => p.wanted > 0));

    // Given back: nothing in flight, nothing to send now, quiet for a moment, and no answer that came while this transaction ran.
    const busy = new Set([...taken, ...this.#results, ...this.#untried].map((t) => t.held));
    const quiet = plans.filter(({ held }) => !busy.has(held) && held.inFlight === 0 && !held.throttled && (this.#stopping || now - held.active >= lingerOf(held)));
    const ends = new Map(quiet.length > 0 ? (await endOutbox(tx, quiet.map((p) => p.held.claim.key), rt.config.unknownWaitSeconds)).map((e) => [e.route_id, e]) : []);
    const goesOn = ({ held, allowed }: Plan): boolean => allowed > 0 && ends.get(held.claim.key)!.ready;
    for (const p of quiet) if (goesOn(p)) p.held.dirty = p.held.rung = true;
    const idle = quiet.filter((p) => !goesOn(p));
    const touched = new Set([...plans.map((p) => p.held), ...results.map((r) => r.held), ...untried.map((u) => u.held)]);
    for (const p of idle) touched.delete(p.held);
    await rt.lanes.fence(tx, [...touched].map((h) => h.claim));
    await rt.lanes.finish(tx, LANE, idle.map(({ held, route }) => {
      // Never more than left the outbox, unless it is empty: a message rung meanwhile must stay counted.
      const left = held.gone + (gone.get(held.claim.key) ?? 0);
      const next = ends.get(held.claim.key)!.due;
      if (!next) return { claim: held.claim, done: Math.max(held.claim.seen, left) };
      return { claim: held.claim, done: left, due: route && breakersOf(rt).usable(route) ? next : this.#later(next, route) };
    }));
    // A try is on disk before it begins. What came of it may be lost with the last moments of the database: then it is unknown,
    // until the carrier's statuses tell.
    if (taken.length === 0) tx.relax();
    return { taken, finished: idle.map((p) => p.held), gone };
  }

  /** A route that is out: when it is probed, or an operator may have mended it. */
  #later(next: Date, route: Route | undefined): Date {
    const now = this.#rt.clock.now();
    const probe = route?.status === 'active' ? breakersOf(this.#rt).open(route.id)?.probe_at : undefined;
    return new Date(Math.max(next.getTime(), Math.min(probe === undefined ? Infinity : Math.max(probe, now + 1000), now + STOPPED_MS)));
  }

  async #take(tx: Tx, plans: readonly Plan[]): Promise<Departure[]> {
    if (plans.length === 0) return [];
    const byRoute = new Map(plans.map((p) => [p.held.claim.key, p]));
    const rows = await takeOutbox(tx, plans.map((p) => ({ route_id: p.held.claim.key, wanted: p.wanted })));
    const going = rows.length > 0 ? await this.#paces.sift(tx, rows, byRoute) : [];
    if (going.length === 0) return [];
    const open = new Map((await openAttempts(tx, going.map((g) => ({ message_id: g.message_id, route_id: g.route_id, epoch: byRoute.get(g.route_id)!.held.claim.epoch })))).map((o) => [o.message_id, o]));
    await nameBeforehand(this.#rt, tx, going.map((g) => ({ message_id: g.message_id, route: byRoute.get(g.route_id)!.route! })));
    return going.map((g) => {
      const { held: of, route } = byRoute.get(g.route_id)!;
      const { number, request, conversation_id } = open.get(g.message_id)!;
      return { ...g, held: of, route: route!, conversation_id, number, request };
    });
  }

  #depart(one: Departure): void {
    const { held, route } = one;
    held.inFlight += 1;
    held.departed += 1;
    held.active = performance.now();
    this.#paces.of(route).spend(this.#rt.clock.now());
    // Between the commit and this line the process may have slept: a lease that is not certain any more sends nothing.
    if (!held.claim.fresh()) {
      held.inFlight -= 1;
      this.#untried.push(one);
      held.dirty = true;
      return;
    }
    void sendMessage(this.#rt, this.#company, route, { ...one, fresh: () => held.claim.fresh() }).then((outcome) => this.#arrive(one, outcome));
  }

  async #arrive(one: Departure, given: SendOutcome): Promise<void> {
    const { held, route } = one;
    healthOf(this.#rt).sent(route.id, given);
    const hops = given.outcome === 'rejected' && given.error.class === 'fall_back' && await hasAlternative(this.#rt, route);
    const outcome = repeated(this.#rt, route, { outcome: await this.#react(one, hops ? { outcome: 'retry', error: given.error } : given), attempts: one.attempts });
    traceSend(this.#rt, one, outcome);
    held.inFlight -= 1;
    held.active = performance.now();
    // Dropped meanwhile: the route's new owner treats this try as unknown, and the carrier's webhook settles it.
    if (!this.#owns(held)) return;
    this.#results.push({ held, message_id: one.message_id, route_id: route.id, attempts: one.attempts, outcome, hops });
    this.#wake(held);
  }

  /** What an answer says about the route, beyond its message. */
  async #react(one: Departure, outcome: SendOutcome): Promise<SendOutcome> {
    await breakersOf(this.#rt).note(one.route, outcome).catch((error: Error) => this.#warn({ error: error.message }, 'a breaker could not be written down'));
    await noteSessionOut(this.#rt, one.route, outcome).catch((error: Error) => this.#warn({ error: error.message }, 'a breaker could not be written down'));
    const pace = this.#paces.of(one.route);
    if (outcome.usage) pace.used(outcome.usage, this.#rt.clock.now());
    if (outcome.outcome === 'accepted') return outcome;
    if (outcome.error.class === 'slow_down') pace.slowDown();
    if (outcome.error.class === 'pair_limit') pace.hold(one.contact_id, outcome.outcome === 'retry' ? outcome.after_ms ?? 6000 : 6000, this.#rt.clock.now());
    if (outcome.error.class !== 'credentials') return outcome;
    // A token that expired fails every message alike: the route stops for an operator, its messages wait.
    // With the look that tells of it: nobody probes a stopped route, so nobody else would come to look.
    const first = await this.#rt.db.shared(async (tx) => {
      const stopped = await stopRoute(tx, one.route.id, `${outcome.error.code}: ${outcome.error.title}`);
      if (stopped) await lookAt(tx, one.route.id, new Date(this.#rt.clock.now()));
      return stopped;
    }).catch(() => false);
    if (first) await this.#stopped(one.route);
    if (first) this.#rt.log.error({ route: one.route.id, code: outcome.error.code, reason: outcome.error.title }, 'the route was stopped: its credentials were refused');
    return { outcome: 'retry', error: outcome.error, after_ms: 1000, max_attempts: Number.MAX_SAFE_INTEGER };
  }

  /** This process knows at once; its messages go by the next route with the next cycle. */
  async #stopped(route: Route): Promise<void> {
    forgetAccounts(this.#rt);
    await healthOf(this.#rt).flush();
    await lookAt(this.#rt.db, route.id, new Date(this.#rt.clock.now())).catch((error: Error) => this.#warn({ error: error.message }, 'nobody could be told of a stopped route'));
  }

  #owns(held: Held): boolean {
    return this.#routes.get(held.claim.key) === held;
  }

  #forget(held: Held): void {
    if (this.#owns(held)) this.#routes.delete(held.claim.key);
    held.release();
  }

  /** Leaves routes that another process owns now, with all that was to be written about them. */
  async #dropLost(error: LeaseLost): Promise<void> {
    const gone = error.claims.length > 0 ? error.claims : await this.#lostOnes();
    for (const claim of gone) {
      const held = this.#routes.get(claim.key);
      if (!held || held.claim !== claim) continue;
      this.#forget(held);
    }
    this.#rt.log.warn({ routes: gone.map((c) => c.key) }, 'another process drains these routes now');
  }

  async #lostOnes(): Promise<readonly Claim[]> {
    try {
      await this.#rt.db.withCompany(this.#company, (tx) => this.#rt.lanes.fence(tx, [...this.#routes.values()].map((h) => h.claim)));
      return [];
    } catch (error) {
      return error instanceof LeaseLost ? error.claims : [];
    }
  }
}
