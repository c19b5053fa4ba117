import type { CarrierError, ContactCard, MediaContent, OutboundContent, Peer } from '../../messaging/index.ts';
import type { MediaFile } from '../contract.ts';
import { asText } from '../whatsapp/as-text.ts';
import { jidOf, numberOf } from '../whatsapp/jid.ts';
import { checkPhone, phoneOf } from '../whatsapp/phone-limits.ts';
import type { Wire } from '../whatsapp/wire.ts';

export interface Encoded {
  /** As in POST /message/{call}/{instance}. */
  readonly call: string;
  readonly body: Wire;
}

/** What is said, as Evolution takes it (providers.md §4.2); `file`: the content's own. */
export function encode(c: OutboundContent, { to, file, quote }: { readonly to: Peer; readonly file?: MediaFile | undefined; readonly quote?: string | undefined }): Encoded | CarrierError {
  const refusal = checkPhone(c);
  if (refusal) return refusal;
  const number = numberOf(to);
  if (number === undefined) return { class: 'permanent', code: 'recipient', title: 'There is neither a phone number nor a LID to send to.' };
  const about = { number, ...(quote === undefined ? {} : { quoted: { key: { id: quote } } }) };
  switch (c.type) {
    case 'text': return { call: 'sendText', body: { ...about, text: c.text, ...(c.preview_url === undefined ? {} : { linkPreview: c.preview_url }) } };
    case 'list': return { call: 'sendText', body: { ...about, text: asText(c) } };
    case 'buttons': case 'cta_url':
      return typeof c.header === 'object' ? withFile({ type: c.header.type, media: c.header.media, caption: asText(c) }, about, file) : { call: 'sendText', body: { ...about, text: asText(c) } };
    case 'image': case 'video': case 'audio': case 'document': case 'sticker': return withFile(c, about, file);
    case 'location': {
      // All four are required, and none may be empty.
      const place = `${c.latitude}, ${c.longitude}`;
      return { call: 'sendLocation', body: { ...about, latitude: c.latitude, longitude: c.longitude, name: c.name ?? c.address ?? place, address: c.address ?? c.name ?? place } };
    }
    case 'contacts': return { call: 'sendContact', body: { ...about, contact: c.contacts.map(encodeCard) } };
    case 'reaction': return { call: 'sendReaction', body: { key: { remoteJid: jidOf(to), fromMe: false, id: c.remote_id }, reaction: c.emoji } };
    case 'template': case 'interactive': return { class: 'fall_back', code: 'content', title: 'A phone cannot send this.' };
  }
}

/** The bytes themselves as base64, or a link that Evolution fetches. */
function withFile({ type, media, caption }: Pick<MediaContent, 'type' | 'media' | 'caption'>, about: Wire, file: MediaFile | undefined): Encoded | CarrierError {
  const source = file ? file.data.toString('base64') : media.link;
  if (source === undefined) return { class: 'permanent', code: 'content', title: 'The file of the message is missing.' };
  const mime = file?.mime_type ?? media.mime_type;
  if (type === 'sticker') return { call: 'sendSticker', body: { ...about, sticker: source } };
  // Ogg needs no converting; anything else is made a voice note there.
  if (type === 'audio' && media.voice) return { call: 'sendWhatsAppAudio', body: { ...about, audio: source, encoding: mime?.startsWith('audio/ogg') !== true } };
  const fileName = media.filename ?? file?.filename;
  return {
    call: 'sendMedia',
    body: { ...about, mediatype: type, media: source, ...(mime ? { mimetype: mime } : {}), ...(caption ? { caption } : {}), ...(fileName ? { fileName } : {}) },
  };
}

function encodeCard(card: ContactCard): Wire {
  const wa = card.phones.find((p) => p.wa_id)?.wa_id;
  const email = card.emails.find((e) => e.email)?.email;
  return { fullName: card.name, phoneNumber: phoneOf(card), ...(wa ? { wuid: wa } : {}), ...(email ? { email } : {}) };
}
