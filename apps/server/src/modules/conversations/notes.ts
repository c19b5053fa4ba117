import type { Note as NoteView } from '@centralita/contracts';
import { encodeId, newUuid } from '@centralita/kernel';
import type { Tx } from '@centralita/platform/database';
import type { Runtime } from '../../runtime.ts';
import { errors } from './errors.ts';
import { lockConversations } from './store.ts';
import { deleteNote, editNoteText, insertNote, noteById, notesByIds, notesOf, type NoteRow } from './store-notes.ts';

/** Who writes notes; only they change them. */
export type NoteAuthor = Pick<NoteRow, 'author_kind' | 'author_id' | 'author_name'>;
interface Which {
  readonly conversation_id: string;
  readonly note_id: string;
  readonly author: NoteAuthor;
}

const showNote = (row: NoteRow): NoteView => ({
  id: encodeId('note', row.id), conversation_id: encodeId('conv', row.conversation_id),
  author: { kind: row.author_kind, user_id: row.author_kind === 'user' ? encodeId('usr', row.author_id) : null, name: row.author_name },
  text: row.text, created_at: row.created_at.toISOString(), edited_at: row.edited_at?.toISOString() ?? null,
});

/** Those that are there. */
export const viewNotes = async (tx: Tx, ids: readonly string[]): Promise<NoteView[]> => (await notesByIds(tx, ids)).map(showNote);

/** Newest first. */
export const listNotes = async (tx: Tx, conversationId: string, page: { readonly before: string | null; readonly limit: number }): Promise<NoteView[]> => (await notesOf(tx, conversationId, page)).map(showNote);

/** Throws `conversations.not_found`. */
export async function addNote(rt: Runtime, tx: Tx, wish: { readonly conversation_id: string; readonly author: NoteAuthor; readonly text: string }): Promise<NoteView> {
  if ((await lockConversations(tx, [wish.conversation_id])).length === 0) throw errors.not_found();
  const row = await insertNote(tx, { id: newUuid(), conversation_id: wish.conversation_id, ...wish.author, text: wish.text });
  await rt.events.emit(tx, 'note.changed', { change: 'created', note_id: row.id, conversation_id: row.conversation_id });
  return showNote(row);
}

/** Throws `conversations.note_not_found`, `conversations.not_your_note`. */
export async function editNote(rt: Runtime, tx: Tx, { text, ...which }: Which & { readonly text: string }): Promise<NoteView> {
  await ownNote(tx, which);
  const row = await editNoteText(tx, which.note_id, text);
  await rt.events.emit(tx, 'note.changed', { change: 'updated', note_id: row.id, conversation_id: row.conversation_id });
  return showNote(row);
}

/** Throws `conversations.note_not_found`, `conversations.not_your_note`. */
export async function removeNote(rt: Runtime, tx: Tx, which: Which): Promise<void> {
  await ownNote(tx, which);
  await deleteNote(tx, which.note_id);
  await rt.events.emit(tx, 'note.changed', { change: 'removed', note_id: which.note_id, conversation_id: which.conversation_id });
}

async function ownNote(tx: Tx, { conversation_id, note_id, author }: Which): Promise<void> {
  const note = await noteById(tx, conversation_id, note_id);
  if (!note) throw errors.note_not_found();
  if (note.author_kind !== author.author_kind || note.author_id !== author.author_id) throw errors.not_your_note();
}
