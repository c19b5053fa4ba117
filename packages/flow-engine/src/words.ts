/** As people type it: without accents, case, punctuation or spare spaces. `¡MENÚ!` and `menu` are the same. */
export function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{Mark}+/gu, '').toLowerCase().replace(/[^\p{Letter}\p{Number}]+/gu, ' ').trim();
}

/** Cuts to `max` UTF-16 units without splitting a character, ending in `…`. */
export function cut(text: string, max: number): string {
  if (text.length <= max) return text;
  let end = max - 1;
  const last = text.charCodeAt(end - 1);
  if (last >= 0xd800 && last <= 0xdbff) end -= 1;
  return `${text.slice(0, end)}…`;
}

/** Text that can be stored as JSON anywhere: no NUL (PostgreSQL refuses it), no half characters. */
export function storable(text: string): string {
  return text.replaceAll('\0', '').toWellFormed();
}
