import type { MediaContent } from '../../messaging/index.ts';

type Kind = MediaContent['type'];

const KB = 1024;
const MB = 1024 * KB;

/** Largest file of a kind, bytes (providers.md §1.4). Stickers: 100 KB still, 500 KB animated. */
const MAX_BYTES = { audio: 16 * MB, image: 5 * MB, video: 16 * MB, document: 100 * MB, sticker: 500 * KB } satisfies Record<Kind, number>;
const STILL_STICKER = 100 * KB;

/** Types that are taken; none listed: any (others than the listed documents often pass). */
const MIME = {
  audio: ['audio/aac', 'audio/amr', 'audio/mpeg', 'audio/mp4', 'audio/ogg'],
  image: ['image/jpeg', 'image/png'],
  video: ['video/mp4', 'video/3gp', 'video/3gpp'],
  document: [],
  sticker: ['image/webp'],
} satisfies Record<Kind, readonly string[]>;

/** Why a file would be refused, as far as type and size are known; undefined: fine. */
export function mediaProblem(kind: Kind, media: { readonly mime_type?: string; readonly size?: number; readonly animated?: boolean; readonly voice?: boolean }): string | undefined {
  const mime = media.mime_type?.split(';')[0]!.trim().toLowerCase();
  const types: readonly string[] = MIME[kind];
  if (mime !== undefined && types.length > 0 && !types.includes(mime)) return `a ${kind} must be one of ${types.join(', ')}, this is ${mime}`;
  if (media.voice && mime !== undefined && mime !== 'audio/ogg') return `a voice note must be audio/ogg (Opus, mono), this is ${mime}`;
  const max = kind === 'sticker' && media.animated === false ? STILL_STICKER : MAX_BYTES[kind];
  if (media.size !== undefined && media.size > max) return `a ${kind} may have ${max} bytes, this one has ${media.size}`;
  return undefined;
}

/** The same for an upload, whose use is not known yet: by its type, documents otherwise. */
export function uploadProblem(mime_type: string, size: number): string | undefined {
  if (size === 0) return 'the file is empty';
  const mime = mime_type.split(';')[0]!.trim().toLowerCase();
  const kind = (['image', 'video', 'audio', 'sticker'] as const).find((k) => (MIME[k] as readonly string[]).includes(mime));
  return mediaProblem(kind ?? 'document', { mime_type, size });
}
