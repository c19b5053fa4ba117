/** Deeper than anybody means (jsonb and JSON.stringify overflow their stacks somewhere beyond some thousands). */
const MAX_DEPTH = 100;

/** Why PostgreSQL could not keep this JSON, as a sentence for whoever sent it; undefined: it can. Its text and jsonb hold neither U+0000 nor halves of surrogate pairs. */
export function whyUnstorable(value: unknown, depth = 0): string | undefined {
  if (typeof value === 'string') return whyUnstorableText(value);
  if (typeof value !== 'object' || value === null) return undefined;
  if (depth === MAX_DEPTH) return `It is nested deeper than ${MAX_DEPTH} levels.`;
  if (Array.isArray(value)) return first(value, (item) => whyUnstorable(item, depth + 1));
  return first(Object.entries(value), ([name, item]) => whyUnstorableText(name) ?? whyUnstorable(item, depth + 1));
}

function whyUnstorableText(text: string): string | undefined {
  if (text.includes('\0')) return 'A text in it has the character U+0000, which cannot be stored.';
  return text.isWellFormed() ? undefined : 'A text in it has half of a character (a lone surrogate such as \\ud800), which cannot be stored.';
}

function first<T>(items: readonly T[], why: (item: T) => string | undefined): string | undefined {
  for (const item of items) {
    const found = why(item);
    if (found !== undefined) return found;
  }
  return undefined;
}
