import type { AcknowledgeBody } from '@centralita/contracts';
import { decodeId } from '@centralita/kernel';
import type { Tx } from '@centralita/platform/database';
import type { Runtime } from '../../runtime.ts';
import { errors } from './errors.ts';
import { ringCouriers } from './record-events.ts';
import { retryWait } from './settle-results.ts';
import { insertLog, subscriptionById } from './store.ts';
import { acknowledged, awaited, clearStalls, stall } from './store-queue.ts';

/**
 * The receiver says what became of events it took. Processed ones are done, and the next of their conversations go; failed ones are
 * sent again after the usual wait. Answers how many were waiting for it; said twice, it is nothing new.
 */
export async function acknowledgeEvents(rt: Runtime, tx: Tx, { id, body }: { readonly id: string; readonly body: AcknowledgeBody }): Promise<number> {
  const subscription = await subscriptionById(tx, id);
  if (!subscription) throw errors.not_found();
  const ids = body.event_ids.map((text) => decodeId('evt', text)).filter((event) => event !== undefined);
  if (body.outcome === 'failed') {
    const waiting = await awaited(tx, id, ids);
    if (waiting.length === 0) return 0;
    await stall(tx, id, waiting.map((e) => ({ ordering_key: e.ordering_key, number: e.number, attempts: e.attempts, first_at: e.first_at, wait_ms: retryWait(subscription, e.attempts), awaits: false })));
    await insertLog(tx, id, waiting.map((e) => ({
      event_id: e.id, event_type: e.type, attempt: e.attempts, outcome: 'failed', status: null, duration_ms: null, error: body.reason ?? 'The receiver could not process it.', response: null,
    })));
    await ringCouriers(rt, tx, [id]);
    return waiting.length;
  }
  const done = await acknowledged(tx, id, ids);
  if (done.length === 0) return 0;
  await clearStalls(tx, id, [...new Set(done.map((e) => e.ordering_key))]);
  await insertLog(tx, id, done.map((e) => ({ event_id: e.id, event_type: e.type, attempt: 1, outcome: 'acknowledged', status: null, duration_ms: null, error: null, response: null })));
  await ringCouriers(rt, tx, [id]);
  return done.length;
}
