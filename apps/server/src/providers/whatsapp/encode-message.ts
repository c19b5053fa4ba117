import type { CarrierError, ContactCard, MediaContent, OutboundContent, Peer } from '../../messaging/index.ts';
import type { SendRequest } from '../contract.ts';
import { contentError } from './limits.ts';
import { isWire, type Wire } from './wire.ts';

export type Encoded = { readonly body: Wire } | { readonly error: CarrierError };

/** A message as the Graph API takes it (providers.md §1.2, §1.3). Fails when there is nobody to send to, or a file without an id or link. */
export function encodeMessage({ to, content, correlation, quote }: SendRequest): Encoded {
  const recipient = recipientOf(to);
  if (!recipient) return { error: { class: 'permanent', code: 'recipient', title: 'There is neither a phone number nor a user id to send to.' } };
  const said = encodeContent(content);
  if (said === undefined) return { error: contentError('its file is neither uploaded nor a link') };
  return {
    body: {
      messaging_product: 'whatsapp', recipient_type: 'individual', ...recipient, ...said,
      ...(quote !== undefined && content.type !== 'reaction' ? { context: { message_id: quote } } : {}),
      biz_opaque_callback_data: correlation,
    },
  };
}

/** Marks an inbound message, and all before it, as read; `typing` shows for 25 s or until a message is sent. */
export function encodeMarkRead(remoteId: string, typing: boolean): Wire {
  return { messaging_product: 'whatsapp', status: 'read', message_id: remoteId, ...(typing ? { typing_indicator: { type: 'text' } } : {}) };
}

/** With `+`, else Meta may put the company's own country code before it. */
function recipientOf(to: Peer): { to: string } | { recipient: string } | undefined {
  const phone = to.addresses.find((a) => a.kind === 'phone')?.value;
  if (phone !== undefined) return { to: `+${phone}` };
  const bsuid = to.addresses.find((a) => a.kind === 'bsuid')?.value;
  return bsuid === undefined ? undefined : { recipient: bsuid };
}

function encodeContent(c: OutboundContent): Wire | undefined {
  switch (c.type) {
    case 'text':
      return { type: 'text', text: { body: c.text, ...(c.preview_url === undefined ? {} : { preview_url: c.preview_url }) } };
    case 'image': case 'video': case 'audio': case 'document': case 'sticker': {
      const file = encodeMedia(c.type, c.media);
      return file && { type: c.type, [c.type]: { ...file, ...(c.caption ? { caption: c.caption } : {}) } };
    }
    case 'location':
      return { type: 'location', location: { latitude: c.latitude, longitude: c.longitude, ...(c.name ? { name: c.name } : {}), ...(c.address ? { address: c.address } : {}) } };
    case 'contacts':
      return { type: 'contacts', contacts: c.contacts.map(encodeCard) };
    case 'reaction':
      return { type: 'reaction', reaction: { message_id: c.remote_id, emoji: c.emoji } };
    case 'buttons':
      return interactive('button', c, { buttons: c.buttons.map(({ id, title }) => ({ type: 'reply', reply: { id, title } })) });
    case 'list':
      return interactive('list', c, { button: c.button, sections: c.sections });
    case 'cta_url':
      return interactive('cta_url', c, { name: 'cta_url', parameters: { display_text: c.display_text, url: c.url } });
    case 'interactive':
      return { type: 'interactive', interactive: c.interactive };
    case 'template':
      return { type: 'template', template: { name: c.name, language: { code: c.language }, ...(c.components.length > 0 ? { components: c.components } : {}) } };
  }
}

/** The id at the carrier wins over a link; exactly one may be given. */
function encodeMedia(kind: MediaContent['type'], media: MediaContent['media']): Wire | undefined {
  const source = media.remote_id !== undefined ? { id: media.remote_id } : media.link !== undefined && media.id === undefined ? { link: media.link } : undefined;
  if (!source) return undefined;
  return {
    ...source,
    ...(kind === 'document' && media.filename ? { filename: media.filename } : {}),
    ...(kind === 'audio' && media.voice ? { voice: true } : {}),
  };
}

type Framed = Extract<OutboundContent, { type: 'buttons' | 'list' | 'cta_url' }>;

function interactive(type: string, { header, body, footer }: Framed, action: Wire): Wire | undefined {
  let head: Wire | undefined;
  if (typeof header === 'string') head = { type: 'text', text: header };
  else if (header) {
    const file = encodeMedia(header.type, header.media);
    if (!file) return undefined;
    head = { type: header.type, [header.type]: file };
  }
  return { type: 'interactive', interactive: { type, ...(head ? { header: head } : {}), body: { text: body }, ...(footer ? { footer: { text: footer } } : {}), action } };
}

const CARD_PARTS = ['addresses', 'org', 'urls', 'birthday'] as const;

/** Meta wants formatted_name and one more part of the name. */
function encodeCard(card: ContactCard): Wire {
  const wire = card.wire ?? {};
  const given = isWire(wire['name']) ? wire['name'] : {};
  const parts = Object.keys(given).filter((part) => part !== 'formatted_name');
  return {
    name: { ...(parts.length > 0 ? given : { first_name: card.name }), formatted_name: card.name },
    ...(card.phones.length > 0 ? { phones: card.phones } : {}),
    ...(card.emails.length > 0 ? { emails: card.emails } : {}),
    ...Object.fromEntries(CARD_PARTS.flatMap((part) => (wire[part] === undefined ? [] : [[part, wire[part]]]))),
  };
}
