import type { Tx } from '@centralita/platform/database';
import type { Runtime } from '../../runtime.ts';
import { releaseToBot } from '../bots/index.ts';
import { companyErrors, may, type Caller } from '../companies/index.ts';
import { conversationErrors, lockConversations, setHolder, setStatus, type ConversationRow } from '../conversations/index.ts';
import { errors } from './errors.ts';

export const ACTIONS = ['take', 'release', 'close', 'reopen'] as const;
export type Action = (typeof ACTIONS)[number];

/** Who has the turn, by the hand of a person. Two at once are served one after the other; who lost it cannot give it away. */
export async function changeTurn(rt: Runtime, tx: Tx, { caller, conversation_id, action }: { caller: Caller; conversation_id: string; action: Action }): Promise<void> {
  const [conversation] = await lockConversations(tx, [conversation_id]);
  if (!conversation) throw conversationErrors.not_found();
  switch (action) {
    case 'take':
      // A key is not a person: nobody could be asked who holds it.
      if (!caller.user) throw companyErrors.no_person();
      if (conversation.status === 'closed') await setStatus(rt, tx, conversation.id, 'open');
      return setHolder(rt, tx, [conversation.id], { kind: 'agent', user_id: caller.user.id });
    case 'release':
      return release(rt, tx, { caller, conversation });
    case 'close':
      return setStatus(rt, tx, conversation.id, 'closed');
    case 'reopen':
      return conversation.status === 'closed' ? setStatus(rt, tx, conversation.id, 'open') : undefined;
  }
}

async function release(rt: Runtime, tx: Tx, { caller, conversation }: { caller: Caller; conversation: ConversationRow }): Promise<void> {
  const other = conversation.holder === 'agent' && conversation.holder_user_id !== caller.user?.id;
  if (other && !may(caller, 'whatsapp:assign_conversations')) throw errors.held_by_other();
  if (conversation.status === 'open') await releaseToBot(rt, tx, conversation.id);
}
