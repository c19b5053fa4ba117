import type { RouteLimits } from '../../providers/contract.ts';

/** How fast a route may go now. In the memory of its pump: there is one pump per route at a time. Times in milliseconds. */
export class Pace {
  readonly #limits: RouteLimits;
  #rate: number;
  #tokens: number;
  #at: number;
  readonly #contacts = new Map<string, { tokens: number; at: number; until: number }>();

  constructor(limits: RouteLimits, now: number) {
    this.#limits = limits;
    this.#rate = limits.perSecond;
    this.#tokens = Math.max(limits.perSecond, 1);
    this.#at = now;
  }

  get inFlight(): number {
    return this.#limits.inFlight;
  }

  /** Contacts it remembers. */
  get contacts(): number {
    return this.#contacts.size;
  }

  /** Whole messages the route may send now. */
  available(now: number): number {
    // A tenth per second back towards the carrier's limit after it asked to slow down.
    const elapsed = (now - this.#at) / 1000;
    this.#rate = Math.min(this.#limits.perSecond, this.#rate + this.#limits.perSecond * 0.1 * elapsed);
    // One at least can be saved up, or a route of less than one per second would never send.
    this.#tokens = Math.min(Math.max(this.#rate, 1), this.#tokens + this.#rate * elapsed);
    this.#at = now;
    return Math.floor(this.#tokens);
  }

  /** Milliseconds until one more may go. */
  wait(now: number): number {
    return this.available(now) >= 1 ? 0 : Math.ceil(((1 - this.#tokens) / this.#rate) * 1000);
  }

  spend(): void {
    this.#tokens -= 1;
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

  /** Contacts whose bucket is full again say nothing any more. */
  #forget(now: number): void {
    const { burst, everyMs } = this.#limits.pair;
    for (const [id, c] of this.#contacts) if (c.until <= now && c.tokens + (now - c.at) / everyMs >= burst) this.#contacts.delete(id);
  }
}
