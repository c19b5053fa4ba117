import { decodeId } from '@centralita/kernel';
import type { Runtime } from '../../runtime.ts';
import { carrierContext, routeById } from '../accounts/index.ts';
import { company } from '../companies/index.ts';
import { contactCards } from '../contacts/index.ts';
import { conversationErrors, lockConversations, markRead, markReadUpTo, remoteOf, type ConversationRow } from '../conversations/index.ts';
import type { Tx } from '@centralita/platform/database';

/** Blue ticks are a courtesy: more than this at once are left out rather than queued. */
const MAX_UNDER_WAY = 32;

/** What carriers are told was read. */
export type Seen = Pick<ConversationRow, 'id' | 'route_id' | 'contact_id' | 'last_inbound_remote_id'>;

/**
 * Marks a conversation as read, or what was written in it up to a message; answers what the carrier should hear of it, if anything.
 * Throws `conversations.not_found`, `conversations.message_not_found`.
 */
export async function readConversation(rt: Runtime, tx: Tx, id: string, upTo?: string): Promise<Seen | undefined> {
  const [conversation] = await lockConversations(tx, [id]);
  if (!conversation) throw conversationErrors.not_found();
  const message_id = upTo === undefined ? undefined : decodeId('msg', upTo);
  if (upTo !== undefined && (message_id === undefined || (await remoteOf(tx, message_id))?.conversation_id !== id)) throw conversationErrors.message_not_found();
  if (conversation.unread === 0) return undefined;
  if (message_id === undefined) {
    await markRead(rt, tx, id);
    return conversation;
  }
  const seen = await markReadUpTo(rt, tx, { id, message_id });
  return seen && { id, contact_id: conversation.contact_id, route_id: seen.route_id, last_inbound_remote_id: seen.remote_id };
}

/** Tells carriers what was read, in the background, as well as it goes. */
export class ReadReceipts {
  readonly #rt: Runtime;
  readonly #underWay = new Set<Promise<void>>();

  constructor(rt: Runtime) {
    this.#rt = rt;
  }

  tell(conversation: Seen): void {
    if (conversation.last_inbound_remote_id === null || this.#underWay.size >= MAX_UNDER_WAY) return;
    const one: Promise<void> = this.#tell(conversation, conversation.last_inbound_remote_id)
      .catch((error: unknown) => this.#rt.log.debug({ error, conversation: conversation.id }, 'the carrier was not told that this was read'))
      .finally(() => this.#underWay.delete(one));
    this.#underWay.add(one);
  }

  /** Resolves when nothing is under way; each takes no longer than the carrier's timeout. */
  async settled(): Promise<void> {
    await Promise.all(this.#underWay);
  }

  async #tell(conversation: Seen, remoteId: string): Promise<void> {
    const rt = this.#rt;
    const route = await routeById(rt, conversation.route_id);
    const presence = route?.status === 'active' ? rt.providers[route.provider]?.presence : undefined;
    if (!route || !presence) return;
    const [card] = await rt.db.withCompany(await company(rt, route.company_id), (tx) => contactCards(tx, [conversation.contact_id]));
    await presence.markRead(await carrierContext(rt, route), { remote_id: remoteId, peer: { addresses: card?.addresses ?? [] }, typing: false });
  }
}
