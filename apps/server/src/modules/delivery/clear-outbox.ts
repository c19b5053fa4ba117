import { newUuid } from '@centralita/kernel';
import type { CompanyRef } from '@centralita/platform/database';
import type { CarrierError } from '../../messaging/index.ts';
import type { Runtime } from '../../runtime.ts';
import { changed } from './apply-statuses.ts';
import { lockDeliveries, moveDeliveries } from './store.ts';
import { insertDeadLetters } from './store-dead-letters.ts';
import { takeOutOfOutbox, waitingMessages } from './store-queue.ts';

/** Messages in one transaction. */
const AT_ONCE = 500;
const CLEARED: CarrierError = { class: 'permanent', code: 'cleared', title: 'Taken out of the queue before it was sent', detail: 'It was never tried at the carrier, or certainly not taken by it. It can be replayed.' };

/**
 * Takes everything of a company out of its outbox that nobody is sending; each message becomes a dead letter that can be replayed.
 * Answers how many. What is put in meanwhile may be among them.
 */
export async function clearOutbox(rt: Runtime, company: CompanyRef): Promise<number> {
  let cleared = 0;
  for (;;) {
    const { asked, moved } = await rt.db.withCompany(company, async (tx) => {
      const ids = await waitingMessages(tx, AT_ONCE);
      if (ids.length === 0) return { asked: 0, moved: 0 };
      const rows = await lockDeliveries(tx, [...ids].sort());
      const out = await takeOutOfOutbox(tx, ids);
      const gone = rows.filter((r) => out.has(r.message_id));
      await moveDeliveries(tx, gone.map((r) => ({ message_id: r.message_id, status: 'failed', error: CLEARED })));
      await insertDeadLetters(tx, gone.map((r) => ({
        id: newUuid(), kind: 'send', reason: CLEARED.title, detail: CLEARED.detail ?? null, conversation_id: r.conversation_id, message_id: r.message_id, attempts: 0,
      })));
      await changed(rt, tx, gone.map((r) => ({ message_id: r.message_id, conversation_id: r.conversation_id, before: r.status, after: 'failed' })));
      tx.onCommit(() => rt.metrics.deadLetters.inc({ kind: 'send' }, gone.length));
      return { asked: ids.length, moved: out.size };
    });
    cleared += moved;
    if (asked < AT_ONCE || moved === 0) return cleared;
  }
}
