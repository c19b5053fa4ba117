import argon2 from 'argon2';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { ChangePasswordBody, ChangeUserBody, InviteUserBody, LookAtLinkBody, UseLinkBody, type InvitedUser, type LinkView, type User, type UserLink, type UserPage } from '@centralita/contracts';
import { decodeId, encodeId } from '@centralita/kernel';
import { hashToken } from '@centralita/platform/crypto';
import type { z } from 'zod';
import type { Runtime } from '../../runtime.ts';
import { signIn } from './authenticate.ts';
import { callerOf, loginToken } from './caller.ts';
import type { Caller } from './caller-type.ts';
import { company } from './directory.ts';
import { errors } from './errors.ts';
import { loginCookie, me, requireOwnPage } from './login.ts';
import type { LoginLimit } from './login-limit.ts';
import { userByEmail } from './store.ts';
import { allUsersOf, linkByToken, type UserRow } from './store-users.ts';
import { changeOwnPassword, changeUser, inviteUser, linkUser, useLink, type MadeLink } from './users.ts';

/** People of a company, for its administrators; and the pages a link opens, for whoever holds it. */
export function userRoutes(app: FastifyInstance, rt: Runtime, limit: LoginLimit): void {
  app.get('/api/users', async (request): Promise<z.output<typeof UserPage>> => {
    const caller = await callerOf(rt, request, 'company:manage_users');
    return { users: (await allUsersOf(rt.db, caller.company.id)).map(view) };
  });
  app.post('/api/users', async (request, reply): Promise<z.output<typeof InvitedUser>> => {
    const caller = await callerOf(rt, request, 'company:manage_users');
    const { user, link } = await inviteUser(rt, caller, InviteUserBody.parse(request.body));
    void reply.code(201).header('cache-control', 'no-store');
    return { user: view(user), link: linkView(rt, link) };
  });
  app.patch('/api/users/:id', async (request): Promise<User> => {
    const caller = await callerOf(rt, request, 'company:manage_users');
    return view(await changeUser(rt, caller, { userId: userId(request), body: ChangeUserBody.parse(request.body) }));
  });
  app.post('/api/users/:id/link', async (request, reply): Promise<UserLink> => {
    const caller = await callerOf(rt, request, 'company:manage_users');
    const link = await linkUser(rt, caller, userId(request));
    void reply.code(201).header('cache-control', 'no-store');
    return linkView(rt, link);
  });

  app.post('/api/links/look', async (request, reply): Promise<LinkView> => {
    const { token } = LookAtLinkBody.parse(request.body);
    const right = limit.begin(request.ip, hashToken(token).toString('hex'));
    const found = await linkByToken(rt.db, hashToken(token));
    if (!found) throw errors.link_gone();
    right();
    void reply.header('cache-control', 'no-store');
    return { purpose: found.purpose, name: found.name, email: found.email, company: (await company(rt, found.company_id)).name };
  });
  app.post('/api/links/use', async (request, reply) => {
    requireOwnPage(rt, request);
    const body = UseLinkBody.parse(request.body);
    const right = limit.begin(request.ip, hashToken(body.token).toString('hex'));
    // Whether the link is good is known before a slow hash is reckoned for it.
    if (!await linkByToken(rt.db, hashToken(body.token))) throw errors.link_gone();
    const { email } = await useLink(rt, body);
    right();
    const { token, caller } = await signIn(rt, email, body.password);
    void reply.header('set-cookie', loginCookie(rt, token)).header('cache-control', 'no-store');
    return me(caller);
  });
  app.post('/api/me/password', async (request, reply) => {
    const caller = await callerOf(rt, request);
    const { current, password } = ChangePasswordBody.parse(request.body);
    const email = caller.user?.email;
    if (email === undefined) throw errors.no_person();
    const right = limit.begin(request.ip, email);
    await changeOwnPassword(rt, caller, { current: () => isPassword(rt, caller, current), password, login: loginToken(request.headers.cookie) });
    right();
    return reply.code(204).send();
  });
}

async function isPassword(rt: Runtime, caller: Caller, password: string): Promise<boolean> {
  const user = caller.user && await userByEmail(rt.db, caller.user.email);
  return user?.password_hash ? argon2.verify(user.password_hash, password) : false;
}

function view(u: UserRow): User {
  return {
    id: encodeId('usr', u.id), name: u.name, email: u.email, role: u.role, platform: u.platform, business_ids: u.business_ids.map((id) => encodeId('biz', id)),
    status: u.disabled_at !== null ? 'disabled' : u.has_password ? 'active' : 'invited', created_at: u.created_at.toISOString(), last_login_at: u.last_login_at?.toISOString() ?? null,
  };
}

/** The token stands behind #: it reaches no server's log. */
export const linkView = (rt: Runtime, { token, purpose, expires_at }: MadeLink): UserLink => ({ url: `${rt.config.publicUrl}/welcome#${token}`, purpose, expires_at: expires_at.toISOString() });

function userId(request: FastifyRequest): string {
  const id = decodeId('usr', (request.params as { id: string }).id);
  if (id === undefined) throw errors.user_not_found();
  return id;
}
