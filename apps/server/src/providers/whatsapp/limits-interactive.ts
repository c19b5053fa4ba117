import type { OutboundContent } from '../../messaging/index.ts';
import { length, sourceProblem } from './length.ts';
import { mediaProblem } from './media-limits.ts';
import { isWire, own, text, type Wire } from './wire.ts';

type Interactive = Extract<OutboundContent, { type: 'buttons' | 'list' | 'cta_url' | 'interactive' }>;
type Header = Extract<Interactive, { type: 'buttons' }>['header'];

/** Limits of interactive messages (providers.md §1.3). */
export function checkInteractive(c: Interactive): string | undefined {
  switch (c.type) {
    case 'buttons':
      if (c.buttons.length < 1 || c.buttons.length > 3) return `there are 1 to 3 buttons, this has ${c.buttons.length}`;
      return length('body', c.body, [1, 1024]) ?? frame(c.header, c.footer)
        ?? first(c.buttons, (b) => length('id of a button', b.id, [1, 256]) ?? length('title of a button', b.title, [1, 20]))
        ?? unique('ids of the buttons', c.buttons.map((b) => b.id)) ?? unique('titles of the buttons', c.buttons.map((b) => b.title));
    case 'list': {
      const rows = c.sections.flatMap((s) => s.rows);
      if (rows.length < 1 || rows.length > 10) return `a list has 1 to 10 rows in all, this has ${rows.length}`;
      if (c.sections.length > 1 && c.sections.some((s) => !s.title?.trim())) return 'with more than one section each has a title';
      return length('body', c.body, [1, 4096]) ?? frame(c.header, c.footer) ?? length('button', c.button, [1, 20])
        ?? first(c.sections, (s) => length('title of a section', s.title ?? '', [0, 24]))
        ?? first(rows, (r) => length('id of a row', r.id, [1, 200]) ?? length('title of a row', r.title, [1, 24]) ?? length('description of a row', r.description ?? '', [0, 72]))
        ?? unique('ids of the rows', rows.map((r) => r.id));
    }
    case 'cta_url':
      if (!/^https?:\/\/\S+$/i.test(c.url)) return 'the address of the button begins with https://';
      return length('body', c.body, [1, 1024]) ?? frame(c.header, c.footer) ?? length('text of the button', c.display_text, [1, 20]);
    case 'interactive':
      return checkWire(c.interactive);
  }
}

function frame(header: Header, footer: string | undefined): string | undefined {
  if (typeof header === 'string') return length('header', header, [1, 60]) ?? length('footer', footer ?? '', [0, 60]);
  if (header) {
    const problem = sourceProblem(header.media) ?? mediaProblem(header.type, header.media);
    if (problem) return `in the header, ${problem}`;
  }
  return length('footer', footer ?? '', [0, 60]);
}

/** An interactive object in the carrier's own form. Types that we do not know are left to the carrier. */
function checkWire(w: Wire): string | undefined {
  const type = text(w['type']);
  if (type === undefined) return 'the interactive object has no type';
  const action = record(w, 'action');
  const parameters = record(action, 'parameters');
  const frameProblem = length('body', text(record(w, 'body')['text']) ?? '', [0, type === 'list' ? 4096 : 1024])
    ?? length('header', text(record(w, 'header')['text']) ?? '', [0, 60]) ?? length('footer', text(record(w, 'footer')['text']) ?? '', [0, 60]);
  if (frameProblem) return frameProblem;
  switch (type) {
    case 'flow':
      return flowProblem(parameters);
    case 'product':
      return text(action['catalog_id']) && text(action['product_retailer_id']) ? undefined : 'a product needs catalog_id and product_retailer_id';
    case 'product_list': {
      if (Object.keys(record(w, 'header')).length === 0) return 'a list of products needs a header';
      const items = objects(action, 'sections').flatMap((s) => objects(s, 'product_items')).length;
      return items < 1 || items > 30 ? `a list of products has 1 to 30 of them, this has ${items}` : undefined;
    }
    case 'carousel': {
      const cards = objects(action, 'cards').length;
      return cards < 2 || cards > 10 ? `a carousel has 2 to 10 cards, this has ${cards}` : undefined;
    }
    default:
      return undefined;
  }
}

function flowProblem(p: Wire): string | undefined {
  if ((text(p['flow_id']) === undefined) === (text(p['flow_name']) === undefined)) return 'a flow has either flow_id or flow_name';
  const action = p['flow_action'] ?? 'navigate';
  if (action !== 'navigate' && action !== 'data_exchange') return 'flow_action is navigate or data_exchange';
  if (action === 'data_exchange' && p['flow_action_payload'] !== undefined) return 'with data_exchange there is no flow_action_payload';
  if (p['mode'] !== undefined && p['mode'] !== 'draft' && p['mode'] !== 'published') return 'mode is draft or published';
  return length('flow_cta', text(p['flow_cta']) ?? '', [1, 30]);
}

function first<T>(items: readonly T[], problem: (item: T) => string | undefined): string | undefined {
  for (const item of items) {
    const found = problem(item);
    if (found) return found;
  }
  return undefined;
}

function unique(what: string, values: readonly string[]): string | undefined {
  return new Set(values).size === values.length ? undefined : `the ${what} must differ`;
}

function record(w: Wire, key: string): Wire {
  const value = own(w, key);
  return isWire(value) ? value : {};
}

function objects(w: Wire, key: string): Wire[] {
  const value = own(w, key);
  return Array.isArray(value) ? value.filter(isWire) : [];
}
