import { createHash } from 'node:crypto';
import type { PublishedEvent, PublishEvent } from '@centralita/contracts';
import { decodeId, encodeId, newUuid } from '@centralita/kernel';
import type { Tx } from '@centralita/platform/database';
import type { Runtime } from '../../runtime.ts';
import { once, ownAccount, type Once } from '../api/index.ts';
import type { Caller } from '../companies/index.ts';
import { conversationErrors, lockConversations, requireConversation } from '../conversations/index.ts';
import { listenersOf, wants } from './listeners.ts';

/**
 * Tells an event of the company's own to whoever subscribes to its type. Under the same key it is told once within 24 hours.
 * Throws `conversations.not_found`, `accounts.not_found`, `api.key_reused`.
 */
export async function publishEvent(rt: Runtime, caller: Caller, { body, once: asked }: { readonly body: PublishEvent; readonly once: Once }): Promise<PublishedEvent> {
  const conversation = body.conversation_id === undefined ? undefined : decodeId('conv', body.conversation_id);
  if (body.conversation_id !== undefined && conversation === undefined) throw conversationErrors.not_found();
  if (conversation !== undefined) await requireConversation(rt, caller, conversation);
  const account = body.account_id === undefined ? null : await ownAccount(rt, caller, body.account_id);
  const { value } = await rt.db.withCompany(caller.company, (tx) => once(tx, asked, () => tell(rt, tx, { body, conversation, account })));
  return value;
}

async function tell(rt: Runtime, tx: Tx, { body, conversation, account }: { readonly body: PublishEvent; readonly conversation: string | undefined; readonly account: string | null }): Promise<PublishedEvent> {
  // Under its lock: between the conversation's other events.
  const [row] = conversation === undefined ? [] : await lockConversations(tx, [conversation]);
  if (conversation !== undefined && !row) throw conversationErrors.not_found();
  const id = newUuid();
  const at = new Date(rt.clock.now()).toISOString();
  const account_id = row?.account_id ?? account;
  const subscriptions = (await listenersOf(rt, tx)).filter((l) => wants(l, body.event_type, account_id)).length;
  await rt.events.emit(tx, 'event.published', { id, type: body.event_type, account_id, ordering_key: row?.id ?? (body.order_by === undefined ? id : keyOf(body.order_by)), at, data: body.data });
  return { id: encodeId('evt', id), event_type: body.event_type, timestamp: at, subscriptions };
}

/** A uuid of the text, the same each time. */
const keyOf = (text: string): string => createHash('sha256').update(`order ${text}`).digest('hex').slice(0, 32);
