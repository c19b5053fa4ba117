import type { Role } from '@centralita/contracts';
import type { Database, Tx } from '@centralita/platform/database';
import type { User } from './store.ts';

export interface UserRow extends User {
  readonly disabled_at: Date | null;
  readonly created_at: Date;
  readonly last_login_at: Date | null;
  readonly has_password: boolean;
  readonly business_ids: string[];
}

const COLUMNS = `u.id, u.company_id, u.email, u.name, u.role, u.platform, u.disabled_at, u.created_at, u.last_login_at, u.password_hash is not null as has_password,
  array(select ub.business_id from {s}.user_businesses ub where ub.user_id = u.id order by 1) as business_ids`;

export const allUsersOf = (db: Database, companyId: string): Promise<UserRow[]> =>
  db.query(`select ${COLUMNS} from {s}.users u where u.company_id = $1 order by lower(u.name), u.id`, [companyId]);

/** A user of this company; locked when it is about to change. */
export async function userOf(tx: Pick<Tx, 'query'>, companyId: string, id: string, lock = false): Promise<UserRow | undefined> {
  return (await tx.query<UserRow>(`select ${COLUMNS} from {s}.users u where u.company_id = $1 and u.id = $2${lock ? ' for no key update of u' : ''}`, [companyId, id]))[0];
}

export interface UserChange {
  readonly name: string;
  readonly role: Role;
  readonly platform: boolean;
  readonly disabled: boolean;
}
export async function updateUser(tx: Tx, id: string, c: UserChange): Promise<void> {
  await tx.query('update {s}.users set name = $2, role = $3, platform = $4, disabled_at = case when $5 then coalesce(disabled_at, now()) end where id = $1',
    [id, c.name, c.role, c.platform, c.disabled]);
}

/** Businesses of another company are silently none. */
export async function setBusinesses(tx: Tx, user: { id: string; company_id: string }, businessIds: readonly string[]): Promise<void> {
  await tx.query('delete from {s}.user_businesses where user_id = $1', [user.id]);
  await tx.query('insert into {s}.user_businesses (user_id, business_id) select $1, b.id from {s}.businesses b where b.company_id = $2 and b.id = any($3)',
    [user.id, user.company_id, businessIds]);
}

/** Administrators who can sign in, locked, so that two cannot take each other away at once. */
export async function activeAdministrators(tx: Tx, companyId: string): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    "select id from {s}.users where company_id = $1 and role = 'administrator' and disabled_at is null and password_hash is not null order by id for no key update", [companyId]);
  return rows.map((r) => r.id);
}

export async function countUsers(tx: Pick<Tx, 'query'>, companyId: string): Promise<number> {
  return (await tx.query<{ n: number }>('select count(*)::integer as n from {s}.users where company_id = $1 and disabled_at is null', [companyId]))[0]!.n;
}

export async function usersPerCompany(db: Database): Promise<Map<string, number>> {
  const rows = await db.query<{ company_id: string; n: number }>('select company_id, count(*)::integer as n from {s}.users where disabled_at is null group by 1');
  return new Map(rows.map((r) => [r.company_id, r.n]));
}

/** Ends every login of a user but one; answers the ended ones' hashes. */
export async function endLogins(tx: Tx, userId: string, but: Buffer | null = null): Promise<Buffer[]> {
  const rows = await tx.query<{ token_hash: Buffer }>('delete from {s}.logins where user_id = $1 and token_hash is distinct from $2 returning token_hash', [userId, but]);
  return rows.map((r) => r.token_hash);
}
export async function setUserPassword(tx: Tx, userId: string, hash: string): Promise<void> {
  await tx.query('update {s}.users set password_hash = $2 where id = $1', [userId, hash]);
}
export async function noteLogin(db: Database, userId: string): Promise<void> {
  await db.query('update {s}.users set last_login_at = now() where id = $1', [userId]);
}

export interface LinkRow {
  readonly user_id: string;
  readonly company_id: string;
  readonly email: string;
  readonly name: string;
  readonly purpose: 'invitation' | 'password';
}
/** The links made before for the same user end. */
export async function replaceLinks(tx: Tx, l: { token_hash: Buffer; user_id: string; purpose: LinkRow['purpose']; hours: number }): Promise<Date> {
  await tx.query('delete from {s}.user_links where user_id = $1 or expires_at < now()', [l.user_id]);
  const [row] = await tx.query<{ expires_at: Date }>(
    "insert into {s}.user_links (token_hash, user_id, purpose, expires_at) values ($1, $2, $3, now() + $4 * interval '1 hour') returning expires_at", [l.token_hash, l.user_id, l.purpose, l.hours]);
  return row!.expires_at;
}
export async function dropLinks(tx: Tx, userId: string): Promise<void> {
  await tx.query('delete from {s}.user_links where user_id = $1', [userId]);
}
const LINK = `from {s}.user_links k join {s}.users u on u.id = k.user_id where k.token_hash = $1 and k.expires_at > now() and u.disabled_at is null`;
export async function linkByToken(db: Database, hash: Buffer): Promise<LinkRow | undefined> {
  return (await db.query<LinkRow>(`select k.user_id, u.company_id, u.email, u.name, k.purpose ${LINK}`, [hash]))[0];
}
/** Takes the link: of two at once one has it. */
export async function takeLink(tx: Tx, hash: Buffer): Promise<LinkRow | undefined> {
  return (await tx.query<LinkRow>(`with k as (delete from {s}.user_links where token_hash = $1 and expires_at > now() returning user_id, purpose)
    select k.user_id, u.company_id, u.email, u.name, k.purpose from k join {s}.users u on u.id = k.user_id where u.disabled_at is null`, [hash]))[0];
}
