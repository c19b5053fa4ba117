/** The bodies of `POST /sandbox/phones/{number}/messages`: one shape per type a phone can send. */
import { z } from 'zod';

const Text = z.string().min(1).max(65_536);
const Id = z.string().min(1).max(512);

const Context = z.strictObject({
  message_id: Id.optional(), id: Id.optional(), forwarded: z.boolean().optional(), frequently_forwarded: z.boolean().optional(),
  referred_product: z.strictObject({ catalog_id: z.string(), product_retailer_id: z.string() }).optional(),
}).optional();

const Common = {
  /** Digits of the business number, or its phone_number_id; the demo number when left out. */
  to: z.string().optional(),
  context: Context,
  /** Click-to-WhatsApp advertisement, passed on as given. */
  referral: z.record(z.string(), z.unknown()).optional(),
};

/** One of: the id of an uploaded file, a link that the sandbox fetches, or the bytes in base64. */
const MediaShape = {
  id: z.string().optional(), link: z.url().optional(), data: z.base64().optional(), mime_type: z.string().max(200).optional(),
};
const oneSource = (media: { id?: string; link?: string; data?: string }): boolean =>
  [media.id, media.link, media.data].filter((source) => source !== undefined).length === 1;
const SOURCE = 'give exactly one of id (from POST /sandbox/media), link and data (base64)';
const Caption = z.string().max(4096).optional();

export const Media = z.strictObject({ ...MediaShape, caption: Caption }).refine(oneSource, SOURCE);
const Document = z.strictObject({ ...MediaShape, caption: Caption, filename: z.string().max(240).optional() }).refine(oneSource, SOURCE);
const Audio = z.strictObject({ ...MediaShape, voice: z.boolean().optional() }).refine(oneSource, SOURCE);
const Sticker = z.strictObject({ ...MediaShape, animated: z.boolean().optional() }).refine(oneSource, SOURCE);

const Location = z.strictObject({
  latitude: z.number().min(-90).max(90), longitude: z.number().min(-180).max(180),
  name: z.string().max(1000).optional(), address: z.string().max(1000).optional(), url: z.string().max(2000).optional(),
});

const Loose = z.record(z.string(), z.unknown());
const Reply = z.strictObject({ id: z.string().min(1).max(256), title: z.string().max(100).optional() });

export const InboundBody = z.discriminatedUnion('type', [
  z.strictObject({ ...Common, type: z.literal('text'), text: z.union([Text, z.strictObject({ body: Text })]) }),
  z.strictObject({ ...Common, type: z.literal('image'), image: Media }),
  z.strictObject({ ...Common, type: z.literal('video'), video: Media }),
  z.strictObject({ ...Common, type: z.literal('audio'), audio: Audio }),
  z.strictObject({ ...Common, type: z.literal('document'), document: Document }),
  z.strictObject({ ...Common, type: z.literal('sticker'), sticker: Sticker }),
  z.strictObject({ ...Common, type: z.literal('location'), location: Location }),
  z.strictObject({ ...Common, type: z.literal('contacts'), contacts: z.array(Loose).min(1).max(257) }),
  z.strictObject({ ...Common, type: z.literal('reaction'), reaction: z.strictObject({ message_id: Id, emoji: z.string().max(40).optional() }) }),
  z.strictObject({ ...Common, type: z.literal('button_reply'), button_reply: Reply }),
  z.strictObject({ ...Common, type: z.literal('list_reply'), list_reply: z.strictObject({ ...Reply.shape, description: z.string().max(200).optional() }) }),
  z.strictObject({
    ...Common, type: z.literal('nfm_reply'),
    nfm_reply: z.strictObject({ response_json: z.union([z.string(), Loose]), body: z.string().optional(), name: z.string().optional() }),
  }),
  z.strictObject({
    ...Common, type: z.literal('call_permission_reply'),
    call_permission_reply: z.strictObject({
      response: z.enum(['accept', 'reject']), expiration_timestamp: z.string().optional(), response_source: z.string().optional(),
    }),
  }),
  z.strictObject({ ...Common, type: z.literal('interactive'), interactive: Loose, errors: z.array(Loose).optional() }),
  z.strictObject({ ...Common, type: z.literal('button'), button: z.strictObject({ payload: z.string().max(1000), text: z.string().max(1000).optional() }) }),
  z.strictObject({
    ...Common, type: z.literal('order'),
    order: z.strictObject({ catalog_id: z.string(), text: z.string().optional(), product_items: z.array(Loose).min(1) }),
  }),
  z.strictObject({ ...Common, type: z.literal('system'), system: Loose }),
  z.strictObject({ ...Common, type: z.literal('unsupported'), unsupported: Loose.optional(), errors: z.array(Loose).optional() }),
  z.strictObject({ ...Common, type: z.literal('edit'), edit: z.strictObject({ original_message_id: Id, text: Text }) }),
  z.strictObject({ ...Common, type: z.literal('revoke'), revoke: z.strictObject({ original_message_id: Id }) }),
  z.strictObject({ ...Common, type: z.literal('request_welcome') }),
  /** A type of the caller's own: `message` becomes the message object, with from, id and timestamp added. */
  z.strictObject({ ...Common, type: z.literal('raw'), message: Loose.and(z.object({ type: z.string().min(1) })) }),
], {
  error: (issue) => (issue.code === 'invalid_union'
    ? 'must be one of text, image, video, audio, document, sticker, location, contacts, reaction, button_reply, list_reply, nfm_reply, call_permission_reply, interactive, button, order, system, unsupported, edit, revoke, request_welcome, raw'
    : undefined),
});

export type InboundInput = z.infer<typeof InboundBody>;
export type MediaInput = { id?: string; link?: string; data?: string; mime_type?: string; caption?: string; filename?: string; voice?: boolean; animated?: boolean };
