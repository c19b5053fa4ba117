import type { Content, MediaContent } from '../../messaging/index.ts';
import { readJson } from '../whatsapp/read-json.ts';

/** The fields of a form, without what PostgreSQL's text cannot hold; of a field that comes twice, the first. */
export type Form = Readonly<Record<string, string>>;

/** Fields that say what a message holds. */
export const CONTENT_FIELDS = /^(Body|NumMedia|MessageType|Media(Url|ContentType)\d+|Latitude|Longitude|Address|Label|ButtonText|ButtonPayload|List(Id|Title|Description)|InteractiveData|FlowData)$/;

/** What an inbound message says (providers.md §3.3): one content, or one for each file. */
export function contentsOf(form: Form): Content[] {
  const files = Number(form['NumMedia'] ?? 0);
  if (files > 0) {
    const found = Array.from({ length: Math.min(files, 20) }, (_, n) => fileOf(form, n)).filter((c) => c !== undefined);
    if (found.length > 0) return found;
  }
  return [oneOf(form)];
}

function oneOf(form: Form): Content {
  const body = form['Body'] ?? '';
  const type = form['MessageType'] ?? '';
  const [latitude, longitude] = [Number(form['Latitude'] || NaN), Number(form['Longitude'] || NaN)];
  if (Number.isFinite(latitude) && Number.isFinite(longitude)) {
    return { type: 'location', latitude, longitude, ...(form['Label'] ? { name: form['Label'] } : {}), ...(form['Address'] ? { address: form['Address'] } : {}) };
  }
  if (form['ListId']) {
    const title = form['ListTitle'] || body || form['ListId'];
    return { type: 'list_reply', id: form['ListId'], title, ...(form['ListDescription'] ? { description: form['ListDescription'] } : {}) };
  }
  const payload = form['ButtonPayload'];
  const words = form['ButtonText'] || body;
  if (payload) return type === 'button' ? { type: 'template_button', payload, text: words } : { type: 'button_reply', id: payload, title: words || payload };
  if (form['ButtonText']) return { type: 'template_button', payload: words, text: words };
  const flow = form['FlowData'] || form['InteractiveData'];
  if (flow) return { type: 'flow_reply', ...(body ? { body } : {}), response: asJson(flow) };
  if (body !== '' || type === '' || type === 'text') return { type: 'text', text: body };
  return { type: 'unsupported', wire_type: type, errors: [] };
}

/** The id of a file is its address at Twilio. Contacts come as a vCard, which is a document. */
function fileOf(form: Form, n: number): MediaContent | undefined {
  const url = form[`MediaUrl${n}`];
  if (!url) return undefined;
  const mime = form[`MediaContentType${n}`];
  const media: MediaContent['media'] = { remote_id: url };
  if (mime) media.mime_type = mime;
  const type = kindOf(form['MessageType'], mime ?? '');
  if (type === 'document' && /^text\/(x-)?vcard/.test(mime ?? '')) media.filename = 'contact.vcf';
  const body = n === 0 ? form['Body'] : undefined;
  return body && type !== 'sticker' && type !== 'audio' ? { type, media, caption: body } : { type, media };
}

function kindOf(type: string | undefined, mime: string): MediaContent['type'] {
  if (type === 'image' || type === 'video' || type === 'audio' || type === 'document' || type === 'sticker') return type;
  switch (mime.split('/')[0]) {
    case 'image': return mime.startsWith('image/webp') ? 'sticker' : 'image';
    case 'video': return 'video';
    case 'audio': return 'audio';
    default: return 'document';
  }
}

function asJson(value: string): unknown {
  try {
    return readJson(Buffer.from(value));
  } catch {
    return value;
  }
}
