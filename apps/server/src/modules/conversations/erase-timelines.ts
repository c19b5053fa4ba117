import { decodeId } from '@centralita/kernel';
import type { Tx } from '@centralita/platform/database';
import type { Runtime } from '../../runtime.ts';
import { lockConversations } from './store.ts';
import { eraseTimelines, filesOnlyIn } from './store-timeline.ts';

/** What a message says after it was erased; the words for it are the screen's. */
const ERASED = { type: 'system', event: 'erased', text: '' } as const;

/** The files (plain ids) that only these conversations show. */
export const filesOf = async (tx: Tx, conversations: readonly string[]): Promise<string[]> =>
  (await filesOnlyIn(tx, conversations)).map((id) => decodeId('med', id)).filter((id) => id !== undefined);

/** Takes away what was said in conversations, and their notes. Locks them. */
export async function eraseConversations(rt: Runtime, tx: Tx, conversations: readonly string[]): Promise<{ messages: number; notes: number }> {
  await lockConversations(tx, [...conversations].sort());
  const erased = await eraseTimelines(tx, conversations, ERASED);
  await rt.events.emit(tx, 'conversation.changed', { conversations, messages: [] });
  return erased;
}
