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
  | { type: 'conversation.updated'; conversation: Conversation }
  /** Its state, its code to scan, its host: `GET /api/accounts/{id}/session` shows it. */
  | { type: 'session.updated'; session: { session_id: string; account_id: string; route_id: string; status: string } };
export interface ServerToClient {
  company: (events: CompanyEvent[]) => void;
}
