import type { HumanPace } from '../../providers/contract.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** What a number of this age may begin within 24 hours: evenly more each day of the warm-up. */
export function allowance({ perDay, warmUp }: HumanPace, ageMs: number): number {
  const age = Math.max(ageMs, 0) / DAY_MS;
  if (age >= warmUp.days) return perDay;
  return Math.min(perDay, Math.floor(warmUp.firstDay + ((perDay - warmUp.firstDay) * age) / warmUp.days));
}

/** What was begun in an hour; `hour` in milliseconds. */
export interface BegunHour {
  readonly kind: 'begun' | 'stranger';
  readonly hour: number;
  readonly n: number;
}

/** A route that writes like a person: pauses drawn anew each time, and so much begun within 24 hours. Times in milliseconds. */
export class HumanTempo {
  readonly #human: HumanPace;
  readonly #since: number;
  readonly #random: () => number;
  #next = -Infinity;
  #hours = new Map<string, BegunHour>();

  /** `since`: when the number was first used. */
  constructor(human: HumanPace, { since, random }: { readonly since: number; readonly random: () => number }) {
    this.#human = human;
    this.#since = since;
    this.#random = random;
  }

  /** What was begun before this process had the route. */
  load(hours: readonly BegunHour[]): void {
    this.#hours = new Map(hours.map((h) => [`${h.kind} ${h.hour}`, h]));
  }

  /** Until the next message of any kind. */
  wait(now: number): number {
    return Math.max(this.#next - now, 0);
  }

  spend(now: number): void {
    const [least, most] = this.#human.spacingMs;
    this.#next = now + least + (most - least) * this.#random();
  }

  /** Until one more may be begun, to somebody the number never wrote to (`stranger`) or not; 0: now. */
  mayBegin(now: number, stranger: boolean): number {
    const most = allowance(this.#human, now - this.#since);
    const waits = [this.#room(now, 'begun', most)];
    if (stranger) waits.push(this.#room(now, 'stranger', Math.max(Math.floor(most * this.#human.newShare), 1)));
    return Math.max(...waits);
  }

  began(now: number, stranger: boolean): void {
    const hour = Math.floor(now / HOUR_MS) * HOUR_MS;
    for (const kind of stranger ? ['begun', 'stranger'] as const : ['begun'] as const) {
      const key = `${kind} ${hour}`;
      this.#hours.set(key, { kind, hour, n: (this.#hours.get(key)?.n ?? 0) + 1 });
    }
  }

  /** Whole hours leave the count 24 hours after they began. */
  #room(now: number, kind: BegunHour['kind'], most: number): number {
    for (const [key, { hour }] of this.#hours) if (hour + DAY_MS <= now) this.#hours.delete(key);
    const own = [...this.#hours.values()].filter((h) => h.kind === kind).sort((a, b) => a.hour - b.hour);
    let used = own.reduce((n, h) => n + h.n, 0);
    if (used < most) return 0;
    for (const { hour, n } of own) {
      used -= n;
      if (used < most) return hour + DAY_MS - now;
    }
    return HOUR_MS;
  }
}
