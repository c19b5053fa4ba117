import pg from 'pg';
import type { Logger } from '../log.ts';
import { isRetryable } from './errors.ts';
import { ClientTx, type CompanyRef, type Tx } from './tx.ts';

export interface DatabaseOptions {
  readonly url: string;
  /** Connections at most. */
  readonly max: number;
  /** Client-side limit for one statement in milliseconds; after it the connection is dropped. */
  readonly queryTimeoutMs: number;
  readonly connectTimeoutMs?: number;
  readonly applicationName: string;
  readonly log?: Logger;
}

/** The doors to PostgreSQL. Reads and writes both go through a transaction, so that the role of a company is always set by the database. */
export interface Database {
  /** A transaction as the application itself: shared tables only by habit, all tables by right. Deadlocks are tried again, so `fn` may run twice. */
  shared<T>(fn: (tx: Tx) => Promise<T>): Promise<T>;
  /** A transaction under the company's own role: neighbours' rows cannot be reached. Deadlocks are tried again, so `fn` may run twice. */
  withCompany<T>(company: CompanyRef, fn: (tx: Tx) => Promise<T>): Promise<T>;
  /** One statement on its own, as the application. */
  query<R extends object>(...args: Parameters<Tx['query']>): Promise<R[]>;
  readonly pool: pg.Pool;
  close(): Promise<void>;
}

const TRIES = 4;
const INT8 = 20;
// bigint columns are identities and counters far below 2^53.
const types = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    oid === INT8 && format !== 'binary' ? (value: string) => Number(value) : pg.types.getTypeParser(oid, format as 'text')) as typeof pg.types.getTypeParser,
};

// A statement that timed out on our side still runs on its connection, a lost connection answers nothing: drop both.
const DOUBTFUL = /^Query read timeout|Connection terminated|not queryable|ECONNRESET|EPIPE/;
const QUOTED = /^[a-z_][a-z0-9_]*$/;

export function createDatabase(options: DatabaseOptions): Database {
  const pool = new pg.Pool({
    connectionString: options.url,
    max: options.max,
    idleTimeoutMillis: 30_000,
    // A connection that has touched 1,000 schemas holds 52 MB more (platform-numbers): renew it twice an hour.
    maxLifetimeSeconds: 1800,
    connectionTimeoutMillis: options.connectTimeoutMs ?? 3000,
    query_timeout: options.queryTimeoutMs,
    application_name: options.applicationName,
    types,
  });
  // An idle connection that breaks is replaced at the next use; the error itself is no news.
  pool.on('error', (error) => options.log?.debug({ error: error.message }, 'idle database connection lost'));

  // One that breaks while somebody has it says so without being asked; the next statement on it fails, and that is heard.
  pool.on('connect', (client) => client.on('error', (error) => options.log?.debug({ error: error.message }, 'database connection lost')));

  async function once<T>(company: CompanyRef | undefined, fn: (tx: Tx) => Promise<T>): Promise<T> {
    const client = await pool.connect();
    let broken = true;
    try {
      const tx = new ClientTx(client, company);
      if (company && !QUOTED.test(company.role)) throw new Error('a company role has letters, digits and _ only');
      await client.query(company ? `begin; set local role ${company.role}` : 'begin');
      let value: T;
      try {
        value = await fn(tx);
        for (const step of tx.last) await step();
      } catch (error) {
        if (!DOUBTFUL.test((error as Error).message)) {
          // A failing rollback means a broken connection; the first error is the one to tell.
          broken = await client.query('rollback').then(() => false, () => true);
        }
        throw error;
      }
      await client.query('commit');
      broken = false;
      for (const hook of tx.hooks) hook();
      return value;
    } finally {
      client.release(broken);
    }
  }

  async function again<T>(company: CompanyRef | undefined, fn: (tx: Tx) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await once(company, fn);
      } catch (error) {
        if (attempt === TRIES || !isRetryable(error)) throw error;
        options.log?.debug({ attempt, error: (error as Error).message }, 'transaction tried again');
      }
    }
  }

  return {
    pool,
    shared: (fn) => again(undefined, fn),
    withCompany: (company, fn) => again(company, fn),
    async query<R extends object>(...args: Parameters<Tx['query']>): Promise<R[]> {
      const client = await pool.connect();
      let broken = true;
      try {
        const rows = await new ClientTx(client, undefined).query<R>(...args);
        broken = false;
        return rows;
      } catch (error) {
        broken = !(error instanceof pg.DatabaseError);
        throw error;
      } finally {
        client.release(broken);
      }
    },
    close: () => pool.end(),
  };
}
