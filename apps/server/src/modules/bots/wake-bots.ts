import type { Tx } from '@centralita/platform/database';
import type { Runtime } from '../../runtime.ts';
import { setHolder, type Received } from '../conversations/index.ts';
import { messageInput, wakes } from './message-input.ts';
import { addInputs, assignedBots, dropSessions } from './store.ts';

/** The lane kind of turns; the key is the conversation. */
export const TURN_LANE = 'turn';

/**
 * Tells bots what contacts wrote: a conversation that starts on an account with a bot becomes the bot's, and messages to
 * conversations that a bot holds wait for its turn. In the transaction that received them (their conversations are
 * locked); turns begin after its commit.
 */
export async function wakeBots(rt: Runtime, tx: Tx, received: readonly Received[]): Promise<void> {
  const starting = await takeStarting(rt, tx, received);
  const woken = received.filter((m) => wakes(m) && (m.starts ? starting.has(m.conversation_id) : m.holder === 'bot'));
  if (woken.length === 0) return;
  await addInputs(tx, woken.map((m) => ({ conversation_id: m.conversation_id, input: messageInput(m) })));
  await rt.lanes.ring(tx, TURN_LANE, woken.map((m) => ({ key: m.conversation_id })));
}

/** Even a message that is not answered makes the conversation the bot's: the next one then is. */
async function takeStarting(rt: Runtime, tx: Tx, received: readonly Received[]): Promise<ReadonlySet<string>> {
  const starts = received.filter((m) => m.starts);
  if (starts.length === 0) return new Set();
  const accounts = new Set((await assignedBots(tx, [...new Set(starts.map((m) => m.account_id))])).map((b) => b.account_id));
  const ids = [...new Set(starts.filter((m) => accounts.has(m.account_id)).map((m) => m.conversation_id))];
  if (ids.length === 0) return new Set();
  // Closed in the middle of a session and written to again: that is a new beginning.
  await dropSessions(tx, ids);
  await setHolder(rt, tx, ids, { kind: 'bot' });
  return new Set(ids);
}
