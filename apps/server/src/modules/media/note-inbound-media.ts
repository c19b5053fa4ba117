import type { Tx } from '@centralita/platform/database';
import type { Runtime } from '../../runtime.ts';
import { insertPending, type NewMedia } from './store.ts';

/** The lane kind that fetches inbound files; the key is the file. */
export const LANE = 'media';

/**
 * Notes files that carriers hold, in the transaction of the messages they came with; they are fetched after its commit.
 * `id` is a UUID of the caller's, in the message it is `med_…`.
 */
export async function noteInboundMedia(rt: Runtime, tx: Tx, rows: readonly NewMedia[]): Promise<void> {
  if (rows.length === 0) return;
  await insertPending(tx, rows);
  await rt.lanes.ring(tx, LANE, rows.map((r) => ({ key: r.id })));
}
