import type { Address, Content, InboundEvent, InboundMessage, Line, MediaContent, Peer, RemoteStatus } from '../../messaging/index.ts';
import { ParseError } from '../contract.ts';
import { contentKey, messageKey, statusKey } from '../whatsapp/event-key.ts';
import { addressOf } from '../whatsapp/jid.ts';
import { idText, isoTime, isWire, leftover, numeric, text, type Wire } from '../whatsapp/wire.ts';

/** The field of a kept webhook that says when it came. */
export const WEBHOOK = 'webhook_at';
/** Where there is no id, the same content within these seconds is the same message (docs/decisions/0001). */
const SAME_WITHIN_S = 5;

const KNOWN = new Set([
  'session_name', 'session_id', 'session', 'from', 'message', 'body', 'text', 'message_id', 'messageId', 'id', 'timestamp', 'name', 'pushName', 'notifyName', 'author', 'participant',
  'type', 'caption', 'media_url', 'mimetype', 'filename', 'quoted_message_id', 'from_me', 'fromMe', 'latitude', 'longitude', 'to',
]);
const MEDIA: Readonly<Record<string, MediaContent['type']>> = { image: 'image', video: 'video', audio: 'audio', ptt: 'audio', voice: 'audio', document: 'document', sticker: 'sticker' };
/** Numbers as the libraries give them, and words. */
const STATUSES: Readonly<Record<string, RemoteStatus>> = {
  '-1': 'failed', 1: 'sent', 2: 'delivered', 3: 'read', 4: 'played', sent: 'sent', server: 'sent', delivered: 'delivered', received: 'delivered', device: 'delivered', read: 'read', played: 'played', failed: 'failed', error: 'failed',
};

/**
 * `{from, message, session_name}` of requirement B3 as a message, and what bridges that know more may add (docs/connect-a-real-number.md):
 * ids, times, groups, files by address, and statuses (`{message_id, status, session_name}`). Throws ParseError without a session.
 */
export function parseForeign(kept: unknown): InboundEvent[] {
  const body = isWire(kept) ? kept['body'] : undefined;
  const at = isWire(kept) ? numeric(kept[WEBHOOK]) : undefined;
  const items = Array.isArray(body) ? body : [body];
  if (at === undefined || items.length === 0) throw new ParseError('the body is no object with a "session_name"');
  return items.map((item: unknown) => {
    const session = isWire(item) ? idText(item['session_name']) ?? idText(item['session_id']) ?? idText(item['session']) : undefined;
    if (!isWire(item) || session === undefined) throw new ParseError('the body is no object with a "session_name"');
    return read(item, { line: { kind: 'number', id: session }, at });
  });
}

interface Scope {
  readonly line: Line;
  /** When it came, in milliseconds since 1970. */
  readonly at: number;
}

function read(w: Wire, scope: Scope): InboundEvent {
  const account = (): InboundEvent => ({ kind: 'account', key: contentKey('b', scope.line.id, Math.floor(scope.at / 1000 / SAME_WITHIN_S), w), line: scope.line, at: isoTime(w['timestamp'], scope.at), field: 'bridge', payload: w });
  return status(w, scope) ?? message(w, scope) ?? account();
}

const messageId = (w: Wire): string | undefined => idText(w['message_id']) ?? idText(w['messageId']) ?? idText(w['id']);

function status(w: Wire, { line, at }: Scope): InboundEvent | undefined {
  const id = messageId(w);
  const word = idText(w['status']) ?? idText(w['ack']);
  if (id === undefined || word === undefined || w['message'] !== undefined) return undefined;
  const known = Object.hasOwn(STATUSES, word.toLowerCase()) ? STATUSES[word.toLowerCase()] : undefined;
  const address = person(w['to'] ?? w['from']);
  return {
    kind: 'status', key: statusKey(id, word, undefined), line, at: isoTime(w['timestamp'], at), remote_id: id, status: known ?? 'warning', ...(address && { peer: { addresses: [address] } }),
    ...(known === 'failed' ? { errors: [{ code: text(w['error']) ?? 'ERROR' }] } : {}), ...(known === undefined ? { extra: { status: word } } : {}),
  };
}

function message(w: Wire, { line, at }: Scope): InboundMessage | undefined {
  const from = text(w['from']) ?? idText(w['from']);
  const content = contentOf(w);
  const group = from?.endsWith('@g.us') === true;
  const mine = w['from_me'] === true || w['fromMe'] === true;
  const address = person(group ? w['author'] ?? w['participant'] : mine ? w['to'] : from);
  if (!content || !address || (group && mine)) return undefined;
  const name = mine ? undefined : text(w['name']) ?? text(w['pushName']) ?? text(w['notifyName']);
  const peer: Peer = { addresses: [address], ...(name && { name }) };
  const id = messageId(w) ?? contentKey('none', line.id, from, Math.floor(at / 1000 / SAME_WITHIN_S), content);
  const quoted = idText(w['quoted_message_id']);
  const extra = leftover(w, KNOWN);
  return {
    kind: 'message', key: messageKey(id), line, at: isoTime(w['timestamp'], at), remote_id: id, direction: mine ? 'echo' : 'in', peer,
    ...(group ? { group_id: from } : {}), content, ...(quoted && { context: { remote_id: quoted } }), ...(extra && { extra }),
  };
}

function contentOf(w: Wire): Content | undefined {
  const words = [w['message'], w['body'], w['text']].find((v) => typeof v === 'string');
  const type = text(w['type']);
  const media = type !== undefined && Object.hasOwn(MEDIA, type) ? MEDIA[type] : undefined;
  const url = text(w['media_url']);
  if (url !== undefined) {
    const [mime_type, filename] = [text(w['mimetype']), text(w['filename'])];
    const kind = media ?? (mime_type?.startsWith('image/') ? 'image' : mime_type?.startsWith('video/') ? 'video' : mime_type?.startsWith('audio/') ? 'audio' : 'document');
    const caption = text(w['caption']) ?? text(words);
    const file: MediaContent['media'] = { remote_id: url, ...(mime_type && { mime_type }), ...(filename && { filename }), ...(kind === 'audio' && { voice: type !== 'audio' }) };
    return { type: kind, media: file, ...(caption && kind !== 'audio' && kind !== 'sticker' && { caption }) };
  }
  const [latitude, longitude] = [numeric(w['latitude']), numeric(w['longitude'])];
  if (type === 'location' && latitude !== undefined && longitude !== undefined) return { type: 'location', latitude, longitude };
  // Its file stayed behind: there is something, and nobody can see it.
  if (media) return { type: 'unsupported', wire_type: type, errors: [] };
  return words === undefined ? undefined : { type: 'text', text: words };
}

/** Digits with or without punctuation, or as WhatsApp Web names people. */
function person(value: unknown): Address | undefined {
  const given = idText(value);
  if (given === undefined) return undefined;
  if (given.includes('@')) return addressOf(given);
  const digits = given.replaceAll(/\D/g, '');
  return /^\d{5,20}$/.test(digits) ? { kind: 'phone', value: digits } : undefined;
}
