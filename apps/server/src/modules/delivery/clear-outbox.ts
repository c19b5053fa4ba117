import { chunk, newUuid, uuidTime } from '@centralita/kernel';
import type { CompanyRef, Tx } from '@centralita/platform/database';
import { MESSAGE_CLASSES, type CarrierError } from '../../messaging/index.ts';
import type { Runtime } from '../../runtime.ts';
import { changed } from './apply-statuses.ts';
import { lockDeliveries, moveDeliveries, type DeliveryRow } from './store.ts';
import { insertDeadLetters } from './store-dead-letters.ts';
import { takeOutOfOutbox, waitingMessages } from './store-queue.ts';

/** Messages in one transaction. */
const AT_ONCE = 500;
const CLEARED: CarrierError = { class: 'permanent', code: 'cleared', title: 'Taken out of the queue before it was sent', detail: 'It was never tried at the carrier, or certainly not taken by it. It can be replayed.' };

const STALE: CarrierError = { class: 'permanent', code: 'stale', title: 'It waited too long to be still worth sending', detail: 'The company was suspended meanwhile. It was never tried at the carrier, and can be sent again.' };
/** A code is asked for to be typed in at once. */
const CODE_MS = 10 * 60_000;
/** More than this of one company are not looked at; they are sent. */
const LOOKED_AT = 500_000;

/**
 * Takes everything of a company out of its outbox that nobody is sending; each message becomes a dead letter that can be replayed.
 * Answers how many. What is put in meanwhile may be among them.
 */
export async function clearOutbox(rt: Runtime, company: CompanyRef): Promise<number> {
  let cleared = 0;
  for (;;) {
    const { asked, moved } = await rt.db.withCompany(company, async (tx) => {
      const ids = await waitingMessages(tx, AT_ONCE);
      return { asked: ids.length, moved: await setAsideWaiting(rt, tx, { ids, error: CLEARED, which: () => true }) };
    });
    cleared += moved;
    if (asked < AT_ONCE || moved === 0) return cleared;
  }
}

/** The same for what is not worth sending any more: codes after ten minutes, all others after `hours`. Answers how many. */
export async function clearStale(rt: Runtime, company: CompanyRef, hours: number): Promise<number> {
  const now = rt.clock.now();
  const stale = (row: DeliveryRow): boolean => now - uuidTime(row.message_id) > (MESSAGE_CLASSES[row.class] === 'otp' ? CODE_MS : hours * 3_600_000);
  let cleared = 0;
  for (const ids of chunk(await rt.db.withCompany(company, (tx) => waitingMessages(tx, LOOKED_AT)), AT_ONCE)) {
    cleared += await rt.db.withCompany(company, (tx) => setAsideWaiting(rt, tx, { ids, error: STALE, which: stale }));
  }
  return cleared;
}

async function setAsideWaiting(rt: Runtime, tx: Tx, { ids, error, which }: { readonly ids: readonly string[]; readonly error: CarrierError; which(row: DeliveryRow): boolean }): Promise<number> {
  if (ids.length === 0) return 0;
  const rows = (await lockDeliveries(tx, [...ids].sort())).filter(which);
  const out = await takeOutOfOutbox(tx, rows.map((r) => r.message_id));
  const gone = rows.filter((r) => out.has(r.message_id));
  await moveDeliveries(tx, gone.map((r) => ({ message_id: r.message_id, status: 'failed', error })));
  await insertDeadLetters(tx, gone.map((r) => ({
    id: newUuid(), kind: 'send', reason: error.title, detail: error.detail ?? null, conversation_id: r.conversation_id, message_id: r.message_id, attempts: 0,
  })));
  await changed(rt, tx, gone.map((r) => ({ message_id: r.message_id, conversation_id: r.conversation_id, before: r.status, after: 'failed' })));
  tx.onCommit(() => rt.metrics.deadLetters.inc({ kind: 'send' }, gone.length));
  return gone.length;
}
