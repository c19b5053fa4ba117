import { newUuid } from '@centralita/kernel';
import type { Tx } from '@centralita/platform/database';
import type { CarrierError } from '../../messaging/index.ts';
import type { Runtime } from '../../runtime.ts';
import { changed } from './apply-statuses.ts';
import { moveDeliveries } from './store.ts';
import { insertDeadLetters } from './store-dead-letters.ts';

/** Says of messages that were enqueued as `refused` why they are not sent: failed, with a dead letter that can be replayed. */
export async function refuseMessages(rt: Runtime, tx: Tx, items: readonly { readonly message_id: string; readonly conversation_id: string; readonly error: CarrierError }[]): Promise<void> {
  if (items.length === 0) return;
  await moveDeliveries(tx, items.map((i) => ({ message_id: i.message_id, status: 'failed', error: i.error })));
  await insertDeadLetters(tx, items.map((i) => ({
    id: newUuid(), kind: 'send', reason: i.error.title, detail: i.error.detail ?? null, conversation_id: i.conversation_id, message_id: i.message_id, attempts: 0,
  })));
  await changed(rt, tx, items.map((i) => ({ message_id: i.message_id, conversation_id: i.conversation_id, before: 'queued', after: 'failed' })));
  tx.onCommit(() => rt.metrics.deadLetters.inc({ kind: 'send' }, items.length));
}
