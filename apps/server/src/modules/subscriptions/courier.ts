import type { CompanyRef, Tx } from '@centralita/platform/database';
import { LeaseLost, type Claim } from '@centralita/platform/lanes';
import { warnSeldom } from '@centralita/platform/log';
import type { Runtime } from '../../runtime.ts';
import { onWake } from './doorbell.ts';
import { Health } from './health.ts';
import { LANE } from './record-events.ts';
import { isThrough, settleResults, type Result } from './settle-results.ts';
import { subscriptionById, type SubscriptionRow } from './store.ts';
import { nextDue, takeEvents, type Waiting } from './store-queue.ts';
import type { Answer, Send } from './target.ts';

/** Events in hand. */
const IN_HAND = 500;
/** Answers that are written down together: so many, or what came in so many milliseconds. */
const TOGETHER = 100;
const TOGETHER_MS = 8;
/** Events rung by another process reach a busy courier with this delay at most. */
const TICK_MS = 200;
const AFTER_ERROR_MS = 250;
/** A stopping server waits this long for answers; what was not answered is sent again later. */
const LAST_ANSWERS_MS = 3000;

export interface CourierOptions {
  readonly company: CompanyRef;
  readonly claim: Claim;
  /** How the subscriber does, kept beyond this claim. */
  readonly health: (kind: 'http' | 'rabbitmq') => Health;
  readonly send: Send;
}

/**
 * Takes the events of one subscription to it, until nothing is left that can be sent now. Events of one key (a conversation)
 * go one after the other, keys side by side; one transaction per cycle writes down what was answered and takes what is next,
 * fenced by the lease. What was sent and not written down, because the process died, is sent again with the same id.
 */
export class Courier {
  readonly #rt: Runtime;
  readonly #o: CourierOptions;
  readonly #warn: ReturnType<typeof warnSeldom>;
  /** What waits in hand by key, in order; keys whose turn it is; keys on their way. */
  readonly #chains = new Map<string, Waiting[]>();
  readonly #turns: string[] = [];
  readonly #flying = new Map<string, number>();
  /** Answered and not written down yet. */
  #results: Result[] = [];
  /** Keys whose last event is among them and not through: what follows must not go before that is written down. */
  readonly #barred = new Set<string>();
  #subscription: SubscriptionRow | undefined;
  #health = new Health();
  #woken = false;
  #signal: (() => void) | undefined;
  #stopping = false;
  #lost = false;

  constructor(rt: Runtime, options: CourierOptions) {
    this.#rt = rt;
    this.#o = options;
    this.#warn = warnSeldom(rt.log);
  }

  stop(): void {
    this.#stopping = true;
    this.#drop();
    this.#signal?.();
  }

  async run(): Promise<void> {
    const quiet = onWake(this.#rt, this.#o.claim.key, () => {
      this.#woken = true;
      this.#signal?.();
    });
    try {
      while (!await this.#cycle()) {
        this.#depart();
        await this.#change();
        if (this.#stopping && this.#flying.size > 0) await this.#lastAnswers();
      }
    } finally {
      quiet();
    }
  }

  get #inHand(): number {
    let n = this.#flying.size + this.#results.length;
    for (const chain of this.#chains.values()) n += chain.length;
    return n;
  }

  /** Answers whether this courier's work is over. */
  async #cycle(): Promise<boolean> {
    if (!this.#stopping && this.#rt.lanes.paused(LANE, [this.#o.company.id])) this.stop();
    const results = this.#results;
    this.#results = [];
    this.#woken = false;
    let outcome: { readonly taken: readonly Waiting[]; readonly over: boolean } = { taken: [], over: false };
    try {
      outcome = await this.#rt.db.withCompany(this.#o.company, (tx) => this.#transact(tx, results));
    } catch (error) {
      if (error instanceof LeaseLost) {
        this.#lost = true;
        this.#drop();
        return true;
      }
      this.#results = [...results, ...this.#results];
      this.#warn({ error: (error as Error).message, company: this.#o.company.id }, 'events could not be worked on; trying again');
      if (this.#stopping || !this.#o.claim.fresh()) return true;
      await new Promise((resolve) => {
        setTimeout(resolve, AFTER_ERROR_MS);
      });
      return false;
    }
    for (const event of outcome.taken) this.#keep(event);
    const still = new Set(this.#results.map((r) => r.event.ordering_key));
    for (const { event } of results) if (!still.has(event.ordering_key)) this.#barred.delete(event.ordering_key);
    return outcome.over;
  }

  async #transact(tx: Tx, results: readonly Result[]): Promise<{ taken: Waiting[]; over: boolean }> {
    const { claim } = this.#o;
    const subscription = await subscriptionById(tx, claim.key);
    this.#subscription = subscription;
    if (subscription) {
      this.#health = this.#o.health(subscription.kind);
      this.#health.of(subscription.updated_at.getTime());
    }
    const health = this.#health;
    if (subscription && results.length > 0) await settleResults(this.#rt, tx, { subscription, results });
    const idle = this.#inHand === 0;
    if (this.#stopping) {
      // Given back unfinished: what is left is the next owner's.
      await this.#rt.lanes.fence(tx, claim);
      return { taken: [], over: idle };
    }
    const rests = subscription?.status !== 'active' || results.some((r) => r.answer.result === 'gone');
    const wait = health.wait(this.#rt.clock.now());
    const limit = rests || wait > 0 ? 0 : health.probing ? (idle ? 1 : 0) : IN_HAND - this.#inHand;
    const { events: taken, met } = limit > 0 && (idle || limit > IN_HAND / 2)
      ? await takeEvents(tx, claim.key, { keys: this.#keys(), numbers: this.#numbers(), limit })
      : { events: [], met: 0 };
    const over = idle && met === 0;
    if (!over) {
      await this.#rt.lanes.fence(tx, claim);
      return { taken, over: false };
    }
    const due = rests ? undefined : wait > 0 ? new Date(this.#rt.clock.now() + wait) : await nextDue(tx, claim.key);
    await this.#rt.lanes.finish(tx, LANE, [{ claim, done: due ? Math.max(claim.seen - 1, 0) : claim.seen, ...(due && { due }) }]);
    return { taken, over: true };
  }

  #numbers(): number[] {
    return [...[...this.#chains.values()].flatMap((chain) => chain.map((e) => e.number)), ...this.#flying.values(), ...this.#results.map((r) => r.event.number)];
  }

  #keys(): string[] {
    return [...new Set([...this.#chains.keys(), ...this.#flying.keys(), ...this.#results.map((r) => r.event.ordering_key)])];
  }

  #keep(event: Waiting): void {
    if (this.#stopping || this.#barred.has(event.ordering_key)) return;
    const chain = this.#chains.get(event.ordering_key);
    if (chain) {
      chain.push(event);
      return;
    }
    this.#chains.set(event.ordering_key, [event]);
    if (!this.#flying.has(event.ordering_key)) this.#turns.push(event.ordering_key);
  }

  /** Nothing more is sent; it stays in the queue. */
  #drop(): void {
    this.#chains.clear();
    this.#turns.length = 0;
  }

  /** Sends what may be sent now. */
  #depart(): void {
    const subscription = this.#subscription;
    if (!subscription || subscription.status !== 'active') return this.#drop();
    if (this.#health.wait(this.#rt.clock.now()) > 0) return this.#drop();
    while (this.#flying.size < this.#health.allowed && this.#turns.length > 0) {
      const key = this.#turns.shift()!;
      const chain = this.#chains.get(key);
      const event = chain?.shift();
      if (chain?.length === 0) this.#chains.delete(key);
      if (!event) continue;
      // Woke up late: the new owner sends it.
      if (!this.#o.claim.fresh()) return this.#drop();
      this.#flying.set(key, event.number);
      void this.#fly(subscription, event);
    }
  }

  async #fly(subscription: SubscriptionRow, event: Waiting): Promise<void> {
    const at = new Date(this.#rt.clock.now());
    const began = performance.now();
    let answer: Answer;
    try {
      answer = await this.#o.send(this.#o.company.id, subscription, event);
    } catch (error) {
      this.#rt.log.error({ error, subscription: subscription.id }, 'an event could not be sent');
      answer = { result: 'refused', status: null, error: 'It could not be sent: see the log of the server.', response: null };
    }
    this.#flying.delete(event.ordering_key);
    if (this.#lost) return;
    const result: Result = { event, answer, at, duration_ms: performance.now() - began };
    this.#results.push(result);
    this.#judge(subscription, result);
    if (!this.#stopping) this.#depart();
    this.#signal?.();
  }

  #judge(subscription: SubscriptionRow, result: Result): void {
    const health = this.#health;
    const { event, answer } = result;
    switch (answer.result) {
      case 'taken': case 'unrouted': health.taken(); break;
      case 'refused': health.failed(event.ordering_key, this.#rt.clock.now()); break;
      case 'away': health.away(this.#rt.clock.now()); break;
      case 'gone': return this.#drop();
    }
    if (!isThrough(subscription, result)) {
      // What follows waits for it; it is taken again when this one is through.
      this.#chains.delete(event.ordering_key);
      this.#barred.add(event.ordering_key);
    } else if (this.#chains.has(event.ordering_key)) this.#turns.push(event.ordering_key);
  }

  /** Resolves when there is something for the next cycle. */
  async #change(): Promise<void> {
    const until = performance.now() + TICK_MS;
    let first: number | undefined;
    for (;;) {
      const now = performance.now();
      if (this.#results.length > 0) first ??= now;
      const quiet = this.#flying.size === 0;
      const together = first !== undefined && (this.#results.length >= TOGETHER || now >= first + TOGETHER_MS);
      if (quiet || together || this.#woken || this.#stopping || now >= until) return;
      const ms = Math.min(until, first === undefined ? Infinity : first + TOGETHER_MS) - now;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, Math.max(ms, 1));
        this.#signal = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      this.#signal = undefined;
    }
  }

  async #lastAnswers(): Promise<void> {
    const until = performance.now() + LAST_ANSWERS_MS;
    while (this.#flying.size > 0 && performance.now() < until) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, until - performance.now());
        this.#signal = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    // Nobody waits for these any more.
    this.#flying.clear();
  }
}
