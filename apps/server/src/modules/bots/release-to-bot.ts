import type { Tx } from '@centralita/platform/database';
import type { Runtime } from '../../runtime.ts';
import { lockConversations, setHolder, type HolderKind } from '../conversations/index.ts';
import { assignedBots, dropSessions } from './store.ts';

/** Whether a bot (with a flow) answers on this account. */
export async function hasBot(tx: Tx, accountId: string): Promise<boolean> {
  return (await assignedBots(tx, [accountId])).length > 0;
}

/** Which bot answers on each of these accounts; accounts without one are missing. */
export async function botsOfAccounts(tx: Tx, accountIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
  return new Map((await assignedBots(tx, accountIds)).map((b) => [b.account_id, b.bot_id]));
}

/**
 * A person lets a conversation go: back to the account's bot, which begins anew with the contact's next message, else to
 * nobody. Answers who holds it now; undefined when there is no such conversation.
 */
export async function releaseToBot(rt: Runtime, tx: Tx, conversationId: string): Promise<HolderKind | undefined> {
  const [conversation] = await lockConversations(tx, [conversationId]);
  if (!conversation) return undefined;
  const kind = conversation.status === 'open' && await hasBot(tx, conversation.account_id) ? 'bot' : 'nobody';
  // Held by the bot already: its session goes on.
  if (conversation.holder === kind) return kind;
  await dropSessions(tx, [conversationId]);
  await setHolder(rt, tx, [conversationId], { kind });
  return kind;
}
