import type { Json } from '@centralita/flow-engine';

const DEEPEST = 64;

/** As PostgreSQL takes it: without NUL and half characters; what lies deeper than 64 levels becomes null. */
export function storableJson(value: unknown, depth = 0): Json {
  if (typeof value === 'string') return storable(value);
  if (value === null || typeof value === 'boolean' || typeof value === 'number') return value;
  if (typeof value !== 'object' || depth === DEEPEST) return null;
  if (Array.isArray(value)) return value.map((item) => storableJson(item, depth + 1));
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [storable(key), storableJson(item, depth + 1)]));
}

function storable(text: string): string {
  return text.replaceAll('\0', '').toWellFormed();
}
