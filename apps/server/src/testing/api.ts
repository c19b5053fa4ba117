import { fastify, type FastifyInstance, type LightMyRequestResponse } from 'fastify';
import { encodeId, newUuid } from '@centralita/kernel';
import { defer, type Scope } from '../../../../test/harness/defer.ts';
import { sendProblem } from '../main/problems.ts';
import { createUser, signIn, type Company, type Role } from '../modules/companies/index.ts';
import type { Module, Runtime } from '../runtime.ts';

/** The routes of these rooms with the problems of the real server, for inject or (after `listen`) real HTTP; closed with the test. */
export async function startApi(t: Scope, rt: Runtime, modules: readonly Module[]): Promise<FastifyInstance> {
  const app = fastify({ genReqId: () => encodeId('req', newUuid()), routerOptions: { maxParamLength: 700 } });
  app.setErrorHandler((error, request, reply) => sendProblem(error, request, { reply, log: rt.log }));
  for (const module of modules) module.http?.(app, rt);
  defer(t, () => app.close());
  await app.ready();
  return app;
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** Somebody in a browser. `get` and `post` give the JSON of a 2xx and throw otherwise. */
export interface Agent {
  /** `usr_…` */
  readonly id: string;
  readonly cookie: string;
  readonly headers: Readonly<Record<string, string>>;
  raw(method: Method, url: string, body?: unknown): Promise<LightMyRequestResponse>;
  get<T>(url: string): Promise<T>;
  post<T>(url: string, body?: unknown): Promise<T>;
}

export async function signedIn(rt: Runtime, app: FastifyInstance, { company, name, role }: { company: Company; name: string; role: Role }): Promise<Agent> {
  const email = `${newUuid()}@example.test`;
  const user = await createUser(rt, company.id, { email, name, role, password: 'contraseña segura' });
  const { token, caller } = await signIn(rt, email, 'contraseña segura');
  const cookie = `centralita=${token}`;
  const headers = { cookie, 'x-csrf-token': caller.csrf ?? '' };
  const raw = (method: Method, url: string, body?: unknown): Promise<LightMyRequestResponse> =>
    app.inject({ method, url, headers, ...(body === undefined ? {} : { payload: body as Record<string, unknown> }) });
  const json = async <T>(method: Method, url: string, body?: unknown): Promise<T> => {
    const answer = await raw(method, url, body);
    if (answer.statusCode >= 300) throw new Error(`${method} ${url}: ${answer.statusCode} ${answer.body}`);
    return answer.json<T>();
  };
  return { id: encodeId('usr', user.id), cookie, headers, raw, get: (url) => json('GET', url), post: (url, body) => json('POST', url, body) };
}
