/** Twilio's webhooks: forms, signed together with the address (providers 3.2 to 3.4). */
import { createHmac } from 'node:crypto';
import type { Sandbox } from '../../context.ts';
import { isFields } from '../../graph/fields.ts';
import type { Fields } from '../../graph/fields.ts';
import { isMediaKind } from '../../network/media-kinds.ts';
import type { BusinessNumber } from '../../store/identities.ts';
import type { Message } from '../../store/messages.ts';
import type { Update } from '../../store/updates.ts';
import type { Rendered } from '../../webhooks/rendered.ts';
import { failureOf } from './errors.ts';
import { addressOf, API, mediaSid, whatsapp } from './message.ts';

type Form = Record<string, string>;

export function renderTwilio(sandbox: Sandbox, update: Update, business: BusinessNumber): Rendered | undefined {
  const message = update.messageId === null ? undefined : sandbox.messages.byId(update.messageId);
  if (message === undefined) return undefined;
  const [kind, status] = update.label.split(':');
  if (kind === 'message') {
    const form = inboundForm(sandbox, business, message);
    return business.line.hook === undefined || form === undefined ? undefined : signed(business, business.line.hook.url, form);
  }
  const callback = message.extra?.['status_callback'];
  if (kind !== 'status' || typeof callback !== 'string' || status === undefined) return undefined;
  return signed(business, callback, statusForm(sandbox, business, { message, status }));
}

function signed({ line }: BusinessNumber, url: string, form: Form): Rendered {
  const data = Object.keys(form).sort().reduce((text, key) => `${text}${key}${form[key]}`, url);
  const signature = createHmac('sha1', line.auth_token ?? '').update(data).digest('base64');
  return { url, body: String(new URLSearchParams(form)), headers: ['content-type', 'application/x-www-form-urlencoded; charset=UTF-8', 'user-agent', 'TwilioProxy/1.1', 'accept', '*/*', 'x-twilio-signature', signature] };
}

function statusForm(sandbox: Sandbox, business: BusinessNumber, of: { message: Message; status: string }): Form {
  const { message, status } = of;
  // WhatsApp's `played` is no word of Twilio's.
  const word = status === 'played' ? 'read' : status === 'failed' ? (message.sentAt === null ? 'failed' : 'undelivered') : status;
  const to = addressOf(sandbox, message.number);
  const event = { delivered: 'DELIVERED', read: 'READ', undelivered: 'UNDELIVERED' }[word];
  const failure = status === 'failed' ? failureOf(message.extra?.errors) : undefined;
  return {
    ...(event === undefined ? { StructuredMessage: 'false' } : { EventType: event }), SmsSid: message.id, SmsStatus: word, MessageStatus: word, ChannelToAddress: `${to.slice(9, -4)}XXXX`, To: to,
    ChannelPrefix: 'whatsapp', MessageSid: message.id, AccountSid: business.line.account_sid ?? '', From: whatsapp(business.businessNumber), ApiVersion: '2010-04-01',
    ChannelInstallSid: `XE${business.phoneNumberId.padStart(32, '0')}`,
    ...(failure === undefined ? {} : { ErrorCode: String(failure.code), ErrorMessage: failure.message, ChannelStatusMessage: failure.message }),
  };
}

/** Undefined: reactions, edits and the like do not reach Twilio's customers. */
function inboundForm(sandbox: Sandbox, business: BusinessNumber, message: Message): Form | undefined {
  const wire = JSON.parse(message.payload) as Fields;
  const said = contentForm(sandbox, business, { message, wire });
  if (said === undefined) return undefined;
  const phone = sandbox.phones.ensure(message.number);
  const context = isFields(wire['context']) ? wire['context'] : {};
  return {
    SmsMessageSid: message.id, MessageSid: message.id, SmsSid: message.id, SmsStatus: 'received', AccountSid: business.line.account_sid ?? '', ApiVersion: '2010-04-01', NumSegments: '1',
    ReferralNumMedia: '0', NumMedia: '0', Body: '', From: addressOf(sandbox, message.number), To: whatsapp(business.businessNumber),
    ProfileName: phone.name === '' ? phone.display : phone.name, ...(phone.shareNumber ? { WaId: phone.number } : {}), ExternalUserId: phone.bsuid,
    ...(phone.username === null ? {} : { ProfileUsername: phone.username }), ...said,
    ...(typeof context['id'] === 'string' ? { OriginalRepliedMessageSid: context['id'], OriginalRepliedMessageSender: whatsapp(String(context['from'] ?? '')) } : {}),
    ...(context['forwarded'] === true ? { Forwarded: 'true' } : {}), ...referralForm(wire['referral']),
  };
}

function contentForm(sandbox: Sandbox, business: BusinessNumber, of: { message: Message; wire: Fields }): Form | undefined {
  const { message, wire } = of;
  const body = isFields(wire[message.type]) ? wire[message.type] as Fields : {};
  const files = `${sandbox.origin}/twilio${API}/Accounts/${business.line.account_sid}/Messages/${message.id}/Media`;
  if (isMediaKind(message.type)) {
    return { MessageType: message.type, NumMedia: '1', MediaUrl0: `${files}/${mediaSid(String(body['id']))}`, MediaContentType0: String(body['mime_type']), Body: String(body['caption'] ?? '') };
  }
  switch (message.type) {
    case 'text': return { MessageType: 'text', Body: String(body['body'] ?? '') };
    case 'location': {
      const { latitude, longitude, name, address } = body;
      return { MessageType: 'location', Latitude: String(latitude), Longitude: String(longitude), ...(name === undefined ? {} : { Label: String(name) }), ...(address === undefined ? {} : { Address: String(address) }) };
    }
    case 'contacts': return { MessageType: 'contacts', NumMedia: '1', MediaUrl0: `${files}/${mediaSid('0')}`, MediaContentType0: 'text/vcard' };
    case 'button': return { MessageType: 'button', ButtonText: String(body['text']), ButtonPayload: String(body['payload']), Body: String(body['text']) };
    case 'interactive': return tapForm(body);
    default: return undefined;
  }
}

function tapForm(body: Fields): Form | undefined {
  const type = String(body['type']);
  const inner = isFields(body[type]) ? body[type] as Fields : {};
  switch (type) {
    case 'button_reply': return { MessageType: 'interactive', ButtonText: String(inner['title']), ButtonPayload: String(inner['id']), Body: String(inner['title']) };
    case 'list_reply': {
      const description: Form = inner['description'] === undefined ? {} : { ListDescription: String(inner['description']) };
      return { MessageType: 'interactive', ListId: String(inner['id']), ListTitle: String(inner['title']), ...description, Body: String(inner['title']) };
    }
    case 'nfm_reply': return { MessageType: 'interactive', FlowData: String(inner['response_json']), Body: String(inner['body'] ?? '') };
    default: return undefined;
  }
}

function referralForm(referral: unknown): Form {
  if (!isFields(referral)) return {};
  return Object.fromEntries(Object.entries(referral).filter(([, value]) => typeof value === 'string')
    .map(([key, value]) => [`Referral${key.split('_').map((part) => part.charAt(0).toUpperCase() + part.slice(1)).join('')}`, String(value)]));
}
