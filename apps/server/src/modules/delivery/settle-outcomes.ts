import { newUuid, uuidTime } from '@centralita/kernel';
import type { Tx } from '@centralita/platform/database';
import { MESSAGE_CLASSES, type CarrierError, type DeliveryChange, type MessageStatus, type SendOutcome } from '../../messaging/index.ts';
import type { Runtime } from '../../runtime.ts';
import { changed, climb } from './apply-statuses.ts';
import { claimEarlyStatuses, lockDeliveries, moveDeliveries, settleOutbox, type Move, type Settlement } from './store.ts';
import { insertDeadLetters } from './store-dead-letters.ts';

export interface Settled {
  readonly message_id: string;
  readonly route_id: string;
  readonly attempts: number;
  readonly outcome: SendOutcome;
}

/** Records what came of a batch of tries, in one transaction; answers how many messages left the outbox, by route. */
export async function settleOutcomes(rt: Runtime, tx: Tx, batch: readonly Settled[]): Promise<Map<string, number>> {
  const own = new Map((await lockDeliveries(tx, batch.map((b) => b.message_id).sort())).map((d) => [d.message_id, d]));
  const moves: Move[] = [];
  const settlements: Settlement[] = [];
  const changes: DeliveryChange[] = [];
  const dead: { message_id: string; conversation_id: string; error: CarrierError; attempts: number }[] = [];
  const accepted: { message_id: string; route_id: string; remote_id: string }[] = [];
  const now = rt.clock.now();
  for (const item of batch) {
    const row = own.get(item.message_id);
    // A webhook was faster than the answer and has settled it already.
    if (!row || (row.status !== 'sending' && row.status !== 'queued' && row.status !== 'unknown')) {
      if (row && item.outcome.outcome === 'accepted') accepted.push({ message_id: row.message_id, route_id: item.route_id, remote_id: item.outcome.remote_id });
      continue;
    }
    const to = (status: MessageStatus, error?: CarrierError, remote_id?: string): void => {
      moves.push({ message_id: row.message_id, status, error: error ?? null, remote_id });
      changes.push({ message_id: row.message_id, conversation_id: row.conversation_id, before: row.status, after: status });
    };
    const result = item.outcome;
    switch (result.outcome) {
      case 'accepted':
        to('accepted', undefined, result.remote_id);
        if (MESSAGE_CLASSES[row.class] === 'reply') rt.metrics.replySeconds.observe((now - uuidTime(row.message_id)) / 1000);
        accepted.push({ message_id: row.message_id, route_id: item.route_id, remote_id: result.remote_id });
        settlements.push({ message_id: row.message_id, state: 'gone' });
        break;
      case 'rejected':
        to('failed', result.error);
        settlements.push({ message_id: row.message_id, state: 'gone' });
        dead.push({ message_id: row.message_id, conversation_id: row.conversation_id, error: result.error, attempts: item.attempts });
        break;
      case 'retry':
        if (item.attempts >= (result.max_attempts ?? rt.config.retryAttempts)) {
          to('failed', result.error);
          settlements.push({ message_id: row.message_id, state: 'gone' });
          dead.push({ message_id: row.message_id, conversation_id: row.conversation_id, error: result.error, attempts: item.attempts });
        } else {
          to('queued', result.error);
          settlements.push({ message_id: row.message_id, state: 'waiting', due: new Date(now + (result.after_ms ?? backoff(rt, item.attempts))) });
        }
        break;
      case 'unknown':
        to('sending', result.error);
        settlements.push({ message_id: row.message_id, state: 'unknown', due: new Date(now + rt.config.unknownWaitSeconds * 1000) });
        break;
    }
  }
  if (moves.length > 0) {
    await moveDeliveries(tx, moves, batch.filter((b) => b.outcome.outcome !== 'unknown').map((b) => ({
      message_id: b.message_id, outcome: b.outcome.outcome, error: b.outcome.outcome === 'accepted' ? undefined : b.outcome.error,
    })));
  }
  if (dead.length > 0) {
    rt.metrics.deadLetters.inc({ kind: 'send' }, dead.length);
    await insertDeadLetters(tx, dead.map((d) => ({
      id: newUuid(), kind: 'send', reason: `${d.error.code} ${d.error.title}`, detail: d.error.detail ?? null, conversation_id: d.conversation_id, message_id: d.message_id, attempts: d.attempts,
    })));
  }
  const gone = settlements.length > 0 ? await settleOutbox(tx, settlements) : new Map<string, number>();
  await changed(rt, tx, changes);
  if (accepted.length > 0) {
    const early = await claimEarlyStatuses(tx, accepted);
    if (early.length > 0) {
      const rows = new Map((await lockDeliveries(tx, [...new Set(early.map((e) => e.message_id))].sort())).map((d) => [d.message_id, d]));
      await climb(rt, tx, early.sort((a, b) => a.at.getTime() - b.at.getTime()).map((e) => ({ ...e, at: e.at.toISOString() })), rows);
    }
  }
  return gone;
}

/** What is still unknown after the wait: a code fails, a reply is shown to a person with *send again*, bulk is closed. */
export async function giveUpUnknown(rt: Runtime, tx: Tx, expired: readonly { message_id: string; class: number }[]): Promise<void> {
  if (expired.length === 0) return;
  const own = await lockDeliveries(tx, expired.map((e) => e.message_id).sort());
  const open = own.filter((d) => d.status === 'sending' || d.status === 'queued');
  const error: CarrierError = {
    class: 'unknown', code: 'outcome_unknown', title: 'The carrier never said whether it took this message',
    detail: 'It may have arrived. Look at the conversation before sending it again.',
  };
  const status = (d: { class: number }): MessageStatus => (MESSAGE_CLASSES[d.class] === 'otp' ? 'failed' : 'unknown');
  await moveDeliveries(tx, open.map((d) => ({ message_id: d.message_id, status: status(d), error })), open.map((d) => ({ message_id: d.message_id, outcome: 'unknown', error })));
  await changed(rt, tx, open.map((d) => ({ message_id: d.message_id, conversation_id: d.conversation_id, before: d.status, after: status(d) })));
}

/** Exponential with the attempt, between the two settings, without jitter: one pump per route never stampedes. */
function backoff(rt: Runtime, attempts: number): number {
  return Math.min(rt.config.retryFirstSeconds * 2 ** (attempts - 1), rt.config.retryMaxSeconds) * 1000;
}
