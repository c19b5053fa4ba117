import { z } from 'zod';
import { EventType } from './event-types.ts';

const OWN = '[a-z][a-z0-9_-]*(\\.[a-z0-9_-]+)+';
/** A company's own type of event. It has a dot, which ours never have: `cv.received`. */
export const CustomEventType = z.string().max(100).regex(new RegExp(`^${OWN}$`), 'A type of your own has small letters, digits, _ and -, in parts with a dot between them: cv.received');
/** What subscriptions can ask for: one of ours, or one of the company's own. */
export const AnyEventType = z.string().max(100)
  .regex(new RegExp(`^(${EventType.options.join('|')}|${OWN})$`), `There is no such type of event. Ours are ${EventType.options.join(', ')}; one of your own has a dot, such as cv.received.`);

/** As long as 64 Ki characters of JSON. */
export const CUSTOM_EVENT_LENGTH = 65_536;

/** `POST /api/events`, and the command `publish_event`. */
export const PublishEvent = z.object({
  event_type: CustomEventType,
  data: z.record(z.string(), z.json()).refine((data) => JSON.stringify(data).length <= CUSTOM_EVENT_LENGTH, 'An event takes at most 65,536 characters of JSON. Send larger things as a file (POST /api/media), and its id here.')
    .describe('Any JSON object; it reaches the subscribers as it is.'),
  conversation_id: z.string().optional().describe('The conversation it is about: told in its order, between its messages, to who listens to its account.'),
  account_id: z.string().optional().describe('The line it is about, when it is about no conversation. Without either it is told to everybody who wants the type.'),
  order_by: z.string().min(1).max(200).optional().describe('Events with the same text are told one after the other, in the order in which they were taken; such as a person’s number. Without it (and without a conversation) in no order.'),
}).meta({ id: 'PublishEvent' });
export type PublishEvent = z.infer<typeof PublishEvent>;

/** It is told from now on, as long as retries go (docs/events.md). */
export const PublishedEvent = z.object({
  id: z.string(), event_type: z.string(), timestamp: z.string(),
  subscriptions: z.number().int().describe('How many want it. 0: it is told to nobody, and not kept.'),
}).meta({ id: 'PublishedEvent' });
export type PublishedEvent = z.infer<typeof PublishedEvent>;
