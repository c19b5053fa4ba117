import type { LookupFunction } from 'node:net';
import { Pool } from 'undici';

export interface PoolSettings {
  readonly connections: number;
  readonly maxPools: number;
  readonly connectTimeoutMs: number;
}

/**
 * One undici Pool per origin, at most `maxPools` of them.
 * HTTP/1.1 with pipelining 1 only: then a request that was not started on a socket certainly never left.
 * Idle sockets are dropped after 4 s, or 2 s before the end that the server announces (at most 30 s): a reused socket that the
 * other side is just closing costs an unknown outcome, a new handshake only milliseconds.
 */
export class Pools {
  readonly #settings: PoolSettings;
  readonly #pools = new Map<string, Pool>();
  readonly #closing = new Set<Promise<void>>();
  #closed = false;

  constructor(settings: PoolSettings) {
    this.#settings = settings;
  }

  /** Undefined once closed. Guarded and free sockets to one origin are never shared. */
  get(origin: string, lookup: LookupFunction | undefined): Pool | undefined {
    if (this.#closed) return undefined;
    const key = lookup ? `guarded ${origin}` : origin;
    const known = this.#pools.get(key);
    if (known) {
      if (this.#pools.size >= this.#settings.maxPools) this.#touch(key, known);
      return known;
    }
    const pool = new Pool(origin, {
      connections: this.#settings.connections,
      pipelining: 1,
      allowH2: false,
      keepAliveTimeout: 4_000,
      keepAliveMaxTimeout: 30_000,
      keepAliveTimeoutThreshold: 2_000,
      // The exchange has one clock of its own.
      headersTimeout: 0,
      bodyTimeout: 0,
      connectTimeout: this.#settings.connectTimeoutMs,
      ...(lookup ? { connect: { lookup, timeout: this.#settings.connectTimeoutMs } } : {}),
    });
    this.#pools.set(key, pool);
    if (this.#pools.size > this.#settings.maxPools) this.#evict();
    return pool;
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const pool of this.#pools.values()) this.#retire(pool);
    this.#pools.clear();
    await Promise.all(this.#closing);
  }

  #touch(key: string, pool: Pool): void {
    this.#pools.delete(key);
    this.#pools.set(key, pool);
  }

  #evict(): void {
    const oldest = this.#pools.entries().next().value;
    if (!oldest) return;
    this.#pools.delete(oldest[0]);
    this.#retire(oldest[1]);
  }

  /** Lets the requests under way end. */
  #retire(pool: Pool): void {
    const done = pool.close().catch(() => undefined);
    this.#closing.add(done);
    void done.finally(() => this.#closing.delete(done));
  }
}
