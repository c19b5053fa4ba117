import type { Json } from '../json.ts';
import type { Path } from './lint.ts';

/** Visits every text in a JSON value, with its place. */
export function lintJson(value: Json, path: Path, visit: (path: Path, text: string) => void): void {
  if (typeof value === 'string') visit(path, value);
  else if (Array.isArray(value)) value.forEach((item, i) => lintJson(item, [...path, i], visit));
  else if (typeof value === 'object' && value !== null) for (const [key, item] of Object.entries(value)) lintJson(item, [...path, key], visit);
}
