import type { OutboundContent } from '../../messaging/index.ts';
import { callApi, isError } from '../carrier-api.ts';
import type { OutcomeCarrier } from '../contract.ts';
import { asText } from '../whatsapp/as-text.ts';
import { isWire, text } from '../whatsapp/wire.ts';
import { query, twilioOf } from './api.ts';
import { addressOf, encodeContent } from './encode.ts';
import { wordsAround } from './objects.ts';

/** Of the newest messages to one person; more than that in the minute of a wait is no conversation. */
const PAGE = 50;
/** Twilio writes whole seconds, and its clock is its own. */
const SKEW_MS = 5_000;

/** Messages as resources: their address of callbacks, with our id in it, is not among what Twilio tells, so they are compared. */
export const outcomes: OutcomeCarrier = {
  complete: true,
  async find(context, { to, content, since }) {
    const twilio = twilioOf(context.credentials);
    if (isError(twilio)) return twilio;
    const [address, wanted] = [addressOf(to), saidOf(content)];
    if (address === undefined || wanted === undefined) return undefined;
    const listed = new URLSearchParams({ To: address, PageSize: String(PAGE) });
    const found = await query(context, () => callApi(context, twilio, { method: 'GET', path: `${twilio.account}/Messages.json?${listed}` }));
    if ('error' in found) return found.error;
    const messages = Array.isArray(found.json['messages']) ? found.json['messages'].filter(isWire) : [];
    const same: string[] = [];
    const others: string[] = [];
    for (const m of messages.reverse()) {
      const sid = text(m['sid']);
      const made = Date.parse(text(m['date_created']) ?? '');
      if (sid === undefined || !String(m['direction']).startsWith('outbound') || m['from'] !== `whatsapp:+${twilio.from}` || made < since - SKEW_MS) continue;
      const alike = wanted.bodies.includes(text(m['body']) ?? '') && (String(m['num_media']) !== '0') === wanted.file;
      (alike ? same : others).push(sid);
    }
    return { same, others };
  },
};

/** How the message stands in Twilio's list; undefined: not certainly to be recognised. */
function saidOf(c: OutboundContent): { readonly bodies: readonly string[]; readonly file: boolean } | undefined {
  switch (c.type) {
    case 'image': case 'video': case 'audio': case 'document': case 'sticker': return { bodies: [c.caption ?? ''], file: true };
    // As an object of the Content API, or as numbered lines.
    case 'buttons': case 'list': return { bodies: [wordsAround(c), asText(c)], file: 'header' in c && typeof c.header === 'object' };
    case 'cta_url': return { bodies: [asText(c)], file: typeof c.header === 'object' };
    case 'template': return c.preview ? { bodies: [c.preview], file: false } : undefined;
    case 'reaction': case 'interactive': return undefined;
    case 'text': case 'contacts': case 'location': {
      const form = encodeContent(c);
      return isError(form) ? undefined : { bodies: [form['Body'] ?? ''], file: false };
    }
  }
}
