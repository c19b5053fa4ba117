import type { Tx } from '@centralita/platform/database';
import type { Runtime } from '../../runtime.ts';
import { lastWritten, writtenAfter } from './store-timeline.ts';
import { writeHolder, writeRead, writeStatus, type HolderKind } from './store.ts';

/** Gives the turn of conversations to the bot, to an agent, or to nobody (it waits for a person). Lock them first. */
export async function setHolder(rt: Runtime, tx: Tx, ids: readonly string[], holder: { readonly kind: HolderKind; readonly user_id?: string }): Promise<void> {
  if (ids.length === 0) return;
  const changed = await writeHolder(tx, ids, holder);
  if (changed.length === 0) return;
  await rt.events.emit(tx, 'conversation.turned', { turn: 'assigned', conversations: changed });
  await rt.events.emit(tx, 'conversation.changed', { conversations: changed, messages: [] });
}

/** Closing lets the turn go, and says that what failed was looked after; the contact's next message opens the conversation again. */
export async function setStatus(rt: Runtime, tx: Tx, id: string, status: 'open' | 'closed'): Promise<void> {
  const turned = await writeStatus(tx, id, status);
  if (status === 'closed') await writeHolder(tx, [id], { kind: 'nobody' });
  if (turned) await rt.events.emit(tx, 'conversation.turned', { turn: status === 'closed' ? 'closed' : 'opened', conversations: [id] });
  await rt.events.emit(tx, 'conversation.changed', { conversations: [id], messages: [] });
}

/** Somebody has seen everything in it. */
export async function markRead(rt: Runtime, tx: Tx, id: string): Promise<void> {
  await writeRead(tx, id, 0);
  await rt.events.emit(tx, 'conversation.changed', { conversations: [id], messages: [] });
}

/** Somebody has seen what was written up to a message. Answers the newest of the contact's among it, by its carrier's name. */
export async function markReadUpTo(rt: Runtime, tx: Tx, { id, message_id }: { readonly id: string; readonly message_id: string }): Promise<{ remote_id: string; route_id: string } | undefined> {
  await writeRead(tx, id, await writtenAfter(tx, id, message_id));
  await rt.events.emit(tx, 'conversation.changed', { conversations: [id], messages: [] });
  return lastWritten(tx, id, message_id);
}
