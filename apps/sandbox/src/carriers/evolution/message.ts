/** A message as WhatsApp Web holds it. */
import { isFields } from '../../graph/fields.ts';
import type { Fields } from '../../graph/fields.ts';
import type { Message } from '../../store/messages.ts';

export interface WebMessage {
  readonly messageType: string;
  readonly message: Fields;
}

/** The body under its type in `payload`, which has Meta's shape. */
export function bodyOf(message: Message): Fields {
  const wire = JSON.parse(message.payload) as Fields;
  return isFields(wire[message.type]) ? wire[message.type] as Fields : {};
}

/** Undefined: nothing of it reaches Evolution as a message. */
export function webMessage(message: Message, jid: string): WebMessage | undefined {
  const wire = JSON.parse(message.payload) as Fields;
  const body = bodyOf(message);
  const text = (key: string): string => String(body[key] ?? '');
  switch (message.type) {
    case 'text': return { messageType: 'conversation', message: { conversation: text('body') } };
    case 'image': case 'video': case 'audio': case 'sticker': return file(`${message.type}Message`, message, body);
    case 'document': {
      const made = file('documentMessage', message, body);
      return body['caption'] === undefined ? made : { messageType: 'documentWithCaptionMessage', message: { documentWithCaptionMessage: { message: made.message } } };
    }
    case 'location': return of('locationMessage', { degreesLatitude: body['latitude'], degreesLongitude: body['longitude'], ...(body['name'] === undefined ? {} : { name: body['name'] }), ...(body['address'] === undefined ? {} : { address: body['address'] }) });
    case 'contacts': {
      const cards = Array.isArray(wire['contacts']) ? wire['contacts'].filter(isFields).map(card) : [];
      return cards.length === 1 ? of('contactMessage', cards[0] ?? {}) : of('contactsArrayMessage', { displayName: `${cards.length} contacts`, contacts: cards });
    }
    case 'reaction': return of('reactionMessage', { key: { remoteJid: jid, fromMe: true, id: text('message_id') }, text: text('emoji') });
    case 'button': return of('templateButtonReplyMessage', { selectedId: text('payload'), selectedDisplayText: text('text') });
    case 'interactive': return tapped(body);
    case 'unsupported': return of('pollCreationMessageV3', { name: '¿?', options: [], selectableOptionsCount: 1 });
    case 'system': case 'order': case 'edit': case 'revoke': case 'request_welcome': return undefined;
    default: return of(`${message.type}Message`, body);
  }
}

const of = (messageType: string, body: Fields): WebMessage => ({ messageType, message: { [messageType]: body } });

function file(messageType: string, { extra }: Message, body: Fields): WebMessage {
  const held = extra?.media;
  const isDocument = messageType === 'documentMessage';
  return of(messageType, {
    url: 'https://mmg.whatsapp.net/v/t62.7118-24/x.enc', mimetype: held?.mime_type ?? body['mime_type'], fileSha256: body['sha256'], fileLength: String(held?.size ?? 0), mediaKey: 'AAAA', fileEncSha256: 'AAAA',
    ...(body['caption'] === undefined ? {} : { caption: body['caption'] }), ...(isDocument ? { fileName: held?.filename ?? body['filename'], title: held?.filename ?? body['filename'] } : {}),
    ...(messageType === 'audioMessage' ? { ptt: body['voice'] === true, seconds: 3 } : {}), ...(messageType === 'stickerMessage' ? { isAnimated: body['animated'] === true } : {}),
  });
}

function tapped(body: Fields): WebMessage | undefined {
  const type = String(body['type']);
  const inner = isFields(body[type]) ? body[type] as Fields : {};
  switch (type) {
    case 'button_reply': return of('buttonsResponseMessage', { selectedButtonId: inner['id'], selectedDisplayText: inner['title'], type: 1 });
    case 'list_reply': return of('listResponseMessage', { title: inner['title'], listType: 1, singleSelectReply: { selectedRowId: inner['id'] }, ...(inner['description'] === undefined ? {} : { description: inner['description'] }) });
    case 'nfm_reply': return of('interactiveResponseMessage', { body: { text: inner['body'] }, nativeFlowResponseMessage: { name: inner['name'], paramsJson: inner['response_json'] } });
    // What the company sent, shown in the answer to its send.
    case 'button': case 'list': return of('interactiveMessage', body);
    default: return undefined;
  }
}

function card(given: Fields): Fields {
  const name = isFields(given['name']) ? String(given['name']['formatted_name'] ?? '') : '';
  if (typeof given['vcard'] === 'string') return { displayName: /^FN:(.*)$/m.exec(given['vcard'])?.[1]?.trim() ?? name, vcard: given['vcard'] };
  const phones = Array.isArray(given['phones']) ? given['phones'].filter(isFields).map((p) => `TEL;type=CELL;waid=${String(p['wa_id'] ?? '')}:${String(p['phone'] ?? p['wa_id'] ?? '')}`) : [];
  return { displayName: name, vcard: ['BEGIN:VCARD', 'VERSION:3.0', `FN:${name}`, ...phones, 'END:VCARD'].join('\n') };
}
