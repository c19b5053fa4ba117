import type { AnyMessageContent, WAMessageKey } from 'baileys';
import { assertNever } from '@centralita/kernel';
import { EngineError, type EngineContent, type OutgoingFile } from '../../engine.ts';
import { addressOf } from './addresses.ts';

/** Finds an earlier message by its id. Throws EngineError `invalid` when it is not known. */
export type FindKey = (id: string) => Promise<WAMessageKey>;

/** A content as Baileys sends it. Files are read from this disk while they are encrypted. */
export async function writeContent(content: EngineContent, find: FindKey): Promise<AnyMessageContent> {
  switch (content.type) {
    case 'text': return { text: content.text, linkPreview: null, ...(content.mentions ? { mentions: content.mentions.map(addressOf) } : {}) };
    case 'image': return { image: at(content.media), ...caption(content), mimetype: content.media.mime_type };
    case 'video': return { video: at(content.media), ...caption(content), mimetype: content.media.mime_type, ...(content.media.animated ? { gifPlayback: true } : {}) };
    case 'audio': return { audio: at(content.media), mimetype: content.media.voice ? 'audio/ogg; codecs=opus' : content.media.mime_type, ptt: content.media.voice === true };
    case 'document': return { document: at(content.media), ...caption(content), mimetype: content.media.mime_type, fileName: content.media.filename ?? 'file' };
    case 'sticker': return { sticker: at(content.media), mimetype: content.media.mime_type, ...(content.media.animated ? { isAnimated: true } : {}) };
    case 'location': return { location: { degreesLatitude: content.latitude, degreesLongitude: content.longitude, ...(content.name ? { name: content.name } : {}), ...(content.address ? { address: content.address } : {}) } };
    case 'contacts': return { contacts: { displayName: content.contacts[0]?.name ?? '', contacts: content.contacts.map((c) => ({ displayName: c.name, vcard: c.vcard })) } };
    case 'reaction': return { react: { key: await find(content.id), text: content.emoji } };
    case 'edit': return { edit: await own(content.id, find), text: content.text };
    case 'revoke': return { delete: await find(content.id) };
    default: return assertNever(content);
  }
}

async function own(id: string, find: FindKey): Promise<WAMessageKey> {
  const key = await find(id);
  if (!key.fromMe) throw new EngineError('invalid', 'Only messages of this number can be edited.');
  return key;
}

const at = ({ path }: OutgoingFile): { url: string } => ({ url: path });
const caption = ({ caption: text }: { readonly caption?: string | undefined }): { caption?: string } => (text ? { caption: text } : {});
