import { z } from 'zod';
import { Message, StatusEntry } from '../inbox.ts';
import { Problem } from '../problem.ts';
import { IDEMPOTENCY_KEY, type Endpoint } from './endpoint.ts';

const Metadata = z.record(z.string(), z.unknown()).refine((m) => JSON.stringify(m).length <= 8192, 'Metadata takes at most 8192 characters of JSON.');
export const SENDABLE = ['text', 'image', 'video', 'audio', 'document', 'sticker', 'location', 'contacts', 'buttons', 'list', 'cta_url', 'interactive', 'template'] as const;

const what = {
  type: z.enum(SENDABLE).default('text'),
  content: z.union([z.string().max(4096, 'WhatsApp takes at most 4096 characters.'), z.record(z.string(), z.unknown())]).optional()
    .describe('The text. With a file: its caption. For the other types an object as `Message.content` shows it, such as `{"body": "…", "buttons": [{"id": "yes", "title": "Sí"}]}`.'),
  media_id: z.string().optional().describe('A file uploaded before (`med_…`), for the types that carry one.'),
  media_url: z.url({ protocol: /^https?$/ }).optional().describe('Where the carrier fetches the file, instead of `media_id`.'),
  template_id: z.string().min(1).max(512).optional().describe('Name of an approved template, or its id (`tpl_…`, `GET /api/templates`). When given it wins over `type` and `content`.'),
  language: z.string().regex(/^[a-z]{2,3}([_-][A-Za-z]{2,4})?$/, 'A language such as es, es_AR or pt_BR.').optional().describe('Language of the template. Default: that of the company, or the only one it is there in.'),
  variables: z.record(z.string(), z.union([z.string(), z.number()])).optional().describe('Values for the template’s variables, all of them: by name, by number (`"1"`, `"2"`) where they are numbered; `header` and `button_1` for those of the header and of the first button.'),
  metadata: Metadata.optional().describe('Anything of yours; kept with the message and given back with it, never sent.'),
};
const whom = {
  phone_number: z.string().min(1).max(40).optional().describe('Digits with the country code, or E.164.'),
  contact_id: z.string().optional().describe('Instead of `phone_number`: a contact known to Centralita (`ct_…`).'),
};
const ACCOUNT = z.string().optional().describe('The line to send from. May be left out where the company has only one.');

export const SendMessage = z.object({ ...whom, ...what, account_id: ACCOUNT }).meta({ id: 'SendMessage' });
export type SendMessage = z.infer<typeof SendMessage>;

export const SentStatus = z.enum(['queued', 'sent', 'delivered', 'read', 'played', 'failed', 'unknown']);
export const SentMessage = z.object({
  id: z.string(),
  whatsapp_message_id: z.string().nullable().describe('The carrier’s id; null while the message waits.'),
  status: SentStatus.describe('`sent`: WhatsApp has taken it. Later steps come as events and with `GET /api/messages/{id}`.'),
  sent_at: z.string().nullable(),
  account_id: z.string(),
  phone_number: z.string().nullable().describe('As asked for, in E.164.'),
  matched_phone_number: z.string().nullable().describe('How WhatsApp writes the contact’s number, where that differs from `phone_number` (Brazil, Mexico, Argentina).'),
  conversation_id: z.string(),
  metadata: z.record(z.string(), z.unknown()).nullable(),
}).meta({ id: 'SentMessage' });
export type SentMessage = z.infer<typeof SentMessage>;

export const BULK_MAX = 500;
export const BulkMessages = z.object({
  account_id: ACCOUNT,
  messages: z.array(z.object({ ...whom, ...what, account_id: ACCOUNT })).min(1).max(BULK_MAX, `At most ${BULK_MAX} messages at once. Send the rest with the next request.`),
}).meta({ id: 'BulkMessages' });
export type BulkMessages = z.infer<typeof BulkMessages>;
export const BulkResult = z.object({
  index: z.number().int(),
  status: z.enum(['queued', 'rejected']),
  id: z.string().nullable(),
  phone_number: z.string().nullable(),
  account_id: z.string().nullable(),
  error: Problem.nullable().describe('Why this one was rejected; the others are not concerned.'),
}).meta({ id: 'BulkResult' });
export type BulkResult = z.infer<typeof BulkResult>;
export const BulkAnswer = z.object({ queued: z.number().int(), rejected: z.number().int(), results: z.array(BulkResult) }).meta({ id: 'BulkAnswer' });
export type BulkAnswer = z.infer<typeof BulkAnswer>;

/** `POST /v1/messages` (A6). */
export const FedAttachment = z.union([
  z.string().describe('An address to fetch it from, a `data:` URL, or the id of an uploaded file.'),
  z.object({
    url: z.string().optional(), id: z.string().optional(), data: z.string().optional().describe('The file itself in base64.'),
    filename: z.string().max(240).optional(), mime_type: z.string().max(120).optional(),
  }),
]);
export const FedMessage = z.object({
  number: z.string().min(1).max(40).describe('Whose message it is: digits with the country code, or E.164.'),
  message: z.string().max(4096).optional(),
  attachments: z.array(FedAttachment).max(10).optional(),
  account_id: z.string().optional().describe('The line it came to. May be left out where the company has only one, or only one with a bot.'),
  name: z.string().max(120).optional(),
}).meta({ id: 'FedMessage' });
export type FedMessage = z.infer<typeof FedMessage>;

export const MessageSearch = z.object({
  q: z.string().trim().min(2, 'Write at least two letters.').max(200).describe('Words of the message; the last may be unfinished.'),
  conversation_id: z.string().optional(),
  account_id: z.string().optional(),
  business_id: z.string().optional(),
  direction: z.enum(['in', 'out']).optional(),
  from: z.iso.datetime({ offset: true }).optional(),
  to: z.iso.datetime({ offset: true }).optional(),
  cursor: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});
export const MessageSearchPage = z.object({ messages: z.array(Message), next_cursor: z.string().nullable() }).meta({ id: 'MessageSearchPage' });
export type MessageSearchPage = z.infer<typeof MessageSearchPage>;

const sent = {
  id: 'msg_01kah0s0xbe7rtq1rq7mpv0a6e', whatsapp_message_id: 'wamid.HBgLNTkzOTg3NjU0MzIxFQIAERgS', status: 'sent', sent_at: '2026-04-10T15:30:45.120Z',
  account_id: 'acc_01kah0rz2pe7rtq1rq7mpv0a6e', phone_number: '+593987654321', matched_phone_number: null, conversation_id: 'conv_01kah0rzzve7rtq1rq7mpv0a6e', metadata: { campaign_id: 'onboarding-2025' },
};
const PREFER = { Prefer: { description: '`respond-async`: answer 202 at once instead of waiting up to 5 seconds for WhatsApp.', example: 'respond-async' } };

export const messageEndpoints: readonly Endpoint[] = [
  {
    id: 'sendMessage', method: 'post', path: '/api/messages', tag: 'messages', permission: 'whatsapp:send_message', summary: 'Send a message',
    description: 'Waits up to 5 seconds until WhatsApp has taken it and answers 201; else 202, and the message goes on by itself. A number that nobody has talked to gets a contact and a conversation. Outside the 24-hour window only templates can be sent.',
    headers: { ...IDEMPOTENCY_KEY, ...PREFER },
    body: { schema: SendMessage, example: { phone_number: '+593987654321', type: 'text', content: 'Hola, este es un mensaje de prueba', metadata: { campaign_id: 'onboarding-2025' } } },
    answers: {
      201: { description: 'WhatsApp has taken it.', schema: SentMessage, example: sent },
      202: { description: 'It waits to be sent.', schema: SentMessage, example: { ...sent, status: 'queued', whatsapp_message_id: null, sent_at: null } },
    },
    problems: ['api.phone_number', 'api.account_needed', 'api.account_disabled', 'api.refused_by_carrier', 'api.key_reused', 'accounts.not_found', 'conversations.window_closed', 'conversations.content_refused', 'templates.not_found', 'templates.language', 'templates.not_approved', 'templates.variables'],
  },
  {
    id: 'sendMessages', method: 'post', path: '/api/messages/bulk', tag: 'messages', permission: 'whatsapp:send_bulk', summary: `Send up to ${BULK_MAX} messages`,
    description: 'Each message is accepted or rejected by itself; the answer has them in the order given. They leave after codes and replies.',
    headers: IDEMPOTENCY_KEY,
    body: { schema: BulkMessages, example: { messages: [{ phone_number: '+593987654321', template_id: 'recordatorio', variables: { name: 'Juan' } }, { phone_number: '+56961234567', content: 'Su trámite está listo' }] } },
    answers: { 202: { description: 'What became of each.', schema: BulkAnswer } },
    problems: ['api.key_reused'],
  },
  {
    id: 'searchMessages', method: 'get', path: '/api/messages', tag: 'messages', permission: 'whatsapp:read', summary: 'Find messages by their words',
    query: MessageSearch, answers: { 200: { description: 'Newest first.', schema: MessageSearchPage } }, problems: ['api.bad_cursor'],
  },
  {
    id: 'getMessage', method: 'get', path: '/api/messages/{id}', tag: 'messages', permission: 'whatsapp:read', summary: 'A message',
    answers: { 200: { description: 'The message, with where it stands.', schema: Message } }, problems: ['conversations.message_not_found'],
  },
  {
    id: 'getMessageStatuses', method: 'get', path: '/api/messages/{id}/statuses', tag: 'messages', permission: 'whatsapp:read', summary: 'Every step a message took',
    answers: { 200: { description: 'Our tries and the carrier’s words, by their times.', schema: z.object({ statuses: z.array(StatusEntry) }) } }, problems: ['conversations.message_not_found'],
  },
  {
    id: 'resendMessage', method: 'post', path: '/api/messages/{id}/resend', tag: 'messages', permission: 'whatsapp:send_message', summary: 'Send a failed message again',
    description: 'As a new message, once: asked again it answers the one made then.',
    answers: { 201: { description: 'The new message.', schema: Message }, 200: { description: 'The message made when this was asked before.', schema: Message } },
    problems: ['conversations.message_not_found', 'conversations.cannot_resend', 'conversations.window_closed'],
  },
  {
    id: 'feedMessage', method: 'post', path: '/v1/messages', tag: 'messages', permission: 'whatsapp:send_message', summary: 'Hand in a user’s message',
    description: 'As if the user had written it: the account’s bot answers on WhatsApp, each attachment reaches its flow as a document. It does not open the 24-hour window; only the user’s own message does.',
    headers: IDEMPOTENCY_KEY,
    body: { schema: FedMessage, example: { number: '593987654321', message: 'Quiero postular', attachments: [{ url: 'https://example.com/cv.pdf', filename: 'cv.pdf' }] } },
    answers: { 200: { description: 'It is in the conversation, and the bot knows.', schema: z.literal('processed'), type: 'text/plain' } },
    problems: ['api.phone_number', 'api.account_needed', 'api.nothing_said', 'api.attachment', 'accounts.not_found'],
  },
];
