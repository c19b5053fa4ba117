/** The part of a file that a Range header asks for (RFC 9110 §14). `undefined`: all of it; `none`: a part it does not have. */
export function byteRange(header: string | undefined, size: number): { readonly start: number; readonly end: number } | 'none' | undefined {
  // Several parts at once would have to be answered as multipart; a server may ignore that.
  const [, from = '', to = ''] = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? '') ?? [];
  if (from === '' && to === '') return undefined;
  if (from === '') return to === '0' || Number(to) === 0 || size === 0 ? 'none' : { start: Math.max(0, size - Number(to)), end: size - 1 };
  const start = Number(from);
  const end = to === '' ? size - 1 : Math.min(Number(to), size - 1);
  if (to !== '' && Number(to) < start) return undefined;
  return start >= size ? 'none' : { start, end };
}
