import type { Database, Tx } from '../../packages/platform/src/database.ts';
import { waitFor } from './wait.ts';

/** A transaction that has done this, and is committed when told to go on. `inside`: runs it in one. */
export async function holding(inside: (fn: (tx: Tx) => Promise<void>) => Promise<unknown>, fn: (tx: Tx) => Promise<unknown>): Promise<{ early: Promise<unknown>; goOn: () => void }> {
  const done = Promise.withResolvers<void>();
  const held = Promise.withResolvers<void>();
  const early = inside(async (tx) => {
    await fn(tx);
    done.resolve();
    await held.promise;
  });
  await Promise.race([done.promise, early]);
  return { early, goOn: held.resolve };
}

/** Resolves when a transaction waits for another one. */
export const somebodyWaits = (db: Database): Promise<unknown> =>
  waitFor(async () => (await db.query("select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'")).length > 0, { what: 'the second transaction to wait for the first' });
