import { ReadBody } from '../contacts.ts';
import { Conversation, ConversationList, ConversationPage, Message, MessagePage, SendBody, ThreadQuery } from '../inbox.ts';
import type { Endpoint } from './endpoint.ts';

const NOT_FOUND = ['conversations.not_found'];
const action = (id: string, path: string, rest: { readonly summary: string; readonly description: string; readonly problems?: readonly string[]; readonly body?: Endpoint['body'] }): Endpoint => ({
  id, method: 'post', path: `/api/conversations/{id}/${path}`, tag: 'conversations', permission: 'whatsapp:handle_conversations', summary: rest.summary, description: rest.description, ...(rest.body && { body: rest.body }),
  answers: { 200: { description: 'The conversation as it is now.', schema: Conversation } }, problems: [...NOT_FOUND, ...(rest.problems ?? [])],
});

export const conversationEndpoints: readonly Endpoint[] = [
  {
    id: 'listConversations', method: 'get', path: '/api/conversations', tag: 'conversations', permission: 'whatsapp:read', summary: 'Conversations',
    description: 'Newest first, a page at a time. `q` finds people by the beginnings of their names, by the beginning or the end of their numbers, and conversations by words that were said.',
    query: ConversationList, answers: { 200: { description: 'A page.', schema: ConversationPage } }, problems: ['inbox.bad_cursor', 'accounts.not_found', 'contacts.not_found', 'contacts.label_not_found'],
  },
  {
    id: 'getConversation', method: 'get', path: '/api/conversations/{id}', tag: 'conversations', permission: 'whatsapp:read', summary: 'A conversation',
    answers: { 200: { description: 'The conversation.', schema: Conversation } }, problems: NOT_FOUND,
  },
  {
    id: 'listMessages', method: 'get', path: '/api/conversations/{id}/messages', tag: 'conversations', permission: 'whatsapp:read', summary: 'Messages of a conversation',
    description: 'The newest page unless `before`, `after` or `around` names a message; inside a page the oldest first.',
    query: ThreadQuery, answers: { 200: { description: 'A page.', schema: MessagePage } }, problems: [...NOT_FOUND, 'conversations.message_not_found', 'inbox.bad_cursor'],
  },
  {
    id: 'reply', method: 'post', path: '/api/conversations/{id}/messages', tag: 'conversations', permission: 'whatsapp:send_message', summary: 'Write in a conversation',
    description: 'Does not wait for the carrier. A person who writes has the conversation from then on. The same `client_id` again is the same message.',
    body: { schema: SendBody, example: { content: { type: 'text', text: 'Buenos días, ¿en qué le ayudo?' }, client_id: 'e1b7c0de-4a52-4d0e' } },
    answers: { 201: { description: 'The message.', schema: Message } },
    problems: [...NOT_FOUND, 'conversations.window_closed', 'conversations.content_refused', 'inbox.file_not_found', 'inbox.file_not_ready', 'inbox.not_at_carrier'],
  },
  action('takeConversation', 'take', { summary: 'Take the turn', description: 'For people only: the conversation is theirs, the bot is silent.', problems: ['companies.no_person'] }),
  action('releaseConversation', 'release', { summary: 'Give the turn back', description: 'To the account’s bot, else to nobody.', problems: ['inbox.held_by_other'] }),
  action('closeConversation', 'close', { summary: 'Close', description: 'It opens again when the contact writes.' }),
  action('reopenConversation', 'reopen', { summary: 'Open again', description: 'Nothing happens to one that is open.' }),
  action('readConversation', 'read', {
    summary: 'Mark as read', description: 'Everything in it, or what was written up to a message; the contact sees blue ticks where the carrier can tell.',
    body: { schema: ReadBody, required: false, example: { up_to: 'msg_01kah0s0xbe7rtq1rq7mpv0a6e' } }, problems: ['conversations.message_not_found'],
  }),
];
