/** Shown by a browser without being able to do anything; everything else is offered for download only. */
const INLINE = new Set([
  'image/jpeg', 'image/png', 'image/gif', 'image/webp', 'image/avif',
  'audio/mpeg', 'audio/ogg', 'audio/aac', 'audio/amr', 'audio/mp4', 'audio/wav', 'audio/webm', 'audio/flac',
  'video/mp4', 'video/3gpp', 'video/webm', 'video/ogg', 'video/quicktime',
]);
export const plainType = (type: string): string => type.split(';')[0]!.trim().toLowerCase();
export const isInline = (type: string): boolean => INLINE.has(plainType(type));

/** Names of the same thing. */
const SAME: Readonly<Record<string, string>> = { 'audio/x-m4a': 'audio/mp4', 'audio/vnd.wave': 'audio/wav', 'application/x-cfb': 'application/x-cfb', 'audio/opus': 'audio/ogg', 'video/3gp': 'video/3gpp' };
/** Containers that hold several things: the sender may say which, within its own list. */
const REFINED: Readonly<Record<string, readonly string[]>> = {
  'video/mp4': ['audio/mp4'], 'audio/mp4': ['video/mp4'], 'video/3gpp': ['audio/3gpp'], 'audio/ogg': ['video/ogg'], 'video/webm': ['audio/webm'],
  'application/x-cfb': ['application/msword', 'application/vnd.ms-excel', 'application/vnd.ms-powerpoint', 'application/vnd.ms-outlook'],
  'application/zip': [],
};
const TEXTS = /^(text\/[a-z0-9.+-]+|application\/(json|xml|[a-z0-9.+-]+\+(json|xml)))$/;
const OFFICE = /^application\/(vnd\.openxmlformats-officedocument\.[a-z.]+|vnd\.oasis\.opendocument\.[a-z]+|epub\+zip)$/;

/**
 * The type a file is kept under: what its bytes say (`found`), made more precise by what the sender says where the bytes allow it.
 * A sender's word alone counts for nothing: a page that is declared an image is text.
 */
export function settledType(found: string | undefined, declared: string | null): string {
  if (found === undefined) return 'application/octet-stream';
  const plain = plainType(found);
  const own = SAME[plain] ?? plain;
  const given = declared === null ? '' : plainType(declared);
  const said = SAME[given] ?? given;
  if (own === 'text/plain') return TEXTS.test(said) ? said : own;
  if (own === 'application/zip') return OFFICE.test(said) ? said : own;
  return REFINED[own]?.includes(said) ? said : own;
}

const FORBIDDEN = /[\p{Cc}\p{Cf}/\\]+/gu;
/** A file's name without what could leave its folder or turn its end around; null when nothing is left. At most 200 characters. */
export function settledName(name: string | null | undefined): string | null {
  const clean = (name ?? '').replace(FORBIDDEN, ' ').replace(/\s+/g, ' ').trim();
  return clean === '' || /^\.+$/.test(clean) ? null : Array.from(clean).slice(-200).join('');
}
