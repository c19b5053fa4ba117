import { encodeId } from '@centralita/kernel';
import type { Tx } from '@centralita/platform/database';
import type { Runtime } from '../../runtime.ts';
import { forgetListeners } from './listeners.ts';
import { recordEvents } from './record-events.ts';
import { disable, insertLog, noteHealth, type NewLog, type SubscriptionRow } from './store.ts';
import { clearStalls, removeQueued, stall, type Stall, type Waiting } from './store-queue.ts';
import type { Answer } from './target.ts';

/** One try and what came of it. */
export interface Result {
  readonly event: Waiting;
  readonly answer: Answer;
  readonly duration_ms: number;
  /** When the try began. */
  readonly at: Date;
}

/** Whether the event is settled, so that the next one of its key may go. */
export function isThrough(subscription: SubscriptionRow, { answer }: Result): boolean {
  return (answer.result === 'taken' && !isExplicit(subscription)) || answer.result === 'unrouted';
}
const isExplicit = (s: SubscriptionRow): boolean => s.kind === 'http' && s.settings.acknowledgement === 'explicit';

/** Records what came of a batch of tries in the courier's transaction, a constant number of statements. */
export async function settleResults(rt: Runtime, tx: Tx, { subscription, results }: { readonly subscription: SubscriptionRow; readonly results: readonly Result[] }): Promise<void> {
  const gone: Waiting[] = [];
  const cleared: string[] = [];
  const stalls: Stall[] = [];
  const log: NewLog[] = [];
  for (const result of results) {
    const { event, answer } = result;
    if (answer.result === 'away') continue;
    const verdict = judge(subscription, result);
    if (typeof verdict === 'object') stalls.push(verdict);
    else {
      gone.push(event);
      if (event.attempts > 0) cleared.push(event.ordering_key);
    }
    log.push(entry(result, typeof verdict === 'object' ? (verdict.awaits ? 'awaiting_acknowledgement' : 'failed') : verdict));
    rt.metrics.eventDeliveries.inc({ kind: subscription.kind, result: log.at(-1)!.outcome });
  }
  if (gone.length > 0) await removeQueued(tx, subscription.id, gone);
  if (cleared.length > 0) await clearStalls(tx, subscription.id, cleared);
  if (stalls.length > 0) await stall(tx, subscription.id, stalls);
  if (log.length > 0) await insertLog(tx, subscription.id, log);
  await noteState(rt, tx, { subscription, results });
}

/** Delivered, given up, or to be tried again. */
function judge(subscription: SubscriptionRow, { event, answer, at }: Result): Stall | 'delivered' | 'unrouted' | 'given_up' {
  const { settings } = subscription;
  if (answer.result === 'unrouted') return 'unrouted';
  const awaits = answer.result === 'taken' && isExplicit(subscription);
  if (answer.result === 'taken' && !awaits) return 'delivered';
  const first = event.first_at ?? at;
  const attempts = event.attempts + 1;
  if (at.getTime() - first.getTime() >= settings.retry_hours * 3_600_000) return 'given_up';
  return {
    ordering_key: event.ordering_key, number: event.number, attempts, first_at: first, awaits,
    wait_ms: awaits ? settings.acknowledge_seconds * 1000 : retryWait(subscription, attempts, answer.after_ms),
  };
}

/** Doubling between the two settings; a subscriber may ask for more, up to the longer one. */
export function retryWait({ settings }: SubscriptionRow, attempts: number, asked = 0): number {
  const longest = settings.retry_max_seconds * 1000;
  return Math.min(Math.max(settings.retry_first_seconds * 1000 * 2 ** Math.min(attempts - 1, 40), asked), longest);
}

function entry({ event, answer, duration_ms }: Result, outcome: NewLog['outcome']): NewLog {
  return {
    event_id: event.id, event_type: event.type, attempt: event.attempts + 1, outcome, status: answer.status, duration_ms: Math.round(duration_ms),
    error: answer.error?.slice(0, 500) ?? null, response: answer.response,
  };
}

/** Since when nothing was taken; for too long, and it is disabled, which the other subscriptions are told. */
async function noteState(rt: Runtime, tx: Tx, { subscription, results }: { readonly subscription: SubscriptionRow; readonly results: readonly Result[] }): Promise<void> {
  const last = results.at(-1);
  if (!last) return;
  if (results.some((r) => r.answer.result === 'taken' || r.answer.result === 'unrouted')) {
    if (subscription.failing_since !== null) await noteHealth(tx, subscription.id, { ok: true, error: null });
    return;
  }
  const error = last.answer.error ?? '';
  if (subscription.failing_since === null || subscription.last_error !== error) await noteHealth(tx, subscription.id, { ok: false, error });
  const tired = subscription.failing_since !== null && last.at.getTime() - subscription.failing_since.getTime() >= subscription.settings.retry_hours * 3_600_000;
  const reason = last.answer.result === 'gone' ? error : tired && last.answer.result !== 'away' ? `It took nothing since ${subscription.failing_since!.toISOString()}. At last: ${error}` : undefined;
  if (reason !== undefined && await disable(tx, subscription.id, reason.slice(0, 500))) await tellDisabled(rt, tx, { subscription, reason });
}

async function tellDisabled(rt: Runtime, tx: Tx, { subscription, reason }: { readonly subscription: SubscriptionRow; readonly reason: string }): Promise<void> {
  forgetListeners(rt, tx);
  await recordEvents(rt, tx, [{
    type: 'subscription_disabled', account_id: null, ordering_key: subscription.id, at: new Date(rt.clock.now()).toISOString(), except: subscription.id,
    data: { company_id: encodeId('co', tx.company!.id), subscription_id: encodeId('sub', subscription.id), name: subscription.name, reason },
  }]);
  tx.onCommit(() => rt.log.warn({ company: tx.company?.id, subscription: encodeId('sub', subscription.id), name: subscription.name, reason }, 'a subscription was disabled: it took no events for too long'));
}
