import type { Tx } from '@centralita/platform/database';
import type { Runtime } from '../../runtime.ts';
import { releaseToBot, wakeBots } from '../bots/index.ts';
import { lockConversations, unanswered } from '../conversations/index.ts';
import { markReplayed, replaySend, takeDeadLetter } from '../delivery/index.ts';
import { errors } from './errors.ts';

/** Tries again what was set aside, where that is safe. False: it was replayed before. Throws what says why not. */
export async function replayDeadLetter(rt: Runtime, tx: Tx, id: string): Promise<boolean> {
  const letter = await takeDeadLetter(tx, id);
  if (letter.replayed_at) return false;
  await markReplayed(tx, id);
  if (letter.kind === 'send' && letter.message_id !== null) await replaySend(rt, tx, letter.message_id);
  else if (letter.kind === 'turn') await replayTurn(rt, tx, letter.conversation_id);
  else throw errors.kind();
  return true;
}

/** The bot gets the conversation back and begins anew with what nobody has answered. */
async function replayTurn(rt: Runtime, tx: Tx, conversationId: string | null): Promise<void> {
  const [conversation] = conversationId === null ? [] : await lockConversations(tx, [conversationId]);
  if (!conversation || conversation.status === 'closed') throw errors.gone();
  if (conversation.holder === 'agent') throw errors.held();
  // A bot that has it already is at work.
  if (conversation.holder === 'bot') return;
  if (await releaseToBot(rt, tx, conversation.id) !== 'bot') throw errors.no_bot();
  await wakeBots(rt, tx, (await unanswered(tx, conversation.id)).map((m) => ({ ...m, holder: 'bot' })));
}
