import { NO_TIME } from '../../messaging/index.ts';

/** An object as it came from JSON.parse: nothing about its fields is believed. */
export type Wire = Record<string, unknown>;

export function isWire(value: unknown): value is Wire {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The field of that very object: a wire `type` of `constructor` must not find anything of ours. */
export function own(wire: Wire, key: string): unknown {
  return Object.hasOwn(wire, key) ? wire[key] : undefined;
}

/** A text that says something. */
export function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** An id: text, or a number where a BSP forgot the quotes. */
export function idText(value: unknown): string | undefined {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? String(value) : undefined;
  return text(value);
}

/** A number, or a text that is one (prices and quantities of orders, coordinates). */
export function numeric(value: unknown): number | undefined {
  const n = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof n === 'number' && Number.isFinite(n) ? n : undefined;
}

/** The fields of `wire` that are not in `known`; undefined when there is none. */
export function leftover(wire: Wire, known: ReadonlySet<string>): Wire | undefined {
  let rest: [string, unknown][] | undefined;
  for (const key in wire) {
    if (!known.has(key)) (rest ??= []).push([key, wire[key]]);
  }
  // fromEntries defines properties, so that a field called __proto__ stays a field.
  return rest && Object.fromEntries(rest);
}

/** Joins what there is of several leftovers; undefined when there is nothing. */
export function merge(...parts: (Wire | undefined)[]): Wire | undefined {
  const some = parts.filter((p) => p !== undefined);
  return some.length === 0 ? undefined : some.length === 1 ? some[0] : Object.assign({}, ...some) as Wire;
}

const YEAR_10000_MS = 253_402_300_800_000;

/**
 * The first readable of `candidates` as ISO 8601: seconds as text or number (Meta uses both), milliseconds when that
 * large. NO_TIME when none is.
 */
export function isoTime(...candidates: unknown[]): string {
  for (const candidate of candidates) {
    const n = numeric(candidate);
    if (n === undefined || n <= 0) continue;
    const ms = n < 100_000_000_000 ? n * 1000 : n;
    if (ms < YEAR_10000_MS) return new Date(ms).toISOString();
  }
  return NO_TIME;
}
