/** A piece of a text around what was looked for; `hits` are places in `text`, by JavaScript's counting. */
export interface Piece {
  readonly text: string;
  readonly hits: { from: number; to: number }[];
}

const WORD = /[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/gu;
/** Fits a line of the list on a wide screen. */
const MOST = 120;
/** Kept before the first hit, so that one sees what it is about. */
const BEFORE = 24;

const fold = (word: string): string => word.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** Where words of a text begin like those of a search, as the search itself compares (letters without accents). Undefined: nowhere. */
export function matchWords(text: string, q: string): Piece | undefined {
  const wanted = [...q.matchAll(WORD)].map(([word]) => fold(word));
  const found = [...text.matchAll(WORD)].filter(([word]) => wanted.some((w) => fold(word).startsWith(w)));
  const first = found[0]?.index;
  if (first === undefined) return undefined;
  const start = first <= BEFORE ? 0 : text.lastIndexOf(' ', first - BEFORE) + 1 || first;
  const end = Math.min(text.length, start + MOST);
  const [before, after] = [start > 0 ? '…' : '', end < text.length ? '…' : ''];
  const shift = before.length - start;
  return {
    text: before + text.slice(start, end).replace(/\s/g, ' ') + after,
    hits: found.flatMap(({ 0: word, index }) => (index + word.length <= end ? [{ from: index + shift, to: index + word.length + shift }] : [])),
  };
}
