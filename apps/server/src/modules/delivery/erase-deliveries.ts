import type { Tx } from '@centralita/platform/database';
import type { CarrierError } from '../../messaging/index.ts';
import type { Runtime } from '../../runtime.ts';
import { changed } from './apply-statuses.ts';
import { lockDeliveries, moveDeliveries } from './store.ts';
import { eraseRequests } from './store-erase.ts';
import { takeOutOfOutbox } from './store-queue.ts';

const ERASED: CarrierError = { class: 'permanent', code: 'erased', title: 'Erased before it was sent' };

/**
 * Takes back what waits to be sent of these messages and forgets what was sent, to whom, what carriers said of it, and the dead
 * letters of their conversations. False: one of them is just being sent, and the caller's transaction must be undone.
 */
export async function eraseDeliveries(rt: Runtime, tx: Tx, { messages, conversations }: { readonly messages: readonly string[]; readonly conversations: readonly string[] }): Promise<boolean> {
  const rows = await lockDeliveries(tx, messages);
  const waiting = rows.filter((r) => r.status === 'queued');
  const out = waiting.length === 0 ? new Set<string>() : await takeOutOfOutbox(tx, waiting.map((r) => r.message_id));
  if (rows.some((r) => r.status === 'sending') || out.size < waiting.length) return false;
  if (waiting.length > 0) {
    await moveDeliveries(tx, waiting.map((r) => ({ message_id: r.message_id, status: 'failed', error: ERASED })));
    await changed(rt, tx, waiting.map((r) => ({ message_id: r.message_id, conversation_id: r.conversation_id, before: r.status, after: 'failed' })));
  }
  await eraseRequests(tx, messages, conversations);
  return true;
}
