import type { Runtime } from '../../runtime.ts';
import { carrierContext, routeById } from '../accounts/index.ts';
import type { Caller } from '../companies/index.ts';
import { contactCards } from '../contacts/index.ts';
import { conversationErrors, lockConversations } from '../conversations/index.ts';
import { errors } from './errors.ts';

/**
 * Shows the contact that somebody is writing; false: their carrier did not take it this time. Not inside a transaction. Throws
 * `conversations.not_found`, and `inbox.no_typing` where the carrier cannot, or has nothing to show it on.
 */
export async function showTyping(rt: Runtime, caller: Caller, id: string): Promise<boolean> {
  const { conversation, card } = await rt.db.withCompany(caller.company, async (tx) => {
    const [found] = await lockConversations(tx, [id]);
    if (!found) throw conversationErrors.not_found();
    return { conversation: found, card: (await contactCards(tx, [found.contact_id]))[0] };
  });
  const route = await routeById(rt, conversation.route_id);
  if (!route || route.status !== 'active') throw errors.no_typing('The number of this conversation is not connected.');
  const presence = rt.providers[route.provider]?.presence;
  if (!presence) throw errors.no_typing(`Its carrier (${route.provider}) has no typing indicator.`);
  if (conversation.last_inbound_remote_id === null) throw errors.no_typing('The contact has not written yet, and carriers show it only as the answer to a message.');
  return presence.markRead(await carrierContext(rt, route), { remote_id: conversation.last_inbound_remote_id, peer: { addresses: card?.addresses ?? [] }, typing: true });
}
