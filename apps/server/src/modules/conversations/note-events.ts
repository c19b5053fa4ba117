import { newUuid } from '@centralita/kernel';
import type { Tx } from '@centralita/platform/database';
import type { Runtime } from '../../runtime.ts';
import { insertMessages, lockConversations } from './store.ts';

/** Something that happened in a conversation, for the people who read it. It is never sent. */
export interface Note {
  readonly conversation_id: string;
  /** A stable word; `handed_over`, `bot_failed`. */
  readonly event: string;
  readonly text: string;
  readonly data?: Readonly<Record<string, unknown>>;
}

/** Puts notes into timelines as `system` entries. Conversations that are gone are passed over. */
export async function noteEvents(rt: Runtime, tx: Tx, notes: readonly Note[]): Promise<void> {
  if (notes.length === 0) return;
  const rows = new Map((await lockConversations(tx, [...new Set(notes.map((n) => n.conversation_id))].sort())).map((r) => [r.id, r]));
  const at = new Date(rt.clock.now()).toISOString();
  const entries = notes.flatMap((note) => {
    const row = rows.get(note.conversation_id);
    return row ? [{
      id: newUuid(), conversation_id: row.id, route_id: row.route_id, direction: 'in' as const, author: 'system' as const, at, text: note.text,
      content: { type: 'system', event: note.event, text: note.text, ...(note.data && { data: note.data }) },
    }] : [];
  });
  if (entries.length === 0) return;
  await insertMessages(tx, entries);
  await rt.events.emit(tx, 'conversation.changed', { conversations: [...rows.keys()], messages: entries.map((e) => e.id) });
}
