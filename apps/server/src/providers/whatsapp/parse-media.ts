import type { Content, MediaContent } from '../../messaging/index.ts';
import { read, type Read } from './read.ts';
import { idText, text, type Wire } from './wire.ts';

const FIELDS = new Set(['id', 'mime_type', 'sha256', 'url', 'caption', 'filename', 'voice', 'animated']);

/** `{mime_type, sha256, id, url?, caption?, filename?, voice?, animated?}`; without an id there is nothing to fetch. */
export function readMedia(type: MediaContent['type'], w: Wire): Read | undefined {
  const remote_id = idText(w['id']);
  if (remote_id === undefined) return undefined;
  const media: MediaContent['media'] = { remote_id };
  const link = text(w['url']);
  const mime_type = text(w['mime_type']);
  const sha256 = text(w['sha256']);
  const filename = text(w['filename']);
  if (link) media.link = link;
  if (mime_type) media.mime_type = mime_type;
  if (sha256) media.sha256 = sha256;
  if (filename) media.filename = filename;
  if (typeof w['voice'] === 'boolean') media.voice = w['voice'];
  if (typeof w['animated'] === 'boolean') media.animated = w['animated'];
  const caption = text(w['caption']);
  const content: Content = caption ? { type, media, caption } : { type, media };
  return read(content, w, FIELDS);
}
