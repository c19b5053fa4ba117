import type { Tx } from '@centralita/platform/database';

/** Answers whether it was not there. */
export const putConversationLabel = async (tx: Tx, id: string, labelId: string): Promise<boolean> =>
  (await tx.query('insert into {c}.conversation_labels (conversation_id, label_id) values ($1, $2) on conflict do nothing returning label_id', [id, labelId])).length > 0;
export const dropConversationLabel = async (tx: Tx, id: string, labelId: string): Promise<boolean> =>
  (await tx.query('delete from {c}.conversation_labels where conversation_id = $1 and label_id = $2 returning label_id', [id, labelId])).length > 0;
export const labelsOf = (tx: Tx, ids: readonly string[]): Promise<{ conversation_id: string; label_id: string }[]> =>
  tx.query('select conversation_id, label_id from {c}.conversation_labels where conversation_id = any($1)', [ids]);
