import pg from 'pg';
import { isRetryable } from './errors.ts';
import { Connections, type DatabaseOptions } from './connections.ts';
import { Convoys } from './convoys.ts';
import { checkCommitted, DOUBTFUL, QUOTED } from './errors.ts';
import { ClientTx, type CompanyRef, type Tx } from './tx.ts';

/** The doors to PostgreSQL. Reads and writes both go through a transaction, so that the role of a company is always set by the database. */
export interface Database {
  /** A transaction as the application itself: shared tables only by habit, all tables by right. Deadlocks are tried again, so `fn` may run twice. */
  shared<T>(fn: (tx: Tx) => Promise<T>): Promise<T>;
  /** A transaction under the company's own role: neighbours' rows cannot be reached. Deadlocks are tried again, so `fn` may run twice. */
  withCompany<T>(company: CompanyRef, fn: (tx: Tx) => Promise<T>): Promise<T>;
  /**
   * As `withCompany`, for short work that many companies have at once: it may share one transaction with work of other companies,
   * each statement under the role of its own. Where any of it fails, none of it is done, and each is tried again on its own.
   */
  together<T>(company: CompanyRef, fn: (tx: Tx) => Promise<T>): Promise<T>;
  /** One statement on its own, as the application. Deadlocks are tried again. */
  query<R extends object>(...args: Parameters<Tx['query']>): Promise<R[]>;
  /** How many connections there are, how many of them are idle, and how many callers wait for one. */
  connections(): { readonly open: number; readonly idle: number; readonly waiting: number };
  close(): Promise<void>;
}

const TRIES = 4;

export function createDatabase(options: DatabaseOptions): Database {
  // Shared transactions have few connections of their own, so that each company's statements are prepared on one of them.
  const convoyCount = Math.floor(options.max / 5);
  const connections = new Connections({ ...options, max: options.max - convoyCount });

  async function once<T>(company: CompanyRef | undefined, fn: (tx: Tx) => Promise<T>): Promise<T> {
    const client = await connections.acquire(company?.id);
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
      const ended: unknown = await client.query(tx.relaxed ? 'set local synchronous_commit to off; commit' : 'commit');
      broken = false;
      checkCommitted((ended as pg.QueryResult[]).at?.(-1)?.command ?? (ended as pg.QueryResult).command);
      for (const hook of tx.hooks) hook();
      return value;
    } finally {
      connections.release(client, broken);
    }
  }

  async function single<R extends object>(args: Parameters<Tx['query']>): Promise<R[]> {
    const client = await connections.acquire(undefined);
    let broken = true;
    try {
      const rows = await new ClientTx(client, undefined).query<R>(...args);
      broken = false;
      return rows;
    } catch (error) {
      broken = !(error instanceof pg.DatabaseError);
      throw error;
    } finally {
      connections.release(client, broken);
    }
  }

  /** Whoever was chosen to end a deadlock has done nothing. */
  async function tried<T>(fn: () => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await fn();
      } catch (error) {
        if (attempt === TRIES || !isRetryable(error)) throw error;
        options.log?.debug({ attempt, error: (error as Error).message }, 'transaction tried again');
      }
    }
  }
  const again = <T>(company: CompanyRef | undefined, fn: (tx: Tx) => Promise<T>): Promise<T> => tried(() => once(company, fn));

  const convoys = new Convoys(options, Math.max(1, convoyCount), again);
  return {
    together: (company, fn) => convoys.join(company, fn),
    connections: () => connections.count(),
    shared: (fn) => again(undefined, fn),
    withCompany: (company, fn) => again(company, fn),
    query: <R extends object>(...args: Parameters<Tx['query']>): Promise<R[]> => tried(() => single<R>(args)),
    async close() {
      await convoys.end();
      await connections.end();
    },
  };
}
