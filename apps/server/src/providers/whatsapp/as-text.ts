import type { OutboundContent } from '../../messaging/index.ts';

type Convertible = Extract<OutboundContent, { type: 'buttons' | 'list' | 'cta_url' | 'contacts' | 'location' }>;

/**
 * What a person would write where a carrier has no such message: buttons and lists as numbered lines (whose number may be
 * answered), a link under its words, a card line by line, a place with a map. Options count from 1, over all sections.
 */
export function asText(content: Convertible): string {
  switch (content.type) {
    case 'buttons':
      return framed(content, content.buttons.map((b, i) => `${i + 1}. ${b.title}`));
    case 'list': {
      let n = 0;
      return framed(content, content.sections.flatMap((section) => [
        ...(section.title ? [`*${section.title}*`] : []),
        ...section.rows.map((row) => `${++n}. ${row.title}${row.description ? ` – ${row.description}` : ''}`),
      ]));
    }
    case 'cta_url':
      return framed(content, [`${content.display_text}: ${content.url}`]);
    case 'contacts':
      return content.contacts.map((card) => [card.name, ...card.phones.map((p) => p.phone ?? p.wa_id), ...card.emails.map((e) => e.email)].filter(Boolean).join('\n')).join('\n\n');
    case 'location':
      return [content.name, content.address, `https://maps.google.com/?q=${content.latitude},${content.longitude}`].filter(Boolean).join('\n');
  }
}

function framed({ header, body, footer }: { header?: unknown; body: string; footer?: string | undefined }, lines: readonly string[]): string {
  const title = typeof header === 'string' && header !== '' ? [`*${header}*`, ''] : [];
  return [...title, body, '', ...lines, ...(footer ? ['', `_${footer}_`] : [])].join('\n');
}
