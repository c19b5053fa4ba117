import argon2 from 'argon2';
import type { Limits } from '@centralita/contracts';
import { newUuid, randomToken } from '@centralita/kernel';
import { hashToken } from '@centralita/platform/crypto';
import { applyCompanyMigrations, isUniqueViolation, type Tx } from '@centralita/platform/database';
import type { Runtime } from '../../runtime.ts';
import { errors } from './errors.ts';
import { takeRoom } from './limits.ts';
import { countUsers } from './store-users.ts';
import { insertCompany, insertUser, type Company, type Role, type User } from './store.ts';
import { insertKey } from './store-keys.ts';

export interface NewCompany {
  readonly slug: string;
  readonly name: string;
  readonly timezone?: string;
  readonly locale?: string;
  readonly limits?: Limits;
}

/** Creates a company with its schema and role in one transaction. Throws `companies.slug_taken`. */
export function createCompany(rt: Pick<Runtime, 'db'>, input: NewCompany): Promise<Company> {
  return rt.db.shared((tx) => makeCompany(tx, input));
}

/** The same in the caller's transaction (of the application's own role). */
export async function makeCompany(tx: Tx, input: NewCompany): Promise<Company> {
  const id = newUuid();
  // The random half of the id: names a schema and a role nobody else has in this cluster.
  const name = `c_${id.replaceAll('-', '').slice(12)}`;
  try {
    const company = await insertCompany(tx, { id, slug: input.slug, name: input.name, schema: name, role: name, timezone: input.timezone ?? 'America/Santiago', locale: input.locale ?? 'es', limits: input.limits ?? {} });
    await applyCompanyMigrations(tx, company);
    return company;
  } catch (error) {
    if (isUniqueViolation(error, 'companies_slug_key')) throw errors.slug_taken(input.slug);
    throw error;
  }
}

export interface NewUser {
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  readonly password: string;
  /** Over all companies. */
  readonly platform?: boolean;
}

/** Throws `companies.email_taken`, `companies.limit_users`. argon2id with the library's defaults (64 MiB, 3 passes), which follow RFC 9106's second recommendation. */
export async function createUser(rt: Pick<Runtime, 'db'>, companyId: string, input: NewUser): Promise<User> {
  const user: User = { id: newUuid(), company_id: companyId, email: input.email, name: input.name, role: input.role, platform: input.platform ?? false };
  const password_hash = await argon2.hash(input.password);
  try {
    await rt.db.shared(async (tx) => {
      await takeRoom(tx, companyId, { what: 'users', has: () => countUsers(tx, companyId) });
      await insertUser(tx, { ...user, password_hash });
    });
  } catch (error) {
    if (isUniqueViolation(error, 'users_email')) throw errors.email_taken(input.email);
    throw error;
  }
  return user;
}

export interface NewKey {
  readonly name: string;
  readonly role: Role;
  /** One chosen by the operator. */
  readonly given?: string;
  /** Over all companies. */
  readonly platform?: boolean;
  /** Permissions the key is held to, among those of its role; absent: all of them. */
  readonly scopes?: readonly string[] | null;
  /** Networks it may come from; absent: any. */
  readonly allowed_ips?: readonly string[] | null;
  readonly expires_at?: Date | null;
  readonly created_by?: string | null;
}

/** Stores a key as its hash. Answers the key itself, shown once. */
export async function createApiKey(tx: Tx, companyId: string, input: NewKey): Promise<string> {
  return (await addApiKey(tx, companyId, input)).key;
}

/** The same, with the id and the visible beginning. */
export async function addApiKey(tx: Tx, companyId: string, input: NewKey): Promise<{ id: string; key: string; prefix: string }> {
  const key = input.given ?? `ck_${randomToken(30)}`;
  const made = { id: newUuid(), prefix: key.slice(0, 7) };
  await insertKey(tx, {
    ...made, company_id: companyId, name: input.name, key_hash: hashToken(key), role: input.role, platform: input.platform ?? false, scopes: input.scopes ?? null,
    allowed_ips: input.allowed_ips ?? null, expires_at: input.expires_at ?? null, created_by: input.created_by ?? null,
  });
  return { ...made, key };
}
