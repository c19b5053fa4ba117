import { defineSql, type Tx } from '@centralita/platform/database';

const CLAIM = defineSql('idempotency_claim', `
  insert into {c}.idempotency_keys (operation, key, request_hash) values ($1, $2, $3) on conflict (operation, key) do update
     set request_hash = excluded.request_hash, answer = null, created_at = now() where idempotency_keys.created_at < now() - interval '24 hours'
  returning key`);
const SWEEP = defineSql('idempotency_sweep', `
  delete from {c}.idempotency_keys where ctid = any(array(
    select ctid from {c}.idempotency_keys where created_at < now() - interval '25 hours' order by created_at limit 20 for update skip locked))`);
const FILL = defineSql('idempotency_fill', 'update {c}.idempotency_keys set answer = $3 where operation = $1 and key = $2');

export interface KnownKey {
  readonly request_hash: Buffer;
  readonly answer: unknown;
}

/** Whether the key is new (or older than a day); waits for another transaction that has just claimed it. */
export async function claimKey(tx: Tx, k: { operation: string; key: string; request_hash: Buffer }): Promise<boolean> {
  const claimed = (await tx.query(CLAIM, [k.operation, k.key, k.request_hash])).length > 0;
  if (claimed) await tx.query(SWEEP);
  return claimed;
}
export const keyOf = async (tx: Tx, operation: string, key: string): Promise<KnownKey | undefined> =>
  (await tx.query<KnownKey>('select request_hash, answer from {c}.idempotency_keys where operation = $1 and key = $2', [operation, key]))[0];
export async function fillKey(tx: Tx, operation: string, key: string, answer: unknown): Promise<void> {
  await tx.query(FILL, [operation, key, JSON.stringify(answer)]);
}
