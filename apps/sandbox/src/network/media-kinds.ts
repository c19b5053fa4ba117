/** Which files WhatsApp takes as what, and how large (providers 1.4). */

export type MediaKind = 'image' | 'video' | 'audio' | 'document' | 'sticker';

export const MEDIA_KINDS: readonly MediaKind[] = ['image', 'video', 'audio', 'document', 'sticker'];

export function isMediaKind(value: string): value is MediaKind {
  return MEDIA_KINDS.some((kind) => kind === value);
}

const MB = 1024 * 1024;

const MIMES: Record<MediaKind, readonly string[]> = {
  image: ['image/jpeg', 'image/png'],
  video: ['video/mp4', 'video/3gp', 'video/3gpp'],
  audio: ['audio/aac', 'audio/amr', 'audio/mpeg', 'audio/mp4', 'audio/ogg'],
  sticker: ['image/webp'],
  document: [
    'text/plain', 'application/pdf', 'application/msword', 'application/vnd.ms-excel', 'application/vnd.ms-powerpoint',
    'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  ],
};

/** Bytes. A sticker may be 100 KB, an animated one 500 KB. */
export const LIMITS: Record<MediaKind, number> = { image: 5 * MB, video: 16 * MB, audio: 16 * MB, document: 100 * MB, sticker: 500 * 1024 };

const STILL_STICKER = 100 * 1024;

export const ALLOWED_UPLOADS: readonly string[] = Object.values(MIMES).flat();

/** `audio/ogg; codecs=opus` → `audio/ogg`. */
export function plainMime(mime: string): string {
  return (mime.split(';')[0] ?? '').trim().toLowerCase();
}

/** The kind a mime type belongs to, or undefined when WhatsApp does not take it. */
export function kindOfMime(mime: string): MediaKind | undefined {
  const plain = plainMime(mime);
  return MEDIA_KINDS.find((kind) => MIMES[kind].includes(plain));
}

/** Why a file cannot be sent as that kind, or undefined when it can. */
export function unfit(kind: MediaKind, file: { mime: string; size: number; animated?: boolean }): string | undefined {
  const plain = plainMime(file.mime);
  // Documents of other types often pass (providers 1.4); programs and pages do not.
  const wrongMime = kind === 'document' ? !plain.includes('/') : !MIMES[kind].includes(plain);
  if (wrongMime) return `${kind} file with mimetype ${plain} is not supported. Supported: ${MIMES[kind].join(', ')}.`;
  const limit = kind === 'sticker' && file.animated !== true ? STILL_STICKER : LIMITS[kind];
  if (file.size > limit) return `${kind} file size ${file.size} bytes is over the limit of ${limit} bytes.`;
  return undefined;
}

/** Whether the bytes are an animated WebP (a VP8X chunk with the animation flag). */
export function isAnimatedWebp(head: Buffer): boolean {
  return head.length > 20 && head.toString('latin1', 8, 16) === 'WEBPVP8X' && ((head[20] ?? 0) & 0x02) !== 0;
}
