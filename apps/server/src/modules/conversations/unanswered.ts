import type { Tx } from '@centralita/platform/database';
import type { Received } from './receive-messages.ts';
import { lockConversations } from './store.ts';
import { threadRows } from './store-views.ts';

/** More than this nobody waits an answer for. */
const MOST = 50;

/** What the contact wrote since anybody answered, oldest first, for a bot that shall look at it (again). Locks the conversation. */
export async function unanswered(tx: Tx, conversationId: string): Promise<Received[]> {
  const [conversation] = await lockConversations(tx, [conversationId]);
  if (!conversation) return [];
  const rows = await threadRows(tx, conversationId, { before: null, limit: MOST });
  const answered = rows.findIndex((r) => r.direction === 'out');
  return rows.slice(0, answered < 0 ? undefined : answered).filter((r) => r.author === 'contact').reverse().map((r) => ({
    message_id: r.id, conversation_id: r.conversation_id, account_id: r.account_id, contact_id: r.contact_id, route_id: r.route_id, starts: false, holder: conversation.holder,
    content: r.content, text: r.text, at: r.at.toISOString(), group_id: typeof r.extra?.['group_id'] === 'string' ? r.extra['group_id'] : undefined,
  }));
}
