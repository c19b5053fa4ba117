import { NO_TIME, type Address, type InboundEvent, type InboundMessage, type Line, type Peer, type RemoteStatus, type StatusUpdate } from '../../messaging/index.ts';
import { ParseError } from '../contract.ts';
import { contentKey, messageKey, statusKey } from '../whatsapp/event-key.ts';
import { contentsOf, CONTENT_FIELDS, type Form } from './parse-content.ts';

/** Where `receipt` keeps the query of the address. */
export const QUERY = 'CallbackQuery';

/** The words of Twilio that are steps of the one ladder. Others are kept as they are. */
const STATUSES: Readonly<Record<string, RemoteStatus>> = { sent: 'sent', delivered: 'delivered', read: 'read', failed: 'failed', undelivered: 'failed', canceled: 'failed' };

const STATUS_FIELDS = new Set([
  'MessageSid', 'SmsSid', 'MessageStatus', 'SmsStatus', 'To', 'From', 'AccountSid', 'ApiVersion', 'ChannelPrefix', 'ChannelToAddress', 'ChannelInstallSid',
  'StructuredMessage', 'EventType', 'ErrorCode', 'ErrorMessage', 'ChannelStatusMessage', 'RawDlrDoneDate', QUERY,
]);
const MESSAGE_FIELDS = new Set([
  'SmsMessageSid', 'MessageSid', 'SmsSid', 'AccountSid', 'From', 'To', 'NumSegments', 'SmsStatus', 'MessageStatus', 'ApiVersion', 'ProfileName', 'WaId',
  'ExternalUserId', 'ParentExternalUserId', 'ProfileUsername', 'OriginalRepliedMessageSid', 'OriginalRepliedMessageSender', 'Forwarded', 'FrequentlyForwarded', QUERY,
]);

/**
 * A webhook of Twilio as events: one message (several, when it has several files) or one status. Fields that we do not know are
 * kept in `extra`. Twilio tells no times: `at` is NO_TIME. Throws ParseError when it is no form of Twilio's.
 */
export function parseForm(raw: Buffer): InboundEvent[] {
  const form: Record<string, string> = {};
  for (const [key, value] of new URLSearchParams(raw.toString('utf8'))) {
    if (!Object.hasOwn(form, key)) Object.defineProperty(form, key, { value: sound(value), enumerable: true, configurable: true, writable: true });
  }
  const sid = form['MessageSid'] || form['SmsSid'];
  const account = form['AccountSid'];
  if (!sid && !account) throw new ParseError('the body is no form with a MessageSid or an AccountSid');
  const word = (form['MessageStatus'] || form['SmsStatus'] || '').toLowerCase();
  const event = sid === undefined || sid === '' ? undefined : isInbound(form, word) ? messages(form, sid) : word !== '' ? status(form, sid, word) : undefined;
  if (event && event.length > 0) return event;
  const line: Line = { kind: 'number', id: digits(form['To']) ?? digits(form['From']) ?? account ?? '' };
  return [{ kind: 'account', key: contentKey('a', form), line, at: NO_TIME, field: 'twilio', payload: form }];
}

const isInbound = (form: Form, word: string): boolean => word === 'received' || word === 'receiving' || (word === '' && (form['Body'] !== undefined || form['NumMedia'] !== undefined));

function messages(form: Form, sid: string): InboundMessage[] {
  const peer = peerOf(form, form['From']);
  const line = lineOf(form['To']);
  if (!peer || !line) return [];
  const replied = form['OriginalRepliedMessageSid'];
  const from = form['OriginalRepliedMessageSender'];
  const forwarded = form['Forwarded'] === 'true' || form['FrequentlyForwarded'] === 'true';
  const context = { ...(replied ? { remote_id: replied } : {}), ...(from ? { from: digits(from) ?? from } : {}), ...(forwarded ? { forwarded } : {}) };
  const referral = Object.fromEntries(Object.entries(form).filter(([key, value]) => key.startsWith('Referral') && key !== 'ReferralNumMedia' && value !== ''));
  const extra = leftover(form, (key) => MESSAGE_FIELDS.has(key) || CONTENT_FIELDS.test(key) || key.startsWith('Referral'));
  return contentsOf(form).map((content, n) => {
    // WhatsApp has one file per message; should more come, each is a message of its own.
    const id = n === 0 ? sid : `${sid}/${n}`;
    return {
      kind: 'message', key: messageKey(id), line, at: NO_TIME, remote_id: id, direction: 'in', peer, content,
      ...(Object.keys(context).length > 0 ? { context } : {}), ...(Object.keys(referral).length > 0 ? { referral } : {}), ...(extra ? { extra } : {}),
    };
  });
}

function status(form: Form, sid: string, word: string): StatusUpdate[] {
  const line = lineOf(form['From']);
  if (!line) return [];
  const known = Object.hasOwn(STATUSES, word) ? STATUSES[word] : undefined;
  const peer = peerOf({}, form['To']);
  const correlation = new URLSearchParams(form[QUERY] ?? '').get('correlation');
  const code = form['ErrorCode'] && form['ErrorCode'] !== '0' ? form['ErrorCode'] : known === 'failed' ? word : undefined;
  const title = form['ErrorMessage'] || form['ChannelStatusMessage'];
  const rest = leftover(form, (key) => STATUS_FIELDS.has(key));
  const extra = known === undefined ? { ...rest, status: word } : rest;
  return [{
    kind: 'status', key: statusKey(sid, word, undefined), line, at: NO_TIME, remote_id: sid, status: known ?? 'warning',
    ...(peer ? { peer } : {}), ...(correlation ? { correlation } : {}), ...(code ? { errors: [{ code, ...(title ? { title } : {}) }] } : {}), ...(extra ? { extra } : {}),
  }];
}

/** Whoever is in `address` (`whatsapp:+1555…`, or `whatsapp:US.1349…` without any number), and what the form tells besides. */
function peerOf(form: Form, address: string | undefined): Peer | undefined {
  const addresses: Address[] = [];
  const add = (kind: Address['kind'], value: string | undefined): void => {
    if (value && !addresses.some((a) => a.kind === kind && a.value === value)) addresses.push({ kind, value });
  };
  add('phone', digits(address));
  add('phone', digits(form['WaId']));
  if (digits(address) === undefined) add('bsuid', bare(address));
  add('bsuid', bare(form['ExternalUserId']));
  add('parent_bsuid', bare(form['ParentExternalUserId']));
  if (addresses.length === 0) return undefined;
  add('username', form['ProfileUsername']?.replace(/^@/, ''));
  const name = form['ProfileName'];
  return name ? { addresses, name } : { addresses };
}

const bare = (value: string | undefined): string | undefined => value?.replace(/^whatsapp:/i, '') || undefined;

/** Only what is written as a number: a user id holds digits too. */
function digits(address: string | undefined): string | undefined {
  const number = bare(address)?.replace(/^\+/, '');
  return number !== undefined && /^\d{5,20}$/.test(number) ? number : undefined;
}

function lineOf(address: string | undefined): Line | undefined {
  const id = digits(address) ?? bare(address);
  return id === undefined ? undefined : { kind: 'number', id, ...(digits(address) ? { display: `+${id}` } : {}) };
}

function leftover(form: Form, known: (key: string) => boolean): Record<string, unknown> | undefined {
  const rest = Object.entries(form).filter(([key, value]) => value !== '' && !known(key));
  return rest.length === 0 ? undefined : Object.fromEntries(rest);
}

function sound(value: string): string {
  return value.toWellFormed().replaceAll('\0', '\ufffd');
}
