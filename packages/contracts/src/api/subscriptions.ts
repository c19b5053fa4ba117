import {
  AcknowledgeAnswer, AcknowledgeBody, EraseEventsQuery, ErasedEvents, EraseLogQuery, ErasedLog, ReplayBody, Subscription, SubscriptionBody, SubscriptionList, SubscriptionLogEntry, SubscriptionLogPage, SubscriptionPatch,
  SubscriptionReplayAnswer, SubscriptionWithSecret,
} from '../subscriptions.ts';
import { PublishedEvent, PublishEvent } from '../custom-events.ts';
import { z } from 'zod';
import { IDEMPOTENCY_KEY, type Endpoint } from './endpoint.ts';

const settings = { timeout_seconds: 10, acknowledgement: 'response', acknowledge_seconds: 60, retry_first_seconds: 5, retry_max_seconds: 3600, retry_hours: 24 } as const;
const subscription = {
  id: 'sub_01kab3v6y2f0rbd5q8m1n7x4zt', kind: 'http', name: 'CRM', url: 'https://crm.example.com/hooks/centralita', events: ['message_received', 'message_status'], account_ids: null, settings,
  status: 'active', reason: null, failing_since: null, last_error: null, waiting: 0, previous_secret_until: null, routing: null, created_at: '2026-11-21T09:00:00.000Z', updated_at: '2026-11-21T09:00:00.000Z',
} as const;
const entry = {
  id: '184', event_id: 'evt_01kab3w0c4e2n9r6h8m5t7v1qx', event_type: 'message_received', attempt: 1, outcome: 'delivered', status: 200, duration_ms: 38, error: null, response: 'ok', created_at: '2026-11-21T09:00:01.000Z',
} as const;
const secret = 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD';
const common = { tag: 'subscriptions', permission: 'whatsapp:manage_subscriptions' } as const;
const missing = ['subscriptions.not_found'] as const;

export const subscriptionEndpoints: readonly Endpoint[] = [
  {
    id: 'publishEvent', method: 'post', path: '/api/events', tag: 'subscriptions', permission: 'whatsapp:publish_events', summary: 'Tell an event of your own',
    description: 'To every subscription that wants its type, over HTTP and RabbitMQ, retried like ours. Types of your own have a dot. See docs/events.md.', headers: IDEMPOTENCY_KEY,
    body: { schema: PublishEvent, example: { event_type: 'cv.received', data: { whatsappId: '56961234567', attachment: 'med_01kab3w0c4e2n9r6h8m5t7v1qx', timestamp: '2026-11-21T09:00:00.000Z' }, order_by: '56961234567' } },
    answers: { 202: { description: 'It is told from now on.', schema: PublishedEvent, example: { id: 'evt_01kab3w0c4e2n9r6h8m5t7v1qx', event_type: 'cv.received', timestamp: '2026-11-21T09:00:00.000Z', subscriptions: 1 } } },
    problems: ['conversations.not_found', 'accounts.not_found', 'api.key_reused'],
  },
  { ...common, id: 'listSubscriptions', method: 'get', path: '/api/subscriptions', summary: 'List subscriptions', answers: { 200: { description: 'Oldest first.', schema: SubscriptionList, example: { subscriptions: [subscription], rabbitmq_available: false } } } },
  {
    ...common, id: 'createSubscription', method: 'post', path: '/api/subscriptions', summary: 'Send events to another system',
    description: 'Over HTTP, signed as Standard Webhooks say, or to RabbitMQ. What happens from this answer on is sent; `secret` is shown this once. See docs/events.md.',
    body: { schema: SubscriptionBody, example: { kind: 'http', name: 'CRM', url: subscription.url, events: ['message_received', 'message_status'] } },
    answers: { 201: { description: 'Made.', schema: SubscriptionWithSecret, example: { ...subscription, secret } } },
    problems: ['subscriptions.account_unknown', 'subscriptions.no_broker', 'subscriptions.too_many'],
  },
  { ...common, id: 'getSubscription', method: 'get', path: '/api/subscriptions/{id}', summary: 'A subscription', answers: { 200: { description: 'With how it does.', schema: Subscription, example: subscription } }, problems: missing },
  {
    ...common, id: 'changeSubscription', method: 'patch', path: '/api/subscriptions/{id}', summary: 'Change, pause or take up a subscription', description: 'What is left out stays. What waited for a later try is tried at once.',
    body: { schema: SubscriptionPatch, example: { status: 'paused' } }, answers: { 200: { description: 'As it is now.', schema: Subscription, example: { ...subscription, status: 'paused' } } }, problems: [...missing, 'subscriptions.account_unknown', 'subscriptions.only_http'],
  },
  { ...common, id: 'deleteSubscription', method: 'delete', path: '/api/subscriptions/{id}', summary: 'Remove a subscription', description: 'With what waits for it and its log.', answers: { 204: { description: 'Removed.' } }, problems: missing },
  {
    ...common, id: 'rotateSubscriptionSecret', method: 'post', path: '/api/subscriptions/{id}/rotate-secret', summary: 'Make a new secret', description: 'The old one signs too for 24 hours: every request carries both signatures.',
    answers: { 200: { description: 'The new secret, shown this once.', schema: SubscriptionWithSecret, example: { ...subscription, previous_secret_until: '2026-11-22T09:00:00.000Z', secret } } }, problems: [...missing, 'subscriptions.only_http'],
  },
  {
    ...common, id: 'getSubscriptionLog', method: 'get', path: '/api/subscriptions/{id}/log', summary: 'Tries, and what was answered', query: z.object({ cursor: z.string().optional(), limit: z.coerce.number().int().min(1).max(200).default(50) }),
    description: 'The newest 5,000, for 30 days or what the company’s setting `events.log_days` says.', answers: { 200: { description: 'Newest first.', schema: SubscriptionLogPage, example: { entries: [entry], next_cursor: null } } }, problems: missing,
  },
  {
    ...common, id: 'eraseEvents', method: 'delete', path: '/api/events', summary: 'Erase kept events', query: EraseEventsQuery,
    description: 'Those that every subscription was told, and the log of what was answered. They cannot be replayed any more. How long they are kept otherwise: docs/events.md.',
    answers: { 200: { description: 'How many are gone.', schema: ErasedEvents, example: { events: 1042, log_entries: 2100 } } }, problems: ['companies.whole_company'],
  },
  {
    ...common, id: 'eraseSubscriptionLog', method: 'delete', path: '/api/subscriptions/{id}/log', summary: 'Erase a subscription’s log', query: EraseLogQuery,
    answers: { 200: { description: 'How many tries are gone.', schema: ErasedLog, example: { log_entries: 2100 } } }, problems: missing,
  },
  {
    ...common, id: 'replayEvents', method: 'post', path: '/api/subscriptions/{id}/replay', summary: 'Send events again', description: 'One by its id, or those of a time that the subscription wants; in their order, each with its old id.',
    body: { schema: ReplayBody, example: { from: '2026-11-21T00:00:00Z', to: '2026-11-21T06:00:00Z' } }, answers: { 200: { description: 'How many wait to be sent again.', schema: SubscriptionReplayAnswer, example: { replayed: 17 } } }, problems: [...missing, 'subscriptions.event_not_found'],
  },
  {
    ...common, id: 'acknowledgeEvents', method: 'post', path: '/api/subscriptions/{id}/acknowledge', summary: 'Confirm that events were processed', description: 'For `acknowledgement: explicit`. What is not confirmed in time, or confirmed as failed, is sent again.',
    body: { schema: AcknowledgeBody, example: { event_ids: [entry.event_id], outcome: 'processed' } }, answers: { 200: { description: 'How many were waiting for it.', schema: AcknowledgeAnswer, example: { acknowledged: 1 } } }, problems: missing,
  },
  {
    ...common, id: 'testSubscription', method: 'post', path: '/api/subscriptions/{id}/test', summary: 'Send a test event now', answers: { 200: { description: 'What the other system answered.', schema: SubscriptionLogEntry, example: { ...entry, event_type: 'test' } } }, problems: missing,
  },
];
