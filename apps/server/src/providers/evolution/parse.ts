import { NO_TIME, type AccountEvent, type InboundEvent, type InboundMessage, type Line, type RemoteStatus } from '../../messaging/index.ts';
import { ParseError } from '../contract.ts';
import { contentKey, messageKey, statusKey } from '../whatsapp/event-key.ts';
import { digitsOf, personOf } from '../whatsapp/jid.ts';
import { readJson } from '../whatsapp/read-json.ts';
import { idText, isoTime, isWire, leftover, numeric, text, type Wire } from '../whatsapp/wire.ts';
import { readContent, withoutBytes } from './parse-content.ts';

const DATA_FIELDS = new Set(['key', 'pushName', 'status', 'message', 'contextInfo', 'messageType', 'messageTimestamp', 'instanceId', 'source', 'chatwootMessageId', 'chatwootInboxId', 'chatwootConversationId', 'owner', 'id']);
/** Its ladder on ours; PENDING and words of tomorrow are kept as they are. */
const STATUSES: Readonly<Record<string, RemoteStatus>> = { SERVER_ACK: 'sent', DELIVERY_ACK: 'delivered', READ: 'read', PLAYED: 'played', ERROR: 'failed', DELETED: 'deleted' };
/** Where there is no id, the same content within these seconds is the same message (docs/decisions/0001). */
const SAME_WITHIN_S = 5;

/** What the events of one body share. */
interface Scope {
  readonly line: Line;
  readonly event: string;
  readonly instance: string;
  readonly date: unknown;
}

/**
 * A webhook of Evolution 2.3 (and 2.4) as events. Nothing is dropped: what is no message and no status becomes an `account` event,
 * without codes that would pair a phone. Times are those of the messages; `date_time` is local time with a false Z. Throws
 * ParseError when the body is no object with an event and an instance.
 */
export function parseWebhook(raw: Buffer): InboundEvent[] {
  const body = readJson(raw);
  const event = isWire(body) ? text(body['event'])?.toLowerCase().replaceAll(/[_-]/g, '.') : undefined;
  const instance = isWire(body) ? idText(body['instance']) ?? (isWire(body['instance']) ? idText(body['instance']['instanceName']) : undefined) : undefined;
  if (!isWire(body) || event === undefined || instance === undefined) throw new ParseError('the body is no object with an "event" and an "instance"');
  const display = digitsOf(body['sender']);
  const scope: Scope = { event, instance, date: body['date_time'], line: { kind: 'number', id: instance, ...(display ? { display: `+${display}` } : {}) } };
  const { data } = body;
  const items: unknown[] = Array.isArray(data) ? data : isWire(data) && Array.isArray(data['messages']) ? data['messages'] : [data];
  const read = READERS[event];
  if (!read) return [account(scope, data)];
  return items.map((item) => (isWire(item) ? read(item, scope) : undefined) ?? account(scope, item));
}

const READERS: Readonly<Record<string, (item: Wire, scope: Scope) => InboundEvent | undefined>> = {
  'messages.upsert': message,
  'messages.update': status,
  // What was sent over the API: its first status. The message itself is known already, or belongs to another program.
  'send.message': (item, scope) => status({ ...(isWire(item['key']) ? item['key'] : {}), keyId: isWire(item['key']) ? item['key']['id'] : undefined, status: item['status'] ?? 'PENDING' }, scope),
  'messages.delete': (item, scope) => change(item, scope, (id) => ({ type: 'revoke', remote_id: id })),
  'messages.edited': (item, scope) => change(item, scope, (id) => {
    const said = readContent(item['message'] ?? item['editedMessage'], id)?.content;
    if (said?.type === 'edit') return said;
    return { type: 'edit', remote_id: id, text: said?.type === 'text' ? said.text : said && 'media' in said ? said.caption ?? '' : '' };
  }),
};

function message(item: Wire, scope: Scope): InboundMessage | undefined {
  const key = isWire(item['key']) ? item['key'] : {};
  const jid = text(key['remoteJid']) ?? '';
  const group = jid.endsWith('@g.us');
  const mine = key['fromMe'] === true;
  // What the phone itself wrote in a group has nobody at its other end.
  if (group && mine) return undefined;
  const peer = personOf(key, { group, name: mine ? undefined : text(item['pushName']) });
  const id = text(key['id']);
  const read = peer && readContent(item['message'], id ?? '');
  if (!peer || !read) return undefined;
  // Very old servers give no id: then the same content is told by its time.
  const own = id ?? contentKey('none', jid, Math.floor((numeric(item['messageTimestamp']) ?? 0) / SAME_WITHIN_S), item['message']);
  const context = contextOf(item, read.said);
  const extra = leftover(item, DATA_FIELDS);
  return {
    kind: 'message', key: messageKey(own), line: scope.line, at: isoTime(item['messageTimestamp']), remote_id: own, direction: mine ? 'echo' : 'in', peer,
    ...(group ? { group_id: jid } : {}), content: read.content, ...context, ...(extra ? { extra: withoutBytes(extra) as Wire } : {}),
  };
}

/** Quotes, forwards, and the advertisement that somebody came from. */
function contextOf(item: Wire, said: Wire): Pick<InboundMessage, 'context' | 'referral'> {
  const info = [said['contextInfo'], item['contextInfo']].find((c) => isWire(c) && Object.keys(c).length > 0);
  if (!isWire(info)) return {};
  const quoted = text(info['stanzaId']);
  const from = digitsOf(info['participant']);
  const forwarded = info['isForwarded'] === true;
  const ad = info['externalAdReply'];
  const context = { ...(quoted ? { remote_id: quoted, ...(from ? { from } : {}) } : {}), ...(forwarded ? { forwarded } : {}) };
  return { ...(Object.keys(context).length > 0 ? { context } : {}), ...(isWire(ad) ? { referral: withoutBytes(ad) as Wire } : {}) };
}

/** A change of an earlier message, which has an id of its own only here. */
function change(item: Wire, scope: Scope, content: (id: string) => InboundMessage['content']): InboundMessage | undefined {
  const key = isWire(item['key']) ? item['key'] : item;
  const said = isWire(item['message']) || isWire(item['editedMessage']) ? readContent(item['message'] ?? item['editedMessage'], '')?.content : undefined;
  const id = said?.type === 'edit' ? said.remote_id : text(key['id']) ?? text(item['keyId']);
  const jid = text(key['remoteJid']) ?? text(item['remoteJid']) ?? '';
  const group = jid.endsWith('@g.us');
  const peer = personOf({ ...item, ...key }, { group });
  if (id === undefined || !peer || (group && key['fromMe'] === true)) return undefined;
  const made = content(id);
  const own = `${made.type}:${id}:${contentKey('v', made.type === 'edit' ? made.text : '', item['messageTimestamp'])}`;
  return {
    kind: 'message', key: messageKey(own), line: scope.line, at: isoTime(item['messageTimestamp']), remote_id: own, direction: key['fromMe'] === true ? 'echo' : 'in', peer,
    ...(group ? { group_id: jid } : {}), content: made,
  };
}

/** `{keyId, remoteJid, fromMe, participant, status}`, flat; `keyId` is the message. */
function status(item: Wire, scope: Scope): InboundEvent | undefined {
  const id = text(item['keyId']) ?? (isWire(item['key']) ? text(item['key']['id']) : undefined);
  const word = text(item['status']);
  if (id === undefined || word === undefined) return undefined;
  const known = Object.hasOwn(STATUSES, word) ? STATUSES[word] : undefined;
  const jid = text(item['remoteJid']) ?? '';
  const group = jid.endsWith('@g.us');
  const participant = group ? text(item['participant']) : undefined;
  const peer = personOf(item, { group });
  return {
    kind: 'status', key: statusKey(id, word, participant), line: scope.line, at: NO_TIME, remote_id: id, status: known ?? 'warning', ...(peer ? { peer } : {}), ...(group ? { group_id: jid } : {}),
    ...(known === 'failed' ? { errors: [{ code: 'ERROR' }] } : {}), ...(known === undefined ? { extra: { status: word } } : {}),
  };
}

/** A picture or code that pairs a phone is a key to the account: it is not kept. */
const PAIRING = /^(base64|code|pairingCode|apikey|hash|token)$/;
function account({ line, event, instance, date }: Scope, payload: unknown): AccountEvent {
  const clean = withoutPairing(withoutBytes(payload));
  return { kind: 'account', key: contentKey('a', event, instance, date, clean), line, at: isoTime(isWire(payload) ? payload['messageTimestamp'] : undefined), field: event, payload: clean ?? null };
}

function withoutPairing(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutPairing);
  if (!isWire(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([key]) => !PAIRING.test(key)).map(([key, v]) => [key, withoutPairing(v)]));
}
