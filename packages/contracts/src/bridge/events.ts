import { z } from 'zod';
import { BridgeContent } from './content.ts';
import { EndingKind, EngineName, SessionState } from './session.ts';

/**
 * Somebody on WhatsApp by all the addresses known at that moment: `phone` is digits, country code first; `lid` is digits (without
 * `@lid`). At least one of both. `name` is what the person calls themself.
 */
export const BridgePerson = z.object({ phone: z.string().optional(), lid: z.string().optional(), username: z.string().optional(), name: z.string().optional() });
export type BridgePerson = z.infer<typeof BridgePerson>;

/** ISO 8601; absent: WhatsApp did not say. */
const at = z.string().optional();

const message = z.object({
  type: z.literal('message'),
  /** Unique within its chat; statuses, quotes and reactions name it. */
  id: z.string(),
  at,
  /** Written on the phone or another linked device of the number. What was sent through the host is not told again. */
  from_me: z.boolean(),
  /** The other side of a conversation of two; in a group, the participant who wrote it (ourselves when `from_me`). */
  peer: BridgePerson,
  /** `…@g.us` */
  group: z.object({ id: z.string(), subject: z.string().optional() }).optional(),
  content: BridgeContent,
  quote: z.object({ id: z.string(), from: BridgePerson.optional(), text: z.string().optional() }).optional(),
  forwarded: z.boolean().optional(),
  mentions: z.array(BridgePerson).optional(),
  /** The advertisement it came from. */
  referral: z.record(z.string(), z.unknown()).optional(),
  /** It waited at WhatsApp while the session was away; `at` tells how long. */
  backfilled: z.boolean(),
});

const status = z.object({
  type: z.literal('status'),
  id: z.string(),
  at,
  status: z.enum(['sent', 'delivered', 'read', 'played', 'failed']),
  /** Who got it; in a group one of many, absent with `sent`. */
  peer: BridgePerson.optional(),
  group: z.object({ id: z.string() }).optional(),
  /** With `failed`: the code of WhatsApp, such as 463, and what it means. */
  error: z.object({ code: z.string(), title: z.string(), detail: z.string().optional() }).optional(),
});

const state = z.object({
  type: z.literal('state'),
  at,
  state: SessionState,
  /** Why, when it is no step forward. */
  reason: z.object({ kind: EndingKind.optional(), code: z.string(), text: z.string() }).optional(),
  /** Whose session it is, once known. */
  me: BridgePerson.optional(),
  /** With `active` after an absence: since when nothing was heard. What WhatsApp kept meanwhile follows as `backfilled`. */
  away_since: z.string().optional(),
});

/** A phone number and a LID are one person. */
const identity = z.object({ type: z.literal('identity'), at, phone: z.string(), lid: z.string() });

/** Names from the phone's address book and profiles, as they are synchronised. */
const contacts = z.object({
  type: z.literal('contacts'),
  at,
  contacts: z.array(BridgePerson.extend({
    /** As saved in the phone's address book. */
    saved_name: z.string().optional(),
    business_name: z.string().optional(),
  })),
});

const group = z.object({
  type: z.literal('group'),
  at,
  group: z.object({ id: z.string(), subject: z.string().optional() }),
  change: z.enum(['created', 'added', 'removed', 'promoted', 'demoted', 'subject', 'description', 'settings', 'left']),
  by: BridgePerson.optional(),
  participants: z.array(BridgePerson).optional(),
  description: z.string().optional(),
});

const call = z.object({ type: z.literal('call'), at, id: z.string(), peer: BridgePerson, video: z.boolean(), status: z.string(), group: z.object({ id: z.string() }).optional() });

/** One fact of a web session. Order within a receipt and between receipts of one session is that of the session. */
export const BridgeEvent = z.discriminatedUnion('type', [message, status, state, identity, contacts, group, call]);
export type BridgeEvent = z.infer<typeof BridgeEvent>;
export type BridgeMessage = z.infer<typeof message>;
export type BridgeStatus = z.infer<typeof status>;
export type BridgeState = z.infer<typeof state>;
export type BridgeIdentity = z.infer<typeof identity>;
export type BridgeContacts = z.infer<typeof contacts>;
export type BridgeGroupChange = z.infer<typeof group>;
export type BridgeCall = z.infer<typeof call>;

/**
 * The body of a receipt that a host appends: events of one session. `session_name` is the route's `sender_id`. The same event may come
 * twice in different receipts (a host died between its commit and WhatsApp's hearing of it): ids make them one.
 */
export const BridgeReceipt = z.object({
  bridge: z.literal(1),
  engine: EngineName,
  session_id: z.string(),
  session_name: z.string(),
  /** When the host wrote it. */
  at: z.string(),
  events: z.array(BridgeEvent),
});
export type BridgeReceipt = z.infer<typeof BridgeReceipt>;
