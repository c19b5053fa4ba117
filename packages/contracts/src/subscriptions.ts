import { z } from 'zod';
import { AnyEventType } from './custom-events.ts';

const seconds = (least: number, most: number) => z.number().min(least, `At least ${least} s.`).max(most, `At most ${most} s.`);

/** How a subscriber is served. */
export const SubscriptionSettings = z.strictObject({
  /** How long an answer may take. */
  timeout_seconds: seconds(0.1, 30).default(10),
  /**
   * `response`: a 2xx answer is the end of it. `explicit`: a 2xx answer says that the event came; it is sent again until
   * `POST /api/subscriptions/{id}/acknowledge` says that it was processed.
   */
  acknowledgement: z.enum(['response', 'explicit']).default('response'),
  /** For `explicit`: how long processing may take before the event is sent again. */
  acknowledge_seconds: seconds(0.1, 3600).default(60),
  /** Wait before the second try; it doubles each time up to `retry_max_seconds`. */
  retry_first_seconds: seconds(0.1, 3600).default(5),
  retry_max_seconds: seconds(0.1, 21_600).default(3600),
  /** How long one event is tried, and how long a subscriber may take nothing at all before it is disabled. */
  retry_hours: z.number().min(0.001).max(24, 'At most 24 hours.').default(24),
});
export type SubscriptionSettings = z.infer<typeof SubscriptionSettings>;

const address = z.string().trim().max(2000).refine((text) => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return url !== undefined && (url.protocol === 'https:' || url.protocol === 'http:') && url.username === '' && url.password === '';
}, 'Give an address that begins with https:// (or http://) and holds no user name.');

const name = z.string().trim().min(1, 'Give it a name.').max(100);
/** Left out or null: all, the company's own too. */
const events = z.array(AnyEventType).min(1).nullable().default(null);
const accounts = z.array(z.string()).min(1).nullable().default(null);

/** `POST /api/subscriptions`. Answer 201 `SubscriptionWithSecret`. What is not known is refused: a misspelt filter would tell everything. */
export const SubscriptionBody = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('http'), name, url: address, events, account_ids: accounts, settings: SubscriptionSettings.prefault({}) }),
  z.strictObject({ kind: z.literal('rabbitmq'), name, events, account_ids: accounts, settings: SubscriptionSettings.prefault({}) }),
]);
export type SubscriptionBody = z.infer<typeof SubscriptionBody>;

/** `PATCH /api/subscriptions/{id}`: what is left out stays. `active` also takes a disabled one up again. */
export const SubscriptionPatch = z.strictObject({
  name: name.optional(), url: address.optional(), events: z.array(AnyEventType).min(1).nullable().optional(), account_ids: z.array(z.string()).min(1).nullable().optional(),
  settings: z.strictObject({
    timeout_seconds: SubscriptionSettings.shape.timeout_seconds.unwrap(), acknowledgement: SubscriptionSettings.shape.acknowledgement.unwrap(),
    acknowledge_seconds: SubscriptionSettings.shape.acknowledge_seconds.unwrap(), retry_first_seconds: SubscriptionSettings.shape.retry_first_seconds.unwrap(),
    retry_max_seconds: SubscriptionSettings.shape.retry_max_seconds.unwrap(), retry_hours: SubscriptionSettings.shape.retry_hours.unwrap(),
  }).partial().optional(),
  status: z.enum(['active', 'paused']).optional(),
});
export type SubscriptionPatch = z.infer<typeof SubscriptionPatch>;

export const Subscription = z.object({
  id: z.string(),
  kind: z.enum(['http', 'rabbitmq']),
  name: z.string(),
  url: z.string().nullable(),
  events: z.array(AnyEventType).nullable(),
  account_ids: z.array(z.string()).nullable(),
  settings: SubscriptionSettings,
  /** `disabled`: took nothing for too long; `reason` says what it answered. */
  status: z.enum(['active', 'paused', 'disabled']),
  reason: z.string().nullable(),
  failing_since: z.string().nullable(),
  last_error: z.string().nullable(),
  /** Events that wait for it; counted up to 10,000. */
  waiting: z.number().int(),
  /** While the old secret still signs too. */
  previous_secret_until: z.string().nullable(),
  /** RabbitMQ: exchange and routing keys to bind. */
  routing: z.object({ exchange: z.string(), key: z.string() }).nullable(),
  created_at: z.string(),
  updated_at: z.string(),
});
export type Subscription = z.infer<typeof Subscription>;
/** `secret` is shown this once. */
export const SubscriptionWithSecret = Subscription.extend({ secret: z.string().nullable() });
export type SubscriptionWithSecret = z.infer<typeof SubscriptionWithSecret>;
export const SubscriptionList = z.object({ subscriptions: z.array(Subscription), rabbitmq_available: z.boolean() });
export type SubscriptionList = z.infer<typeof SubscriptionList>;

/** One try, as the log keeps it. */
export const SubscriptionLogEntry = z.object({
  id: z.string(), event_id: z.string(), event_type: z.string(), attempt: z.number().int(),
  /** `unrouted`: RabbitMQ took it, but no queue is bound to it. */
  outcome: z.enum(['delivered', 'failed', 'awaiting_acknowledgement', 'acknowledged', 'unrouted', 'given_up']),
  status: z.number().int().nullable(), duration_ms: z.number().int().nullable(), error: z.string().nullable(),
  /** The beginning of what was answered. */
  response: z.string().nullable(),
  created_at: z.string(),
});
export type SubscriptionLogEntry = z.infer<typeof SubscriptionLogEntry>;
/** `GET /api/subscriptions/{id}/log?cursor&limit`, newest first. */
export const SubscriptionLogPage = z.object({ entries: z.array(SubscriptionLogEntry), next_cursor: z.string().nullable() });
export type SubscriptionLogPage = z.infer<typeof SubscriptionLogPage>;

/** `POST /api/subscriptions/{id}/replay`: one event, or those of a time. They are sent again in their order, each with its old id. */
export const ReplayBody = z.union([
  z.object({ event_id: z.string() }),
  z.object({ from: z.iso.datetime({ offset: true }), to: z.iso.datetime({ offset: true }).optional(), events: z.array(AnyEventType).min(1).optional() }),
], { error: 'Say what is to be sent again: event_id, or from (and to, events).' });
export type ReplayBody = z.infer<typeof ReplayBody>;
export const SubscriptionReplayAnswer = z.object({ replayed: z.number().int() });

/** `POST /api/subscriptions/{id}/acknowledge`. `failed`: send it again later. */
export const AcknowledgeBody = z.object({
  event_ids: z.array(z.string()).min(1).max(1000),
  outcome: z.enum(['processed', 'failed']).default('processed'),
  reason: z.string().max(500).optional(),
});
export type AcknowledgeBody = z.infer<typeof AcknowledgeBody>;
/** `acknowledged`: events that were waiting and are settled now; others were settled before or are not theirs. */
export const AcknowledgeAnswer = z.object({ acknowledged: z.number().int() });

/** `POST /api/subscriptions/{id}/test`: what came of it, at once. */
export const SubscriptionTestAnswer = SubscriptionLogEntry;

const before = z.iso.datetime({ offset: true }).optional().describe('Only what is older. Default: now.');
/** `DELETE /api/events`. */
export const EraseEventsQuery = z.object({ before, waiting: z.stringbool().default(false).describe('Also what some subscription was not told yet; it never will be.') });
export const ErasedEvents = z.object({ events: z.number().int(), log_entries: z.number().int() }).meta({ id: 'ErasedEvents' });
export type ErasedEvents = z.infer<typeof ErasedEvents>;
/** `DELETE /api/subscriptions/{id}/log`. */
export const EraseLogQuery = z.object({ before });
export const ErasedLog = z.object({ log_entries: z.number().int() }).meta({ id: 'ErasedLog' });
export type ErasedLog = z.infer<typeof ErasedLog>;
