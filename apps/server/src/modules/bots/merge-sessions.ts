import type { Tx } from '@centralita/platform/database';
import type { Runtime } from '../../runtime.ts';
import { lockConversations } from '../conversations/index.ts';
import { dropSessions, loadSessions, moveMessages, moveSession } from './store.ts';
import { TURN_LANE } from './wake-bots.ts';

/**
 * Two conversations become one (`into`, both locked): its session stays, else the other's goes on in it; what waited goes
 * along. A conversation that no bot holds needs neither.
 */
export async function mergeSessions(rt: Runtime, tx: Tx, { from, into }: { readonly from: string; readonly into: string }): Promise<void> {
  const [kept] = await lockConversations(tx, [into]);
  if (kept?.holder !== 'bot') return dropSessions(tx, [from]);
  const [session] = await loadSessions(tx, [into]);
  const moved = session ? await moveMessages(tx, from, into) : await moveSession(tx, from, into);
  if (moved > 0) await rt.lanes.ring(tx, TURN_LANE, [{ key: into, count: moved }]);
}
