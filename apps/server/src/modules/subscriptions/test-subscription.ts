import { eventTypes } from '@centralita/contracts';
import { encodeId, newUuid } from '@centralita/kernel';
import type { CompanyRef } from '@centralita/platform/database';
import type { Runtime } from '../../runtime.ts';
import { errors } from './errors.ts';
import { insertLog, subscriptionById, type LogRow } from './store.ts';
import type { Send } from './target.ts';

/** Sends a `test` event at once, past the queue, whatever state the subscription is in, and says what came of it. */
export async function testSubscription(rt: Runtime, { company, id, send }: { readonly company: CompanyRef; readonly id: string; readonly send: Send }): Promise<LogRow> {
  const subscription = await rt.db.withCompany(company, (tx) => subscriptionById(tx, id));
  if (!subscription) throw errors.not_found();
  const eventId = newUuid();
  const body = JSON.stringify({
    id: encodeId('evt', eventId), event_type: 'test', version: eventTypes.test.version, timestamp: new Date(rt.clock.now()).toISOString(),
    data: { company_id: encodeId('co', company.id), subscription_id: encodeId('sub', id), message: 'This is a test: whoever reads it is connected.' },
  });
  const began = performance.now();
  const answer = await send(company.id, subscription, { id: eventId, type: 'test', body });
  const outcome = answer.result === 'taken' ? 'delivered' : answer.result === 'unrouted' ? 'unrouted' : 'failed';
  const [row] = await rt.db.withCompany(company, (tx) => insertLog(tx, id, [{
    event_id: eventId, event_type: 'test', attempt: 1, outcome, status: answer.status, duration_ms: Math.round(performance.now() - began), error: answer.error, response: answer.response,
  }]));
  return row!;
}
