import pg from 'pg';
import type { Logger } from '../log.ts';

export interface DatabaseOptions {
  readonly url: string;
  /** Connections at most. */
  readonly max: number;
  /** Client-side limit for one statement in milliseconds; after it the connection is dropped. */
  readonly queryTimeoutMs: number;
  readonly connectTimeoutMs?: number;
  /** A transaction that asks nothing for so long is ended by the server. Default 15 s. */
  readonly idleInTransactionMs?: number;
  readonly applicationName: string;
  readonly log?: Logger;
}

const INT8 = 20;
// bigint columns are identities and counters far below 2^53.
export const types = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    oid === INT8 && format !== 'binary' ? (value: string) => Number(value) : pg.types.getTypeParser(oid, format as 'text')) as typeof pg.types.getTypeParser,
} as typeof pg.types;

/** Connections of one group. */
const GROUP = 2;

interface Waiter {
  readonly go: () => void;
}
interface Group {
  readonly pool: pg.Pool;
  readonly max: number;
  /** Held, or being connected. Ours to count: the pool's own figures lag behind by a turn of the event loop. */
  taken: number;
}

/**
 * Connections in groups of two; a company's transactions go to the same group as long as it has one free. A statement is
 * prepared per connection and schema: with 300 companies over ten connections alike, most executions would be the first on
 * theirs, which costs as much as ten later ones. Whoever finds all connections busy waits for the first that is given back.
 */
export class Connections {
  readonly #groups: readonly Group[];
  readonly #owners = new WeakMap<pg.PoolClient, Group>();
  readonly #waiting: Waiter[] = [];
  readonly #patienceMs: number;

  constructor(options: DatabaseOptions) {
    this.#patienceMs = options.connectTimeoutMs ?? 3000;
    const count = Math.max(1, Math.floor(options.max / GROUP));
    this.#groups = Array.from({ length: count }, (_, n) => {
      const max = Math.floor(options.max / count) + (n < options.max % count ? 1 : 0);
      return { pool: makePool(options, max), max, taken: 0 };
    });
  }

  /** A connection, the company's own group first. Throws when none was free or could be made in time. */
  async acquire(companyId: string | undefined): Promise<pg.PoolClient> {
    const deadline = performance.now() + this.#patienceMs;
    for (;;) {
      const group = this.#pick(companyId);
      if (group) return this.#connect(group);
      await this.#wait(deadline - performance.now());
    }
  }

  /** `broken`: it is closed and not used again. */
  release(client: pg.PoolClient, broken: boolean): void {
    client.release(broken);
    this.#free(this.#owners.get(client)!);
  }

  count(): { open: number; idle: number; waiting: number } {
    const sum = (of: (group: Group) => number): number => this.#groups.reduce((n, group) => n + of(group), 0);
    return { open: sum((g) => g.pool.totalCount), idle: sum((g) => g.pool.idleCount), waiting: this.#waiting.length };
  }

  async end(): Promise<void> {
    await Promise.all(this.#groups.map((g) => g.pool.end()));
  }

  async #connect(group: Group): Promise<pg.PoolClient> {
    group.taken += 1;
    try {
      const client = await group.pool.connect();
      this.#owners.set(client, group);
      return client;
    } catch (error) {
      this.#free(group);
      throw error;
    }
  }

  #free(group: Group): void {
    group.taken -= 1;
    this.#waiting.shift()?.go();
  }

  #pick(companyId: string | undefined): Group | undefined {
    if (companyId !== undefined) {
      const home = this.#groups[groupOf(companyId, this.#groups.length)]!;
      if (home.taken < home.max) return home;
    }
    // A connection that is there before one that must be made.
    return this.#groups.find((g) => g.taken < g.pool.totalCount) ?? this.#groups.find((g) => g.taken < g.max);
  }

  #wait(milliseconds: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiting.splice(this.#waiting.indexOf(waiter), 1);
        reject(new Error('timeout exceeded when trying to connect'));
      }, Math.max(milliseconds, 1));
      const waiter: Waiter = { go: () => {
        clearTimeout(timer);
        resolve();
      } };
      this.#waiting.push(waiter);
    });
  }
}

/** Ids are UUIDs of version 7: their last digits are random. */
export const groupOf = (companyId: string, groups: number): number => Number.parseInt(companyId.slice(-6), 16) % groups;

// The usual path begins with the schema of the current role, so that a statement that was prepared as one company is planned anew
// as the next. Ours name every schema. Said on the connection and not at its start, since poolers refuse settings there.
const SESSION = 'set search_path to public';
// A process that is frozen in a transaction, or whose host is gone without a word, holds its locks until the server ends it: everybody
// else who wants one of those rows (a lane, a conversation) would wait as long. Its work is taken over after a lease, 8 s, anyway.
const IDLE_IN_TRANSACTION_MS = 15_000;

/** `settings`: more of the kind of `set name to value`, for each of its sessions. */
export function makePool(options: DatabaseOptions, max: number, settings: readonly string[] = []): pg.Pool {
  const begin = [SESSION, `set idle_in_transaction_session_timeout to ${options.idleInTransactionMs ?? IDLE_IN_TRANSACTION_MS}`, ...settings].join('; ');
  const pool = new pg.Pool({
    connectionString: options.url,
    max,
    idleTimeoutMillis: 30_000,
    // A connection that has touched 1,000 schemas holds 52 MB more (platform-numbers): renew it twice an hour.
    maxLifetimeSeconds: 1800,
    connectionTimeoutMillis: options.connectTimeoutMs ?? 3000,
    query_timeout: options.queryTimeoutMs,
    application_name: options.applicationName,
    types,
    // Waited for, whatever its type says: pg-pool 3.10 and later.
    onConnect: ((client: pg.ClientBase) => client.query(begin)) as unknown as (client: pg.ClientBase) => void,
  });
  // An idle connection that breaks is replaced at the next use; the error itself is no news.
  pool.on('error', (error) => options.log?.debug({ error: error.message }, 'idle database connection lost'));
  // One that breaks while somebody has it says so without being asked; the next statement on it fails, and that is heard.
  pool.on('connect', (client) => client.on('error', (error) => options.log?.debug({ error: error.message }, 'database connection lost')));
  return pool;
}
