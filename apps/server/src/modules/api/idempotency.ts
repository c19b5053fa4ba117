import { createHash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { AppError } from '@centralita/kernel';
import type { Tx } from '@centralita/platform/database';
import { errors } from './errors.ts';
import { claimKeys, dropKeys, fillKeys, knownKeys, sweepKeys, type KeyName } from './store.ts';

const PRINTABLE = /^[\x20-\x7e]{1,255}$/;

/** The caller's `Idempotency-Key`; undefined without one. Throws `api.key_invalid`. */
export function idempotencyKey(request: FastifyRequest): string | undefined {
  const given = request.headers['idempotency-key'];
  if (given === undefined) return undefined;
  if (typeof given !== 'string' || !PRINTABLE.test(given)) throw errors.key_invalid();
  return given;
}

export interface Once {
  readonly operation: string;
  readonly key: string | undefined;
  /** What is asked for, parsed: another request under the same key is an error, not a repetition. */
  readonly body: unknown;
}
/** What was made, now or when it was asked for first. */
export interface Done<T> {
  readonly value: T;
  readonly repeated: boolean;
}

/**
 * Does `make` once per key within 24 hours, in the transaction of what it makes: the key, the message and its place in the outbox are
 * committed together or not at all. Asked again, it answers what was made then (as JSON). Throws `api.key_reused`.
 */
export async function once<T>(tx: Tx, asked: Once, make: () => Promise<T>): Promise<Done<T>> {
  const [done] = await onceEach(tx, [asked], async () => [await make()]);
  if (done instanceof AppError) throw done;
  return done!;
}

/**
 * `once` for several requests in one transaction, each key once among them. `make` gets the places of those that are asked for the
 * first time, and answers what it made or why not; what was not made may be asked for again under its key.
 */
export async function onceEach<T>(tx: Tx, asked: readonly Once[], make: (places: readonly number[]) => Promise<readonly (T | AppError)[]>): Promise<(Done<T> | AppError)[]> {
  const keyed = asked.flatMap(({ operation, key, body }, n) => (key === undefined ? [] : [{ n, operation, key, request_hash: hashOf(body) }]));
  const claimed = new Set(keyed.length === 0 ? [] : (await claimKeys(tx, keyed)).map(nameOf));
  const old = keyed.filter((k) => !claimed.has(nameOf(k)));
  const known = new Map(old.length === 0 ? [] : (await knownKeys(tx, old)).map((k) => [nameOf(k), k]));
  const results: (Done<T> | AppError)[] = [];
  for (const { n, request_hash, ...name } of old) {
    const first = known.get(nameOf(name));
    results[n] = first?.request_hash.equals(request_hash) ? { value: first.answer as T, repeated: true } : errors.key_reused();
  }
  const places = asked.flatMap((_, n) => (results[n] === undefined ? [n] : []));
  if (places.length === 0) return results;
  const made = await make(places);
  places.forEach((n, at) => {
    const value = made[at]!;
    results[n] = value instanceof AppError ? value : { value, repeated: false };
  });
  const mine = keyed.filter((k) => claimed.has(nameOf(k)));
  const answers = mine.flatMap(({ n, ...k }) => {
    const result = results[n]!;
    return result instanceof AppError ? [] : [{ ...k, answer: result.value }];
  });
  if (answers.length > 0) await fillKeys(tx, answers);
  const failed = mine.filter(({ n }) => results[n] instanceof AppError);
  if (failed.length > 0) await dropKeys(tx, failed);
  if (mine.length > 0) await sweepKeys(tx);
  return results;
}

/** Two requests under the same name must not be in one transaction. Undefined: it has no key. */
export const onceName = ({ operation, key }: Once): string | undefined => (key === undefined ? undefined : nameOf({ operation, key }));
const nameOf = ({ operation, key }: KeyName): string => `${operation} ${key}`;

const hashOf = (body: unknown): Buffer => createHash('sha256').update(JSON.stringify(sorted(body))).digest();

/** The order of names means nothing. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)).map(([k, v]) => [k, sorted(v)]));
}
