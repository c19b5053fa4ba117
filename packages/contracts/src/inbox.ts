import { z } from 'zod';
import { Label } from './contacts.ts';

/** Who holds the turn of a conversation. */
export const Holder = z.object({
  kind: z.enum(['bot', 'agent', 'nobody']),
  /** For `agent`: who. */
  user_id: z.string().nullable(),
  name: z.string().nullable(),
});

/** The carrier's 24-hour window on the route the customer last wrote to. `closes_at` null: the carrier has none. */
export const WindowState = z.object({ open: z.boolean(), closes_at: z.string().nullable(), reason: z.string().nullable() });

export const MessageStatusName = z.enum(['received', 'queued', 'sending', 'accepted', 'sent', 'delivered', 'read', 'played', 'failed', 'unknown']);

/** One step a message reached, as the carrier (or we) recorded it; late steps too. */
export const StatusEntry = z.object({ status: z.string(), at: z.string(), code: z.string().nullable(), title: z.string().nullable(), detail: z.string().nullable() }).meta({ id: 'StatusEntry' });

export const Message = z.object({
  id: z.string(),
  conversation_id: z.string(),
  direction: z.enum(['in', 'out']),
  /** Who said it. `echo`: sent by the company from another app of the same number. */
  author: z.object({ kind: z.enum(['contact', 'bot', 'agent', 'api', 'echo', 'system']), user_id: z.string().nullable(), name: z.string().nullable() }),
  /** The content union of the server's messaging vocabulary; `type` discriminates. Media carries `media.id` once stored. */
  content: z.object({ type: z.string() }).loose(),
  /** Readable text of the content. */
  text: z.string(),
  status: MessageStatusName,
  /** Why it failed or is unknown: the carrier's code and words, and what one can do. */
  error: z.object({ code: z.string(), title: z.string(), detail: z.string().nullable(), class: z.string() }).nullable(),
  /** Whether *send again* is offered. */
  can_resend: z.boolean(),
  quote: z.object({ message_id: z.string().nullable(), text: z.string() }).nullable(),
  /** Reactions on this message, newest per author. */
  reactions: z.array(z.object({ emoji: z.string(), by: z.enum(['contact', 'company']) })),
  /** `message_type`, `media_url`: the flat names of the source document. The address asks for the same rights as the message. */
  message_type: z.string(),
  media_url: z.string().nullable(),
  /** What whoever sent it gave along (`POST /api/messages`). */
  metadata: z.record(z.string(), z.unknown()).nullable(),
  referral: z.record(z.string(), z.unknown()).nullable(),
  /** Wire fields that Centralita does not know, kept. */
  extra: z.record(z.string(), z.unknown()).nullable(),
  whatsapp_message_id: z.string().nullable(),
  account_id: z.string(),
  /** Which of the account's numbers it went by or came to; another than before is shown in the thread. */
  route_id: z.string(),
  /** That number, E.164; null: its carrier does not tell. */
  company_number: z.string().nullable(),
  client_id: z.string().nullable(),
  created_at: z.string(),
  sent_at: z.string().nullable(),
  delivered_at: z.string().nullable(),
  read_at: z.string().nullable(),
  updated_at: z.string(),
}).meta({ id: 'Message' });
export type Message = z.infer<typeof Message>;

export const Conversation = z.object({
  id: z.string(),
  account_id: z.string(),
  account_name: z.string(),
  contact: z.object({
    id: z.string(), name: z.string().nullable(), phone: z.string().nullable(),
    addresses: z.array(z.object({ kind: z.string(), value: z.string() })),
  }),
  /** `contact_phone`, `contact_name`: the flat names of the source document. */
  contact_phone: z.string().nullable(),
  contact_name: z.string().nullable(),
  status: z.enum(['open', 'closed']),
  holder: Holder,
  /** By name. */
  labels: z.array(Label),
  unread: z.number().int(),
  /** Outgoing messages in `failed` or `unknown` nobody looked after. */
  troubled: z.number().int(),
  window: WindowState,
  can_show_typing: z.boolean().describe('Whether the contact can be shown that somebody is writing (`…/typing`): the carrier can, and has a message of theirs to show it on.'),
  last_message: z.object({ id: z.string(), direction: z.enum(['in', 'out']), type: z.string(), text: z.string(), status: MessageStatusName, author: z.string(), at: z.string() }).nullable(),
  last_message_at: z.string().nullable(),
  created_at: z.string(),
  updated_at: z.string(),
}).meta({ id: 'Conversation' });
export type Conversation = z.infer<typeof Conversation>;

/** `GET /api/conversations?filter&account_id&business_id&contact_id&label_id&q&cursor&limit`; `q` searches names, numbers and message texts. */
export const ConversationFilter = z.enum(['all', 'unread', 'mine', 'unassigned', 'bot', 'troubled']);
export const ConversationList = z.object({
  filter: ConversationFilter.default('all'),
  account_id: z.string().optional(),
  business_id: z.string().optional(),
  contact_id: z.string().optional(),
  label_id: z.string().refine((ids) => ids.split(',').length <= 10, 'At most 10 labels.').optional().describe('A label, or up to 10 with commas between: conversations that wear them all.'),
  q: z.string().max(200).optional(),
  cursor: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});
/** Where a search found its words: the newest message of the conversation that has them, a piece of it, and which parts of that piece. */
export const SearchMatch = z.object({
  conversation_id: z.string(), message_id: z.string(), text: z.string(),
  hits: z.array(z.object({ from: z.number().int(), to: z.number().int() })).describe('Places in `text`, in UTF-16 units as JavaScript counts; `to` is behind the last.'),
}).meta({ id: 'SearchMatch' });
export type SearchMatch = z.infer<typeof SearchMatch>;
export const ConversationPage = z.object({
  conversations: z.array(Conversation),
  next_cursor: z.string().nullable(),
  /** Conversations with something unread, over all pages; only on the first page. */
  unread_conversations: z.number().int().optional(),
  /** Only of a search, for those found by what was said. */
  matches: z.array(SearchMatch).optional(),
}).meta({ id: 'ConversationPage' });
export type ConversationPage = z.infer<typeof ConversationPage>;

/** `GET /api/conversations/{id}/messages?before|after|around&limit`: the newest page unless told otherwise. */
export const ThreadQuery = z.object({
  before: z.string().optional().describe('A message: only what is older. `previous_cursor` of a page.'),
  after: z.string().optional().describe('A message: only what is newer. `next_cursor` of a page.'),
  around: z.string().optional().describe('A message: it, and half a page of what was said before and after it.'),
  limit: z.coerce.number().int().min(1).max(100).default(50),
}).refine((q) => [q.before, q.after, q.around].filter((one) => one !== undefined).length <= 1, 'Give one of before, after and around.');
export type ThreadQuery = z.infer<typeof ThreadQuery>;
/** Messages oldest to newest. */
export const MessagePage = z.object({
  messages: z.array(Message),
  previous_cursor: z.string().nullable().describe('For `before`; null: this page begins with the first message.'),
  next_cursor: z.string().nullable().describe('For `after`; null: this page ends with the newest message.'),
}).meta({ id: 'MessagePage' });
export type MessagePage = z.infer<typeof MessagePage>;

/** `POST /api/conversations/{id}/messages`. `client_id` (any unique text) makes a repeated request the same message. Answer 201 `Message`. */
export const SendBody = z.object({
  content: z.discriminatedUnion('type', [
    z.object({ type: z.literal('text'), text: z.string().trim().min(1, 'Write something.').max(4096, 'WhatsApp takes at most 4096 characters.') }),
    z.object({ type: z.enum(['image', 'video', 'audio', 'document']), media: z.object({ id: z.string() }), caption: z.string().max(1024).optional() }),
    z.object({ type: z.literal('reaction'), message_id: z.string(), emoji: z.string().max(16) }),
    z.object({ type: z.literal('template'), template_id: z.string().min(1).max(512), language: z.string().max(20).optional(), variables: z.record(z.string(), z.string().max(1024)).default({}) }),
  ]),
  quote_message_id: z.string().optional(),
  client_id: z.string().min(8).max(64),
}).meta({ id: 'SendBody' });
export type SendBody = z.infer<typeof SendBody>;

export const AccountSummary = z.object({ id: z.string(), name: z.string(), phone_number: z.string().nullable(), provider: z.string(), status: z.string() });
export type AccountSummary = z.infer<typeof AccountSummary>;
