import type { Role } from '@centralita/contracts';
import { defineSql, type Database, type Tx } from '@centralita/platform/database';

export interface KeyRow {
  readonly id: string;
  readonly company_id: string;
  readonly name: string;
  readonly role: Role;
  readonly platform: boolean;
  readonly scopes: string[] | null;
  readonly allowed_ips: string[] | null;
  readonly expires_at: Date | null;
  readonly last_used_at: Date | null;
  /** Businesses it is held to; none: the whole company. */
  readonly business_ids: readonly string[];
}

const BUSINESSES = 'array(select kb.business_id from {s}.key_businesses kb where kb.key_id = k.id order by 1) as business_ids';
const BY_HASH = defineSql('api_key_by_hash', `
  select key_hash, id, company_id, name, role, platform, scopes, allowed_ips, expires_at, last_used_at, ${BUSINESSES} from {s}.api_keys k where key_hash = any($1) and revoked_at is null`);

/** Those of these hashes (hex) that are in force. */
export async function keysByHash(db: Database, hashes: readonly string[]): Promise<Map<string, KeyRow>> {
  const rows = await db.query<KeyRow & { key_hash: Buffer }>(BY_HASH, [hashes.map((h) => Buffer.from(h, 'hex'))]);
  return new Map(rows.map(({ key_hash, ...key }) => [key_hash.toString('hex'), key]));
}

export async function noteUse(db: Database, { id, ip }: { id: string; ip: string }): Promise<void> {
  await db.query("update {s}.api_keys set last_used_at = now(), last_used_ip = nullif($2, '') where id = $1", [id, ip]);
}

export interface NewKeyRow {
  readonly id: string;
  readonly company_id: string;
  readonly name: string;
  readonly prefix: string;
  readonly key_hash: Buffer;
  readonly role: Role;
  readonly platform: boolean;
  readonly scopes: readonly string[] | null;
  readonly allowed_ips: readonly string[] | null;
  readonly expires_at: Date | null;
  readonly created_by: string | null;
}

/** The same key again stays as it is. */
export async function insertKey(tx: Tx, k: NewKeyRow): Promise<void> {
  await tx.query(`insert into {s}.api_keys (id, company_id, name, prefix, key_hash, role, platform, scopes, allowed_ips, expires_at, created_by)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) on conflict (key_hash) do nothing`,
  [k.id, k.company_id, k.name, k.prefix, k.key_hash, k.role, k.platform, k.scopes, k.allowed_ips, k.expires_at, k.created_by]);
}

export interface ListedKey extends KeyRow {
  readonly prefix: string;
  readonly last_used_ip: string | null;
  readonly created_at: Date;
  readonly created_by: string | null;
  readonly revoked_at: Date | null;
}
const LISTED = `id, company_id, name, role, platform, scopes, allowed_ips, expires_at, last_used_at, last_used_ip, prefix, created_at, created_by, revoked_at, ${BUSINESSES}`;

/** Those in force first, the newest first among them. */
export const keysOf = (db: Database, companyId: string): Promise<ListedKey[]> =>
  db.query(`select ${LISTED} from {s}.api_keys k where company_id = $1 order by revoked_at is not null, created_at desc, id limit 1000`, [companyId]);
/** A key of this company; locked when it is about to change. */
export async function keyOf(tx: Pick<Tx, 'query'>, companyId: string, id: string, lock = false): Promise<ListedKey | undefined> {
  return (await tx.query<ListedKey>(`select ${LISTED} from {s}.api_keys k where company_id = $1 and id = $2${lock ? ' for no key update' : ''}`, [companyId, id]))[0];
}
export async function updateKey(tx: Tx, k: Pick<ListedKey, 'id' | 'name' | 'allowed_ips' | 'expires_at'>): Promise<void> {
  await tx.query('update {s}.api_keys set name = $2, allowed_ips = $3, expires_at = $4 where id = $1', [k.id, k.name, k.allowed_ips, k.expires_at]);
}
export async function revoke(tx: Tx, id: string): Promise<void> {
  await tx.query('update {s}.api_keys set revoked_at = now() where id = $1', [id]);
}
/** Replaces the businesses a key is held to; those of another company are silently none. */
export async function setKeyBusinesses(tx: Tx, key: { id: string; company_id: string }, businessIds: readonly string[]): Promise<void> {
  await tx.query('delete from {s}.key_businesses where key_id = $1', [key.id]);
  await tx.query('insert into {s}.key_businesses (key_id, business_id) select $1, b.id from {s}.businesses b where b.company_id = $2 and b.id = any($3)', [key.id, key.company_id, businessIds]);
}
