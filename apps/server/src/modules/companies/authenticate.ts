import argon2 from 'argon2';
import { randomToken, timingSafeEqualText } from '@centralita/kernel';
import { hashToken } from '@centralita/platform/crypto';
import type { Runtime } from '../../runtime.ts';
import { company } from './directory.ts';
import { errors } from './errors.ts';
import { deleteLogin, insertLogin, keyByHash, loginByToken, userByEmail, type Company, type Role, type User } from './store.ts';

export const COOKIE = 'centralita';
export const LOGIN_HOURS = 24 * 14;

/** Who asks, and for which company. */
export interface Caller {
  readonly company: Company;
  readonly role: Role;
  /** A person in the browser; undefined for an API key. */
  readonly user?: User;
  /** Compared with the x-csrf-token header of changing requests made with the cookie. */
  readonly csrf?: string;
}

// A hash nobody's password has, so that an unknown e-mail takes as long as a wrong password.
let decoy: Promise<string> | undefined;

/** Checks e-mail and password; answers the cookie's token. Throws `companies.wrong_password` for either. */
export async function signIn(rt: Runtime, email: string, password: string): Promise<{ token: string; caller: Caller }> {
  const user = await userByEmail(rt.db, email);
  decoy ??= argon2.hash(randomToken());
  const right = await argon2.verify(user?.password_hash ?? await decoy, password);
  if (!user || !right) throw errors.wrong_password();
  const token = randomToken(32);
  const csrf = randomToken(18);
  await insertLogin(rt.db, { token_hash: hashToken(token), user_id: user.id, csrf, hours: LOGIN_HOURS });
  const { password_hash: _, ...plain } = user;
  return { token, caller: { company: await company(rt, user.company_id), role: user.role, user: plain, csrf } };
}

/** Ends the login; who listens to `login.ended` closes what it had open. */
export async function signOut(rt: Runtime, token: string): Promise<void> {
  const hash = hashToken(token);
  await rt.db.shared(async (tx) => {
    await deleteLogin(tx, hash);
    await rt.events.emit(tx, 'login.ended', { login: loginId(token) });
  });
}

/** Names a login without telling its token. */
export function loginId(token: string): string {
  return hashToken(token).toString('hex');
}

export interface Credentials {
  readonly cookie?: string;
  readonly apiKey?: string;
}

/** The caller behind a cookie or a key. Throws `companies.not_signed_in` or `companies.wrong_key`. */
export async function authenticate(rt: Runtime, given: Credentials): Promise<Caller> {
  if (given.apiKey) {
    const key = await keyByHash(rt.db, hashToken(given.apiKey));
    if (!key) throw errors.wrong_key();
    return { company: await company(rt, key.company_id), role: key.role };
  }
  if (!given.cookie) throw errors.not_signed_in();
  const found = await loginByToken(rt.db, hashToken(given.cookie));
  if (!found) throw errors.not_signed_in();
  const { csrf, ...user } = found;
  return { company: await company(rt, user.company_id), role: user.role, user, csrf };
}

/** A changing request of a browser must carry the token that only our own page knows. Keys need none. */
export function checkCsrf(caller: Caller, header: string | undefined): void {
  if (caller.csrf !== undefined && !timingSafeEqualText(caller.csrf, header ?? '')) throw errors.csrf();
}

export function requireAdministrator(caller: Caller): void {
  if (caller.role !== 'administrator') throw errors.forbidden();
}
