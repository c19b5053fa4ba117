import { callApi, isError, type Api } from '../carrier-api.ts';
import type { CarrierError } from '../../messaging/index.ts';
import type { CarrierContext, TemplateCarrier } from '../contract.ts';
import { placeholdersOf, previewOf, type CarrierTemplate, type NewTemplate, type TemplateVariable } from '../templates.ts';
import { categoryOf, statusOf } from '../whatsapp/template-shape.ts';
import { isWire, text, type Wire } from '../whatsapp/wire.ts';
import { query, twilioOf } from './api.ts';

const PAGE = 500;
const PAGES = 20;
const MAX_BYTES = 16 * 1024 * 1024;
/** What we make for one conversation (`objects.ts`) is no template. */
export const OWN_PREFIX = 'centralita ';

/** The Content API (providers.md §3.1): contents, which WhatsApp approves as templates. */
export const templates: TemplateCarrier = {
  async list(context) {
    const api = contentOf(context);
    if (isError(api)) return api;
    const found: CarrierTemplate[] = [];
    let path: string | undefined = `/v1/ContentAndApprovals?PageSize=${PAGE}`;
    for (let n = 0; n < PAGES && path !== undefined; n++) {
      const at: string = path;
      const page = await query(context, () => callApi(context, api, { method: 'GET', path: at, maxBytes: MAX_BYTES }));
      if ('error' in page) return page.error;
      const contents = Array.isArray(page.json['contents']) ? page.json['contents'] : [];
      found.push(...contents.map(readContent).filter((one) => one !== undefined));
      // Only the query of the address it names: the token goes to the host that we know.
      const next = isWire(page.json['meta']) ? URL.parse(text(page.json['meta']['next_page_url']) ?? '') : null;
      path = next ? `/v1/ContentAndApprovals${next.search}` : undefined;
    }
    return found;
  },

  /** Makes the content, then hands it in. */
  async create(context, template) {
    const api = contentOf(context);
    if (isError(api)) return api;
    const made = await makeContent(context, api, contentOfNew(template));
    if (isError(made)) return made;
    const asked = await query(context, () => callApi(context, api, {
      method: 'POST', path: `/v1/Content/${made.sid}/ApprovalRequests/whatsapp`, json: { name: template.name, category: template.category.toUpperCase() },
    }));
    if ('error' in asked) {
      // Without the request it would be a draft that nobody asked for.
      await query(context, () => callApi(context, api, { method: 'DELETE', path: `/v1/Content/${made.sid}` }));
      return asked.error;
    }
    const status = statusOf(asked.json['status']);
    return { remote_id: made.sid, status: status === 'gone' ? 'unknown' : status };
  },

  async remove(context, { remote_id }) {
    const api = contentOf(context);
    if (isError(api)) return api;
    const done = await query(context, () => callApi(context, api, { method: 'DELETE', path: `/v1/Content/${encodeURIComponent(remote_id)}` }));
    return 'error' in done ? done.error : undefined;
  },

  fill: (template, values) => ({
    type: 'template', name: template.name, language: template.language, components: [], remote_id: template.remote_id, variables: { ...values }, preview: previewOf(template, values),
  }),
};

export function contentOf({ credentials }: CarrierContext): Api | CarrierError {
  const twilio = twilioOf(credentials);
  return isError(twilio) ? twilio : twilio.content;
}

/** Makes a content; it can be sent within the 24-hour window at once. */
export async function makeContent(context: CarrierContext, api: Api, json: Wire): Promise<{ readonly sid: string } | CarrierError> {
  const made = await query(context, () => callApi(context, api, { method: 'POST', path: '/v1/Content', json }));
  if ('error' in made) return made.error;
  const sid = text(made.json['sid']);
  return sid !== undefined && /^HX[0-9a-zA-Z]{32}$/.test(sid) ? { sid } : { class: 'retry', code: 'answer', title: 'Twilio took the content but named no id.' };
}

function readContent(wire: unknown): CarrierTemplate | undefined {
  if (!isWire(wire)) return undefined;
  const [sid, friendly, language] = [text(wire['sid']), text(wire['friendly_name']), text(wire['language'])];
  if (sid === undefined || friendly === undefined || language === undefined || friendly.startsWith(OWN_PREFIX)) return undefined;
  const approval = isWire(wire['approval_requests']) ? wire['approval_requests'] : {};
  const status = statusOf(text(approval['status']) ?? 'unsubmitted');
  const types = isWire(wire['types']) ? wire['types'] : {};
  const reason = text(approval['rejection_reason']);
  return {
    // Under WhatsApp's name, which the other carriers of the account have too.
    remote_id: sid, name: text(approval['name']) ?? friendly, language, category: categoryOf(approval['category']), status: status === 'gone' ? 'disabled' : status,
    reason: reason ?? null, quality: null, components: componentsOf(types), variables: variablesOf(types, isWire(wire['variables']) ? wire['variables'] : {}),
  };
}

/** Whatever is in braces anywhere, and what Twilio lists. */
function variablesOf(types: Wire, samples: Wire): TemplateVariable[] {
  const authentication = Object.hasOwn(types, 'whatsapp/authentication') ? ['1'] : [];
  const names = [...new Set([...placeholdersOf(JSON.stringify(types)), ...Object.keys(samples), ...authentication])];
  return names.map((name): TemplateVariable => {
    const example = text(samples[name]);
    return { name, where: 'body', kind: 'text', ...(example !== undefined && { example }) };
  });
}

const listOf = (value: unknown): Wire[] => (Array.isArray(value) ? value.filter(isWire) : []);

/** Twilio's types in Meta's form, for showing them. */
function componentsOf(types: Wire): Wire[] {
  const [kind = '', given] = Object.entries(types).find(([, value]) => isWire(value)) ?? [];
  if (!isWire(given)) return [];
  const head = text(given['header_text']);
  const media = Array.isArray(given['media']) ? text(given['media'][0]) : text(given['media']);
  const body = text(given['body']) ?? text(given['title']) ?? (kind === 'whatsapp/authentication' ? '{{1}}' : text(given['label']));
  const footer = text(given['footer']) ?? text(given['subtitle']);
  const buttons = kind === 'twilio/list-picker'
    ? listOf(given['items']).map((item) => ({ type: 'QUICK_REPLY', text: text(item['item']) ?? '' }))
    : listOf(given['actions']).map(buttonOf);
  return [
    ...(head === undefined ? [] : [{ type: 'HEADER', format: 'TEXT', text: head }]), ...(media === undefined ? [] : [{ type: 'HEADER', format: 'IMAGE' }]),
    ...(body === undefined ? [] : [{ type: 'BODY', text: body }]), ...(footer === undefined ? [] : [{ type: 'FOOTER', text: footer }]),
    ...(buttons.length === 0 ? [] : [{ type: 'BUTTONS', buttons }]),
  ];
}

function buttonOf(action: Wire): Wire {
  const words = text(action['title']) ?? text(action['copy_code_text']) ?? '';
  switch (String(action['type'] ?? 'QUICK_REPLY').toUpperCase()) {
    case 'URL': return { type: 'URL', text: words, url: text(action['url']) ?? '' };
    case 'PHONE_NUMBER': return { type: 'PHONE_NUMBER', text: words, phone_number: text(action['phone']) ?? '' };
    case 'COPY_CODE': return { type: 'COPY_CODE', text: words };
    default: return { type: 'QUICK_REPLY', text: words };
  }
}

/** Meta's components as the Twilio type that has room for them. */
function contentOfNew({ name, language, components, category }: NewTemplate): Wire {
  const of = (type: string): Wire | undefined => components.find((c) => String(c['type']).toUpperCase() === type);
  const [header, body, footer, buttons] = [of('HEADER'), of('BODY'), of('FOOTER'), listOf(of('BUTTONS')?.['buttons'])];
  const words = text(body?.['text']) ?? '';
  const examples = isWire(body?.['example']) && Array.isArray(body['example']['body_text']) ? body['example']['body_text'].flat() : [];
  const variables = Object.fromEntries(placeholdersOf(words).map((placeholder, n) => [placeholder, String(examples[n] ?? placeholder)]));
  const types = category === 'authentication'
    ? { 'whatsapp/authentication': { add_security_recommendation: true, actions: [{ type: 'COPY_CODE', copy_code_text: text(buttons[0]?.['text']) ?? 'Copy' }] } }
    : header || footer || buttons.length > 0
      ? { 'whatsapp/card': { body: words, ...(text(header?.['text']) && { header_text: header!['text'] }), ...(text(footer?.['text']) && { footer: footer!['text'] }), ...(buttons.length > 0 && { actions: buttons.map(actionOf) }) } }
      : { 'twilio/text': { body: words } };
  return { friendly_name: name, language, variables, types };
}

function actionOf(button: Wire): Wire {
  const title = text(button['text']) ?? '';
  switch (String(button['type']).toUpperCase()) {
    case 'URL': return { type: 'URL', title, url: text(button['url']) ?? '' };
    case 'PHONE_NUMBER': return { type: 'PHONE_NUMBER', title, phone: text(button['phone_number']) ?? '' };
    default: return { type: 'QUICK_REPLY', title, id: title };
  }
}
