import type { Tx } from '@centralita/platform/database';
import type { MessageStatus } from './ladder.ts';

/** What a lower room tells upper rooms, inside its transaction: a subscriber writes with the same `tx`, or waits for its commit. */
export interface EventMap {
  /** Outgoing messages reached another status. */
  'delivery.changed': readonly DeliveryChange[];
  /** Conversations whose row or timeline changed. `messages`: new ones. */
  'conversation.changed': { readonly conversations: readonly string[]; readonly messages: readonly string[] };
  /** Two contacts turned out to be one person; `into` stays. */
  'contact.merged': { readonly from: string; readonly into: string };
  /** Two conversations became one; `into` stays, the other's row is removed right after. */
  'conversation.merged': { readonly from: string; readonly into: string };
  /** A file arrived, or was given up. */
  'media.changed': { readonly media_id: string; readonly message_id: string };
  /** A person signed out; `login` names the login without telling its token. */
  'login.ended': { readonly login: string };
}
export interface DeliveryChange {
  readonly message_id: string;
  readonly conversation_id: string;
  readonly before: MessageStatus;
  readonly after: MessageStatus;
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
