import { get, post, quiet, withQuery } from './http.ts';
import type { AccountSummary, Conversation, ConversationPage, DeadLetterPage, FailedWebhookPage, Filter, Me, Message, MessagePage, Replay, SendBody, StatusStep, UnroutedPage } from './types.ts';

const at = (...parts: string[]): string => `/api/${parts.map(encodeURIComponent).join('/')}`;

export interface ListQuery {
  filter: Filter;
  account_id?: string;
  q?: string;
}

export const api = {
  login: (email: string, password: string) => quiet.post<Me>('/api/login', { email, password }),
  logout: () => quiet.post<void>('/api/logout', undefined),
  me: () => quiet.get<Me>('/api/me'),
  accounts: (signal?: AbortSignal) => get<{ accounts: AccountSummary[] }>('/api/accounts', signal),
  conversations: (query: ListQuery & { cursor?: string; limit?: number }, signal?: AbortSignal) => get<ConversationPage>(withQuery('/api/conversations', { ...query }), signal),
  conversation: (id: string, signal?: AbortSignal) => get<Conversation>(at('conversations', id), signal),
  messages: (id: string, query: { before?: string; limit?: number }, signal?: AbortSignal) => get<MessagePage>(withQuery(at('conversations', id, 'messages'), query), signal),
  sendMessage: (id: string, body: SendBody) => post<Message>(at('conversations', id, 'messages'), body),
  act: (id: string, action: 'take' | 'release' | 'close' | 'reopen' | 'read') => post<Conversation>(at('conversations', id, action)),
  resend: (messageId: string) => post<Message>(at('messages', messageId, 'resend')),
  statuses: (messageId: string, signal?: AbortSignal) => get<{ statuses: StatusStep[] }>(at('messages', messageId, 'statuses'), signal),
  failedWebhooks: (cursor: string | undefined, signal?: AbortSignal) => get<FailedWebhookPage>(withQuery('/api/operations/failed-webhooks', { cursor }), signal),
  unrouted: (cursor: string | undefined, signal?: AbortSignal) => get<UnroutedPage>(withQuery('/api/operations/unrouted', { cursor }), signal),
  deadLetters: (cursor: string | undefined, signal?: AbortSignal) => get<DeadLetterPage>(withQuery('/api/operations/dead-letters', { cursor }), signal),
  replay: (kind: 'failed-webhooks' | 'unrouted' | 'dead-letters', id: string) => post<Replay>(at('operations', kind, id, 'replay')),
};

/** Where a stored file is served; the cookie authorises. */
export const mediaUrl = (id: string, download = false): string => withQuery(at('media', id), { download: download ? 1 : undefined });
