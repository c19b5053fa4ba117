import type { Limits, Role } from '@centralita/contracts';
import { defineSql, type CompanyRef, type Database, type Tx } from '@centralita/platform/database';

export interface Company extends CompanyRef {
  readonly slug: string;
  readonly name: string;
  readonly timezone: string;
  readonly locale: string;
  readonly limits: Limits;
  /** Null: its people and keys get in. */
  readonly suspended_at: Date | null;
  readonly suspended_reason: string | null;
  readonly created_at: Date;
}
export type { Role };
export interface User {
  readonly id: string;
  readonly company_id: string;
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  /** Runs the installation: over all companies. */
  readonly platform: boolean;
}
/** With the businesses the user is held to; none: the whole company. */
export interface BoundUser extends User {
  readonly business_ids: readonly string[];
}

const COMPANY = 'id, slug, name, schema_name as schema, role_name as role, timezone, locale, limits, suspended_at, suspended_reason, created_at';
const BUSINESSES = 'array(select ub.business_id from {s}.user_businesses ub where ub.user_id = u.id) as business_ids';
const LOGIN = defineSql('login_by_token', `
  select u.id, u.company_id, u.email, u.name, u.role, u.platform, l.csrf, ${BUSINESSES} from {s}.logins l join {s}.users u on u.id = l.user_id
   where l.token_hash = $1 and l.expires_at > now() and u.disabled_at is null`);

export const listCompanies = (db: Database): Promise<Company[]> => db.query(`select ${COMPANY} from {s}.companies order by created_at, id`);

export async function insertCompany(tx: Tx, c: Pick<Company, 'id' | 'slug' | 'name' | 'schema' | 'role' | 'timezone' | 'locale' | 'limits'>): Promise<Company> {
  return (await tx.query<Company>(`insert into {s}.companies (id, slug, name, schema_name, role_name, timezone, locale, limits) values ($1, $2, $3, $4, $5, $6, $7, $8) returning ${COMPANY}`,
    [c.id, c.slug, c.name, c.schema, c.role, c.timezone, c.locale, c.limits]))[0]!;
}
/** Those of the ids that are companies. */
export async function companiesById(tx: Tx, ids: readonly string[]): Promise<string[]> {
  return (await tx.query<{ id: string }>('select id from {s}.companies where id = any($1)', [ids])).map((r) => r.id);
}
/** For a change: others wait. */
export async function lockCompany(tx: Tx, id: string): Promise<Company | undefined> {
  return (await tx.query<Company>(`select ${COMPANY} from {s}.companies where id = $1 for no key update`, [id]))[0];
}
export async function updateCompany(tx: Tx, c: Pick<Company, 'id' | 'name' | 'timezone' | 'locale' | 'limits'>): Promise<void> {
  await tx.query('update {s}.companies set name = $2, timezone = $3, locale = $4, limits = $5 where id = $1', [c.id, c.name, c.timezone, c.locale, c.limits]);
}
export async function setSuspended(tx: Tx, id: string, reason: string | null): Promise<void> {
  await tx.query('update {s}.companies set suspended_at = case when $2::text is null then null else coalesce(suspended_at, now()) end, suspended_reason = $2 where id = $1', [id, reason]);
}

export const settingsOf = (tx: Tx): Promise<{ key: string; value: unknown }[]> => tx.query('select key, value from {c}.settings order by key');
/** What the company has chosen under this key, as it is; undefined: nothing. */
export const settingOf = async (tx: Tx, key: string): Promise<unknown> => (await tx.query<{ value: unknown }>('select value from {c}.settings where key = $1', [key]))[0]?.value;
/** Null takes a key away. */
export async function putSettings(tx: Tx, entries: readonly (readonly [string, unknown])[]): Promise<void> {
  const gone = entries.filter(([, value]) => value === null).map(([key]) => key);
  if (gone.length > 0) await tx.query('delete from {c}.settings where key = any($1)', [gone]);
  for (const [key, value] of entries) {
    if (value === null) continue;
    await tx.query('insert into {c}.settings (key, value) values ($1, $2::jsonb) on conflict (key) do update set value = excluded.value, updated_at = now()', [key, JSON.stringify(value)]);
  }
}
export async function insertUser(tx: Tx, u: User & { password_hash: string | null }): Promise<void> {
  await tx.query('insert into {s}.users (id, company_id, email, name, role, platform, password_hash) values ($1, $2, $3, $4, $5, $6, $7)',
    [u.id, u.company_id, u.email, u.name, u.role, u.platform, u.password_hash]);
}
export async function userByEmail(db: Database, email: string): Promise<(BoundUser & { password_hash: string | null }) | undefined> {
  return (await db.query<BoundUser & { password_hash: string | null }>(
    `select u.id, u.company_id, u.email, u.name, u.role, u.platform, u.password_hash, ${BUSINESSES} from {s}.users u where lower(u.email) = lower($1) and u.disabled_at is null`, [email]))[0];
}
/** Whoever signed in with the old password has to sign in again. */
export async function setPassword(db: Database, userId: string, hash: string): Promise<void> {
  // One after the other: a login that the first has to wait for is seen by the second.
  await db.shared(async (tx) => {
    await tx.query('update {s}.users set password_hash = $2 where id = $1', [userId, hash]);
    await tx.query('delete from {s}.logins where user_id = $1', [userId]);
  });
}
export const usersOf = (db: Database, companyId: string): Promise<User[]> =>
  db.query('select id, company_id, email, name, role, platform from {s}.users where company_id = $1 order by created_at', [companyId]);

/** False: the password was changed since it was checked, which takes a moment, or the user shut out. Whoever changes it just now is waited for. */
export async function insertLogin(db: Pick<Tx, 'query'>, l: { token_hash: Buffer; user_id: string; password_hash: string; csrf: string; hours: number }): Promise<boolean> {
  await db.query("delete from {s}.logins where expires_at < now()");
  return (await db.query(`insert into {s}.logins (token_hash, user_id, csrf, expires_at)
    select $1, id, $3, now() + $4 * interval '1 hour' from {s}.users where id = $2 and password_hash = $5 and disabled_at is null for share returning user_id`,
  [l.token_hash, l.user_id, l.csrf, l.hours, l.password_hash])).length > 0;
}
export async function loginByToken(db: Database, tokenHash: Buffer): Promise<(BoundUser & { csrf: string }) | undefined> {
  return (await db.query<BoundUser & { csrf: string }>(LOGIN, [tokenHash]))[0];
}
export async function deleteLogin(tx: Tx, tokenHash: Buffer): Promise<void> {
  await tx.query('delete from {s}.logins where token_hash = $1', [tokenHash]);
}
