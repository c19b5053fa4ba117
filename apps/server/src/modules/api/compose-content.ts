import type { SendMessage } from '@centralita/contracts/api';
import { decodeId } from '@centralita/kernel';
import type { Tx } from '@centralita/platform/database';
import { OutboundContent } from '../../messaging/index.ts';
import { mediaFiles } from '../media/index.ts';
import type { TemplateWish } from '../templates/index.ts';
import { errors } from './errors.ts';

type Said = Omit<SendMessage, 'account_id' | 'phone_number' | 'contact_id'>;

/** The template that is asked for, which wins over type and content. `locale` is the company's. */
export function templateOf({ template_id, language, variables = {} }: Pick<Said, 'template_id' | 'language' | 'variables'>, locale: string): TemplateWish | undefined {
  if (template_id === undefined) return undefined;
  return { template: template_id, language, locale, values: Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, String(value)])) };
}

/** What is to be sent, from the flat form of the API. Throws `api.content`. */
export function composeContent(said: Omit<Said, 'template_id' | 'language' | 'variables'>): OutboundContent {
  switch (said.type) {
    case 'text':
      if (typeof said.content !== 'string' || said.content.trim() === '') throw errors.content('A text message needs its text in "content".');
      return { type: 'text', text: said.content };
    case 'image': case 'video': case 'audio': case 'document': case 'sticker':
      return typeof said.content === 'object' ? parsed(said.type, said.content) : file(said, said.type);
    case 'location': case 'contacts': case 'buttons': case 'list': case 'cta_url': case 'interactive': case 'template':
      if (typeof said.content !== 'object') throw errors.content(`A message of type ${said.type} needs an object in "content".`);
      return parsed(said.type, said.content);
  }
}

function file(said: Pick<Said, 'media_id' | 'media_url' | 'content'>, type: 'image' | 'video' | 'audio' | 'document' | 'sticker'): OutboundContent {
  const media = said.media_id !== undefined ? { id: said.media_id } : said.media_url !== undefined ? { link: said.media_url } : undefined;
  if (!media) throw errors.content(`A message of type ${type} needs its file: media_id or media_url.`);
  return { type, media, ...(typeof said.content === 'string' && said.content !== '' && { caption: said.content }) };
}

function parsed(type: string, content: Readonly<Record<string, unknown>>): OutboundContent {
  const result = OutboundContent.safeParse({ ...content, type });
  if (result.success) return result.data;
  throw errors.content(undefined, { errors: result.error.issues.map((issue) => ({ path: ['content', ...issue.path].join('.'), message: issue.message })) });
}

/** With what is known of our own file. Throws `api.file_not_found`, `api.file_not_ready`. */
export async function withFiles(tx: Tx, content: OutboundContent): Promise<OutboundContent> {
  if (!('media' in content) || content.media.id === undefined) return content;
  const id = decodeId('med', content.media.id);
  const [file] = id === undefined ? [] : await mediaFiles(tx, [id]);
  if (!file) throw errors.file_not_found();
  if (file.state !== 'ready') throw errors.file_not_ready(file.reason ?? 'It is still being fetched.');
  const known = { ...(file.mime_type !== null && { mime_type: file.mime_type }), ...(file.filename !== null && { filename: file.filename }), ...(file.size !== null && { size: file.size }) };
  return { ...content, media: { ...known, ...content.media } };
}
