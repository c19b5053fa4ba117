/** Reading of request bodies: each helper answers with the value or throws Meta's error for that parameter. */
import { GraphError } from './errors.ts';

export type Fields = Readonly<Record<string, unknown>>;

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The object under a key; missing → 131008. */
export function object(parent: Fields, key: string, path = key): Fields {
  const value = parent[key];
  if (value === undefined || value === null) throw new GraphError(131008, `The parameter ${path} is required.`);
  if (!isFields(value)) throw new GraphError(100, `Param ${path} must be a JSON object.`);
  return value;
}

export interface TextRule {
  readonly path: string;
  readonly max: number;
  /** The code for a wrong length: 100 for plain parameters, 131009 inside interactive objects. */
  readonly code?: number;
}

/** A required text of 1 to `max` characters. */
export function textOf(parent: Fields, key: string, rule: TextRule): string {
  const value = parent[key];
  if (value === undefined || value === null || value === '') throw new GraphError(131008, `The parameter ${rule.path} is required.`);
  return checked(value, rule);
}

export function optionalText(parent: Fields, key: string, rule: TextRule): string | undefined {
  const value = parent[key];
  return value === undefined || value === null ? undefined : checked(value, rule);
}

function checked(value: unknown, rule: TextRule): string {
  if (typeof value !== 'string') throw new GraphError(rule.code ?? 100, `Param ${rule.path} must be a string.`);
  // Meta counts characters; surrogate pairs only matter close to the limit.
  if (value.length > rule.max && [...value].length > rule.max) {
    throw new GraphError(rule.code ?? 100, `Param ${rule.path} must be at most ${rule.max} characters long.`);
  }
  return value;
}

export function listOf(parent: Fields, key: string, rule: { path: string; min: number; max: number }): Fields[] {
  const value = parent[key];
  if (value === undefined || value === null) throw new GraphError(131008, `The parameter ${rule.path} is required.`);
  if (!Array.isArray(value)) throw new GraphError(100, `Param ${rule.path} must be an array.`);
  if (value.length < rule.min || value.length > rule.max) {
    throw new GraphError(131009, `Invalid ${rule.path} count. Min allowed ${rule.path}: ${rule.min}, Max allowed ${rule.path}: ${rule.max}`);
  }
  return value.map((item: unknown, at) => {
    if (!isFields(item)) throw new GraphError(100, `Param ${rule.path}[${at}] must be a JSON object.`);
    return item;
  });
}

export function httpUrl(value: string, path: string): string {
  try {
    const url = new URL(value);
    if (url.protocol === 'http:' || url.protocol === 'https:') return value;
  } catch {
    // Said below.
  }
  throw new GraphError(131009, `Param ${path} must be a valid URL.`);
}
