import argon2 from 'argon2';
import type { ChangeUserBody, InviteUserBody, Role } from '@centralita/contracts';
import { encodeId, newUuid, randomToken } from '@centralita/kernel';
import { hashToken } from '@centralita/platform/crypto';
import { isUniqueViolation, type Tx } from '@centralita/platform/database';
import type { z } from 'zod';
import type { Runtime } from '../../runtime.ts';
import { audit, difference } from './audit.ts';
import { decodeBusinesses } from './businesses.ts';
import type { Caller } from './caller-type.ts';
import { forgetCompanies } from './directory.ts';
import { errors } from './errors.ts';
import { takeRoom } from './limits.ts';
import { permissionsOf, requireCovered, requirePermission } from './permissions.ts';
import { insertUser } from './store.ts';
import { activeAdministrators, countUsers, dropLinks, endLogins, replaceLinks, setBusinesses, setUserPassword, takeLink, updateUser, userOf, type UserRow } from './store-users.ts';

/** An invitation waits a week, a new password a day. */
const LINK_HOURS = { invitation: 24 * 7, password: 24 };

export interface MadeLink {
  /** Without it nobody gets in: it is in the address behind #, which browsers send to nobody. */
  readonly token: string;
  readonly purpose: 'invitation' | 'password';
  readonly expires_at: Date;
}

/**
 * Makes a user who chooses a password with the link. Throws `companies.email_taken`, `companies.business_not_found`,
 * `companies.limit_users`, `companies.forbidden` for a role that may more than the caller.
 */
export async function inviteUser(rt: Runtime, caller: Caller, body: z.output<typeof InviteUserBody>): Promise<Invited> {
  const made = await rt.db.shared((tx) => inviteIn(tx, caller, body));
  forgetCompanies(rt);
  return made;
}

export interface Invited {
  readonly user: UserRow;
  readonly link: MadeLink;
}
/** The same in the caller's transaction. */
export async function inviteIn(tx: Tx, caller: Caller, body: z.output<typeof InviteUserBody>): Promise<Invited> {
  requireCovered(caller, permissionsOf(body.role));
  const id = newUuid();
  const { company } = caller;
  const businesses = await decodeBusinesses(tx, company.id, body.business_ids);
  await takeRoom(tx, company.id, { what: 'users', has: () => countUsers(tx, company.id) });
  try {
    await insertUser(tx, { id, company_id: company.id, email: body.email, name: body.name, role: body.role, platform: false, password_hash: null });
  } catch (error) {
    if (isUniqueViolation(error, 'users_email')) throw errors.email_taken(body.email);
    throw error;
  }
  await setBusinesses(tx, { id, company_id: company.id }, businesses);
  const user = (await userOf(tx, company.id, id))!;
  await audit(tx, caller, { action: 'user.invited', target: target(user), after: told(user) });
  return { user, link: await makeLink(tx, user) };
}

/** A new link; those before end. For who has a password already it is one for a new password. */
export async function linkUser(rt: Runtime, caller: Caller, userId: string): Promise<MadeLink> {
  return rt.db.shared(async (tx) => {
    const user = await changeable(tx, caller, userId);
    if (user.disabled_at !== null) throw errors.user_disabled();
    const link = await makeLink(tx, user);
    await audit(tx, caller, { action: `user.${link.purpose}_link_made`, target: target(user) });
    return link;
  });
}

/** Throws `companies.user_not_found`, `companies.own_user`, `companies.last_administrator`, `companies.forbidden`. */
export async function changeUser(rt: Runtime, caller: Caller, { userId, body }: { userId: string; body: z.output<typeof ChangeUserBody> }): Promise<UserRow> {
  const user = await rt.db.shared(async (tx) => {
    // Before the user's own row: two changes at once lock in one order.
    const administrators = await activeAdministrators(tx, caller.company.id);
    const before = await changeable(tx, caller, userId);
    const change = { name: body.name ?? before.name, role: body.role ?? before.role, platform: body.platform ?? before.platform, disabled: body.disabled ?? before.disabled_at !== null };
    const loses = change.disabled || change.role !== before.role || change.platform !== before.platform;
    if (caller.user?.id === before.id && loses) throw errors.own_user();
    if (change.role !== before.role) requireCovered(caller, permissionsOf(change.role));
    if (change.platform !== before.platform) requirePermission(caller, 'platform:admin');
    if (before.disabled_at !== null && !change.disabled) await takeRoom(tx, caller.company.id, { what: 'users', has: () => countUsers(tx, caller.company.id) });
    const stays = change.role === 'administrator' && !change.disabled;
    if (!stays && administrators.length === 1 && administrators[0] === before.id) throw errors.last_administrator();
    await updateUser(tx, before.id, change);
    if (body.business_ids !== undefined) await setBusinesses(tx, before, await decodeBusinesses(tx, caller.company.id, body.business_ids));
    if (change.disabled && before.disabled_at === null) await shutOut(rt, tx, before.id);
    const after = (await userOf(tx, caller.company.id, before.id))!;
    const changed = difference(told(before), told(after));
    if (changed) await audit(tx, caller, { action: 'user.changed', target: target(after), ...changed });
    return after;
  });
  forgetCompanies(rt);
  return user;
}

/** Gives the holder of a link the password they chose; the link is used up. Throws `companies.link_gone`. */
export async function useLink(rt: Runtime, { token, password }: { token: string; password: string }): Promise<{ email: string }> {
  const password_hash = await argon2.hash(password);
  return rt.db.shared(async (tx) => {
    const link = await takeLink(tx, hashToken(token));
    if (!link) throw errors.link_gone();
    await setUserPassword(tx, link.user_id, password_hash);
    await shutOut(rt, tx, link.user_id);
    await audit(tx, 'system', { action: link.purpose === 'invitation' ? 'user.joined' : 'user.password_changed', target: { kind: 'user', id: encodeId('usr', link.user_id), name: link.name }, companyId: link.company_id });
    return { email: link.email };
  });
}

/** Throws `companies.wrong_password`, `companies.no_person`. The login it is asked with goes on. */
export async function changeOwnPassword(rt: Runtime, caller: Caller, { current, password, login }: { current: () => Promise<boolean>; password: string; login: string | undefined }): Promise<void> {
  const user = caller.user;
  if (!user) throw errors.no_person();
  if (!await current()) throw errors.wrong_password();
  const password_hash = await argon2.hash(password);
  await rt.db.shared(async (tx) => {
    await setUserPassword(tx, user.id, password_hash);
    await shutOut(rt, tx, user.id, login === undefined ? null : hashToken(login));
    await audit(tx, caller, { action: 'user.password_changed', target: { kind: 'user', id: encodeId('usr', user.id), name: user.name } });
  });
}

/** A user of the caller's company whom the caller may change: nobody with more permissions, or one could become them. */
async function changeable(tx: Tx, caller: Caller, id: string): Promise<UserRow> {
  const user = await userOf(tx, caller.company.id, id, true);
  if (!user) throw errors.user_not_found();
  requireCovered(caller, permissionsOf(user.role, user));
  return user;
}

async function makeLink(tx: Tx, user: UserRow): Promise<MadeLink> {
  const token = randomToken(32);
  const purpose = user.has_password ? 'password' : 'invitation';
  const expires_at = await replaceLinks(tx, { token_hash: hashToken(token), user_id: user.id, purpose, hours: LINK_HOURS[purpose] });
  return { token, purpose, expires_at };
}

/** Ends logins (but one) and links; who listens to `login.ended` closes what they had open. */
async function shutOut(rt: Runtime, tx: Tx, userId: string, but: Buffer | null = null): Promise<void> {
  await dropLinks(tx, userId);
  for (const hash of await endLogins(tx, userId, but)) await rt.events.emit(tx, 'login.ended', { login: hash.toString('hex') });
}

const target = (user: { id: string; name: string }): { kind: string; id: string; name: string } => ({ kind: 'user', id: encodeId('usr', user.id), name: user.name });

function told(user: UserRow): { email: string; name: string; role: Role; platform: boolean; disabled: boolean; business_ids: string[] } {
  return { email: user.email, name: user.name, role: user.role, platform: user.platform, disabled: user.disabled_at !== null, business_ids: user.business_ids.map((id) => encodeId('biz', id)) };
}
