import type { OutboundContent, Peer } from '../../messaging/index.ts';
import { callApi, isError } from '../carrier-api.ts';
import type { OutcomeCarrier } from '../contract.ts';
import { jidOf } from '../whatsapp/jid.ts';
import { isWire, numeric, text, type Wire } from '../whatsapp/wire.ts';
import { evolutionOf, query } from './api.ts';
import { encode } from './encode.ts';

const PAGE = 50;
/** Evolution writes whole seconds, by the clock of its own machine. */
const SKEW_MS = 10_000;

/** The messages that Evolution stored (DATABASE_SAVE_DATA_NEW_MESSAGE). One whose send still hangs there is not among them: its "no" proves nothing. */
export const outcomes: OutcomeCarrier = {
  complete: false,
  async find(context, { to, content, since }) {
    const api = evolutionOf(context.credentials);
    if (isError(api)) return api;
    const [jid, wanted] = [jidOf(to), saidOf(content, to)];
    if (jid === undefined || wanted === undefined) return undefined;
    const found = await query(context, () => callApi(context, api, {
      method: 'POST', path: `/chat/findMessages/${api.instance}`, json: { where: { key: { remoteJid: jid, fromMe: true } }, page: 1, offset: PAGE },
    }));
    if ('error' in found) return found.error;
    const records = isWire(found.json['messages']) ? found.json['messages']['records'] : undefined;
    const same: string[] = [];
    const others: string[] = [];
    for (const r of (Array.isArray(records) ? records.filter(isWire) : []).reverse()) {
      const id = isWire(r['key']) && r['key']['fromMe'] === true ? text(r['key']['id']) : undefined;
      if (id === undefined || (numeric(r['messageTimestamp']) ?? 0) * 1000 < since - SKEW_MS) continue;
      const alike = wordsOf(isWire(r['message']) ? r['message'] : {}) === wanted.words && wanted.kinds.includes(String(r['messageType']));
      (alike ? same : others).push(id);
    }
    return { same, others };
  },
};

function saidOf(c: OutboundContent, to: Peer): { readonly words: string; readonly kinds: readonly string[] } | undefined {
  switch (c.type) {
    case 'image': case 'video': case 'audio': case 'document': case 'sticker':
      return { words: c.caption ?? '', kinds: [`${c.type}Message`, ...(c.type === 'document' ? ['documentWithCaptionMessage'] : [])] };
    case 'text': case 'list': case 'buttons': case 'cta_url': {
      if ('header' in c && typeof c.header === 'object') return undefined;
      const said = encode(c, { to });
      return isError(said) ? undefined : { words: text(said.body['text']) ?? '', kinds: ['conversation', 'extendedTextMessage'] };
    }
    case 'location': case 'contacts': case 'reaction': case 'template': case 'interactive': return undefined;
  }
}

/** The text of a message, or the caption of its file. */
function wordsOf(message: Wire): string {
  const plain = text(message['conversation']);
  if (plain !== undefined) return plain;
  const [inner] = Object.values(message).filter(isWire);
  if (inner === undefined) return '';
  return text(inner['text']) ?? text(inner['caption']) ?? (isWire(inner['message']) ? wordsOf(inner['message']) : '');
}
