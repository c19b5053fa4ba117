import type { Tx } from '@centralita/platform/database';
import type { Content } from './content.ts';
import type { MessageStatus } from './ladder.ts';

/** What a lower room tells upper rooms, inside its transaction: a subscriber writes with the same `tx`, or waits for its commit. */
export interface EventMap {
  /** Outgoing messages reached another status. */
  'delivery.changed': readonly DeliveryChange[];
  /** Messages that will leave by another number than the one they were written for. */
  'delivery.moved': { readonly route_id: string; readonly messages: readonly string[] };
  /** Conversations whose row or timeline changed. `messages`: new ones. */
  'conversation.changed': { readonly conversations: readonly string[]; readonly messages: readonly string[] };
  /** Entries written into timelines, in their order; reactions and edits, which are shown on an earlier entry, too. */
  'message.added': readonly AddedMessage[];
  /** Conversations that began (anew), were closed, or whose turn went to somebody else. */
  'conversation.turned': { readonly turn: 'opened' | 'closed' | 'assigned'; readonly conversations: readonly string[] };
  /** What carriers said about accounts, told once. */
  'account.told': readonly AccountTold[];
  /** A route went down, is worse than it should be, or works again. */
  'route.changed': RouteChanged;
  /** Contacts that are new, or of whom the company knows something else now. */
  'contact.changed': { readonly change: 'created' | 'updated'; readonly contacts: readonly string[] };
  /** A person is being erased: whoever keeps something of them takes it away. */
  'contact.erased': ContactErased;
  /** The company's labels: defined, renamed, removed. */
  'labels.changed': object;
  /** Labels were put on or taken off. */
  'conversation.labelled': { readonly conversations: readonly string[] };
  'note.changed': { readonly change: 'created' | 'updated' | 'removed'; readonly note_id: string; readonly conversation_id: string };
  /** Two contacts turned out to be one person; `into` stays. */
  'contact.merged': { readonly from: string; readonly into: string };
  /** Two conversations became one; `into` stays, the other's row is removed right after. */
  'conversation.merged': { readonly from: string; readonly into: string };
  /** A file arrived, or was given up. */
  'media.changed': { readonly media_id: string; readonly message_id: string };
  /** An event of a company's own is to be told to its other systems. */
  'event.published': PublishedFact;
  /** Whoever runs the installation suspended a company, or lets it go on. */
  'company.suspended': { readonly company_id: string; readonly suspended: boolean };
  /** A person signed out; `login` names the login without telling its token. */
  'login.ended': { readonly login: string };
}
export interface DeliveryChange {
  readonly message_id: string;
  readonly conversation_id: string;
  readonly before: MessageStatus;
  readonly after: MessageStatus;
}
export interface PublishedFact {
  readonly id: string;
  /** With a dot: `cv.received`. */
  readonly type: string;
  /** What it is about; null: nothing in particular. */
  readonly account_id: string | null;
  /** Events with the same key are told in order: a conversation, or any other uuid. */
  readonly ordering_key: string;
  readonly at: string;
  readonly data: Readonly<Record<string, unknown>>;
}
export interface ContactErased {
  /** The person's contact first, then those that had become part of it. */
  readonly contacts: readonly string[];
  readonly conversations: readonly string[];
  readonly addresses: readonly { readonly kind: string; readonly value: string }[];
}
export interface AddedMessage {
  readonly id: string;
  readonly conversation_id: string;
  readonly account_id: string;
  readonly contact_id: string;
  readonly direction: 'in' | 'out';
  readonly author: 'contact' | 'bot' | 'agent' | 'api' | 'echo' | 'system';
  readonly author_user_id?: string | null;
  readonly remote_id?: string | null;
  readonly quote_remote_id?: string | null;
  readonly content: Content;
  readonly text: string;
  readonly at: string;
  /** Said, but never sent: it is over a limit. */
  readonly refused?: boolean;
}
export interface AccountTold {
  readonly account_id: string;
  readonly route_id: string;
  readonly field: string;
  readonly payload: unknown;
  readonly at: string;
}
export interface RouteChanged {
  readonly route_id: string;
  readonly account_id: string;
  readonly provider: string;
  /** Its number, digits. */
  readonly phone: string | null;
  /** `degraded`: it sends, but something is missing. */
  readonly state: 'up' | 'degraded' | 'down';
  /** What is wrong; the worst first. */
  readonly problems: readonly { readonly code: string; readonly detail: string | null }[];
}
type Handler<K extends keyof EventMap> = (tx: Tx, event: EventMap[K]) => Promise<void> | void;

export interface Events {
  on<K extends keyof EventMap>(name: K, handler: Handler<K>): void;
  emit<K extends keyof EventMap>(tx: Tx, name: K, event: EventMap[K]): Promise<void>;
}

export function createEvents(): Events {
  const handlers = new Map<keyof EventMap, Handler<never>[]>();
  return {
    on(name, handler) {
      handlers.set(name, [...(handlers.get(name) ?? []), handler as Handler<never>]);
    },
    async emit(tx, name, event) {
      for (const handler of handlers.get(name) ?? []) await (handler as Handler<typeof name>)(tx, event);
    },
  };
}
