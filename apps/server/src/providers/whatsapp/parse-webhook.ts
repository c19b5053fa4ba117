import type { AccountEvent, InboundEvent, Line, PreferenceChange } from '../../messaging/index.ts';
import { ParseError } from '../contract.ts';
import { contentKey } from './event-key.ts';
import { parseMessage, type ChangeScope } from './parse-message.ts';
import { parseStatus } from './parse-status.ts';
import { Contacts } from './people.ts';
import { readJson } from './read-json.ts';
import { idText, isWire, isoTime, leftover, merge, text, type Wire } from './wire.ts';

const ENTRY_FIELDS = new Set(['id', 'time', 'changes']);
const CHANGE_FIELDS = new Set(['field', 'value']);
const VALUE_FIELDS = new Set(['messaging_product', 'metadata', 'contacts']);
const METADATA_FIELDS = new Set(['display_phone_number', 'phone_number_id']);
const PREFERENCE_FIELDS = new Set(['wa_id', 'user_id', 'parent_user_id', 'category', 'value', 'timestamp']);

/**
 * A webhook body of the Cloud API (and of 360dialog, which passes it through) as events, in wire order: every entry,
 * change, message and status. Nothing is dropped: what cannot be read becomes an `account` event with the wire object
 * as payload, fields that we do not know are kept in `extra`. Throws ParseError only when the body is no JSON object
 * with an `entry` list. Hand-written: a schema library would cost ten times the 15 µs a message may take.
 */
export function parseWebhook(raw: Buffer): InboundEvent[] {
  const body = readJson(raw);
  const entries = isWire(body) ? body['entry'] : undefined;
  if (!Array.isArray(entries)) throw new ParseError('the body is no object with a list "entry"');
  const events: InboundEvent[] = [];
  for (const entry of entries) {
    if (isWire(entry) && Array.isArray(entry['changes'])) {
      for (const change of entry['changes']) parseChange(entry, change, events);
    } else {
      events.push(account(isWire(entry) ? entry : {}, { field: 'entry', payload: entry }));
    }
  }
  return events;
}

function parseChange(entry: Wire, change: unknown, events: InboundEvent[]): void {
  if (!isWire(change)) return void events.push(account(entry, { field: 'change', payload: change }));
  const value = change['value'];
  // 360dialog has sent messages without a field (recorded 2024).
  const field = text(change['field']) ?? (isWire(value) && (Array.isArray(value['messages']) || Array.isArray(value['statuses'])) ? 'messages' : undefined);
  if (field !== undefined && isWire(value)) {
    const before = events.length;
    switch (field) {
      case 'messages': case 'smb_message_echoes':
        append(events, parseConversation(entry, change, value));
        break;
      case 'user_preferences':
        append(events, parsePreferences(entry, change, value));
        break;
      default:
    }
    if (events.length > before) return;
  }
  events.push(account(entry, { field: field ?? 'change', payload: field === undefined ? change : value, line: lineOf(entry, value), extra: around(entry, field === undefined ? {} : change) }));
}

/** Not by spreading: 4 MiB hold more events than a call takes arguments. */
function append(events: InboundEvent[], more: readonly InboundEvent[]): void {
  for (const event of more) events.push(event);
}

/** `messages`, `message_echoes`, `statuses` and `errors` of one value, in the order in which they stand there. */
function parseConversation(entry: Wire, change: Wire, value: Wire): InboundEvent[] {
  const events: InboundEvent[] = [];
  const parts: [string, readonly unknown[]][] = [];
  const rest: [string, unknown][] = [];
  for (const key in value) {
    const part = value[key];
    if ((key === 'messages' || key === 'message_echoes' || key === 'statuses' || key === 'errors') && Array.isArray(part)) {
      if (part.length > 0) parts.push([key, part]);
    } else if (!VALUE_FIELDS.has(key)) {
      rest.push([key, part]);
    }
  }
  if (parts.length === 0) return events;
  const metadata = isWire(value['metadata']) ? leftover(value['metadata'], METADATA_FIELDS) : undefined;
  if (metadata) rest.push(['metadata', metadata]);
  const line = lineOf(entry, value);
  const contacts = new Contacts(value['contacts']);
  const extra = merge(around(entry, change), rest.length === 0 ? undefined : { value: Object.fromEntries(rest) });
  const scope: ChangeScope = { line, contacts, time: entry['time'], alone: parts.length === 1 && parts[0]![1].length === 1, extra };
  for (const [key, items] of parts) {
    if (key === 'errors') {
      events.push(account(entry, { field: 'errors', payload: items, line, extra }));
      continue;
    }
    for (const item of items) {
      const made = isWire(item) ? parseItem(key, item, scope) : undefined;
      if (made) events.push(...made);
      else events.push(account(entry, { field: key, payload: item, line, extra }));
    }
  }
  const unused = contacts.unused();
  if (unused.length > 0) attach(events, unused);
  return events;
}

function parseItem(key: string, item: Wire, scope: ChangeScope): InboundEvent[] | undefined {
  if (key !== 'statuses') return parseMessage(item, key === 'messages' ? 'in' : 'echo', scope);
  const status = parseStatus(item, scope);
  return status && [status];
}

/** People named in the change whom no message is about: kept with its first event. */
function attach(events: InboundEvent[], contacts: readonly Wire[]): void {
  const [event] = events;
  if (event && event.kind !== 'identity' && event.kind !== 'people') events[0] = { ...event, extra: { ...event.extra, contacts } };
}

/** `user_preferences:[{wa_id, detail, category, value, timestamp}]`. */
function parsePreferences(entry: Wire, change: Wire, value: Wire): InboundEvent[] {
  const events: InboundEvent[] = [];
  const items = value['user_preferences'];
  if (!Array.isArray(items)) return events;
  const line = lineOf(entry, value);
  const contacts = new Contacts(value['contacts']);
  const scope = around(entry, change);
  for (const item of items) {
    const person = isWire(item) ? contacts.find({ phone: item['wa_id'], user: item['user_id'], parent: item['parent_user_id'] }, items.length === 1) : undefined;
    const category = isWire(item) ? text(item['category']) : undefined;
    const word = isWire(item) ? item['value'] : undefined;
    if (!isWire(item) || !person || category === undefined || (word !== 'stop' && word !== 'resume')) {
      events.push(account(entry, { field: 'user_preferences', payload: item, line, extra: scope }));
      continue;
    }
    const extra = merge(leftover(item, PREFERENCE_FIELDS), person.extra && { contact: person.extra }, scope);
    const preference: PreferenceChange = {
      kind: 'preference', key: contentKey('p', entry['id'], entry['time'], item), line, at: isoTime(item['timestamp'], entry['time']),
      peer: person.peer, category, value: word, ...(extra ? { extra } : {}),
    };
    events.push(preference);
  }
  return events;
}

interface Found {
  readonly field: string;
  readonly payload: unknown;
  readonly line?: Line;
  readonly extra?: Wire | undefined;
}

function account(entry: Wire, { field, payload, line, extra }: Found): AccountEvent {
  const stamp = isWire(payload) ? payload['timestamp'] : undefined;
  const where = line ?? wabaOf(entry);
  return {
    kind: 'account', key: contentKey('a', entry['id'], entry['time'], where.id, field, payload), line: where,
    at: isoTime(stamp, entry['time']), field, payload: payload === undefined ? null : payload, ...(extra ? { extra } : {}),
  };
}

function around(entry: Wire, change: Wire): Wire | undefined {
  const ofEntry = leftover(entry, ENTRY_FIELDS);
  const ofChange = leftover(change, CHANGE_FIELDS);
  return merge(ofEntry && { entry: ofEntry }, ofChange && { change: ofChange });
}

function lineOf(entry: Wire, value: unknown): Line {
  const metadata = isWire(value) && isWire(value['metadata']) ? value['metadata'] : undefined;
  const id = metadata && idText(metadata['phone_number_id']);
  if (metadata === undefined || id === undefined) return wabaOf(entry);
  const display = idText(metadata['display_phone_number']);
  const waba_id = idText(entry['id']);
  return { kind: 'number', id, ...(display ? { display } : {}), ...(waba_id ? { waba_id } : {}) };
}

function wabaOf(entry: Wire): Line {
  return { kind: 'waba', id: idText(entry['id']) ?? '' };
}
