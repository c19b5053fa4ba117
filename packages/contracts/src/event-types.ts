import { z } from 'zod';
import { Contact, Label } from './contacts.ts';

/**
 * What systems of the company are told of, over HTTP and RabbitMQ alike. A version of a type only ever grows optional fields; anything
 * else makes a new version. Names and the body of `message_received` are those of section 3.3 of the source document.
 */
const Where = z.object({
  company_id: z.string(),
  /** The unit of the company the account belongs to. */
  business_id: z.string().nullable(),
  account_id: z.string(),
});
const InConversation = Where.extend({ conversation_id: z.string() });

const Said = InConversation.extend({
  message_id: z.string(),
  /** E.164. A person without a visible number is told by `contact.addresses`. */
  from: z.string().nullable(),
  to: z.string().nullable(),
  /** Readable text of the message. */
  content: z.string(),
  /** `text`, `image`, `button_reply`, `reaction`, …: the discriminator of `payload`. */
  type: z.string(),
  /** All of it. A file is `media.id`: `GET /api/media/{id}` once `media_stored` was told. */
  payload: z.object({ type: z.string() }).loose(),
  contact: z.object({ id: z.string(), name: z.string().nullable(), addresses: z.array(z.object({ kind: z.string(), value: z.string() })) }),
  /** The carrier's id; null until it took the message. */
  whatsapp_message_id: z.string().nullable(),
  /** What it answers to, by the carrier's id. */
  quoted_whatsapp_message_id: z.string().nullable(),
  author: z.object({ kind: z.enum(['contact', 'bot', 'agent', 'api', 'echo', 'system']), user_id: z.string().nullable() }),
});

const Turn = InConversation.extend({
  contact: z.object({ id: z.string(), name: z.string().nullable(), addresses: z.array(z.object({ kind: z.string(), value: z.string() })) }),
  status: z.enum(['open', 'closed']),
  /** Whose turn it is. */
  assigned_to: z.object({ kind: z.enum(['bot', 'agent', 'nobody']), user_id: z.string().nullable() }),
});

const RouteNews = Where.extend({
  /** One of the account's ways to WhatsApp. */
  route_id: z.string(), account_type: z.string(), phone_number: z.string().nullable(),
  /** What is wrong, the worst first; `code`: stopped, breaker, failing, credentials, unreachable, silent, webhook. */
  problems: z.array(z.object({ code: z.string(), detail: z.string().nullable() })),
});

export const eventTypes = {
  /** Somebody wrote: a message, a reaction, an edit. */
  message_received: { version: 1, data: Said },
  /** The company wrote: a bot, a person, a system, or another app of the same number (`echo`). */
  message_sent: { version: 1, data: Said },
  /** An outgoing message reached another status. */
  message_status: {
    version: 1,
    data: InConversation.extend({
      message_id: z.string(), whatsapp_message_id: z.string().nullable(),
      status: z.enum(['accepted', 'sent', 'delivered', 'read', 'played', 'failed', 'unknown']),
      error: z.object({ code: z.string(), title: z.string(), detail: z.string().nullable(), class: z.string() }).nullable(),
    }),
  },
  /** A file that came with a message can be downloaded, or never will. */
  media_stored: { version: 1, data: InConversation.extend({ message_id: z.string(), media_id: z.string(), state: z.enum(['ready', 'failed']), mime_type: z.string().nullable(), filename: z.string().nullable(), size: z.number().nullable() }) },
  /** A conversation began, or began again. */
  conversation_opened: { version: 1, data: Turn },
  conversation_closed: { version: 1, data: Turn },
  /** The turn went to somebody else: bot, agent, nobody. */
  conversation_assigned: { version: 1, data: Turn },
  /** Two conversations turned out to be with the same person; `conversation_id` stays. */
  conversation_merged: { version: 1, data: z.object({ company_id: z.string(), conversation_id: z.string(), merged_conversation_id: z.string() }) },
  /** A conversation's labels, all that it wears now. */
  conversation_labelled: { version: 1, data: InConversation.extend({ labels: z.array(Label) }) },
  /** Somebody wrote for the first time, or was added. `contact`: as `GET /api/contacts/{id}` answers it. */
  contact_created: { version: 1, data: z.object({ company_id: z.string(), contact: Contact }) },
  /** Name, language, fields, addresses or labels are others now. */
  contact_updated: { version: 1, data: z.object({ company_id: z.string(), contact: Contact }) },
  /** Two contacts are one person; `contact` stays. */
  contact_merged: { version: 1, data: z.object({ company_id: z.string(), contact: Contact, merged_contact_id: z.string() }) },
  /** What was known about a person was erased: erase it too. Events kept about them are gone. */
  contact_erased: { version: 1, data: z.object({ company_id: z.string(), contact_id: z.string(), merged_contact_ids: z.array(z.string()), conversation_ids: z.array(z.string()) }) },
  /** What the carrier says about an account: quality, limits, templates, bans. */
  account_event: { version: 1, data: Where.extend({ field: z.string(), payload: z.unknown() }) },
  /** A number of an account does not send any more; the account goes by its next one where there is one. */
  route_down: { version: 1, data: RouteNews },
  /** It sends, but something is missing: statuses stay away, its webhook points elsewhere. */
  route_degraded: { version: 1, data: RouteNews },
  /** It works again. */
  route_up: { version: 1, data: RouteNews },
  /** Told to the other subscriptions of the company. */
  subscription_disabled: { version: 1, data: z.object({ company_id: z.string(), subscription_id: z.string(), name: z.string(), reason: z.string() }) },
  /** The test button. */
  test: { version: 1, data: z.object({ company_id: z.string(), subscription_id: z.string(), message: z.string() }) },
} as const satisfies Record<string, { version: number; data: z.ZodType }>;

export type EventType = keyof typeof eventTypes;
export const EventType = z.enum(Object.keys(eventTypes) as [EventType, ...EventType[]]);
export type EventData<T extends EventType> = z.infer<(typeof eventTypes)[T]['data']>;

/** The body of a webhook and of a RabbitMQ message. `id` is the same in every try: whoever has seen it may answer 200 and do nothing. */
export const Event = z.object({
  id: z.string(),
  event_type: EventType,
  version: z.number().int(),
  /** When it happened. */
  timestamp: z.string(),
  data: z.record(z.string(), z.unknown()),
});
export interface Event<T extends EventType = EventType> {
  readonly id: string;
  readonly event_type: T;
  readonly version: number;
  readonly timestamp: string;
  readonly data: EventData<T>;
}
