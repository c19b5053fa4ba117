import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { NoteBody, type Note, type NotePage } from '@centralita/contracts';
import { decodeId } from '@centralita/kernel';
import type { Runtime } from '../../runtime.ts';
import { callerOf, type Caller } from '../companies/index.ts';
import { addNote, conversationErrors, editNote, listNotes, removeNote, requireConversation, type NoteAuthor } from '../conversations/index.ts';
import { errors } from './errors.ts';
import { conversationId, shown } from './shown.ts';
import { showTyping } from './show-typing.ts';

type ById = FastifyRequest<{ Params: { id: string; note: string } }>;
const NoteQuery = z.object({ cursor: z.string().optional(), limit: z.coerce.number().int().min(1).max(100).default(50) });

export function noteRoutes(app: FastifyInstance, rt: Runtime): void {
  app.get('/api/conversations/:id/notes', async (request): Promise<NotePage> => {
    const caller = await callerOf(rt, request, 'whatsapp:read');
    const id = conversationId(request);
    const { cursor, limit } = NoteQuery.parse(request.query);
    const before = cursor === undefined ? null : decodeId('note', cursor);
    if (before === undefined) throw errors.bad_cursor();
    // Whether there is such a conversation, for who asks.
    await shown(rt, caller, id);
    const notes = await rt.db.withCompany(caller.company, (tx) => listNotes(tx, id, { before, limit: limit + 1 }));
    const page = notes.slice(0, limit);
    return { notes: page, next_cursor: notes.length > limit ? page.at(-1)!.id : null };
  });
  app.post('/api/conversations/:id/notes', async (request, reply): Promise<Note> => {
    const caller = await callerOf(rt, request, 'whatsapp:handle_conversations');
    const id = conversationId(request);
    const { text } = NoteBody.parse(request.body);
    await requireConversation(rt, caller, id);
    const note = await rt.db.withCompany(caller.company, (tx) => addNote(rt, tx, { conversation_id: id, author: noteAuthor(caller), text }));
    void reply.code(201);
    return note;
  });
  app.patch('/api/conversations/:id/notes/:note', async (request: ById): Promise<Note> => {
    const caller = await callerOf(rt, request, 'whatsapp:handle_conversations');
    const which = await whichNote(rt, caller, request);
    const { text } = NoteBody.parse(request.body);
    return rt.db.withCompany(caller.company, (tx) => editNote(rt, tx, { ...which, text }));
  });
  app.delete('/api/conversations/:id/notes/:note', async (request: ById, reply) => {
    const caller = await callerOf(rt, request, 'whatsapp:handle_conversations');
    const which = await whichNote(rt, caller, request);
    await rt.db.withCompany(caller.company, (tx) => removeNote(rt, tx, which));
    return reply.code(204).send();
  });

  app.post('/api/conversations/:id/typing', async (request): Promise<{ shown: boolean }> => {
    const caller = await callerOf(rt, request, 'whatsapp:send_message');
    const id = conversationId(request);
    await requireConversation(rt, caller, id);
    return { shown: await showTyping(rt, caller, id) };
  });
}

async function whichNote(rt: Runtime, caller: Caller, request: ById): Promise<{ conversation_id: string; note_id: string; author: NoteAuthor }> {
  const conversation_id = conversationId(request);
  await shown(rt, caller, conversation_id);
  const note_id = decodeId('note', request.params.note);
  if (note_id === undefined) throw conversationErrors.note_not_found();
  return { conversation_id, note_id, author: noteAuthor(caller) };
}

function noteAuthor(caller: Caller): NoteAuthor {
  if (caller.user) return { author_kind: 'user', author_id: caller.user.id, author_name: caller.user.name };
  if (caller.key) return { author_kind: 'key', author_id: caller.key.id, author_name: caller.key.name };
  return { author_kind: 'token', author_id: `${caller.token?.issuer ?? ''} ${caller.token?.subject ?? ''}`, author_name: caller.token?.name ?? '' };
}
