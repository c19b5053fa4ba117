import type { SendBody } from '@centralita/contracts';
import { AppError, decodeId } from '@centralita/kernel';
import type { Tx } from '@centralita/platform/database';
import type { OutboundContent } from '../../messaging/index.ts';
import type { Runtime } from '../../runtime.ts';
import { routeById } from '../accounts/index.ts';
import type { Caller } from '../companies/index.ts';
import { conversationErrors, lockConversations, messagesByClient, remoteOf, requireWindow, say, setHolder, setStatus, type ConversationRow } from '../conversations/index.ts';
import { mediaFiles } from '../media/index.ts';
import { fillTemplates } from '../templates/index.ts';
import { errors } from './errors.ts';

/**
 * An agent (or a system with a key) writes; a person who writes has the conversation from then on. The same `client_id` again is
 * the same message. Answers the message's id. Throws what `say` throws, `conversations.window_closed` and this room's own errors.
 */
export async function sendMessage(rt: Runtime, tx: Tx, { caller, conversation_id, body }: { caller: Caller; conversation_id: string; body: SendBody }): Promise<string> {
  const [conversation] = await lockConversations(tx, [conversation_id]);
  if (!conversation) throw conversationErrors.not_found();
  const [known] = await messagesByClient(tx, [{ conversation_id, client_id: body.client_id }]);
  if (known) return known.id;
  if (body.content.type !== 'template') await requireWindow(rt, conversation);
  const content = body.content.type === 'template' ? await templateOf(rt, tx, { caller, conversation, given: body.content }) : await contentOf(tx, conversation, body.content);
  const quote = body.quote_message_id === undefined ? undefined : await remoteId(tx, conversation, body.quote_message_id);
  const [said] = await say(rt, tx, [{ conversation_id, author: authorOf(caller), content, quote_remote_id: quote, client_id: body.client_id }]);
  if (caller.user) {
    if (conversation.status === 'closed') await setStatus(rt, tx, conversation_id, 'open');
    await setHolder(rt, tx, [conversation_id], { kind: 'agent', user_id: caller.user.id });
  }
  return said!.message_id;
}

export const authorOf = (caller: Caller): { kind: 'agent'; user_id: string } | { kind: 'api' } => (caller.user ? { kind: 'agent', user_id: caller.user.id } : { kind: 'api' });

type Given<T extends SendBody['content']['type']> = Extract<SendBody['content'], { type: T }>;

/** Throws what `fillTemplates` says is wrong. */
async function templateOf(rt: Runtime, tx: Tx, { caller, conversation, given }: { caller: Caller; conversation: ConversationRow; given: Given<'template'> }): Promise<OutboundContent> {
  const route = await routeById(rt, conversation.route_id);
  if (!route) throw conversationErrors.no_route();
  const [content] = await fillTemplates(rt, tx, [{ route, wish: { template: given.template_id, language: given.language, locale: caller.company.locale, values: given.variables } }]);
  if (content instanceof AppError) throw content;
  return content!;
}

async function contentOf(tx: Tx, conversation: ConversationRow, given: Exclude<SendBody['content'], Given<'template'>>): Promise<OutboundContent> {
  switch (given.type) {
    case 'text': return given;
    case 'reaction': return { type: 'reaction', remote_id: await remoteId(tx, conversation, given.message_id), emoji: given.emoji };
    case 'image': case 'video': case 'audio': case 'document': {
      const id = decodeId('med', given.media.id);
      const [file] = id === undefined ? [] : await mediaFiles(tx, [id]);
      if (!file) throw errors.file_not_found();
      if (file.state !== 'ready') throw errors.file_not_ready(file.reason ?? 'It is still being fetched.');
      const media = { id: given.media.id, ...(file.mime_type !== null && { mime_type: file.mime_type }), ...(file.filename !== null && { filename: file.filename }), ...(file.size !== null && { size: file.size }) };
      return { type: given.type, media, ...(given.caption && { caption: given.caption }) };
    }
  }
}

/** What the carrier calls a message of this conversation. */
async function remoteId(tx: Tx, conversation: ConversationRow, messageId: string): Promise<string> {
  const id = decodeId('msg', messageId);
  const found = id === undefined ? undefined : await remoteOf(tx, id);
  if (!found || found.conversation_id !== conversation.id) throw conversationErrors.message_not_found();
  if (found.remote_id === null || found.route_id !== conversation.route_id) throw errors.not_at_carrier();
  return found.remote_id;
}
