import { defineSql, type Tx } from '@centralita/platform/database';

// In the order of their names: two transactions that claim several must not wait for each other in a circle.
const CLAIM = defineSql('idempotency_claim', `
  insert into {c}.idempotency_keys (operation, key, request_hash) select * from unnest($1::text[], $2::text[], $3::bytea[]) as u(o, k, h) order by o, k
  on conflict (operation, key) do update
     set request_hash = excluded.request_hash, answer = null, created_at = now() where idempotency_keys.created_at < now() - interval '24 hours'
  returning operation, key`);
const SWEEP = defineSql('idempotency_sweep', `
  delete from {c}.idempotency_keys where ctid = any(array(
    select ctid from {c}.idempotency_keys where created_at < now() - interval '25 hours' order by created_at limit 20 for update skip locked))`);
const KNOWN = defineSql('idempotency_known', `
  select operation, key, request_hash, answer from {c}.idempotency_keys where (operation, key) in (select * from unnest($1::text[], $2::text[]))`);
const FILL = defineSql('idempotency_fill', `
  update {c}.idempotency_keys i set answer = u.a from unnest($1::text[], $2::text[], $3::jsonb[]) as u(o, k, a) where i.operation = u.o and i.key = u.k`);
const DROP = defineSql('idempotency_drop', 'delete from {c}.idempotency_keys where (operation, key) in (select * from unnest($1::text[], $2::text[]))');

export interface KeyName {
  readonly operation: string;
  readonly key: string;
}
export interface KnownKey extends KeyName {
  readonly request_hash: Buffer;
  readonly answer: unknown;
}
const names = (keys: readonly KeyName[]): [string[], string[]] => [keys.map((k) => k.operation), keys.map((k) => k.key)];

/** Those that are new (or older than a day); waits for other transactions that have just claimed one. */
export const claimKeys = (tx: Tx, keys: readonly (KeyName & { readonly request_hash: Buffer })[]): Promise<KeyName[]> =>
  tx.query(CLAIM, [...names(keys), keys.map((k) => k.request_hash)]);
export const knownKeys = (tx: Tx, keys: readonly KeyName[]): Promise<KnownKey[]> => tx.query(KNOWN, names(keys));
export async function fillKeys(tx: Tx, keys: readonly (KeyName & { readonly answer: unknown })[]): Promise<void> {
  await tx.query(FILL, [...names(keys), keys.map((k) => JSON.stringify(k.answer))]);
}
export async function dropKeys(tx: Tx, keys: readonly KeyName[]): Promise<void> {
  await tx.query(DROP, names(keys));
}
/** Some of those that nobody is asked for any more. */
export async function sweepKeys(tx: Tx): Promise<void> {
  await tx.query(SWEEP);
}
