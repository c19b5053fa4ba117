import { defineErrors } from '@centralita/kernel';
import type { Tx } from '@centralita/platform/database';
import type { Runtime } from '../../runtime.ts';
import { changed } from './apply-statuses.ts';
import { LANE } from './enqueue-messages.ts';
import { moveDeliveries, putOutbox, requestOf } from './store.ts';
import { listDeadLetters, lockDeadLetter, setReplayed, type DeadLetterRow } from './store-dead-letters.ts';

export type { DeadLetterRow };

export const errors = defineErrors('delivery', {
  not_found: { status: 404, text: 'There is no such dead letter in your company.' },
  not_safe: { status: 409, text: 'Sending this again from here could make it arrive twice.' },
});

/** Work of the company that was set aside, newest first; `before` is where the page before ended. */
export const deadLetters = (tx: Tx, page: { readonly before: string | null; readonly limit: number }): Promise<DeadLetterRow[]> => listDeadLetters(tx, page);

/** One of them, locked, for replaying it. Throws `delivery.not_found`. */
export async function takeDeadLetter(tx: Tx, id: string): Promise<DeadLetterRow> {
  const letter = await lockDeadLetter(tx, id);
  if (!letter) throw errors.not_found();
  return letter;
}
export const markReplayed = (tx: Tx, id: string): Promise<void> => setReplayed(tx, id);

/**
 * Puts a message that certainly was not sent back into its outbox, in the caller's transaction. Throws `delivery.not_safe` for
 * one that is not failed, that reached the carrier once, or that a person has sent again.
 */
export async function replaySend(rt: Runtime, tx: Tx, messageId: string): Promise<void> {
  const delivery = await requestOf(tx, messageId);
  if (!delivery) throw errors.not_safe('The message is not there any more.');
  if (delivery.resent_as !== null) throw errors.not_safe('Somebody has sent it again from the conversation.');
  if (delivery.status !== 'failed') throw errors.not_safe(`It is ${delivery.status} now.`);
  if (delivery.remote_id !== null) throw errors.not_safe('The carrier took it and reported later that it failed. Send it again from the conversation.');
  if (delivery.error?.code === 'outcome_unknown') throw errors.not_safe('Whether the carrier took it was never known.');
  await moveDeliveries(tx, [{ message_id: messageId, status: 'queued', error: null }]);
  await changed(rt, tx, [{ message_id: messageId, conversation_id: delivery.conversation_id, before: 'failed', after: 'queued' }]);
  await putOutbox(tx, [delivery]);
  await rt.lanes.ring(tx, LANE, [{ key: delivery.route_id }]);
}
