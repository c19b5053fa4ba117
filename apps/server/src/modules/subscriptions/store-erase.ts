import type { Tx } from '@centralita/platform/database';

/** Everything that was told about these keys, or waits to be, and what was answered to it. */
export async function eraseEvents(tx: Tx, keys: readonly string[]): Promise<void> {
  await tx.query('delete from {c}.event_queue where ordering_key = any($1)', [keys]);
  await tx.query('delete from {c}.event_stalls where ordering_key = any($1)', [keys]);
  await tx.query('delete from {c}.event_log l using {c}.events e where e.ordering_key = any($1) and l.event_id = e.id', [keys]);
  await tx.query('delete from {c}.events where ordering_key = any($1)', [keys]);
}
