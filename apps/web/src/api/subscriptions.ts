import type { EventType, ReplayBody, Subscription, SubscriptionBody, SubscriptionList, SubscriptionLogEntry, SubscriptionLogPage, SubscriptionPatch, SubscriptionWithSecret } from '@centralita/contracts';
import { get, patch, post, remove, withQuery } from './http.ts';

export type { EventType, Subscription, SubscriptionLogEntry };
type Input<S extends { _zod: { input: unknown } }> = S['_zod']['input'];
export type NewSubscription = Input<typeof SubscriptionBody>;
export type SubscriptionChange = Input<typeof SubscriptionPatch>;
export type Replay = Input<typeof ReplayBody>;

/** What is offered, in the order of a conversation's life; the types of the contract but `test`, which is nobody's wish. */
export const EVENT_NAMES = [
  'message_received', 'message_sent', 'message_status', 'media_stored', 'conversation_opened', 'conversation_assigned', 'conversation_closed', 'conversation_merged', 'account_event', 'route_down', 'route_degraded', 'route_up', 'subscription_disabled',
] as const satisfies readonly EventType[];

const at = (...parts: string[]): string => `/api/subscriptions/${parts.map(encodeURIComponent).join('/')}`;

/** Fetched with its page. */
export const subscriptions = {
  list: (signal?: AbortSignal) => get<SubscriptionList>('/api/subscriptions', signal),
  one: (id: string, signal?: AbortSignal) => get<Subscription>(at(id), signal),
  create: (body: NewSubscription) => post<SubscriptionWithSecret>('/api/subscriptions', body),
  change: (id: string, body: SubscriptionChange) => patch<Subscription>(at(id), body),
  remove: (id: string) => remove(at(id)),
  rotate: (id: string) => post<SubscriptionWithSecret>(at(id, 'rotate-secret')),
  test: (id: string) => post<SubscriptionLogEntry>(at(id, 'test')),
  replay: (id: string, body: Replay) => post<{ replayed: number }>(at(id, 'replay'), body),
  log: (id: string, cursor: string | undefined, signal?: AbortSignal) => get<SubscriptionLogPage>(withQuery(at(id, 'log'), { cursor }), signal),
};
