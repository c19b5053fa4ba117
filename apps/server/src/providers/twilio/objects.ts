import type { OutboundContent } from '../../messaging/index.ts';
import { callApi, isError } from '../carrier-api.ts';
import type { ObjectCarrier } from '../contract.ts';
import { query } from './api.ts';
import { contentOf, makeContent, OWN_PREFIX } from './content-api.ts';

/** Of a content's body (Content API, quick replies and list pickers). */
const MAX_BODY = 1024;
const MAX_ROWS = 10;
/** No such content: by the send, and by the Content API. */
const GONE = new Set(['21654', '21655', '63027', '20404']);

type WithOptions = Extract<OutboundContent, { type: 'buttons' | 'list' }>;

/** Buttons and lists: contents that are made first and need no approval within the window (providers.md §3.1, §8). */
export const objects: ObjectCarrier = {
  describe(content) {
    if (content.type !== 'buttons' && content.type !== 'list') return undefined;
    const body = wordsAround(content);
    // Two braces would be a variable there; quick replies have no place for a file.
    if (body.length > MAX_BODY || body.includes('{{') || ('header' in content && typeof content.header === 'object')) return undefined;
    if (content.type === 'buttons') return JSON.stringify({ 'twilio/quick-reply': { body, actions: content.buttons.map(({ id, title }) => ({ type: 'QUICK_REPLY', title, id })) } });
    const rows = content.sections.flatMap((section) => section.rows);
    if (rows.length > MAX_ROWS) return undefined;
    return JSON.stringify({ 'twilio/list-picker': { body, button: content.button, items: rows.map(({ id, title, description }) => ({ id, item: title, ...(description ? { description } : {}) })) } });
  },

  async make(context, description) {
    const api = contentOf(context);
    if (isError(api)) return api;
    // The language is only shown to those who look at the list of contents.
    const made = await makeContent(context, api, { friendly_name: `${OWN_PREFIX}options`, language: 'en', variables: {}, types: JSON.parse(description) as unknown });
    return isError(made) ? made : { id: made.sid };
  },

  async remove(context, id) {
    const api = contentOf(context);
    if (isError(api)) return api;
    const done = await query(context, () => callApi(context, api, { method: 'DELETE', path: `/v1/Content/${encodeURIComponent(id)}` }));
    return 'error' in done ? done.error : undefined;
  },

  missing: ({ code }) => GONE.has(code),
};

/** Header, body and footer without the options. */
export function wordsAround({ header, body, footer }: Pick<WithOptions, 'body' | 'footer'> & { readonly header?: unknown }): string {
  return [typeof header === 'string' && header !== '' ? `*${header}*` : '', body, footer ? `_${footer}_` : ''].filter(Boolean).join('\n\n');
}
