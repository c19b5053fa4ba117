import type { Tx } from '@centralita/platform/database';
import type { Content, InboundMessage } from '../../messaging/index.ts';
import type { Runtime } from '../../runtime.ts';
import type { Route } from '../accounts/index.ts';
import { lastOptions } from './store-options.ts';

/** Longer than any title of an option: no answer to one. */
const MOST = 40;

/**
 * Where a carrier shows options as numbered lines, an answer by number or by title becomes the tap that it stands for; what was
 * typed stays in `extra.typed`. Other messages are left as they are.
 * @param conversationOf of the item at that place
 */
export async function matchAnswers<T extends { readonly route: Route; readonly event: InboundMessage }>(
  rt: Runtime, tx: Tx, { items, conversationOf }: { readonly items: readonly T[]; conversationOf(n: number): string },
): Promise<readonly T[]> {
  const typed = items.map((item) => typedAnswer(rt, item));
  const wanted = items.flatMap((_, n) => (typed[n] === undefined ? [] : [conversationOf(n)]));
  if (wanted.length === 0) return items;
  const offered = new Map((await lastOptions(tx, [...new Set(wanted)])).map((o) => [o.conversation_id, o.content]));
  return items.map((item, n) => {
    const words = typed[n];
    const options = words === undefined ? undefined : offered.get(conversationOf(n));
    const content = options && rt.providers[item.route.provider]?.numbered?.has(options.type as 'buttons' | 'list') ? chosen(options, words!) : undefined;
    return content ? { ...item, event: { ...item.event, content, extra: { ...item.event.extra, typed: words } } } : item;
  });
}

function typedAnswer(rt: Runtime, { route, event }: { readonly route: Route; readonly event: InboundMessage }): string | undefined {
  if (event.direction !== 'in' || event.group_id !== undefined || event.content.type !== 'text' || !rt.providers[route.provider]?.numbered) return undefined;
  const words = event.content.text.trim();
  return words !== '' && words.length <= MOST ? words : undefined;
}

/** Options count from 1 over all sections, as they were written (providers/whatsapp/as-text.ts). */
function chosen(options: Content, words: string): Content | undefined {
  const rows = options.type === 'buttons' ? options.buttons : options.type === 'list' ? options.sections.flatMap((s) => s.rows) : [];
  const said = plain(words);
  const found = (said === '' ? undefined : rows.find((r) => plain(r.title) === said)) ?? (/^\d{1,2}[.)]?$/.test(words) ? rows[parseInt(words, 10) - 1] : undefined);
  if (!found) return undefined;
  const { id, title } = found;
  if (options.type === 'buttons') return { type: 'button_reply', id, title };
  const { description } = found as { description?: string };
  return { type: 'list_reply', id, title, ...(description ? { description } : {}) };
}

/** Without accents, case, signs and spare spaces. */
function plain(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{Mark}+/gu, '').toLowerCase().replaceAll(/[^\p{Letter}\p{Number}]+/gu, ' ').trim();
}
