import type { Contact, Label, Note } from './contacts.ts';
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
  /** New, changed, labelled, or erased (`erased_at`). For who is held to some businesses: fetch anew. */
  | { type: 'contact.updated'; contact: Contact }
  /** It is part of another one now. */
  | { type: 'contact.merged'; contact_id: string; into: string }
  /** All of them. */
  | { type: 'labels.updated'; labels: Label[] }
  | { type: 'note.updated'; note: Note; account_id: string }
  | { type: 'note.removed'; note_id: string; conversation_id: string; account_id: string }
  /** Its state, its code to scan, its host: `GET /api/accounts/{id}/session` shows it. */
  | { type: 'session.updated'; session: { session_id: string; account_id: string; route_id: string; status: string } };
export interface ServerToClient {
  company: (events: CompanyEvent[]) => void;
}
