import { z } from 'zod';

/**
 * Where a message goes: a phone number (`+56 9 1234 5678`, digits), a LID (`…@lid`) or a group (`…@g.us`); the engines' own
 * addresses (`…@s.whatsapp.net`, `…@c.us`) are taken too.
 */
const to = z.string().trim().min(3).max(128);
/** Names of a network's own and IP addresses too: whether they may be called, the host asks `CALL_HTTP_ALLOW`. */
const fileAddress = z.url({ protocol: /^https?$/ });
/** Chosen by the caller beforehand: the same id again is the same message. Hexadecimal upper case, as WhatsApp's own. Default: made by the host. */
const messageId = z.string().regex(/^[0-9A-F]{16,40}$/, 'an id of 16 to 40 hexadecimal digits in upper case');

/** `POST /send`, the source document's body (B3). */
export const SendTextBody = z.object({ session_name: z.string().min(1), to, message: z.string().min(1).max(65_536), id: messageId.optional(), quote: z.string().optional() });
export type SendTextBody = z.infer<typeof SendTextBody>;

/** `POST /send-media`. The kind follows the file when `type` is left out. */
export const SendMediaBody = z.object({
  session_name: z.string().min(1),
  to,
  /** Where the host fetches the file: a public address, or one the operator allowed (`CALL_HTTP_ALLOW`). */
  media_url: fileAddress,
  type: z.enum(['image', 'video', 'audio', 'voice', 'document', 'sticker']).optional(),
  caption: z.string().max(4096).optional(),
  filename: z.string().max(255).optional(),
  mime_type: z.string().max(127).optional(),
  id: messageId.optional(),
  quote: z.string().optional(),
});
export type SendMediaBody = z.infer<typeof SendMediaBody>;

/** A file to send: given to this host before (`POST /sessions/{session}/files`), or fetched by it. One of both. */
export const OutgoingMedia = z.object({
  file: z.string().optional(),
  url: fileAddress.optional(),
  /** Empty: as the address of the file says, or else its first bytes. */
  mime_type: z.string().max(127),
  filename: z.string().max(255).optional(),
  voice: z.boolean().optional(),
  animated: z.boolean().optional(),
}).refine((m) => (m.file === undefined) !== (m.url === undefined), 'either "file" or "url"');
export type OutgoingMedia = z.infer<typeof OutgoingMedia>;
const media = <T extends string>(type: T) => z.object({ type: z.literal(type), media: OutgoingMedia, caption: z.string().max(4096).optional() });

/** Everything a web session can say. `reaction`, `edit` and `revoke` name an earlier message by its id. */
export const OutgoingContent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('text'), text: z.string().min(1).max(65_536), mentions: z.array(to).optional() }),
  media('image'), media('video'), media('audio'), media('document'), media('sticker'),
  z.object({ type: z.literal('location'), latitude: z.number().min(-90).max(90), longitude: z.number().min(-180).max(180), name: z.string().optional(), address: z.string().optional() }),
  z.object({ type: z.literal('contacts'), contacts: z.array(z.object({ name: z.string(), vcard: z.string() })).min(1).max(50) }),
  z.object({ type: z.literal('reaction'), id: z.string(), emoji: z.string().max(32) }),
  z.object({ type: z.literal('edit'), id: z.string(), text: z.string().min(1).max(65_536) }),
  z.object({ type: z.literal('revoke'), id: z.string() }),
]);
export type OutgoingContent = z.infer<typeof OutgoingContent>;

/** `POST /sessions/{session}/messages`. */
export const RichSendBody = z.object({
  to,
  id: messageId.optional(),
  content: OutgoingContent,
  /** The id of the message it answers. */
  quote: z.string().optional(),
});
export type RichSendBody = z.infer<typeof RichSendBody>;

/**
 * The answer to every send. `sent`: WhatsApp confirmed it · `written`: it left, and WhatsApp has not confirmed it in time; a status will.
 * What WhatsApp refused is a problem `bridge.refused` with `whatsapp_code`; what is doubtful (the connection broke meanwhile) is
 * `bridge.unconfirmed`, and may be sent again with the same id.
 */
export const SendAnswer = z.object({
  success: z.literal(true),
  id: z.string(),
  /** The same as `id`: the source document's name. */
  message_id: z.string(),
  status: z.enum(['sent', 'written']),
  /** This id had been sent before; nothing was sent now. */
  repeated: z.boolean(),
  /** Whom it went to, as far as known now. */
  peer: z.object({ phone: z.string().optional(), lid: z.string().optional() }).optional(),
});
export type SendAnswer = z.infer<typeof SendAnswer>;

/** `POST /sessions/{session}/files`, the file as the raw body: kept by this host for an hour, for sends of this session. */
export const FileAnswer = z.object({ file: z.string(), size: z.number(), sha256: z.string() });
export type FileAnswer = z.infer<typeof FileAnswer>;

/** `POST /sessions/{session}/media`: the file of an inbound message, as the raw answer with its type and, where known, its length. */
export const MediaBody = z.object({ remote_id: z.string().min(1).max(16_384) });

/** `POST /sessions/{session}/read`: messages that people wrote to us, by id. */
export const ReadBody = z.object({ ids: z.array(z.string()).min(1).max(100) });

/** `POST /sessions/{session}/typing`. It ends by itself after some seconds, or with `paused`. */
export const TypingBody = z.object({ to, state: z.enum(['composing', 'recording', 'paused']).default('composing') });

/** `POST /sessions/{session}/lookup`: which numbers are on WhatsApp. At most 50 at a time; do not make a habit of it. */
export const LookupBody = z.object({ phones: z.array(z.string().regex(/^\+?\d{5,15}$/)).min(1).max(50) });
export const LookupAnswer = z.object({ results: z.array(z.object({ phone: z.string(), exists: z.boolean(), lid: z.string().optional() })) });
export type LookupAnswer = z.infer<typeof LookupAnswer>;

/** `POST /sessions/{session}/pairing-code`: a code to type on the phone instead of a picture to scan. */
export const PairingCodeBody = z.object({ phone: z.string().transform((text) => text.replaceAll(/\D/g, '')).refine((digits) => /^\d{5,15}$/.test(digits), 'a phone number with its country code') });
export const PairingCodeAnswer = z.object({ code: z.string(), expires_at: z.string() });
export type PairingCodeAnswer = z.infer<typeof PairingCodeAnswer>;

/** `GET /qr/{session}` as JSON (`Accept: application/json` or `?format=json`); also `text` (to read on a terminal), `raw` and `png`. */
export const QrAnswer = z.object({
  session_name: z.string(),
  state: z.string(),
  /** What the picture says. */
  qr: z.string(),
  /** The picture, `data:image/png;base64,…`. */
  picture: z.string(),
  expires_at: z.string().nullable(),
});
export type QrAnswer = z.infer<typeof QrAnswer>;

/** `POST /sessions/{session}/release`: let another host have it, `to` this one if it is there. */
export const ReleaseBody = z.object({ to: z.string().optional() });
