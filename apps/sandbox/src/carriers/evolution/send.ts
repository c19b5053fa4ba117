/** POST /message/…: what Evolution takes, as the message that WhatsApp carries (providers 4.2). */
import type { Sandbox } from '../../context.ts';
import { mimeOf } from '../../control/media.ts';
import { acceptMessage } from '../../graph/send/send.ts';
import { isFields } from '../../graph/fields.ts';
import type { Fields } from '../../graph/fields.ts';
import { isMediaKind } from '../../network/media-kinds.ts';
import type { BusinessNumber } from '../../store/identities.ts';
import { UPLOAD_LIFETIME } from '../../store/media.ts';
import type { Message } from '../../store/messages.ts';
import { closed, EvolutionError } from './errors.ts';
import { notThere, numberOf } from './people.ts';

export async function acceptCall(sandbox: Sandbox, business: BusinessNumber, of: { call: string; body: Fields }): Promise<Message> {
  const { call, body } = of;
  if (business.line.state !== 'open') throw closed();
  const key = isFields(body['key']) ? body['key'] : {};
  const number = numberOf(sandbox, call === 'sendReaction' ? key['remoteJid'] : body['number']);
  if (sandbox.phones.find(number)?.onWhatsapp === false) throw notThere(number);
  const content = await contentOf(sandbox, business, of);
  const quoted = isFields(body['quoted']) && isFields(body['quoted']['key']) ? body['quoted']['key']['id'] : undefined;
  const wire = { messaging_product: 'whatsapp', to: `+${number}`, ...content, ...(typeof quoted === 'string' ? { context: { message_id: quoted } } : {}) };
  return acceptMessage(sandbox, business, { body: wire, raw: JSON.stringify(wire), extra: { call } }).message;
}

function required(body: Fields, name: string): string {
  const value = body[name];
  if (typeof value !== 'string' && typeof value !== 'number') throw new EvolutionError(400, [`instance requires property "${name}"`]);
  if (String(value) === '') throw new EvolutionError(400, [`The "${name}" cannot be empty`]);
  return String(value);
}

async function contentOf(sandbox: Sandbox, business: BusinessNumber, { call, body }: { call: string; body: Fields }): Promise<Fields> {
  const file = (name: string, mime?: string): Promise<Fields> => keep(sandbox, business, { source: required(body, name), mime, filename: body['fileName'] });
  switch (call) {
    case 'sendText': return { type: 'text', text: { body: required(body, 'text') } };
    case 'sendMedia': {
      const kind = required(body, 'mediatype');
      if (!isMediaKind(kind) || kind === 'sticker') throw new EvolutionError(400, ['mediatype must be one of image, video, document, audio']);
      const caption = typeof body['caption'] === 'string' && kind !== 'audio' ? { caption: body['caption'] } : {};
      const filename = kind === 'document' && typeof body['fileName'] === 'string' ? { filename: body['fileName'] } : {};
      return { type: kind, [kind]: { ...await file('media', typeof body['mimetype'] === 'string' ? body['mimetype'] : undefined), ...caption, ...filename } };
    }
    case 'sendWhatsAppAudio': return { type: 'audio', audio: { ...await file('audio', 'audio/ogg; codecs=opus'), voice: true } };
    case 'sendSticker': return { type: 'sticker', sticker: await file('sticker', 'image/webp') };
    case 'sendLocation': return { type: 'location', location: { latitude: Number(required(body, 'latitude')), longitude: Number(required(body, 'longitude')), name: required(body, 'name'), address: required(body, 'address') } };
    case 'sendContact': return { type: 'contacts', contacts: contacts(body) };
    case 'sendReaction': {
      const key = isFields(body['key']) ? body['key'] : {};
      return { type: 'reaction', reaction: { message_id: required(key, 'id'), emoji: String(body['reaction'] ?? '') } };
    }
    case 'sendButtons': return { type: 'interactive', interactive: { type: 'button', body: { text: required(body, 'description') }, action: { buttons: list(body, 'buttons').map((b) => ({ type: 'reply', reply: { id: b['id'], title: b['displayText'] } })) } } };
    case 'sendList': {
      const sections = list(body, 'sections').map((s) => ({ title: s['title'], rows: list(s, 'rows').map((r) => ({ id: r['rowId'], title: r['title'], ...(r['description'] === undefined ? {} : { description: r['description'] }) })) }));
      return { type: 'interactive', interactive: { type: 'list', body: { text: required(body, 'description') }, action: { button: required(body, 'buttonText'), sections } } };
    }
    default: throw new EvolutionError(404, [`Cannot POST /message/${call}`]);
  }
}

const list = (body: Fields, name: string): Fields[] => (Array.isArray(body[name]) ? body[name].filter(isFields) : []);

function contacts(body: Fields): Fields[] {
  return list(body, 'contact').map((card) => {
    const name = required(card, 'fullName');
    const phone = required(card, 'phoneNumber');
    return { name: { formatted_name: name, first_name: name }, phones: [{ phone, ...(typeof card['wuid'] === 'string' ? { wa_id: card['wuid'] } : {}) }], ...(typeof card['email'] === 'string' ? { emails: [{ email: card['email'] }] } : {}) };
  });
}

/** A link that WhatsApp fetches, or the bytes as base64. */
async function keep(sandbox: Sandbox, business: BusinessNumber, of: { source: string; mime: string | undefined; filename: unknown }): Promise<Fields> {
  if (/^https?:\/\//.test(of.source)) return { link: of.source };
  if (!/^[A-Za-z0-9+/=\s]+$/.test(of.source)) throw new EvolutionError(400, ['Owned media must be a url or base64']);
  const bytes = Buffer.from(of.source, 'base64');
  const mimeType = of.mime ?? await mimeOf(bytes, undefined);
  const kept = await sandbox.media.keep({ phoneNumberId: business.phoneNumberId, mimeType, bytes, filename: typeof of.filename === 'string' ? of.filename : null, lifetime: UPLOAD_LIFETIME });
  return { id: kept.id };
}
