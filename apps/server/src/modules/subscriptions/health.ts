/** Keys that must fail, with nothing taken in between, before the subscriber itself counts as dead. */
const DEAD_AFTER = 5;
const FIRST_MS = 1000;
const LONGEST_MS = 60_000;
/** Requests side by side: to a subscriber nobody knows yet, and to one that answers well. */
const CAREFUL = 4;
const MOST = 16;

/**
 * How a subscriber does, as this process sees it. One conversation that fails says nothing about the others; several in a row with
 * nothing taken in between say that it is dead: then one event at a time asks whether it is back.
 */
export class Health {
  readonly #failing = new Set<string>();
  readonly #most: number;
  readonly #longestMs: number;
  #allowed: number;
  #trips = 0;
  #until = 0;
  #version = 0;

  constructor({ most = MOST, first = CAREFUL, longestMs = LONGEST_MS }: { readonly most?: number; readonly first?: number; readonly longestMs?: number } = {}) {
    this.#longestMs = longestMs;
    this.#most = most;
    this.#allowed = Math.min(first, most);
  }

  taken(): void {
    this.#failing.clear();
    this.#trips = 0;
    this.#until = 0;
    this.#allowed = Math.min(this.#allowed + 1, this.#most);
  }

  failed(key: string, now: number): void {
    this.#failing.add(key);
    this.#allowed = Math.max(Math.floor(this.#allowed / 2), 1);
    if (this.#failing.size >= DEAD_AFTER) this.#trip(now);
  }

  /** It cannot even be asked. */
  away(now: number): void {
    this.#trip(now);
  }

  #trip(now: number): void {
    this.#allowed = 1;
    // Those under way when it tripped are not further trips.
    if (this.#until > now) return;
    this.#until = now + Math.min(FIRST_MS * 2 ** this.#trips, this.#longestMs);
    this.#trips += 1;
  }

  /** Requests side by side, now. */
  get allowed(): number {
    return this.#allowed;
  }

  /** Only one event, to see whether it is back. */
  get probing(): boolean {
    return this.#trips > 0;
  }

  /** Milliseconds until it may be asked again. */
  wait(now: number): number {
    return Math.max(this.#until - now, 0);
  }

  /** What is known of it ends when somebody changed it: a new address, or taken up again by hand. */
  of(version: number): void {
    if (version === this.#version) return;
    this.#version = version;
    this.#failing.clear();
    this.#trips = 0;
    this.#until = 0;
  }
}
