import { mkdirSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import type { Config } from '@centralita/platform/config';
import { migrateUp, refusePooler } from '@centralita/platform/database';
import { freeDeadProcesses, registerProcess } from '@centralita/platform/lanes';
import type { Logger } from '@centralita/platform/log';
import { EmbeddedError, findEmbedded, startEmbedded } from '@centralita/platform/postgres/embedded';
import { keepHosts, setSandbox } from '../modules/web-sessions/index.ts';
import type { Runtime } from '../runtime.ts';
import { checkKey, createRuntime } from './create-runtime.ts';
import { prepareDemo, subscribeDemo } from './demo.ts';
import { firstRunFile, prepareFirstRun, type FirstRun } from './first-run.ts';
import { buildHttp } from './http.ts';
import { modules } from './modules.ts';
import { createScreens, type Screens } from './realtime.ts';
import { startSandbox } from './sandbox.ts';
import type { Stack } from './stack.ts';
import { StartError } from './start-error.ts';
import { version } from './version.ts';

/** all: everything · api: HTTP, webhooks, screens · worker: lanes and chores. */
export type Role = 'all' | 'api' | 'worker';
export const roles: readonly Role[] = ['all', 'api', 'worker'];

export interface StartOptions {
  readonly config: Config;
  readonly role: Role;
  readonly log: Logger;
  /** Says a line to people. */
  readonly say: (line: string) => void;
  /** Aborted when the process is asked to end, also during the start. */
  readonly signal: AbortSignal;
}

export interface Started {
  readonly url: string;
  readonly sandboxUrl?: string;
  readonly firstRun?: FirstRun;
  readonly firstRunFile: string;
  /** What was found broken and mended; lines for people. */
  readonly recovered: readonly string[];
  readonly rt: Runtime;
}

/** Asked to end before it was up; everything begun has been ended. */
export class Stopped extends Error {}

/** Starts a server, pushing onto `stack` how to end each part. Throws StartError, EmbeddedError, or Stopped. */
export async function startServer(options: StartOptions, stack: Stack): Promise<Started> {
  const { config, role, log, signal } = options;
  const goOn = (): void => {
    if (signal.aborted) throw new Stopped();
  };
  mkdirSync(config.data, { recursive: true, mode: 0o700 });
  const recovered: string[] = [];
  const serves = role !== 'worker';
  const works = role !== 'api';
  if (serves) await refuseTakenPort(config, role);

  const databaseUrl = await openDatabase(options, { stack, recovered });
  goOn();
  const screens = createScreens();
  const { rt, processId, close } = createRuntime({ config, databaseUrl, log, realtime: screens });
  stack.push('database', close);
  await migrate(rt);
  goOn();
  const dead = await freeDeadProcesses(rt.db);
  if (dead.processes > 0) recovered.push(`The last run was cut off: ${dead.leases} ${dead.leases === 1 ? 'lease was' : 'leases were'} freed, its work goes on.`);
  await registerProcess(rt.db, { id: processId, role, version: version() });
  await checkKey(rt);

  for (const module of modules) module.subscribe?.(rt);
  screens.join(rt, { id: processId, databaseUrl });
  stack.push('screens', () => screens.close());
  const prepared = serves ? await prepareFirstRun(rt) : undefined;
  goOn();
  const sandbox = config.sandbox && serves ? await startSandbox({ config, http: rt.http.carrier, log }) : undefined;
  if (sandbox) stack.push('sandbox', () => sandbox.stop());
  if (sandbox) setSandbox(rt, sandbox.url);
  if (sandbox?.adopted) recovered.push('The sandbox was still running and was taken over.');
  const demo = sandbox && config.demo ? await prepareDemo(rt, sandbox.url) : undefined;
  goOn();

  // Ended after the lanes: what is being sent leaves by them.
  if (works) stack.push('hosts of web sessions', keepHosts(rt));
  if (works) for (const module of modules) module.work?.(rt);
  // Every role rings lanes, so every role is one of the peers that hear them.
  stack.push('lanes', () => rt.lanes.stop());
  await rt.lanes.start();
  if (works) await startChores(rt, stack);
  goOn();
  let url = config.publicUrl;
  if (serves) {
    const state: State = { ready: false };
    const listening = await listen(rt, { role, screens, stack, state });
    if (demo && sandbox) await subscribeDemo(rt, { account: demo, sandboxUrl: sandbox.url, serverUrl: listening });
    state.ready = true;
    stack.push('readiness', () => {
      state.ready = false;
    });
    if (config.sources.publicUrl === 'default') url = listening;
  }
  return { url, sandboxUrl: sandbox?.url, firstRun: prepared?.firstRun, firstRunFile: firstRunFile(rt), recovered, rt };
}

/** For requests under way when the server is asked to end. */
const LAST_REQUESTS_MS = 2000;

interface State {
  ready: boolean;
}
interface Course {
  readonly stack: Stack;
  readonly recovered: string[];
}

async function openDatabase({ config, role, log }: StartOptions, { stack, recovered }: Course): Promise<string> {
  if (config.databaseUrl !== undefined) {
    const url = config.databaseUrl;
    await refusePooler(url).catch((error: Error) => {
      throw new StartError(/pooler/.test(error.message) ? error.message : `DATABASE_URL: the database does not answer (${error.message}). Look whether it runs and the address is right.`);
    });
    return url;
  }
  // Further processes of a split installation use the database of the one that owns the folder.
  const other = role === 'all' ? undefined : await findEmbedded(config.data);
  if (other) return other.url;
  const embedded = await startEmbedded({
    dataDir: config.data,
    log: { info: (message) => log.info(message), warn: (message) => log.warn(message), error: (message) => log.error(message) },
  });
  stack.push('PostgreSQL', () => embedded.stop());
  if (embedded.adopted) recovered.push('The last run was cut off: its PostgreSQL was still running and was taken over.');
  if (embedded.recovered) recovered.push('PostgreSQL had not been stopped properly; it has recovered.');
  return embedded.url;
}

async function migrate(rt: Runtime): Promise<void> {
  try {
    const { from, to, companies } = await migrateUp(rt.db);
    if (from > 0 && to > from) rt.log.info({ from, to, companies }, 'the database was migrated');
  } catch (error) {
    throw /newer Centralita|append-only/.test((error as Error).message) ? new StartError((error as Error).message) : error;
  }
}

async function startChores(rt: Runtime, stack: Stack): Promise<void> {
  for (const module of modules) {
    const end = await module.start?.(rt);
    if (end) stack.push(`chores of ${module.name}`, end);
  }
}

async function listen(rt: Runtime, { role, screens, stack, state }: { role: Role; screens: Screens; stack: Stack; state: State }): Promise<string> {
  const { host, port } = rt.config;
  const app = await buildHttp(rt, { modules, health: { version: version(), role, startedAt: rt.clock.now(), ready: () => state.ready } });
  screens.attach(app.server, rt);
  stack.push('HTTP', async () => {
    // Live connections never end by themselves.
    const closed = app.close();
    await screens.close();
    // Whoever has not finished by then never will; the sends under way need the rest of the time.
    const timer = setTimeout(() => app.server.closeAllConnections(), Math.min(LAST_REQUESTS_MS, rt.config.shutdownSeconds * 250));
    await closed.finally(() => clearTimeout(timer));
  });
  await app.listen({ host, port }).catch((error: unknown) => {
    throw portProblem(error, rt.config);
  });
  const { port: real } = app.server.address() as AddressInfo;
  const near = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host;
  return `http://${near}:${real}`;
}

/** Before anything heavy is started: the commonest mistake is a server that runs already. */
async function refuseTakenPort(config: Config, role: Role): Promise<void> {
  if (config.port === 0) return;
  const server = createServer();
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen({ host: config.host, port: config.port }, resolve);
    });
    await new Promise((done) => {
      server.close(done);
    });
  } catch (error) {
    const owner = config.embedded && role === 'all' ? await findEmbedded(config.data).catch(() => undefined) : undefined;
    if (owner) throw new EmbeddedError('in_use', `Centralita is running already with ${config.data} (pid ${owner.ownerPid}). Stop that one first, or choose another CENTRALITA_DATA and PORT.`);
    throw portProblem(error, config);
  }
}

function portProblem(error: unknown, { host, port }: Config): Error {
  switch ((error as NodeJS.ErrnoException).code) {
    case 'EADDRINUSE': return new StartError(`PORT: port ${port} on ${host} is in use by another program. Stop that one, or choose another PORT.`);
    case 'EACCES': return new StartError(`PORT: this user may not listen on port ${port}. Choose a PORT from 1024 up, and put a proxy in front.`);
    case 'EADDRNOTAVAIL': case 'ENOTFOUND': return new StartError(`HOST: this machine has no address ${host}. Use 127.0.0.1, or 0.0.0.0 for every network.`);
    default: return error as Error;
  }
}
