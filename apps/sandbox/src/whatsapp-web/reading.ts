/** What a phone reads out of a message that was sealed for it, in the shapes the sandbox's phones show. */
import type { MediaType, proto } from 'baileys';
import type { Extra } from '../store/messages.ts';
import type { Web } from './context.ts';
import { openMedia } from './media.ts';
import type { MediaNote } from './media.ts';

/** A message as its row holds it. */
export interface Read {
  readonly type: string;
  readonly text: string;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly contextId: string | null;
  readonly extra: Extra;
  /** The message it changes, by its id on the wire. */
  readonly changes?: { readonly id: string; readonly edited?: string; readonly revoked?: boolean };
}

/** 0 and 14 of ProtocolMessage.Type. */
const REVOKE = 0;
const EDIT = 14;

function unwrapped(message: proto.IMessage): proto.IMessage {
  const inner = message.ephemeralMessage?.message ?? message.viewOnceMessage?.message ?? message.viewOnceMessageV2?.message ?? message.documentWithCaptionMessage?.message ?? message.editedMessage?.message;
  return inner == null ? message : unwrapped(inner);
}

export async function readMessage(web: Web, given: proto.IMessage, of: { phoneNumberId: string }): Promise<Read> {
  const message = unwrapped(given);
  const text = message.conversation ?? message.extendedTextMessage?.text;
  if (text != null) return said('text', text, { text: { body: text } }, message.extendedTextMessage?.contextInfo);
  const { imageMessage: image, videoMessage: video, audioMessage: audio, documentMessage: document, stickerMessage: sticker } = message;
  if (image != null) return file(web, image, { type: 'image', of });
  if (video != null) return file(web, video, { type: 'video', of });
  if (audio != null) return file(web, audio, { type: 'audio', of, more: { voice: audio.ptt === true } });
  if (document != null) return file(web, document, { type: 'document', of, more: { filename: document.fileName ?? document.title ?? 'file' } });
  if (sticker != null) return file(web, sticker, { type: 'sticker', of });
  return other(message);
}

function other(message: proto.IMessage): Read {
  const { locationMessage: place, contactMessage: contact, contactsArrayMessage: contacts, reactionMessage: reaction, protocolMessage: protocol } = message;
  if (place != null) {
    const location = { latitude: place.degreesLatitude ?? 0, longitude: place.degreesLongitude ?? 0, ...(place.name == null ? {} : { name: place.name }), ...(place.address == null ? {} : { address: place.address }) };
    return said('location', place.name ?? `${location.latitude}, ${location.longitude}`, { location }, place.contextInfo);
  }
  if (contact != null || contacts != null) {
    const cards = (contacts?.contacts ?? [contact ?? {}]).map((card) => ({ name: { formatted_name: card.displayName ?? '' }, phones: phonesOf(card.vcard ?? ''), vcard: card.vcard ?? '' }));
    return said('contacts', cards.map((card) => card.name.formatted_name).join(', '), { contacts: cards }, (contact ?? contacts)?.contextInfo);
  }
  if (reaction != null) return said('reaction', reaction.text ?? '', { reaction: { message_id: reaction.key?.id ?? '', emoji: reaction.text ?? '' } }, null);
  const changed = protocol?.key?.id;
  if (protocol?.type === REVOKE && changed != null) return { ...said('revoke', '', { revoke: { original_message_id: changed } }, null), changes: { id: changed, revoked: true } };
  if (protocol?.type === EDIT && changed != null) {
    const edited = protocol.editedMessage?.conversation ?? protocol.editedMessage?.extendedTextMessage?.text ?? '';
    return { ...said('edit', edited, { edit: { original_message_id: changed, message: { type: 'text', text: { body: edited } } } }, null), changes: { id: changed, edited } };
  }
  const poll = message.pollCreationMessage ?? message.pollCreationMessageV3;
  if (poll != null) return said('poll', poll.name ?? '', { poll: { name: poll.name, options: (poll.options ?? []).map((option) => option.optionName) } }, poll.contextInfo);
  const kind = Object.keys(message).find((key) => key !== 'messageContextInfo') ?? 'nothing';
  return said('unsupported', kind, { unsupported: { type: kind } }, null);
}

function said(type: string, text: string, content: Record<string, unknown>, context: proto.IContextInfo | null | undefined): Read {
  const quoted = context?.stanzaId ?? null;
  return { type, text, contextId: quoted, extra: {}, payload: { type, ...content, ...(quoted === null ? {} : { context: { message_id: quoted } }), ...(context?.isForwarded === true ? { forwarded: true } : {}) } };
}

async function file(
  web: Web, note: MediaNote & { caption?: string | null; contextInfo?: proto.IContextInfo | null },
  what: { type: 'image' | 'video' | 'audio' | 'document' | 'sticker'; of: { phoneNumberId: string }; more?: Record<string, unknown> },
): Promise<Read> {
  const { type, more } = what;
  const kind: MediaType = type;
  const held = await openMedia(web, note, { type: kind, ...what.of });
  const caption = note.caption == null || note.caption === '' ? {} : { caption: note.caption };
  const filename = typeof more?.['filename'] === 'string' ? { filename: more['filename'] } : {};
  const read = said(type, note.caption ?? (typeof more?.['filename'] === 'string' ? more['filename'] : ''), { [type]: { ...(held === undefined ? {} : { id: held.id }), mime_type: note.mimetype, ...caption, ...more } }, note.contextInfo);
  return held === undefined ? read : { ...read, extra: { media: { id: held.id, mime_type: held.mimeType, size: held.size, ...filename } } };
}

function phonesOf(vcard: string): { phone: string; wa_id?: string }[] {
  return [...vcard.matchAll(/^(?:item\d+\.)?TEL([^:]*):(.+)$/gim)].map(([, params = '', phone = '']) => {
    const waId = /waid=(\d+)/i.exec(params)?.[1];
    return { phone: phone.trim(), ...(waId === undefined ? {} : { wa_id: waId }) };
  });
}
