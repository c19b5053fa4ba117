import type { Tx } from '@centralita/platform/database';
import type { Runtime } from '../../runtime.ts';
import { rehomeDeliveries } from '../delivery/index.ts';
import { conversationsOfContact, mergeTimelines, moveContact, outgoingOf, writeHolder } from './store.ts';

/** Two contacts were one person: on each account their conversations become one, the older contact's. */
export async function mergeConversations(rt: Runtime, tx: Tx, merged: { readonly from: string; readonly into: string }): Promise<void> {
  const kept = new Map((await conversationsOfContact(tx, merged.into)).map((c) => [c.account_id, c]));
  for (const conversation of await conversationsOfContact(tx, merged.from)) {
    const other = kept.get(conversation.account_id);
    const into = other?.id ?? conversation.id;
    await rehomeDeliveries(tx, await outgoingOf(tx, conversation.id), { conversation_id: into, contact_id: merged.into });
    if (other) {
      // Whoever is in the middle of talking goes on, also where the conversation that stays was closed long ago.
      if (other.status === 'closed' && conversation.status === 'open') await writeHolder(tx, [into], { kind: conversation.holder, user_id: conversation.holder_user_id });
      await rt.events.emit(tx, 'conversation.merged', { from: conversation.id, into });
      await mergeTimelines(tx, conversation.id, into);
    } else {
      await moveContact(tx, conversation.id, merged.into);
    }
    await rt.events.emit(tx, 'conversation.changed', { conversations: [into], messages: [] });
  }
}
