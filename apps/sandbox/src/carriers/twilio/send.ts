/** POST Messages.json: Twilio's parameters as the message that WhatsApp carries. */
import type { Sandbox } from '../../context.ts';
import { acceptMessage } from '../../graph/send/send.ts';
import { kindOfMime } from '../../network/media-kinds.ts';
import type { BusinessNumber } from '../../store/identities.ts';
import type { Message } from '../../store/messages.ts';
import { placeholders } from '../../graph/send/template-text.ts';
import { findContent, sessionMessage, templateOfContent } from './content.ts';
import { TwilioError } from './errors.ts';

export type Form = Readonly<Record<string, string>>;

const MAX_BODY = 1600;

export async function acceptForm(sandbox: Sandbox, business: BusinessNumber, form: Form): Promise<Message> {
  const from = form['From'];
  if (from === undefined && form['MessagingServiceSid'] === undefined) throw new TwilioError(21603, "A 'From' phone number or a 'MessagingServiceSid' is required.");
  if (from !== undefined && from !== `whatsapp:+${business.businessNumber}`) throw new TwilioError(63007, `Twilio could not find a Channel with the specified From address ${from}`);
  const callback = form['StatusCallback'];
  if (callback !== undefined && !/^https?:\/\//.test(callback)) throw new TwilioError(21609, `The StatusCallback URL ${callback} is not a valid URL.`);
  const content = await contentOf(sandbox, business, form);
  const body = { messaging_product: 'whatsapp', ...recipientOf(form['To'] ?? ''), ...content };
  const { message } = acceptMessage(sandbox, business, {
    body, raw: JSON.stringify(body), extra: { wire: form, ...(form['Body'] === undefined ? {} : { body: form['Body'] }), ...(callback === undefined ? {} : { status_callback: callback }) },
  });
  return message;
}

function recipientOf(to: string): Record<string, string> {
  const phone = /^whatsapp:(\+\d{5,20})$/.exec(to)?.[1];
  if (phone !== undefined) return { to: phone };
  const bsuid = /^whatsapp:([A-Z]{2}\.[A-Za-z0-9.]+)$/.exec(to)?.[1];
  if (bsuid === undefined) throw new TwilioError(21211, `The 'To' number ${to} is not a valid phone number.`);
  return { recipient: bsuid };
}

async function contentOf(sandbox: Sandbox, business: BusinessNumber, form: Form): Promise<Record<string, unknown>> {
  const { Body: words = '', MediaUrl: media, ContentSid: sid, PersistentAction: action } = form;
  if (words.length > MAX_BODY) throw new TwilioError(21617, 'The concatenated message body exceeds the 1600 character limit');
  if (sid !== undefined) return templateOf(sandbox, business, form);
  const geo = /^geo:(-?[\d.]+),(-?[\d.]+)(?:\|(.*))?$/.exec(action ?? '');
  if (geo !== null) return { type: 'location', location: { latitude: geo[1], longitude: geo[2], ...(geo[3] === undefined ? { name: words } : { name: words, address: geo[3] }) } };
  if (media === undefined) {
    if (words === '') throw new TwilioError(21619, 'A text message body or media urls must be specified.');
    return { type: 'text', text: { body: words } };
  }
  if (!/^https?:\/\//.test(media)) throw new TwilioError(21620, `Invalid media URL(s): ${media}`);
  // What cannot be had now fails later, in a status callback.
  const mime = await sandbox.links.typeOf(media).catch(() => '');
  const kind = kindOfMime(mime) ?? 'document';
  const caption = words === '' || kind === 'audio' || kind === 'sticker' ? {} : { caption: words };
  return { type: kind, [kind]: { link: media, ...caption } };
}

function templateOf(sandbox: Sandbox, business: BusinessNumber, form: Form): Record<string, unknown> {
  const content = findContent(sandbox, business, form['ContentSid'] ?? '');
  if (content === undefined) throw new TwilioError(21655, `The ContentSid ${form['ContentSid']} is invalid.`);
  const values = variablesOf(form['ContentVariables']);
  const template = templateOfContent(sandbox, content);
  if (template === undefined) return sessionMessage(content, values);
  const left = Object.entries(values).sort(([a], [b]) => Number(a) - Number(b));
  const components = ['HEADER', 'BODY'].flatMap((type) => {
    const wanted = placeholders(template.components.find((component) => component.type === type)?.text ?? '');
    if (wanted.length === 0) return [];
    const parameters = wanted.map((name) => {
      const at = Math.max(0, left.findIndex(([key]) => key === name));
      const [taken] = left.splice(at, 1);
      return { type: 'text', ...(template.parameterFormat === 'NAMED' ? { parameter_name: name } : {}), text: taken?.[1] ?? '' };
    }).filter((parameter) => parameter.text !== '');
    return [{ type: type.toLowerCase(), parameters }];
  });
  const buttons = left.map(([, text], index) => ({ type: 'button', sub_type: 'url', index: String(index), parameters: [{ type: 'text', text }] }));
  return { type: 'template', template: { name: template.name, language: { code: template.language }, components: [...components, ...buttons] } };
}

function variablesOf(json: string | undefined): Record<string, string> {
  if (json === undefined || json === '') return {};
  try {
    return Object.fromEntries(Object.entries(JSON.parse(json) as Record<string, unknown>).map(([key, value]) => [key, String(value)]));
  } catch {
    throw new TwilioError(21656, 'The ContentVariables Parameter is invalid.');
  }
}
