import type { Live } from '../live.ts';

/** The indicator goes after 25 s or with the next message (providers 1.3). */
const TYPING_MS = 25_000;

/** Who is typing to whom; in memory only. */
export class Typing {
  readonly #timers = new Map<string, NodeJS.Timeout>();
  readonly #live: Live;

  constructor(live: Live) {
    this.#live = live;
  }

  on(phoneNumberId: string, number: string): void {
    const key = `${phoneNumberId}:${number}`;
    clearTimeout(this.#timers.get(key));
    this.#timers.set(key, setTimeout(() => this.off(phoneNumberId, number), TYPING_MS).unref());
    this.#live.tell({ kind: 'typing', number, phone_number_id: phoneNumberId, on: true });
  }

  off(phoneNumberId: string, number: string): void {
    if (this.#timers.size === 0) return;
    const key = `${phoneNumberId}:${number}`;
    const timer = this.#timers.get(key);
    if (timer === undefined) return;
    clearTimeout(timer);
    this.#timers.delete(key);
    this.#live.tell({ kind: 'typing', number, phone_number_id: phoneNumberId, on: false });
  }

  /** Numbers of the business that are typing to a phone. */
  to(number: string): string[] {
    return [...this.#timers.keys()].filter((key) => key.endsWith(`:${number}`)).map((key) => key.slice(0, -number.length - 1));
  }

  clear(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
  }
}
