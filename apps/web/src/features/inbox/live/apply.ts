import type { QueryClient } from '@tanstack/react-query';
import { now } from '../../../api/runtime.ts';
import type { CompanyEvent, Conversation, Message } from '../../../api/types.ts';
import type { ListQuery } from '../../../api/types.ts';
import { type ConversationsData, type ListScope, newer, upsertConversation } from './merge-conversations.ts';
import { type MessagesData, upsertMessage } from './merge-messages.ts';

export const keys = {
  conversations: (query: ListQuery) => ['conversations', query] as const,
  conversation: (id: string) => ['conversation', id] as const,
  messages: (id: string) => ['messages', id] as const,
  /** Numbers beside the views: how many are unread, how many wait for a person. */
  counts: ['counts'] as const,
  /** Lists of contacts, whatever was asked for; one of them; the company's labels; notes on a conversation. */
  contacts: ['contacts'] as const,
  contact: (id: string) => ['contact', id] as const,
  labels: ['labels'] as const,
  notes: (id: string) => ['notes', id] as const,
};

/** Conversations told live lately: a list that was being fetched meanwhile is put right with them. */
const RECENT_MS = 60_000;
const recent = new Map<string, { conversation: Conversation; at: number }>();
let open: string | undefined;

/** The conversation on screen; it does not drop out of its list while somebody reads it. */
export function setOpenConversation(id: string | undefined): void {
  open = id;
}

export const scopeOf = (query: ListQuery, me: string): ListScope => ({ ...query, me, keep: open });

export function recentConversations(): Map<string, Conversation> {
  const oldest = now() - RECENT_MS;
  for (const [id, entry] of recent) if (entry.at < oldest) recent.delete(id);
  return new Map([...recent].map(([id, entry]) => [id, entry.conversation]));
}

export function forgetRecent(): void {
  recent.clear();
}

/** Puts a burst of events into every cached page they concern, once per page. */
export function applyEvents(client: QueryClient, events: readonly CompanyEvent[], me: string): void {
  const conversations = new Map<string, Conversation>();
  const messages = new Map<string, Message[]>();
  for (const event of events) {
    switch (event.type) {
      case 'conversation.updated': {
        const known = conversations.get(event.conversation.id);
        conversations.set(event.conversation.id, known ? newer(known, event.conversation) : event.conversation);
        break;
      }
      case 'message.created': case 'message.updated': {
        const list = messages.get(event.message.conversation_id);
        if (list) list.push(event.message);
        else messages.set(event.message.conversation_id, [event.message]);
        break;
      }
      case 'contact.updated': case 'contact.merged': {
        const id = event.type === 'contact.updated' ? event.contact.id : event.contact_id;
        void client.invalidateQueries({ queryKey: keys.contact(id) });
        void client.invalidateQueries({ queryKey: keys.contacts });
        break;
      }
      case 'session.updated':
        for (const key of ['web-sessions', 'numbers']) void client.invalidateQueries({ queryKey: [key] });
        break;
      case 'labels.updated':
        client.setQueryData(keys.labels, event.labels);
        void client.invalidateQueries({ queryKey: ['conversations'] });
        void client.invalidateQueries({ queryKey: ['conversation'] });
        break;
      case 'note.updated': case 'note.removed':
        void client.invalidateQueries({ queryKey: keys.notes(event.type === 'note.updated' ? event.note.conversation_id : event.conversation_id) });
        break;
    }
  }
  for (const [id, list] of messages) {
    client.setQueryData<MessagesData>(keys.messages(id), (data) => (data ? list.reduce((d, m) => upsertMessage(d, m), data) : data));
  }
  if (conversations.size > 0) applyConversations(client, [...conversations.values()], me);
}

export function applyConversations(client: QueryClient, conversations: readonly Conversation[], me: string): void {
  for (const conversation of conversations) {
    const known = recent.get(conversation.id);
    recent.set(conversation.id, { conversation: known ? newer(known.conversation, conversation) : conversation, at: now() });
    client.setQueryData<Conversation>(keys.conversation(conversation.id), (current) => (current ? newer(current, conversation) : current));
  }
  for (const query of client.getQueryCache().findAll({ queryKey: ['conversations'] })) {
    const scope = scopeOf(query.queryKey[1] as ListQuery, me);
    client.setQueryData<ConversationsData>(query.queryKey, (data) => (data ? conversations.reduce((d, c) => upsertConversation(d, c, scope), data) : data));
  }
}

/** The answer to a request of our own about a message: taken as it is, even where its status went back (sent again). */
export function applyMessage(client: QueryClient, message: Message): void {
  client.setQueryData<MessagesData>(keys.messages(message.conversation_id), (data) => (data ? upsertMessage(data, message, 'replace') : data));
}
