import type { Tx } from '@centralita/platform/database';
import { uuidTime } from '@centralita/kernel';
import type { Runtime } from '../../runtime.ts';
import { deliveryStates } from '../delivery/index.ts';
import { closeWindowsOf } from './store.ts';
import { LONGEST_WINDOW_MS } from './window.ts';

/**
 * Of messages that failed: where the carrier said that only a template may be sent, its word counts more than our own clock. Nothing
 * else is offered there until the contact writes again. Answers the conversations.
 */
export async function closeWindows(rt: Runtime, tx: Tx, messageIds: readonly string[]): Promise<string[]> {
  const refused = messageIds.length === 0 ? [] : (await deliveryStates(tx, messageIds)).filter((d) => d.error?.class === 'needs_template');
  if (refused.length === 0) return [];
  // What the contact wrote after the message opens the window that it found closed.
  return closeWindowsOf(tx, refused.map((d) => ({ id: d.conversation_id, route_id: d.route_id, said_at: new Date(uuidTime(d.message_id)) })), new Date(rt.clock.now() - LONGEST_WINDOW_MS));
}
