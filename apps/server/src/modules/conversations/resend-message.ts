import type { Tx } from '@centralita/platform/database';
import { MESSAGE_CLASSES } from '../../messaging/index.ts';
import type { Runtime } from '../../runtime.ts';
import { markResent, requestOf } from '../delivery/index.ts';
import { errors } from './errors.ts';
import { say, type Said, type Saying } from './say.ts';
import { addTrouble } from './store.ts';
import { messageRows } from './store-views.ts';

/**
 * Says again what failed or whose outcome is unknown, as a new message; once: asked again, it answers what was said then.
 * Throws `conversations.message_not_found`, `cannot_resend`, and what `say` throws.
 */
export async function resendMessage(rt: Runtime, tx: Tx, { message_id, author }: { readonly message_id: string; readonly author: Saying['author'] }): Promise<Said> {
  // The delivery is locked before the conversation, as outcomes and statuses do.
  const delivery = await requestOf(tx, message_id);
  if (!delivery) {
    if ((await messageRows(tx, [message_id])).length === 0) throw errors.message_not_found();
    throw errors.cannot_resend('It was not sent from here.');
  }
  if (delivery.resent_as !== null) return { message_id: delivery.resent_as, conversation_id: delivery.conversation_id, fresh: false };
  if (delivery.request.content === undefined) throw errors.cannot_resend('What it said was erased.');
  if (delivery.status !== 'failed' && delivery.status !== 'unknown') throw errors.cannot_resend(`This one is ${delivery.status}.`);
  const [said] = await say(rt, tx, [{
    conversation_id: delivery.conversation_id, author, content: delivery.request.content, class: MESSAGE_CLASSES[delivery.class], quote_remote_id: delivery.request.quote,
  }]);
  await markResent(tx, message_id, said!.message_id);
  await addTrouble(tx, [{ id: delivery.conversation_id, n: -1 }]);
  await rt.events.emit(tx, 'conversation.changed', { conversations: [delivery.conversation_id], messages: [message_id] });
  return said!;
}
