import type { Content, Media } from './content.ts';
import { assertNever } from './json.ts';
import { WHATSAPP } from './limits.ts';
import { cut } from './words.ts';

type Warn = (code: 'cut' | 'empty' | 'duplicate', detail: string) => void;

/** Renders every text of a content and makes it fit WhatsApp. Nothing left to say: undefined, with a warning. */
export function renderContent(content: Content, render: (template: string) => string, warn: Warn): Content | undefined {
  const fit = (template: string, max: number, what: string): string => {
    const text = render(template).trim();
    if (text.length > max) warn('cut', `${what} was ${text.length} characters long, WhatsApp takes ${max}`);
    return cut(text, max);
  };
  const optional = <K extends string>(key: K, template: string | undefined, max: number): { [P in K]?: string } => {
    const text = template === undefined ? '' : fit(template, max, key);
    return (text === '' ? {} : { [key]: text }) as { [P in K]?: string };
  };
  /** WhatsApp refuses an empty body or title, and two equal titles: better a poor one than no message. */
  const needed = (template: string, max: number, fallback: { what: string; text: string }): string => {
    const text = fit(template, max, fallback.what);
    if (text === '') warn('empty', `${fallback.what} came out empty`);
    return text === '' ? cut(fallback.text, max) : text;
  };
  const media = (source: Media): Media => {
    const { link, id, filename, ...rest } = source;
    return { ...rest, ...optional('link', link, 2048), ...optional('id', id, 256), ...optional('filename', filename, 240) };
  };
  const nothing = (what: string): undefined => {
    warn('empty', `${what} came out empty: nothing was said`);
    return undefined;
  };
  const titles = new Set<string>();
  const title = (option: { id: string; title: string }, max: number): string => {
    const text = needed(option.title, max, { what: `the title of "${option.id}"`, text: option.id });
    let unique = text;
    for (let n = 2; titles.has(unique); n += 1) unique = `${cut(text, max - 1 - String(n).length)} ${n}`;
    if (unique !== text) warn('duplicate', `two options have the title "${text}"`);
    titles.add(unique);
    return unique;
  };

  switch (content.type) {
    case 'text': {
      const text = fit(content.text, WHATSAPP.text, 'text');
      if (text === '') return nothing('the text');
      return { ...content, text };
    }
    case 'image': case 'video': case 'audio': case 'document': case 'sticker': {
      const file = media(content.media);
      if (file.link === undefined && file.id === undefined) return nothing('the link of the file');
      return { type: content.type, media: file, ...optional('caption', content.caption, WHATSAPP.caption) };
    }
    case 'location': {
      const { type, latitude, longitude } = content;
      return { type, latitude, longitude, ...optional('name', content.name, 1000), ...optional('address', content.address, 1000) };
    }
    case 'buttons': {
      const { header } = content;
      const file = typeof header === 'object' ? media(header.media) : undefined;
      const top = typeof header === 'object'
        ? (file && (file.link !== undefined || file.id !== undefined) ? { header: { type: header.type, media: file } } : {})
        : optional('header', header, WHATSAPP.header);
      return {
        type: 'buttons', body: needed(content.body, WHATSAPP.body, { what: 'the body', text: '…' }), ...top,
        ...optional('footer', content.footer, WHATSAPP.footer),
        buttons: content.buttons.map((button) => ({ id: button.id, title: title(button, WHATSAPP.button_title) })),
      };
    }
    case 'list':
      return {
        type: 'list', body: needed(content.body, WHATSAPP.list_body, { what: 'the body', text: '…' }),
        ...optional('header', content.header, WHATSAPP.header), ...optional('footer', content.footer, WHATSAPP.footer),
        button: needed(content.button, WHATSAPP.list_button, { what: 'the button', text: '…' }),
        sections: content.sections.map((section, i) => ({
          ...(content.sections.length > 1
            ? { title: needed(section.title ?? '', WHATSAPP.section_title, { what: `the title of section ${i + 1}`, text: String(i + 1) }) }
            : optional('title', section.title, WHATSAPP.section_title)),
          rows: section.rows.map((row) => ({
            id: row.id, title: title(row, WHATSAPP.row_title), ...optional('description', row.description, WHATSAPP.row_description),
          })),
        })),
      };
    default: return assertNever(content);
  }
}
