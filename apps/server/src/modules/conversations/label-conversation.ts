import type { Label } from '@centralita/contracts';
import { encodeId, groupBy } from '@centralita/kernel';
import type { Tx } from '@centralita/platform/database';
import type { Runtime } from '../../runtime.ts';
import { listLabels, requireLabel } from '../contacts/index.ts';
import { errors } from './errors.ts';
import { lockConversations } from './store.ts';
import { dropConversationLabel, labelsOf, putConversationLabel } from './store-labels.ts';

/** Puts a label (its id as outside) on a conversation, or takes it off. Throws `conversations.not_found`, `contacts.label_not_found`. */
export async function labelConversation(rt: Runtime, tx: Tx, { id, label, on }: { readonly id: string; readonly label: string; readonly on: boolean }): Promise<void> {
  if ((await lockConversations(tx, [id])).length === 0) throw errors.not_found();
  const { id: labelId } = await requireLabel(tx, label);
  if (!(on ? await putConversationLabel(tx, id, labelId) : await dropConversationLabel(tx, id, labelId))) return;
  await rt.events.emit(tx, 'conversation.labelled', { conversations: [id] });
  await rt.events.emit(tx, 'conversation.changed', { conversations: [id], messages: [] });
}

/** What conversations wear, by name; who wears none is missing. */
export async function wornLabels(tx: Tx, ids: readonly string[]): Promise<Map<string, Label[]>> {
  const worn = groupBy(await labelsOf(tx, ids), (row) => row.conversation_id);
  const all = worn.size === 0 ? [] : await listLabels(tx);
  return new Map([...worn].map(([id, rows]) => {
    const own = new Set(rows.map((row) => encodeId('lbl', row.label_id)));
    return [id, all.filter((label) => own.has(label.id))];
  }));
}
