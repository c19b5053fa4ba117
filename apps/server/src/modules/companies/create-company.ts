import argon2 from 'argon2';
import { newUuid, randomToken } from '@centralita/kernel';
import { hashToken } from '@centralita/platform/crypto';
import { applyCompanyMigrations, isUniqueViolation, type Tx } from '@centralita/platform/database';
import type { Runtime } from '../../runtime.ts';
import { errors } from './errors.ts';
import { insertCompany, insertKey, insertUser, type Company, type Role, type User } from './store.ts';

export interface NewCompany {
  readonly slug: string;
  readonly name: string;
  readonly timezone?: string;
  readonly locale?: string;
}

/** Creates a company with its schema and role in one transaction. Throws `companies.slug_taken`. */
export async function createCompany(rt: Pick<Runtime, 'db'>, input: NewCompany): Promise<Company> {
  const id = newUuid();
  // The random half of the id: names a schema and a role nobody else has in this cluster.
  const name = `c_${id.replaceAll('-', '').slice(12)}`;
  const company: Company = { id, slug: input.slug, name: input.name, schema: name, role: name, timezone: input.timezone ?? 'America/Santiago', locale: input.locale ?? 'es' };
  try {
    return await rt.db.shared(async (tx) => {
      await insertCompany(tx, company);
      await applyCompanyMigrations(tx, company);
      return company;
    });
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
}

/** argon2id with the library's defaults (64 MiB, 3 passes), which follow RFC 9106's second recommendation. */
export async function createUser(rt: Pick<Runtime, 'db'>, companyId: string, input: NewUser): Promise<User> {
  const user: User = { id: newUuid(), company_id: companyId, email: input.email, name: input.name, role: input.role };
  const password_hash = await argon2.hash(input.password);
  try {
    await rt.db.shared((tx) => insertUser(tx, { ...user, password_hash }));
  } catch (error) {
    if (isUniqueViolation(error, 'users_email')) throw errors.email_taken(input.email);
    throw error;
  }
  return user;
}

/** Stores a key as its hash; `given` is one chosen by the operator. Answers the key itself, shown once. */
export async function createApiKey(tx: Tx, companyId: string, input: { name: string; role: Role; given?: string }): Promise<string> {
  const key = input.given ?? `ck_${randomToken(30)}`;
  await insertKey(tx, { id: newUuid(), company_id: companyId, name: input.name, prefix: key.slice(0, 7), key_hash: hashToken(key), role: input.role });
  return key;
}
