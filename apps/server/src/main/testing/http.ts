import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { createLog } from '@centralita/platform/log';
import { loadConfig, type Config } from '@centralita/platform/config';
import { defer, type Scope } from '../../../../../test/harness/defer.ts';
import { tempFolder } from '../../../../../test/harness/folders.ts';
import { createUser, createCompany, type Company } from '../../modules/companies/index.ts';
import type { Module, Runtime } from '../../runtime.ts';
import { createRuntime } from '../create-runtime.ts';
import { buildHttp } from '../http.ts';
import { modules as every } from '../modules.ts';
import { createScreens } from '../realtime.ts';

export interface HttpServer {
  readonly rt: Runtime;
  readonly app: FastifyInstance;
  readonly url: string;
  /** Ends it before the test does. */
  close(): Promise<void>;
}
export interface HttpChoice {
  readonly databaseUrl: string;
  readonly config?: Partial<Config>;
  readonly modules?: readonly Module[];
  ready?(): boolean;
}

/** The HTTP and the screens of a server in this process, without lanes; several share one database. */
export async function listenHttp(t: Scope, { databaseUrl, config = {}, modules = every, ready = () => true }: HttpChoice): Promise<HttpServer> {
  const folder = tempFolder(t);
  const loaded = loadConfig({ env: { PORT: '0', CENTRALITA_ENCRYPTION_KEY: 'ab'.repeat(32) }, cwd: folder });
  if (!loaded.ok) throw new Error(loaded.problems.join('\n'));
  const screens = createScreens();
  const { rt, processId, close } = createRuntime({ config: { ...loaded.config, data: folder, ...config }, databaseUrl, log: createLog(process.env['TEST_LOG'] ?? 'silent'), realtime: screens });
  for (const module of modules) module.subscribe?.(rt);
  screens.join(rt, { id: processId, databaseUrl });
  const app = await buildHttp(rt, { modules, health: { version: 'test', role: 'api', startedAt: rt.clock.now(), ready } });
  screens.attach(app.server, rt);
  await app.listen({ host: '127.0.0.1', port: 0 });
  let closed: Promise<void> | undefined;
  const end = (): Promise<void> => closed ??= (async () => {
    const http = app.close();
    await screens.close();
    await http;
    await close();
  })();
  defer(t, end);
  return { rt, app, url: `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`, close: end };
}

export interface Person {
  readonly company: Company;
  readonly email: string;
  readonly password: string;
}

/** A company with an agent. */
export async function person(rt: Runtime, name: string): Promise<Person> {
  const company = await createCompany(rt, { slug: name, name });
  const login = { email: `${name}@example.test`, password: `clave de ${name}` };
  await createUser(rt, company.id, { ...login, name, role: 'agent' });
  return { company, ...login };
}
