import type { Conversation, Message } from './inbox.ts';

/**
 * Live events of a company over Socket.IO (path `/socket.io`; the cookie, or an API key in `auth.apiKey` or `X-Api-Key`), one emit per
 * burst: `socket.on('company', (events) => …)`. They are hints, after commit; on (re)connect fetch anew. Who is held to some businesses
 * hears of their accounts.
 */
export const COMPANY_EVENT = 'company';
export type CompanyEvent =
  | { type: 'message.created'; message: Message }
  | { type: 'message.updated'; message: Message }
  | { type: 'conversation.updated'; conversation: Conversation };
export interface ServerToClient {
  company: (events: CompanyEvent[]) => void;
}
