import type { Runtime } from '../../runtime.ts';
import { carrierContext, routeById } from '../accounts/index.ts';
import { company } from '../companies/index.ts';
import { contactCards } from '../contacts/index.ts';
import { conversationErrors, lockConversations, markRead, type ConversationRow } from '../conversations/index.ts';
import type { Tx } from '@centralita/platform/database';

/** Blue ticks are a courtesy: more than this at once are left out rather than queued. */
const MAX_UNDER_WAY = 32;

/** Marks a conversation as read; answers what the carrier should hear of it, if anything. */
export async function readConversation(rt: Runtime, tx: Tx, id: string): Promise<ConversationRow | undefined> {
  const [conversation] = await lockConversations(tx, [id]);
  if (!conversation) throw conversationErrors.not_found();
  if (conversation.unread === 0) return undefined;
  await markRead(rt, tx, id);
  return conversation;
}

/** Tells carriers what was read, in the background, as well as it goes. */
export class ReadReceipts {
  readonly #rt: Runtime;
  readonly #underWay = new Set<Promise<void>>();

  constructor(rt: Runtime) {
    this.#rt = rt;
  }

  tell(conversation: ConversationRow): void {
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

  async #tell(conversation: ConversationRow, remoteId: string): Promise<void> {
    const rt = this.#rt;
    const route = await routeById(rt, conversation.route_id);
    const presence = route?.status === 'active' ? rt.providers[route.provider]?.presence : undefined;
    if (!route || !presence) return;
    const [card] = await rt.db.withCompany(await company(rt, route.company_id), (tx) => contactCards(tx, [conversation.contact_id]));
    await presence.markRead(await carrierContext(rt, route), { remote_id: remoteId, peer: { addresses: card?.addresses ?? [] }, typing: false });
  }
}
