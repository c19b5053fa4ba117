import type { FastifyInstance, FastifyRequest } from 'fastify';
import { ConversationList, ReadBody, SendBody, ThreadQuery, type Conversation, type ConversationPage, type Message, type MessagePage } from '@centralita/contracts';
import { decodeId, encodeId } from '@centralita/kernel';
import type { Runtime } from '../../runtime.ts';
import { accountErrors, reachOf } from '../accounts/index.ts';
import { callerOf, ownBusiness, type Caller } from '../companies/index.ts';
import { contactId, requireLabel } from '../contacts/index.ts';
import {
  conversationErrors, listConversations, lockConversations, requireConversation, requireMessage, requireWindow, resendMessage, viewConversations, viewerFor, viewMessages, viewThread, type ThreadPlace,
} from '../conversations/index.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';
import { errors } from './errors.ts';
import { readConversation, ReadReceipts } from './mark-read.ts';
import { labelRoutes } from './labels-http.ts';
import { noteRoutes } from './notes-http.ts';
import { authorOf, sendMessage } from './send-message.ts';
import { conversationId, shown } from './shown.ts';
import { statusesOf } from './statuses.ts';
import { ACTIONS, changeTurn } from './turn.ts';

export function inboxRoutes(app: FastifyInstance, rt: Runtime): void {
  const receipts = new ReadReceipts(rt);
  app.addHook('onClose', () => receipts.settled());
  labelRoutes(app, rt);
  noteRoutes(app, rt);

  app.get('/api/conversations', async (request): Promise<ConversationPage> => {
    const caller = await callerOf(rt, request, 'whatsapp:read');
    const query = ConversationList.parse(request.query);
    const account_id = query.account_id === undefined ? undefined : decodeId('acc', query.account_id);
    if (query.account_id !== undefined && account_id === undefined) throw accountErrors.not_found();
    const accounts = query.business_id === undefined ? null : await reachOf(rt, caller, (await ownBusiness(rt, caller, query.business_id)) ?? undefined);
    const after = query.cursor === undefined ? undefined : decodeCursor(query.cursor);
    const viewer = await viewerFor(rt, caller);
    const page = await rt.db.withCompany(caller.company, async (tx) => {
      const contact_id = query.contact_id === undefined ? undefined : await contactId(tx, query.contact_id);
      const label_ids: string[] = [];
      for (const id of query.label_id?.split(',') ?? []) label_ids.push((await requireLabel(tx, id)).id);
      return listConversations(viewer, tx, { ...query, account_id, accounts, contact_id, label_ids, after, user_id: caller.user?.id });
    });
    return {
      conversations: page.conversations, next_cursor: page.next ? encodeCursor(page.next) : null, ...(page.matches && { matches: page.matches }), ...(page.unread !== undefined && { unread_conversations: page.unread }),
    };
  });

  app.get('/api/conversations/:id', async (request) => {
    const caller = await callerOf(rt, request, 'whatsapp:read');
    const id = conversationId(request);
    await requireConversation(rt, caller, id);
    return shown(rt, caller, id);
  });

  app.get('/api/conversations/:id/messages', async (request): Promise<MessagePage> => {
    const caller = await callerOf(rt, request, 'whatsapp:read');
    const id = conversationId(request);
    await requireConversation(rt, caller, id);
    const query = ThreadQuery.parse(request.query);
    const place = placeOf(query);
    const viewer = await viewerFor(rt, caller);
    return rt.db.withCompany(caller.company, async (tx) => {
      const page = await viewThread(viewer, tx, { conversation_id: id, place, limit: query.limit });
      // An unknown conversation is told apart from an empty one only where it matters.
      if (page.messages.length === 0 && (await viewConversations(viewer, tx, [id])).length === 0) throw conversationErrors.not_found();
      const cursor = (message: string | null): string | null => (message === null ? null : encodeId('msg', message));
      return { messages: page.messages, previous_cursor: cursor(page.previous), next_cursor: cursor(page.next) };
    });
  });

  app.post('/api/conversations/:id/messages', async (request, reply): Promise<Message> => {
    const caller = await callerOf(rt, request, 'whatsapp:send_message');
    const id = conversationId(request);
    const body = SendBody.parse(request.body);
    await requireConversation(rt, caller, id);
    const message = await rt.db.withCompany(caller.company, (tx) => sendMessage(rt, tx, { caller, conversation_id: id, body }));
    void reply.code(201);
    return one(rt, caller, message);
  });

  for (const action of ACTIONS) {
    app.post(`/api/conversations/:id/${action}`, async (request): Promise<Conversation> => {
      const caller = await callerOf(rt, request, 'whatsapp:handle_conversations');
      const id = conversationId(request);
      await requireConversation(rt, caller, id);
      await rt.db.withCompany(caller.company, (tx) => changeTurn(rt, tx, { caller, conversation_id: id, action }));
      return shown(rt, caller, id);
    });
  }

  app.post('/api/conversations/:id/read', async (request): Promise<Conversation> => {
    const caller = await callerOf(rt, request, 'whatsapp:handle_conversations');
    const id = conversationId(request);
    await requireConversation(rt, caller, id);
    const { up_to } = ReadBody.parse(request.body ?? {});
    const read = await rt.db.withCompany(caller.company, (tx) => readConversation(rt, tx, id, up_to));
    if (read) receipts.tell(read);
    return shown(rt, caller, id);
  });

  app.post('/api/messages/:id/resend', async (request, reply): Promise<Message> => {
    const caller = await callerOf(rt, request, 'whatsapp:send_message');
    const message_id = messageId(request);
    await requireMessage(rt, caller, message_id);
    const said = await rt.db.withCompany(caller.company, async (tx) => {
      const again = await resendMessage(rt, tx, { message_id, author: authorOf(caller) });
      const [conversation] = again.fresh ? await lockConversations(tx, [again.conversation_id]) : [];
      if (conversation) await requireWindow(rt, conversation);
      return again;
    });
    void reply.code(said.fresh ? 201 : 200);
    return one(rt, caller, said.message_id);
  });

  app.get('/api/messages/:id/statuses', async (request) => {
    const caller = await callerOf(rt, request, 'whatsapp:read');
    const id = messageId(request);
    await requireMessage(rt, caller, id);
    const viewer = await viewerFor(rt, caller);
    return { statuses: await rt.db.withCompany(caller.company, (tx) => statusesOf(viewer, tx, id)) };
  });
}

async function one(rt: Runtime, caller: Caller, id: string): Promise<Message> {
  const viewer = await viewerFor(rt, caller);
  const [message] = await rt.db.withCompany(caller.company, (tx) => viewMessages(viewer, tx, [id]));
  if (!message) throw conversationErrors.message_not_found();
  return message;
}
function placeOf(query: ThreadQuery): ThreadPlace {
  const at = (['before', 'after', 'around'] as const).find((name) => query[name] !== undefined);
  if (at === undefined) return { at: 'end' };
  const message = decodeId('msg', query[at]!);
  if (message === undefined) throw errors.bad_cursor();
  return { at, message };
}
function messageId(request: FastifyRequest): string {
  const id = decodeId('msg', (request.params as { id: string }).id);
  if (id === undefined) throw conversationErrors.message_not_found();
  return id;
}
