import type { Content, MediaContent } from '../../messaging/index.ts';
import { readCard } from '../whatsapp/parse-card.ts';
import { readJson } from '../whatsapp/read-json.ts';
import { idText, isWire, numeric, own, text, type Wire } from '../whatsapp/wire.ts';

/** What a message of WhatsApp Web holds. `said`: the object under its type, where quotes and forwards are noted. */
export interface Said {
  readonly content: Content;
  readonly said: Wire;
}

/** Around the message itself, nothing that people see. */
const AROUND = new Set(['messageContextInfo', 'senderKeyDistributionMessage', 'deviceSentMessage', 'base64', 'mediaUrl']);
/** Wrappers: the message is inside. */
const WRAPPERS = new Set(['ephemeralMessage', 'viewOnceMessage', 'viewOnceMessageV2', 'viewOnceMessageV2Extension', 'documentWithCaptionMessage', 'editedMessage', 'groupMentionedMessage', 'lottieStickerMessage']);
const MEDIA: Readonly<Record<string, MediaContent['type']>> = {
  imageMessage: 'image', videoMessage: 'video', ptvMessage: 'video', audioMessage: 'audio', documentMessage: 'document', stickerMessage: 'sticker',
};
/** Told by WhatsApp in a way that cannot be shown as it was meant. */
const UNSUPPORTED = /^(poll|placeholderMessage|keepInChat|pinInChat|eventMessage|albumMessage|scheduledCall|call)/;

/** Undefined: there is nothing in it for people, such as a key for a group. */
export function readContent(message: unknown, id: string): Said | undefined {
  let inner = isWire(message) ? message : {};
  for (let depth = 0; depth < 5; depth++) {
    const wrapper = Object.keys(inner).find((key) => WRAPPERS.has(key));
    const next = wrapper === undefined ? undefined : inner[wrapper];
    if (!isWire(next)) break;
    inner = isWire(next['message']) ? next['message'] : next;
  }
  const type = Object.keys(inner).find((key) => !AROUND.has(key) && inner[key] !== null && inner[key] !== undefined);
  if (type === undefined) return undefined;
  const body = own(inner, type);
  if (type === 'conversation') return typeof body === 'string' ? { content: { type: 'text', text: body }, said: {} } : undefined;
  const said = isWire(body) ? body : {};
  const content = read(type, said, id);
  if (content === 'nothing') return undefined;
  return { content: content ?? (UNSUPPORTED.test(type) ? { type: 'unsupported', wire_type: type, errors: [] } : { type: 'unknown', wire_type: type, payload: withoutBytes(body) }), said };
}

/** Undefined: not as the type promises, or a type we do not know. */
function read(type: string, w: Wire, id: string): Content | undefined | 'nothing' {
  const media = Object.hasOwn(MEDIA, type) ? MEDIA[type] : undefined;
  if (media) return readMedia(media, w, id);
  switch (type) {
    case 'extendedTextMessage': return typeof w['text'] === 'string' ? { type: 'text', text: w['text'] } : undefined;
    case 'locationMessage': case 'liveLocationMessage': return readLocation(w);
    case 'contactMessage': return { type: 'contacts', contacts: [card(w)] };
    case 'contactsArrayMessage': return { type: 'contacts', contacts: (Array.isArray(w['contacts']) ? w['contacts'] : []).filter(isWire).map(card) };
    case 'reactionMessage': {
      const target = keyId(w['key']);
      return target === undefined ? undefined : { type: 'reaction', remote_id: target, emoji: text(w['text']) ?? '' };
    }
    case 'buttonsResponseMessage': return tap(w['selectedButtonId'], w['selectedDisplayText']);
    case 'templateButtonReplyMessage': return tap(w['selectedId'], w['selectedDisplayText']);
    case 'listResponseMessage': {
      const chosen = isWire(w['singleSelectReply']) ? idText(w['singleSelectReply']['selectedRowId']) : undefined;
      const title = text(w['title']);
      const description = text(w['description']);
      return chosen === undefined && title === undefined ? undefined : { type: 'list_reply', id: chosen ?? title!, title: title ?? chosen!, ...(description ? { description } : {}) };
    }
    case 'interactiveResponseMessage': {
      const reply = isWire(w['nativeFlowResponseMessage']) ? w['nativeFlowResponseMessage'] : {};
      const body = isWire(w['body']) ? text(w['body']['text']) : undefined;
      const name = text(reply['name']);
      return { type: 'flow_reply', ...(name ? { name } : {}), ...(body ? { body } : {}), response: asJson(reply['paramsJson']) };
    }
    case 'protocolMessage': return readProtocol(w);
    default: return undefined;
  }
}

/** Edits and deletions for all; the rest (timers, keys, history) is between phones. */
function readProtocol(w: Wire): Content | 'nothing' {
  const target = keyId(w['key']);
  if (target === undefined) return 'nothing';
  if (isWire(w['editedMessage'])) {
    const now = readContent(w['editedMessage'], target)?.content;
    return { type: 'edit', remote_id: target, text: now?.type === 'text' ? now.text : now && 'media' in now ? now.caption ?? '' : '', message: withoutBytes(w['editedMessage']) as Wire };
  }
  return w['type'] === 0 || w['type'] === 'REVOKE' ? { type: 'revoke', remote_id: target } : 'nothing';
}

/** A file is asked for by the id of its message. */
function readMedia(type: MediaContent['type'], w: Wire, id: string): Content {
  const media: MediaContent['media'] = { remote_id: id };
  const mime_type = text(w['mimetype']);
  const filename = text(w['fileName']) ?? (type === 'document' ? text(w['title']) : undefined);
  const sha256 = text(w['fileSha256']);
  const size = numeric(w['fileLength']);
  if (mime_type) media.mime_type = mime_type;
  if (filename) media.filename = filename;
  if (sha256) media.sha256 = sha256;
  if (size !== undefined && size > 0) media.size = size;
  if (type === 'audio') media.voice = w['ptt'] === true;
  if (type === 'sticker' && typeof w['isAnimated'] === 'boolean') media.animated = w['isAnimated'];
  const caption = text(w['caption']);
  return caption ? { type, media, caption } : { type, media };
}

function readLocation(w: Wire): Content | undefined {
  const latitude = numeric(w['degreesLatitude']);
  const longitude = numeric(w['degreesLongitude']);
  if (latitude === undefined || longitude === undefined) return undefined;
  const [name, address, url] = [text(w['name']) ?? text(w['caption']), text(w['address']), text(w['url'])];
  return { type: 'location', latitude, longitude, ...(name ? { name } : {}), ...(address ? { address } : {}), ...(url ? { url } : {}) };
}

const card = (w: Wire): ReturnType<typeof readCard> => readCard({ name: text(w['displayName']), vcard: w['vcard'] });
const keyId = (key: unknown): string | undefined => (isWire(key) ? text(key['id']) : undefined);

function tap(id: unknown, title: unknown): Content | undefined {
  const [chosen, shown] = [idText(id), text(title)];
  return chosen === undefined && shown === undefined ? undefined : { type: 'button_reply', id: chosen ?? shown!, title: shown ?? chosen! };
}

function asJson(value: unknown): unknown {
  if (typeof value !== 'string') return value ?? null;
  try {
    return readJson(Buffer.from(value));
  } catch {
    return value;
  }
}

/** Thumbnails, keys and hashes are long and say nothing to people. */
const BYTES = /^(jpegThumbnail|base64|mediaKey|fileSha256|fileEncSha256|waveform|midQualityFileSha256|thumbnailSha256|thumbnailEncSha256|messageSecret|scansSidecar|streamingSidecar)$/;
export function withoutBytes(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutBytes);
  if (!isWire(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([key]) => !BYTES.test(key)).map(([key, v]) => [key, withoutBytes(v)]));
}
