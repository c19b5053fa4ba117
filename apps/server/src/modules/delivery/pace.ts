import type { RouteLimits } from '../../providers/contract.ts';
import type { HumanTempo } from './human-pace.ts';

/** Percent of a quota from which on we go slower. */
const SHORT = 75;
/** The carrier reckons in minutes; whoever it blocks for longer asks again. */
const MOST_PAUSE_MS = 15 * 60_000;

/** How fast a route may go now. In the memory of its pump: there is one pump per route at a time. Times in milliseconds. */
export class Pace {
  readonly #limits: RouteLimits;
  readonly #tempo: HumanTempo | undefined;
  /** The carrier's limit, or less while its quota runs short. */
  #ceiling: number;
  /** Nothing before it. */
  #until = -Infinity;
  #rate: number;
  #tokens: number;
  #at: number;
  readonly #contacts = new Map<string, { tokens: number; at: number; until: number }>();

  /** `tempo`: for a route that writes like a person. */
  constructor(limits: RouteLimits, now: number, tempo?: HumanTempo) {
    this.#limits = limits;
    this.#tempo = tempo;
    this.#ceiling = limits.perSecond;
    this.#rate = limits.perSecond;
    this.#tokens = Math.max(limits.perSecond, 1);
    this.#at = now;
  }

  get inFlight(): number {
    return this.#tempo ? 1 : this.#limits.inFlight;
  }

  /** Contacts it remembers. */
  get contacts(): number {
    return this.#contacts.size;
  }

  /** Whole messages the route may send now. */
  available(now: number): number {
    // A tenth per second back towards the carrier's limit after it asked to slow down.
    const elapsed = (now - this.#at) / 1000;
    this.#ceiling = Math.min(this.#limits.perSecond, this.#ceiling + this.#limits.perSecond * 0.01 * elapsed);
    this.#rate = Math.min(this.#ceiling, this.#rate + this.#limits.perSecond * 0.1 * elapsed);
    // One at least can be saved up, or a route of less than one per second would never send.
    this.#tokens = Math.min(Math.max(this.#rate, 1), this.#tokens + this.#rate * elapsed);
    this.#at = now;
    if (now < this.#until) return 0;
    if (this.#tempo) return this.#tempo.wait(now) > 0 ? 0 : Math.min(Math.floor(this.#tokens), 1);
    return Math.floor(this.#tokens);
  }

  /** Milliseconds until one more may go. */
  wait(now: number): number {
    if (this.available(now) >= 1) return 0;
    const bucket = this.#tokens >= 1 ? 0 : ((1 - this.#tokens) / this.#rate) * 1000;
    return Math.ceil(Math.max(bucket, this.#until - now, this.#tempo?.wait(now) ?? 0));
  }

  spend(now: number): void {
    this.#tokens -= 1;
    this.#tempo?.spend(now);
  }

  /** Takes a token of this contact; otherwise answers in how many milliseconds there is one. */
  pair(contact: string, now: number): number {
    const { burst, everyMs } = this.#limits.pair;
    if (everyMs <= 0) return 0;
    const hit = this.#contacts.get(contact) ?? { tokens: burst, at: now, until: 0 };
    hit.tokens = Math.min(burst, hit.tokens + (now - hit.at) / everyMs);
    hit.at = now;
    if (this.#contacts.size > 20_000) this.#forget(now);
    this.#contacts.set(contact, hit);
    if (hit.until > now) return hit.until - now;
    if (hit.tokens < 1) return Math.ceil((1 - hit.tokens) * everyMs);
    hit.tokens -= 1;
    return 0;
  }

  /** The carrier said 131056: this contact waits. */
  hold(contact: string, ms: number, now: number): void {
    const hit = this.#contacts.get(contact);
    if (hit) hit.until = now + ms;
  }

  /** The carrier said that we are too fast: half the rate, and nothing for a moment. */
  slowDown(): void {
    this.#rate = Math.max(Math.min(1, this.#limits.perSecond), this.#rate / 2);
    this.#tokens = 0;
  }

  /**
   * How much of the carrier's quota is used up, and how long it wants to be left alone. From 75 % on the rate goes down evenly, to a
   * twentieth at 100 %; it comes back by a hundredth per second when nothing more is heard.
   */
  used({ percent, regain_ms }: { readonly percent: number; readonly regain_ms: number }, now: number): void {
    if (regain_ms > 0) this.#until = Math.max(this.#until, now + Math.min(regain_ms, MOST_PAUSE_MS));
    if (percent < SHORT) return;
    this.available(now);
    const part = Math.max(1 - ((Math.min(percent, 100) - SHORT) / (100 - SHORT)) * 0.95, 0.05);
    this.#ceiling = Math.max(this.#limits.perSecond * part, Math.min(1, this.#limits.perSecond));
    this.#rate = Math.min(this.#rate, this.#ceiling);
    this.#tokens = Math.min(this.#tokens, Math.max(this.#rate, 1));
  }

  /** Contacts whose bucket is full again say nothing any more. */
  #forget(now: number): void {
    const { burst, everyMs } = this.#limits.pair;
    for (const [id, c] of this.#contacts) if (c.until <= now && c.tokens + (now - c.at) / everyMs >= burst) this.#contacts.delete(id);
  }
}
