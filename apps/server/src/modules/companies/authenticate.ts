import argon2 from 'argon2';
import { createLookups, randomToken, timingSafeEqualText } from '@centralita/kernel';
import { hashToken } from '@centralita/platform/crypto';
import type { Runtime } from '../../runtime.ts';
import type { Caller } from './caller-type.ts';
import { company } from './directory.ts';
import { errors } from './errors.ts';
import { isListed } from './ip-list.ts';
import { LoginLimit } from './login-limit.ts';
import { permissionsOf } from './permissions.ts';
import { deleteLogin, insertLogin, loginByToken, userByEmail, type BoundUser } from './store.ts';
import { actFor, withToken } from './tenant.ts';
import { isToken } from './tokens.ts';
import { noteLogin } from './store-users.ts';
import { keysByHash, noteUse, type KeyRow } from './store-keys.ts';

export const COOKIE = 'centralita';
export const LOGIN_HOURS = 24 * 14;

// A hash nobody's password has, so that an unknown e-mail takes as long as a wrong password.
let decoy: Promise<string> | undefined;

/** Checks e-mail and password; answers the cookie's token. Throws `companies.wrong_password` for either. */
export async function signIn(rt: Runtime, email: string, password: string): Promise<{ token: string; caller: Caller }> {
  const user = await userByEmail(rt.db, email);
  decoy ??= argon2.hash(randomToken());
  const right = await argon2.verify(user?.password_hash ?? await decoy, password);
  if (!user?.password_hash || !right) throw errors.wrong_password();
  const token = randomToken(32);
  const csrf = randomToken(18);
  const { password_hash, ...plain } = user;
  const caller = letIn(await person(rt, plain, csrf));
  if (!await insertLogin(rt.db, { token_hash: hashToken(token), user_id: user.id, password_hash, csrf, hours: LOGIN_HOURS })) throw errors.wrong_password();
  await noteLogin(rt.db, user.id);
  return { token, caller };
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
  /** Where the request comes from, for keys that are held to some networks. */
  readonly ip?: string;
  /** The company that is named beside the credentials. */
  readonly tenant?: string;
  /** What is about to be done, for a company's own IAM. */
  readonly action?: string;
}

/**
 * The caller behind a cookie, a key or a token. Throws `companies.not_signed_in`, `companies.wrong_key`, `companies.key_expired`,
 * `companies.key_address`, `companies.too_many_keys`, `companies.suspended`, and what a token can be refused with.
 */
export async function authenticate(rt: Runtime, given: Credentials): Promise<Caller> {
  if (given.apiKey && isToken(given.apiKey)) return letIn(await withToken(rt, given.apiKey, { tenant: given.tenant, action: given.action ?? 'whatsapp:read' }));
  const caller = given.apiKey ? await withKey(rt, given.apiKey, given.ip ?? '') : await withCookie(rt, given.cookie);
  return letIn(await actFor(rt, caller, given.tenant));
}

async function withCookie(rt: Runtime, cookie: string | undefined): Promise<Caller> {
  if (!cookie) throw errors.not_signed_in();
  const found = await loginByToken(rt.db, hashToken(cookie));
  if (!found) throw errors.not_signed_in();
  const { csrf, ...user } = found;
  return person(rt, user, csrf);
}

async function person(rt: Runtime, { business_ids, ...user }: BoundUser, csrf: string): Promise<Caller> {
  return { company: await company(rt, user.company_id), role: user.role, permissions: permissionsOf(user.role, user), businesses: heldTo(user, business_ids), user, csrf };
}

/** Who runs the installation is held to nothing. */
const heldTo = ({ platform }: { readonly platform: boolean }, ids: readonly string[]): Caller['businesses'] => (platform || ids.length === 0 ? null : new Set(ids));

async function withKey(rt: Runtime, text: string, ip: string): Promise<Caller> {
  const guard = guardOf(rt);
  const name = hashToken(text).toString('hex');
  // Somebody else's guesses from the same address hold up no system whose key is right.
  if (!guard.right.has(name)) guard.limit.requireKeyTry(ip);
  const key = await guard.keys(name);
  if (!key) {
    guard.right.delete(name);
    guard.limit.wrongKey(ip);
    throw errors.wrong_key();
  }
  remember(guard.right, name);
  if (key.expires_at !== null && key.expires_at.getTime() <= rt.clock.now()) throw errors.key_expired(`It ended at ${key.expires_at.toISOString()}.`);
  if (key.allowed_ips !== null && !isListed(ip, key.allowed_ips)) throw errors.key_address(ip === '' ? undefined : `This request comes from ${ip}.`);
  await used(rt, key, ip);
  return { company: await company(rt, key.company_id), role: key.role, permissions: permissionsOf(key.role, key), businesses: heldTo(key, key.business_ids), key: { id: key.id, name: key.name } };
}

interface Guard {
  readonly limit: LoginLimit;
  /** Requests of one moment ask together. */
  readonly keys: (hash: string) => Promise<KeyRow | undefined>;
  /** Hashes of keys that were right in this process. */
  readonly right: Set<string>;
}
const MAX_RIGHT = 10_000;
const guards = new WeakMap<Runtime['db'], Guard>();
function guardOf(rt: Runtime): Guard {
  let guard = guards.get(rt.db);
  if (!guard) guards.set(rt.db, guard = { limit: new LoginLimit(rt.clock), keys: createLookups((hashes) => keysByHash(rt.db, hashes)), right: new Set() });
  return guard;
}

function remember(right: Set<string>, name: string): void {
  if (right.has(name)) return;
  right.add(name);
  const oldest = right.size > MAX_RIGHT ? right.values().next().value : undefined;
  if (oldest !== undefined) right.delete(oldest);
}

/** A suspended company lets in nobody but those who run the installation. */
function letIn(caller: Caller): Caller {
  if (caller.company.suspended_at !== null && !caller.permissions.has('platform:admin')) throw errors.suspended(caller.company.suspended_reason === null ? undefined : `(${caller.company.suspended_reason})`);
  return caller;
}

/** Within a minute the last use is written once. */
const NOTE_EVERY_MS = 60_000;

async function used(rt: Runtime, key: KeyRow, ip: string): Promise<void> {
  const now = rt.clock.now();
  if (key.last_used_at !== null && now - key.last_used_at.getTime() < NOTE_EVERY_MS) return;
  await noteUse(rt.db, { id: key.id, ip });
}

/** A changing request of a browser must carry the token that only our own page knows. Keys need none. */
export function checkCsrf(caller: Pick<Caller, 'csrf'>, header: string | undefined): void {
  if (caller.csrf !== undefined && !timingSafeEqualText(caller.csrf, header ?? '')) throw errors.csrf();
}
