import { Lru } from '../../store/lru.ts';

/** A cache as Baileys asks for it: at most so many entries, each for so long. It outlives the connection. */
export class BoundedCache {
  readonly #entries: Lru<{ readonly value: unknown; readonly until: number }>;
  readonly #ttlMs: number;

  constructor(most: number, ttlMs: number) {
    this.#entries = new Lru(most);
    this.#ttlMs = ttlMs;
  }

  get<T>(key: string): T | undefined {
    const entry = this.#entries.get(key);
    if (!entry) return undefined;
    if (entry.until > performance.now()) return entry.value as T;
    this.#entries.delete(key);
    return undefined;
  }

  set(key: string, value: unknown): void {
    this.#entries.set(key, { value, until: performance.now() + this.#ttlMs });
  }

  del(key: string): void {
    this.#entries.delete(key);
  }

  flushAll(): void {
    this.#entries.clear();
  }
}
