/** POST /{PHONE_ID}/messages: check, limit, accept, answer. */
import { newMessageId } from '../../network/ids.ts';
import { readByBusiness } from '../../network/inbound.ts';
import { plainDigits, waId, withCountry } from '../../network/numbers.ts';
import { messageView, windowEnd } from '../../network/view.ts';
import type { Sandbox } from '../../context.ts';
import type { BusinessNumber } from '../../store/identities.ts';
import type { Extra, Message, NextStep, StatusFailure } from '../../store/messages.ts';
import type { Phone } from '../../store/phones.ts';
import { GraphError, statusFailure } from '../errors.ts';
import { isFields, object, optionalText } from '../fields.ts';
import type { Fields } from '../fields.ts';
import { checkContent } from './content.ts';
import type { CheckContext, Draft } from './draft.ts';

/** The body, and the text it came as: the witness keeps what was really sent. */
export interface SendRequest {
  readonly body: Fields;
  readonly raw: string;
  /** What the sender's carrier keeps of it besides. */
  readonly extra?: Extra;
}

export interface Recipient {
  readonly number: string;
  readonly input: string;
  readonly byBsuid: boolean;
}

/** Accepts a message or throws Meta's error. Returns the answer's JSON, to be sent after the commit. */
export function acceptSend(sandbox: Sandbox, business: BusinessNumber, request: SendRequest): string {
  const { body } = request;
  if (body['messaging_product'] !== 'whatsapp') throw new GraphError(100, 'The parameter messaging_product is required, and must be "whatsapp".');
  if (body['status'] !== undefined) return markRead(sandbox, business, body);
  const { message, target, draft } = acceptMessage(sandbox, business, request);
  return answer(message.id, target, { phone: sandbox.phones.ensure(target.number), template: draft.type === 'template' });
}

/** The same for every carrier: the message is Meta's, whatever it was translated from. */
export function acceptMessage(sandbox: Sandbox, business: BusinessNumber, request: SendRequest): { message: Message; target: Recipient; draft: Draft } {
  const { body } = request;
  const target = recipientOf(sandbox, business, body);
  const draft = checkContent(body, checkContext(sandbox, business, target.byBsuid));
  const callback = optionalText(body, 'biz_opaque_callback_data', { path: 'biz_opaque_callback_data', max: 512 }) ?? null;
  const contextId = body['context'] === undefined ? null : contextOf(body);
  if (target.number === business.businessNumber) throw new GraphError(131021, 'The recipient is the sender itself.');

  const chat = sandbox.phones.chat(business.phoneNumberId, target.number);
  const phone = sandbox.phones.ensure(target.number);
  const inWindow = windowEnd(chat, sandbox.runtime.now()) !== null;
  // A phone that is only bridged knows no window, no tiers and no opt-outs.
  const bridged = business.carrier === 'evolution';
  const failure = bridged ? undefined : laterFailure(draft, { phone, inWindow, rule: sandbox.tunables.now.window });
  if (failure?.code === 131047 && sandbox.tunables.now.window === 'sync') throw new GraphError(131047, failure.error_data.details);
  // Counted last: what is refused for another reason uses up nothing.
  if (!bridged && !sandbox.limits.throughput(business)) throw new GraphError(130429, 'Cloud API message throughput has been reached.');
  if (!bridged && !sandbox.limits.pair(business, chat)) {
    throw new GraphError(131056, 'Too many messages sent from this phone number to the same recipient in a short period of time.');
  }
  const id = newMessageId(sandbox.runtime, { number: target.number, carrier: business.carrier, media: draft.media.length > 0 });
  const links = draft.media.filter((reference) => reference.link !== null);
  const next: NextStep = failure !== undefined ? 'failed' : links.length > 0 ? 'fetch' : 'sent';
  const message = sandbox.messages.insert(id, {
    phoneNumberId: business.phoneNumberId, number: target.number, direction: 'in', type: draft.type, text: draft.text, status: 'accepted',
    callback, contextId, payload: request.raw, extra: request.extra === undefined ? extraOf(draft, failure, inWindow) : { ...extraOf(draft, failure, inWindow), ...request.extra }, createdAt: sandbox.runtime.now(), next,
  });
  chat.lastSeq = message.seq;
  sandbox.phones.touch(chat);
  sandbox.identities.countAccepted(business);
  sandbox.typing.off(business.phoneNumberId, target.number);
  sandbox.journal.afterCommit(() => sandbox.ladder.start(message));
  if (sandbox.live.heard) sandbox.live.tell({ kind: 'message', number: target.number, message: messageView(message, business) });
  return { message, target, draft };
}

function answer(id: string, target: Recipient, of: { phone: Phone; template: boolean }): string {
  const waIdPart = target.byBsuid && !of.phone.shareNumber ? '' : `"wa_id":"${target.number}",`;
  const status = of.template ? ',"message_status":"accepted"' : '';
  return `{"messaging_product":"whatsapp","contacts":[{"input":${JSON.stringify(target.input)},${waIdPart}"user_id":"${of.phone.bsuid}"}],"messages":[{"id":"${id}"${status}}]}`;
}

function extraOf(draft: Draft, failure: StatusFailure | undefined, inWindow: boolean): Extra | null {
  const extra: Extra = {};
  let any = false;
  const put = (key: string, value: unknown): void => {
    extra[key] = value;
    any = true;
  };
  if (failure !== undefined) put('errors', [failure]);
  if (draft.category !== 'service') {
    put('category', draft.category);
    put('in_window', inWindow);
  }
  if (draft.rendered !== undefined) put('rendered', draft.rendered);
  if (draft.voice === true) put('voice', true);
  const links = draft.media.flatMap((reference) => (reference.link === null ? [] : [{ kind: reference.kind, url: reference.link }]));
  if (links.length > 0) put('links', links);
  const held = draft.media[0]?.media;
  if (held !== null && held !== undefined) {
    put('media', { id: held.id, mime_type: held.mimeType, size: held.size, ...(held.filename === null ? {} : { filename: held.filename }) });
  }
  return any ? extra : null;
}

/** Policy errors Meta only reports by webhook, after HTTP 200 (providers 1.8). */
function laterFailure(draft: Draft, of: { phone: Phone; inWindow: boolean; rule: string }): StatusFailure | undefined {
  if (!of.phone.onWhatsapp) return statusFailure(131026, 'Message Undeliverable. The recipient is not on WhatsApp or cannot receive this message.');
  if (draft.category === 'marketing' && !of.phone.marketing) {
    return statusFailure(131050, 'Unable to deliver the message. This recipient has chosen to stop receiving marketing messages on WhatsApp from your business.');
  }
  if (draft.type !== 'template' && of.rule !== 'off' && !of.inWindow) {
    return statusFailure(131047, 'Message failed to send because more than 24 hours have passed since the customer last replied to this number.');
  }
  return undefined;
}

function checkContext(sandbox: Sandbox, business: BusinessNumber, byBsuid: boolean): CheckContext {
  return {
    findMedia: (id) => sandbox.media.find(id),
    findTemplate: (name, language) => sandbox.templates.find(business.wabaId, name, language),
    languagesOf: (name) => sandbox.templates.named(business.wabaId, name).map((template) => template.language),
    byBsuid,
  };
}

function contextOf(body: Fields): string | null {
  const given = object(body, 'context')['message_id'];
  if (given === undefined) return null;
  if (typeof given !== 'string' || given === '') throw new GraphError(131009, "Param context['message_id'] must be the id of a message.");
  return given;
}

const BSUID = /^[A-Z]{2}\.(?:ENT\.)?[A-Za-z0-9]{1,128}$/;

function recipientOf(sandbox: Sandbox, business: BusinessNumber, body: Fields): Recipient {
  const { to, recipient } = body;
  const group = body['recipient_type'];
  if (group !== undefined && group !== 'individual') {
    throw new GraphError(100, 'Param recipient_type must be "individual": this number has no groups (they need an official business account).');
  }
  if (to === undefined || to === null || to === '') {
    if (recipient === undefined) throw new GraphError(100, 'The parameter to is required.');
    if (typeof recipient !== 'string' || !BSUID.test(recipient)) throw new GraphError(131009, 'Param recipient must be a business-scoped user id like US.13491208655302741918.');
    const phone = sandbox.phones.findByBsuid(recipient);
    if (phone === undefined) throw new GraphError(131009, `No user has the business-scoped user id ${recipient}.`);
    return { number: phone.number, input: recipient, byBsuid: true };
  }
  const input = typeof to === 'number' ? String(to) : to;
  if (typeof input !== 'string') throw new GraphError(100, 'Param to must be a string.');
  const digits = plainDigits(input);
  if (digits === undefined) throw new GraphError(131009, `"${input.slice(0, 40)}" is not a phone number: give its digits with country code, like +56912345678.`);
  const number = waId(digits);
  if (sandbox.phones.find(number) !== undefined || input.trimStart().startsWith('+')) return { number, input, byBsuid: false };
  return { number: waId(withCountry(digits, business.businessNumber)), input, byBsuid: false };
}

/** Blue ticks for the phone, and the typing indicator with them. */
function markRead(sandbox: Sandbox, business: BusinessNumber, body: Fields): string {
  if (body['status'] !== 'read') throw new GraphError(131009, 'Param status must be "read".');
  const id = body['message_id'];
  if (typeof id !== 'string' || id === '') throw new GraphError(131008, 'The parameter message_id is required.');
  const message = sandbox.messages.byId(id);
  if (message === undefined || message.direction !== 'out' || message.phoneNumberId !== business.phoneNumberId) {
    throw new GraphError(131009, `Message ${id.slice(0, 100)} is not one that this number received.`);
  }
  const typing = body['typing_indicator'];
  if (typing !== undefined && (!isFields(typing) || typing['type'] !== 'text')) throw new GraphError(131009, "Param typing_indicator['type'] must be \"text\".");
  readByBusiness(sandbox, message);
  if (typing !== undefined) sandbox.typing.on(business.phoneNumberId, message.number);
  return '{"success":true}';
}

