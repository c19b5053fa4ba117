import type { CarrierError, OutboundContent, Peer, TemplateContent } from '../../messaging/index.ts';
import { length, sourceProblem } from '../whatsapp/length.ts';
import { asText } from '../whatsapp/as-text.ts';
import { checkContent } from '../whatsapp/limits.ts';
import { isWire, own, text, type Wire } from '../whatsapp/wire.ts';

type Form = Record<string, string>;

/** Twilio's own (21617); WhatsApp would take more. */
const MAX_BODY = 1600;
const MB = 1024 * 1024;
/** providers.md §3.1. */
const MAX_FILE = 16 * MB;
const CONTENT_SID = /^HX[0-9a-zA-Z]{32}$/;

/** Refuses what Twilio would; `undefined`: fine. */
export function check(content: OutboundContent): CarrierError | undefined {
  const problem = problemOf(content);
  return problem === undefined ? undefined : { class: 'permanent', code: 'content', title: `Twilio would refuse this message: ${problem}.`, detail: problem };
}

function problemOf(c: OutboundContent): string | undefined {
  switch (c.type) {
    case 'reaction': return 'it cannot send reactions';
    case 'interactive': return 'it can send this kind of message only as a template made at Twilio';
    case 'template': return CONTENT_SID.test(c.remote_id ?? c.name) ? undefined : 'a template is named by its ContentSid there (HX…, Content Template Builder)';
    case 'text': return length('text', c.text, [1, MAX_BODY]);
    case 'image': case 'video': case 'audio': case 'document': case 'sticker': {
      if (c.media.size !== undefined && c.media.size > MAX_FILE) return `a file may have ${MAX_FILE} bytes, this one has ${c.media.size}`;
      return sourceProblem(c.media) ?? length('caption', c.caption ?? '', [0, MAX_BODY]) ?? checkContent(c)?.detail;
    }
    case 'buttons': case 'list': case 'cta_url':
      return checkContent(c)?.detail ?? length('text with its options', asText(c), [1, MAX_BODY]);
    case 'contacts':
      return checkContent(c)?.detail ?? length('text of the contacts', asText(c), [1, MAX_BODY]);
    case 'location':
      return checkContent(c)?.detail;
  }
}

/** `whatsapp:+…`, or the business-scoped user id of somebody without a known number. */
export function addressOf(to: Peer): string | undefined {
  const phone = to.addresses.find((a) => a.kind === 'phone')?.value;
  if (phone !== undefined) return `whatsapp:+${phone}`;
  const bsuid = to.addresses.find((a) => a.kind === 'bsuid')?.value;
  return bsuid === undefined ? undefined : `whatsapp:${bsuid}`;
}

/** What is said, as parameters of POST Messages.json (providers.md §3.1); or why it cannot be. */
export function encodeContent(c: OutboundContent): Form | CarrierError {
  const refusal = check(c);
  if (refusal) return refusal;
  switch (c.type) {
    case 'text': return { Body: c.text };
    case 'image': case 'video': case 'audio': case 'document': case 'sticker': return withFile(c.media.link, c.caption ?? '');
    case 'location': return { Body: c.name ?? c.address ?? `${c.latitude}, ${c.longitude}`, PersistentAction: `geo:${c.latitude},${c.longitude}${label(c)}` };
    case 'buttons': case 'cta_url': return typeof c.header === 'object' ? withFile(c.header.media.link, asText(c)) : { Body: asText(c) };
    case 'list': case 'contacts': return { Body: asText(c) };
    case 'template': return { ContentSid: c.remote_id ?? c.name, ...variables(c) };
    case 'reaction': case 'interactive': return { class: 'permanent', code: 'content', title: 'Twilio cannot send this.' };
  }
}

function withFile(link: string | undefined, words: string): Form | CarrierError {
  if (link === undefined) return { class: 'permanent', code: 'content', title: 'Twilio fetches files from an address, and this one has none.' };
  return { MediaUrl: link, ...(words ? { Body: words } : {}) };
}

function label({ name, address }: { name?: string | undefined; address?: string | undefined }): string {
  const words = [name, address].filter(Boolean).join(', ').replaceAll('|', ' ');
  return words ? `|${words}` : '';
}

/** The variables by their names; else parameters in the order header, body, buttons as `{"1":…}`, one that has a `parameter_name` under it. */
function variables({ components, variables: given }: TemplateContent): Form {
  if (given !== undefined) return Object.keys(given).length === 0 ? {} : { ContentVariables: JSON.stringify(given) };
  const found: Record<string, string> = {};
  let n = 0;
  for (const component of components) {
    const parameters = own(component, 'parameters');
    for (const p of Array.isArray(parameters) ? parameters.filter(isWire) : []) {
      n += 1;
      found[text(p['parameter_name']) ?? String(n)] = valueOf(p);
    }
  }
  return n === 0 ? {} : { ContentVariables: JSON.stringify(found) };
}

function valueOf(p: Wire): string {
  for (const key of ['text', 'payload', 'coupon_code']) {
    const value = text(p[key]);
    if (value !== undefined) return value;
  }
  for (const value of Object.values(p)) {
    if (!isWire(value)) continue;
    const inner = text(value['fallback_value']) ?? text(value['link']);
    if (inner !== undefined) return inner;
  }
  return '';
}
