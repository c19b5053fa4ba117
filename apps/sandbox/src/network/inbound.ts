/** What a phone sends: stored, shown to the page, told to the business's webhook. */
import type { Sandbox } from '../context.ts';
import type { BusinessNumber } from '../store/identities.ts';
import type { Extra, Message } from '../store/messages.ts';
import type { Phone } from '../store/phones.ts';
import { newMessageId } from './ids.ts';
import { isOverWeb, viewersOf, viewFor } from './viewers.ts';

/** A message as a phone writes it, already checked. */
export interface Inbound {
  /** `type` on the wire. */
  readonly type: string;
  readonly text: string;
  /** Members of the message object besides from, id, timestamp, type and context, as JSON without the braces. */
  readonly members: string;
  readonly context?: Readonly<Record<string, unknown>> & { readonly id?: string };
  /** System messages come without `contacts`. */
  readonly withoutContacts?: boolean;
  readonly extra?: Extra;
}

export interface Line {
  readonly phone: Phone;
  readonly business: BusinessNumber;
}

/** The contact object of webhooks. */
export function contactJson(phone: Phone): string {
  const profile: Record<string, string> = { name: phone.name === '' ? phone.display : phone.name };
  if (phone.username !== null) profile['username'] = phone.username;
  const waId = phone.shareNumber ? `"wa_id":"${phone.number}",` : '';
  return `{"profile":${JSON.stringify(profile)},${waId}"user_id":"${phone.bsuid}"}`;
}

/** Stores it and queues its webhook with the current transaction; it is out once that is committed. */
export function receiveFromPhone(sandbox: Sandbox, line: Line, what: Inbound): Message {
  const { phone, business } = line;
  const at = sandbox.runtime.now();
  const id = newMessageId(sandbox.runtime, { number: phone.number, carrier: business.carrier, media: what.extra?.media !== undefined });
  const json = messageJson(phone, what, { id, at });
  const message = sandbox.messages.insert(id, {
    phoneNumberId: business.phoneNumberId, number: phone.number, direction: 'out', type: what.type, text: what.text, status: 'sent',
    callback: null, contextId: quotedBy(what), payload: json, extra: what.extra ?? null, createdAt: at, next: null,
  });
  sandbox.limits.throughput(business);
  const chat = sandbox.phones.chat(business.phoneNumberId, phone.number);
  chat.lastInboundAt = at;
  chat.lastSeq = message.seq;
  sandbox.phones.touch(chat);
  const contacts = what.withoutContacts === true ? '' : `"contacts":[${contactJson(phone)}],`;
  sandbox.publisher.publish(business, { label: 'message', number: phone.number, messageId: id, value: `${contacts}"messages":[${json}]` });
  tellMessage(sandbox, message);
  return message;
}

const quotedBy = (what: Inbound): string | null => (typeof what.context?.id === 'string' ? what.context.id : null);

/** The message object of webhooks. */
function messageJson(phone: Phone, what: Inbound, { id, at }: { id: string; at: number }): string {
  let json = phone.shareNumber ? `{"from":"${phone.number}",` : '{';
  json += `"from_user_id":"${phone.bsuid}","id":"${id}","timestamp":"${Math.floor(at / 1000)}","type":${JSON.stringify(what.type)}`;
  if (what.context !== undefined) json += `,"context":${JSON.stringify(what.context)}`;
  json += what.members === '' ? '}' : `,${what.members}}`;

  return json;
}

/** Stores what a phone writes over WhatsApp Web to another phone (it is linked itself), or to a group. */
export function sendOverWeb(sandbox: Sandbox, of: { phone: Phone; to: { group: string } | { number: string } }, what: Inbound): Message {
  const { phone, to } = of;
  const at = sandbox.runtime.now();
  const id = newMessageId(sandbox.runtime, { number: phone.number, carrier: 'whatsapp-web' });
  const shared = { type: what.type, text: what.text, callback: null, contextId: quotedBy(what), payload: messageJson(phone, what, { id, at }), extra: what.extra ?? null, createdAt: at };
  const message = 'group' in to
    ? sandbox.messages.insert(id, { ...shared, phoneNumberId: to.group, number: phone.number, direction: 'out', status: 'sent', next: null })
    : sandbox.messages.insert(id, { ...shared, phoneNumberId: `${phone.number}@s.whatsapp.net`, number: sandbox.phones.ensure(to.number).number, direction: 'in', status: 'accepted', next: 'sent' });
  sandbox.web.publish({ label: 'message', number: phone.number, messageId: id, value: '' });
  sandbox.journal.afterCommit(() => sandbox.ladder.start(message));
  tellMessage(sandbox, message);
  return message;
}

/** The business's webhook answered 200: the phone's second tick. */
export function heardByBusiness(sandbox: Sandbox, messageId: string): void {
  const message = sandbox.messages.byId(messageId);
  if (message !== undefined) tick(sandbox, message, 'delivered');
}

/** The business marked a message as read, which counts for the earlier ones too. */
export function readByBusiness(sandbox: Sandbox, message: Message): void {
  const earlier = { number: message.number, phoneNumberId: message.phoneNumberId, direction: 'out' as const, upTo: message.seq };
  for (const unread of sandbox.messages.unread(earlier)) tick(sandbox, unread, 'read');
}

/** The other side has it, or has read it. */
export function tick(sandbox: Sandbox, message: Message, status: 'delivered' | 'read' | 'played'): void {
  if (sandbox.messages.climb(message, status, { at: sandbox.runtime.now(), next: null })) tellMessage(sandbox, message);
}

/** Shows a message, or what became of it, on the pages that are open. */
export function tellMessage(sandbox: Sandbox, message: Message): void {
  if (!sandbox.live.heard) return;
  // Over WhatsApp Web it may have been read since whoever tells of it took it up.
  const now = isOverWeb(message) ? sandbox.messages.bySeq(message.seq) ?? message : message;
  for (const viewer of viewersOf(sandbox, now)) sandbox.live.tell({ kind: 'message', number: viewer, message: viewFor(sandbox, now, viewer) });
}
