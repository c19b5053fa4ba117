import type { FastifyInstance } from 'fastify';
import { LoginBody } from '@centralita/contracts';
import { isAppError } from '@centralita/kernel';
import type { Runtime } from '../../runtime.ts';
import { signIn, signOut } from './authenticate.ts';
import { callerOf, loginToken } from './caller.ts';
import { companySettingsRoutes } from './http-company.ts';
import { keyRoutes } from './http-keys.ts';
import { platformRoutes } from './http-platform.ts';
import { userRoutes } from './http-users.ts';
import { loginCookie, me, requireOwnPage } from './login.ts';
import { LoginLimit } from './login-limit.ts';
import { rateLimitHeaders, usageOf } from './usage.ts';

export function companyRoutes(app: FastifyInstance, rt: Runtime): void {
  const limit = new LoginLimit(rt.clock);
  app.addHook('onSend', (request, reply, _payload, done) => {
    if (!reply.hasHeader('ratelimit-limit')) void reply.headers(rateLimitHeaders(request));
    done();
  });
  app.addHook('onClose', () => usageOf(rt).settle());

  app.post('/api/login', async (request, reply) => {
    requireOwnPage(rt, request);
    const { email, password } = LoginBody.parse(request.body);
    const right = limit.begin(request.ip, email);
    const { token, caller } = await signIn(rt, email, password);
    right();
    void reply.header('set-cookie', loginCookie(rt, token));
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
    return reply.header('set-cookie', loginCookie(rt, undefined)).code(204).send();
  });

  app.get('/api/me', async (request, reply) => {
    void reply.header('cache-control', 'no-store');
    return me(await callerOf(rt, request));
  });

  userRoutes(app, rt, limit);
  keyRoutes(app, rt);
  companySettingsRoutes(app, rt);
  platformRoutes(app, rt);
}
