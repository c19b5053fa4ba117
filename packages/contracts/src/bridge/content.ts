import { z } from 'zod';

/**
 * A file of a message that came in. `remote_id` is what `POST /sessions/{session}/media` of any host of the same engine and installation
 * takes to fetch it: sealed, opaque, some hundred characters, good as long as WhatsApp keeps the file.
 */
export const BridgeMedia = z.object({
  remote_id: z.string(),
  mime_type: z.string().optional(),
  /** Of the file itself, hexadecimal. */
  sha256: z.string().optional(),
  filename: z.string().optional(),
  size: z.number().optional(),
  /** Length of sound and film. */
  seconds: z.number().optional(),
  voice: z.boolean().optional(),
  animated: z.boolean().optional(),
});
export type BridgeMedia = z.infer<typeof BridgeMedia>;

const media = <T extends string>(type: T) => z.object({ type: z.literal(type), media: BridgeMedia, caption: z.string().optional() });

/** What a message says, in the shapes of the server's own content where it has them. Ids in it are of messages. */
export const BridgeContent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('text'), text: z.string() }),
  media('image'), media('video'), media('audio'), media('document'), media('sticker'),
  z.object({ type: z.literal('location'), latitude: z.number(), longitude: z.number(), name: z.string().optional(), address: z.string().optional(), url: z.string().optional(), live: z.boolean().optional() }),
  z.object({ type: z.literal('contacts'), contacts: z.array(z.object({ name: z.string(), vcard: z.string() })) }),
  /** An empty `emoji` takes the reaction away. */
  z.object({ type: z.literal('reaction'), id: z.string(), emoji: z.string() }),
  z.object({ type: z.literal('edit'), id: z.string(), text: z.string() }),
  z.object({ type: z.literal('revoke'), id: z.string() }),
  z.object({ type: z.literal('poll'), name: z.string(), options: z.array(z.string()) }),
  z.object({ type: z.literal('button_reply'), id: z.string(), title: z.string() }),
  z.object({ type: z.literal('list_reply'), id: z.string(), title: z.string(), description: z.string().optional() }),
  z.object({ type: z.literal('order'), text: z.string().optional(), order_id: z.string().optional(), token: z.string().optional(), items: z.number().optional() }),
  /** Could not be decrypted (yet): it comes again under the same id when the sender's phone answers. */
  z.object({ type: z.literal('undecryptable') }),
  /** A type that this engine does not show us; `wire_type` is its name there. */
  z.object({ type: z.literal('unsupported'), wire_type: z.string() }),
]);
export type BridgeContent = z.infer<typeof BridgeContent>;
export type BridgeContentType = BridgeContent['type'];
