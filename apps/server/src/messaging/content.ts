import { z } from 'zod';

/**
 * What a message says, one shape in both directions, stored as JSON and shown by the inbox.
 * `media.id` is ours (`med_…`) once stored; `remote_id` and `link` are where it comes from.
 */
const Media = z.object({
  id: z.string().optional(),
  remote_id: z.string().optional(),
  link: z.string().optional(),
  mime_type: z.string().optional(),
  sha256: z.string().optional(),
  filename: z.string().optional(),
  size: z.number().optional(),
  voice: z.boolean().optional(),
  animated: z.boolean().optional(),
});
const media = <T extends string>(type: T) => z.object({ type: z.literal(type), media: Media, caption: z.string().optional() });

const Option = z.object({ id: z.string().min(1).max(256), title: z.string().min(1).max(20) });
const Row = z.object({ id: z.string().min(1).max(200), title: z.string().min(1).max(24), description: z.string().max(72).optional() });
const header = z.union([z.string().max(60), z.object({ type: z.enum(['image', 'video', 'document']), media: Media })]).optional();

const text = z.object({ type: z.literal('text'), text: z.string(), preview_url: z.boolean().optional() });
const location = z.object({
  type: z.literal('location'), latitude: z.number(), longitude: z.number(),
  name: z.string().optional(), address: z.string().optional(), url: z.string().optional(),
});
const Card = z.object({
  name: z.string(),
  phones: z.array(z.object({ phone: z.string().optional(), wa_id: z.string().optional(), type: z.string().optional() })).default([]),
  emails: z.array(z.object({ email: z.string().optional(), type: z.string().optional() })).default([]),
  /** The card as on the wire: names in parts, addresses, organisation, vcard. */
  wire: z.record(z.string(), z.unknown()).optional(),
});
const contacts = z.object({ type: z.literal('contacts'), contacts: z.array(Card) });
const reaction = z.object({ type: z.literal('reaction'), remote_id: z.string(), emoji: z.string() });
const buttons = z.object({
  type: z.literal('buttons'), body: z.string(), header, footer: z.string().max(60).optional(),
  buttons: z.array(Option).min(1).max(3),
});
const list = z.object({
  type: z.literal('list'), body: z.string(), header: z.string().max(60).optional(), footer: z.string().max(60).optional(),
  button: z.string().min(1).max(20),
  sections: z.array(z.object({ title: z.string().max(24).optional(), rows: z.array(Row).min(1) })).min(1),
});
const cta_url = z.object({ type: z.literal('cta_url'), body: z.string(), display_text: z.string().max(20), url: z.string(), header, footer: z.string().max(60).optional() });
/** Components as the carrier takes them (providers.md §1.3): filled in by whoever knows the template. */
const template = z.object({
  type: z.literal('template'), name: z.string(), language: z.string(),
  components: z.array(z.record(z.string(), z.unknown())).default([]),
  /** The carrier's own id of the template, where it is sent by that. */
  remote_id: z.string().optional(),
  /** The values as given: with them the same template of another carrier is filled in. */
  variables: z.record(z.string(), z.string()).optional(),
  /** The text as the reader sees it, for the thread. */
  preview: z.string().optional(),
});
/** Any other interactive object, as the carrier takes it (flow, product, location request, …). */
const interactive = z.object({ type: z.literal('interactive'), body: z.string(), interactive: z.record(z.string(), z.unknown()) });

// Only inbound
const button_reply = z.object({ type: z.literal('button_reply'), id: z.string(), title: z.string() });
const list_reply = z.object({ type: z.literal('list_reply'), id: z.string(), title: z.string(), description: z.string().optional() });
const template_button = z.object({ type: z.literal('template_button'), payload: z.string(), text: z.string() });
const flow_reply = z.object({ type: z.literal('flow_reply'), name: z.string().optional(), body: z.string().optional(), response: z.unknown() });
const order = z.object({
  type: z.literal('order'), catalog_id: z.string().optional(), text: z.string().optional(),
  items: z.array(z.object({ product: z.string(), quantity: z.number(), price: z.number().optional(), currency: z.string().optional() })),
});
const system = z.object({ type: z.literal('system'), event: z.string(), text: z.string(), data: z.record(z.string(), z.unknown()).optional() });
const edit = z.object({ type: z.literal('edit'), remote_id: z.string(), text: z.string(), message: z.record(z.string(), z.unknown()).optional() });
const revoke = z.object({ type: z.literal('revoke'), remote_id: z.string() });
const welcome_request = z.object({ type: z.literal('welcome_request') });
/** Told by the carrier that it cannot show us this one: polls, view-once and the like. */
const unsupported = z.object({ type: z.literal('unsupported'), wire_type: z.string().optional(), errors: z.array(z.record(z.string(), z.unknown())).default([]) });
/** A type we do not know: the wire object is kept and shown. */
const unknown = z.object({ type: z.literal('unknown'), wire_type: z.string(), payload: z.unknown() });

const outbound = [
  text, media('image'), media('video'), media('audio'), media('document'), media('sticker'), location, contacts, reaction,
  buttons, list, cta_url, template, interactive,
] as const;
const inboundOnly = [
  button_reply, list_reply, template_button, flow_reply, order, system, edit, revoke, welcome_request, unsupported, unknown,
] as const;

export const OutboundContent = z.discriminatedUnion('type', outbound);
export type OutboundContent = z.infer<typeof OutboundContent>;
export const Content = z.discriminatedUnion('type', [...outbound, ...inboundOnly]);
export type Content = z.infer<typeof Content>;

export type MediaContent = Extract<Content, { media: unknown }>;
export type TemplateContent = Extract<Content, { type: 'template' }>;
export type ContactCard = z.infer<typeof Card>;

/** Readable text of any content: search, previews, and what a bot reads. Locations and contacts as text too (E4). */
export function contentText(c: Content): string {
  switch (c.type) {
    case 'text': return c.text;
    case 'image': case 'video': case 'audio': case 'document': case 'sticker': return c.caption ?? c.media.filename ?? '';
    case 'location': return [c.name, c.address, `${c.latitude}, ${c.longitude}`].filter(Boolean).join(' · ');
    case 'contacts': return c.contacts.map((k) => [k.name, ...k.phones.map((p) => p.phone ?? p.wa_id)].filter(Boolean).join(' ')).join('\n');
    case 'reaction': return c.emoji;
    case 'buttons': case 'list': case 'cta_url': case 'interactive': return c.body;
    case 'template': return c.preview ?? c.name;
    case 'button_reply': case 'list_reply': return c.title;
    case 'template_button': return c.text;
    case 'flow_reply': return c.body ?? '';
    case 'order': return [c.text, ...c.items.map((i) => `${i.quantity} × ${i.product}`)].filter(Boolean).join('\n');
    case 'system': return c.text;
    case 'edit': return c.text;
    case 'revoke': case 'welcome_request': return '';
    case 'unsupported': return c.wire_type ?? '';
    case 'unknown': return c.wire_type;
  }
}
