import type { Update } from '../store/updates.ts';

/** An update on its way out, as the queue holds it. */
export interface Entry {
  readonly update: Update;
  attempts: number;
  /** 'chained': waits for the one before it of the same key. 'waiting': for its next attempt. 'held': by a fault. */
  state: 'chained' | 'ready' | 'flying' | 'waiting' | 'held';
  /** Whether later ones of its key wait for it. */
  inChain: boolean;
  dueAt: number;
  timer: NodeJS.Timeout | null;
  /** A fault held it once already. */
  wasHeld: boolean;
}

/**
 * The order of one app's updates: those of one key (number and phone) form a chain whose head alone may fly, so that
 * they arrive in the order they happened; different keys overtake each other freely.
 */
export class Lane {
  readonly entries = new Map<number, Entry>();
  readonly #chains = new Map<string, Entry[]>();
  #ready: Entry[] = [];
  #taken = 0;

  add(update: Update, chained: boolean): Entry {
    const entry: Entry = { update, attempts: update.attempts, state: 'ready', inChain: chained, dueAt: update.dueAt, timer: null, wasHeld: false };
    this.entries.set(update.seq, entry);
    if (!chained) {
      this.#ready.push(entry);
      return entry;
    }
    const chain = this.#chains.get(update.key);
    if (chain === undefined) {
      this.#chains.set(update.key, [entry]);
      this.#ready.push(entry);
    } else {
      entry.state = 'chained';
      chain.push(entry);
    }
    return entry;
  }

  /** The next that may fly, or undefined. */
  take(): Entry | undefined {
    while (this.#taken < this.#ready.length) {
      const entry = this.#ready[this.#taken];
      this.#taken += 1;
      if (this.#taken > 512 && this.#taken * 2 > this.#ready.length) {
        this.#ready = this.#ready.slice(this.#taken);
        this.#taken = 0;
      }
      if (entry !== undefined && entry.state === 'ready') return entry;
    }
    this.#ready = [];
    this.#taken = 0;
    return undefined;
  }

  /** Those that come right after an entry in its chain, for a batch. */
  followers(entry: Entry, limit: number): Entry[] {
    if (!entry.inChain) return [];
    return (this.#chains.get(entry.update.key) ?? []).slice(1, 1 + limit).filter((next) => next.state === 'chained');
  }

  /** Whether another of its key goes before it. */
  follows(entry: Entry): boolean {
    return entry.inChain && this.#chains.get(entry.update.key)?.[0] !== entry;
  }

  makeReady(entry: Entry): void {
    if (entry.timer !== null) clearTimeout(entry.timer);
    entry.timer = null;
    entry.state = 'ready';
    this.#ready.push(entry);
  }

  /** Takes an entry out of its chain, so that the later ones may go; it stays in the lane by itself. */
  unchain(entry: Entry): void {
    if (!entry.inChain) return;
    entry.inChain = false;
    const chain = this.#chains.get(entry.update.key);
    if (chain === undefined) return;
    const at = chain.indexOf(entry);
    if (at >= 0) chain.splice(at, 1);
    const head = chain[0];
    if (head === undefined) this.#chains.delete(entry.update.key);
    else if (head.state === 'chained') this.makeReady(head);
  }

  remove(entry: Entry): void {
    if (entry.timer !== null) clearTimeout(entry.timer);
    entry.timer = null;
    this.entries.delete(entry.update.seq);
    this.unchain(entry);
  }
}
