import type { FastifyInstance } from 'fastify';
import { LoginBody, type Me } from '@centralita/contracts';
import { encodeId, isAppError } from '@centralita/kernel';
import type { Runtime } from '../../runtime.ts';
import { COOKIE, LOGIN_HOURS, signIn, signOut, type Caller } from './authenticate.ts';
import { callerOf, loginToken } from './caller.ts';
import { errors } from './errors.ts';
import { LoginLimit } from './login-limit.ts';
import { isOwnOrigin } from './origin.ts';

export function companyRoutes(app: FastifyInstance, rt: Runtime): void {
  const limit = new LoginLimit(rt.clock);
  // Lax: a link from elsewhere opens the inbox signed in; other sites' requests come without the cookie.
  const attributes = `Path=/; HttpOnly; SameSite=Lax${rt.config.publicUrl.startsWith('https:') ? '; Secure' : ''}`;

  app.post('/api/login', async (request, reply) => {
    // Signing somebody in as another from a foreign page is refused as well.
    if (!isOwnOrigin(rt.config.publicUrl, { origin: request.headers.origin, host: request.host })) throw errors.foreign_page();
    const { email, password } = LoginBody.parse(request.body);
    const right = limit.begin(request.ip, email);
    const { token, caller } = await signIn(rt, email, password);
    right();
    void reply.header('set-cookie', `${COOKIE}=${token}; Max-Age=${LOGIN_HOURS * 3600}; ${attributes}`);
    return me(caller);
  });

  app.post('/api/logout', async (request, reply) => {
    const token = loginToken(request.headers.cookie);
    try {
      await callerOf(rt, request);
      if (token) await signOut(rt, token);
    } catch (error) {
      // A login that has ended already is what was asked for.
      if (!isAppError(error) || error.code !== 'companies.not_signed_in') throw error;
    }
    return reply.header('set-cookie', `${COOKIE}=; Max-Age=0; ${attributes}`).code(204).send();
  });

  app.get('/api/me', async (request, reply) => {
    void reply.header('cache-control', 'no-store');
    return me(await callerOf(rt, request));
  });
}

function me({ company, user, csrf, permissions }: Caller): Me {
  if (!user || csrf === undefined) throw errors.no_person();
  return {
    user: { id: encodeId('usr', user.id), name: user.name, email: user.email, role: user.role },
    company: { id: encodeId('co', company.id), name: company.name, timezone: company.timezone },
    permissions: [...permissions],
    csrf,
  };
}
