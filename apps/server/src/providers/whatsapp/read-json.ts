import { ParseError } from '../contract.ts';

/** Deeper than any carrier nests (8); beyond what PostgreSQL's jsonb and JSON.stringify take without overflowing their stacks there is nothing to keep. */
const MAX_DEPTH = 100;
const LONG_INTEGER = /[[:,]\s*-?\d{16}/;

/**
 * JSON as the database can hold it: \u0000 and halves of surrogate pairs, which jsonb refuses, become U+FFFD, and
 * integers beyond 2^53 stay exact, as text. Throws ParseError when it is no JSON or nested too deeply.
 */
export function readJson(raw: Buffer): unknown {
  const json = raw.toString('utf8');
  let value: unknown;
  try {
    value = LONG_INTEGER.test(json) ? JSON.parse(json, keepLongIntegers) : JSON.parse(json);
  } catch {
    throw new ParseError(`the body is not JSON (${raw.length} bytes)`);
  }
  // Both can only come in as escapes.
  const suspicious = json.includes('\\u0000') || json.includes('\\ud') || json.includes('\\uD');
  const sound = walk(value, 0, suspicious);
  return sound ? value : rebuild(value);
}

function keepLongIntegers(_key: string, value: unknown, context?: { source?: string }): unknown {
  if (typeof value !== 'number' || Number.isSafeInteger(value)) return value;
  const source = context?.source ?? '';
  return /^-?\d+$/.test(source) ? source : value;
}

/** Refuses what is too deep; says whether all texts and names can be stored (looked at only when `suspicious`). */
function walk(value: unknown, depth: number, suspicious: boolean): boolean {
  if (typeof value === 'string') return !suspicious || isSound(value);
  if (typeof value !== 'object' || value === null) return true;
  if (depth === MAX_DEPTH) throw new ParseError(`the body is nested deeper than ${MAX_DEPTH} levels`);
  let sound = true;
  if (Array.isArray(value)) {
    for (const item of value) sound = walk(item, depth + 1, suspicious) && sound;
  } else {
    for (const key in value) sound = walk((value as Record<string, unknown>)[key], depth + 1, suspicious) && (!suspicious || isSound(key)) && sound;
  }
  return sound;
}

function rebuild(value: unknown): unknown {
  if (typeof value === 'string') return mend(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(rebuild);
  return Object.fromEntries(Object.entries(value).map(([key, v]) => [mend(key), rebuild(v)]));
}

function isSound(s: string): boolean {
  return s.isWellFormed() && !s.includes('\0');
}

function mend(s: string): string {
  return s.toWellFormed().replaceAll('\0', '\ufffd');
}
