import type { Content, Media } from '../content.ts';
import { WHATSAPP } from '../limits.ts';
import { isTemplate } from '../template.ts';
import type { Lint, Path } from './lint.ts';

interface Listed { readonly id: string; readonly title: string; readonly path: Path }

function lintOptions(options: readonly Listed[], lint: Lint, max: { readonly id: number; readonly title: number }): void {
  const ids = new Set<string>();
  const titles = new Set<string>();
  for (const { id, title, path } of options) {
    lint.template([...path, 'title'], title, { max: max.title, required: true });
    if (id.length > max.id) lint.problem([...path, 'id'], 'too_long', `the id is ${id.length} characters long, WhatsApp takes ${max.id}`);
    if (ids.has(id)) lint.problem([...path, 'id'], 'duplicate', `two options have the id "${id}"; give each its own`);
    if (!isTemplate(title) && titles.has(title.trim())) lint.problem([...path, 'title'], 'duplicate', `two options have the title "${title}"; WhatsApp wants them different`);
    ids.add(id);
    titles.add(title.trim());
  }
}

function lintMedia(media: Media, lint: Lint, path: Path): void {
  for (const field of ['link', 'id', 'filename'] as const) {
    const text = media[field];
    if (text !== undefined) lint.template([...path, field], text, { required: true });
  }
  if (media.link !== undefined && !isTemplate(media.link) && !/^https?:\/\/[^\s]+$/.test(media.link)) {
    lint.problem([...path, 'link'], 'missing', 'a link begins with https:// (or http://)');
  }
}

/** WhatsApp's limits and the templates of a content. */
export function lintContent(content: Content, lint: Lint, path: Path): void {
  const text = (field: string, source: string | undefined, max: number, required = false): void => {
    if (source !== undefined) lint.template([...path, field], source, { max, required });
  };
  switch (content.type) {
    case 'text':
      return text('text', content.text, WHATSAPP.text, true);
    case 'image': case 'video': case 'document':
      lintMedia(content.media, lint, [...path, 'media']);
      return text('caption', content.caption, WHATSAPP.caption);
    case 'audio': case 'sticker':
      lintMedia(content.media, lint, [...path, 'media']);
      if (content.caption !== undefined) lint.problem([...path, 'caption'], 'useless', `WhatsApp shows no caption with ${content.type === 'audio' ? 'an audio' : 'a sticker'}; say it in a text`);
      return;
    case 'location':
      text('name', content.name, 1000);
      return text('address', content.address, 1000);
    case 'buttons': {
      text('body', content.body, WHATSAPP.body, true);
      text('footer', content.footer, WHATSAPP.footer);
      if (typeof content.header === 'object') lintMedia(content.header.media, lint, [...path, 'header', 'media']);
      else text('header', content.header, WHATSAPP.header);
      if (content.buttons.length > WHATSAPP.buttons) lint.problem([...path, 'buttons'], 'too_many', `${content.buttons.length} buttons; WhatsApp takes ${WHATSAPP.buttons}, use a list for more`);
      return lintOptions(content.buttons.map((b, i) => ({ ...b, path: [...path, 'buttons', i] })), lint, { id: WHATSAPP.button_id, title: WHATSAPP.button_title });
    }
    case 'list': {
      text('body', content.body, WHATSAPP.list_body, true);
      text('header', content.header, WHATSAPP.header);
      text('footer', content.footer, WHATSAPP.footer);
      text('button', content.button, WHATSAPP.list_button, true);
      const rows = content.sections.flatMap((section, s) => section.rows.map((row, r) => ({ ...row, path: [...path, 'sections', s, 'rows', r] })));
      if (rows.length > WHATSAPP.list_rows) lint.problem([...path, 'sections'], 'too_many', `${rows.length} rows; WhatsApp takes ${WHATSAPP.list_rows} in all sections together`);
      content.sections.forEach((section, s) => {
        if (section.title !== undefined) lint.template([...path, 'sections', s, 'title'], section.title, { max: WHATSAPP.section_title, required: true });
        else if (content.sections.length > 1) lint.problem([...path, 'sections', s], 'missing', 'with more than one section each needs a "title"');
      });
      rows.forEach((row) => {
        if (row.description !== undefined) lint.template([...row.path, 'description'], row.description, { max: WHATSAPP.row_description });
      });
      return lintOptions(rows, lint, { id: WHATSAPP.row_id, title: WHATSAPP.row_title });
    }
  }
}
