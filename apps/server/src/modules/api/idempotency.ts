import { createHash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import type { Tx } from '@centralita/platform/database';
import { errors } from './errors.ts';
import { claimKey, fillKey, keyOf } from './store.ts';

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

/**
 * Does `make` once per key within 24 hours, in the transaction of what it makes: the key, the message and its place in the outbox are
 * committed together or not at all. Asked again, it answers what was made then (as JSON). Throws `api.key_reused`.
 */
export async function once<T>(tx: Tx, { operation, key, body }: Once, make: () => Promise<T>): Promise<{ readonly value: T; readonly repeated: boolean }> {
  if (key === undefined) return { value: await make(), repeated: false };
  const request_hash = createHash('sha256').update(JSON.stringify(sorted(body))).digest();
  if (await claimKey(tx, { operation, key, request_hash })) {
    const value = await make();
    await fillKey(tx, operation, key, value);
    return { value, repeated: false };
  }
  const known = await keyOf(tx, operation, key);
  if (!known || !known.request_hash.equals(request_hash)) throw errors.key_reused();
  return { value: known.answer as T, repeated: true };
}

/** The order of names means nothing. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)).map(([k, v]) => [k, sorted(v)]));
}
