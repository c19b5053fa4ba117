import type { Tx } from '@centralita/platform/database';

export interface NoteRow {
  readonly id: string;
  readonly conversation_id: string;
  readonly author_kind: 'user' | 'key' | 'token';
  /** A plain id, or for a token `issuer subject`. */
  readonly author_id: string;
  readonly author_name: string;
  readonly text: string;
  readonly created_at: Date;
  readonly edited_at: Date | null;
}
const COLUMNS = 'id, conversation_id, author_kind, author_id, author_name, text, created_at, edited_at';

export async function insertNote(tx: Tx, n: Omit<NoteRow, 'created_at' | 'edited_at'>): Promise<NoteRow> {
  return (await tx.query<NoteRow>(`insert into {c}.notes (id, conversation_id, author_kind, author_id, author_name, text) values ($1, $2, $3, $4, $5, $6) returning ${COLUMNS}`,
    [n.id, n.conversation_id, n.author_kind, n.author_id, n.author_name, n.text]))[0]!;
}
/** Newest first. */
export const notesOf = (tx: Tx, conversationId: string, page: { readonly before: string | null; readonly limit: number }): Promise<NoteRow[]> =>
  tx.query(`select ${COLUMNS} from {c}.notes where conversation_id = $1 and ($2::uuid is null or id < $2) order by id desc limit $3`, [conversationId, page.before, page.limit]);
export const notesByIds = (tx: Tx, ids: readonly string[]): Promise<NoteRow[]> => tx.query(`select ${COLUMNS} from {c}.notes where id = any($1)`, [ids]);
export const noteById = async (tx: Tx, conversationId: string, id: string): Promise<NoteRow | undefined> =>
  (await tx.query<NoteRow>(`select ${COLUMNS} from {c}.notes where id = $2 and conversation_id = $1 for update`, [conversationId, id]))[0];
export const editNoteText = async (tx: Tx, id: string, text: string): Promise<NoteRow> =>
  (await tx.query<NoteRow>(`update {c}.notes set text = $2, edited_at = now() where id = $1 returning ${COLUMNS}`, [id, text]))[0]!;
export async function deleteNote(tx: Tx, id: string): Promise<void> {
  await tx.query('delete from {c}.notes where id = $1', [id]);
}
