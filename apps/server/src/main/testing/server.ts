import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { spawnApp, repository, type App } from '../../../../../test/harness/processes.ts';
import type { Scope } from '../../../../../test/harness/defer.ts';

export const CLI = 'apps/server/src/main/cli.ts';

export interface ServerOptions {
  /** CENTRALITA_DATA, best from `dataFolder`. */
  readonly data: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly role?: 'all' | 'api' | 'worker';
  readonly cwd?: string;
  readonly uid?: number;
  readonly gid?: number;
}

export interface TestServer {
  readonly app: App;
  readonly url: string;
  /** Empty when it runs without a sandbox. */
  readonly sandbox: string;
  readonly data: string;
  firstRun(): { email: string; password: string; api_key: string };
  /** JSON of any answer, with its status. */
  call(method: string, path: string, options?: CallOptions): Promise<Answer>;
  /** Signs the first administrator in. */
  signIn(): Promise<{ cookie: string; csrf: string }>;
}
export interface CallOptions {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly json: Record<string, unknown>;
}

/** A whole server, as `npm start` runs it, on free ports; ready when it says so. */
export async function startServer(t: Scope, { data, env = {}, role = 'all', cwd, uid, gid }: ServerOptions): Promise<TestServer> {
  const app = await spawnApp(t, {
    script: CLI, args: ['start', '--role', role], cwd, uid, gid,
    env: { PORT: '0', SANDBOX_PORT: '0', CENTRALITA_DATA: data, LOG_LEVEL: 'info', ...env }, ready: { line: /^Ctrl-C stops it\.|\(role worker\)/ },
  });
  const said = (pattern: RegExp): string => pattern.exec(app.output())?.[1] ?? '';
  const url = said(/^Centralita +(\S+)$/m);
  const server: TestServer = {
    app, url, data, sandbox: said(/^Sandbox +(\S+) /m),
    firstRun: () => JSON.parse(readFileSync(join(data, 'first-run.json'), 'utf8')) as { email: string; password: string; api_key: string },
    call: (method, path, options) => call(method, url + path, options),
    async signIn() {
      const { email, password } = server.firstRun();
      const answer = await server.call('POST', '/api/login', { body: { email, password } });
      return { cookie: answer.headers.getSetCookie()[0]?.split(';')[0] ?? '', csrf: String(answer.json['csrf']) };
    },
  };
  return server;
}

/** One HTTP call of a test. */
export async function call(method: string, url: string, { body, headers = {} }: CallOptions = {}): Promise<Answer> {
  const sent = body === undefined ? {} : { body: typeof body === 'string' || body instanceof Uint8Array ? body as Uint8Array<ArrayBuffer> : JSON.stringify(body) };
  const answer = await fetch(url, { method, redirect: 'manual', headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers }, ...sent });
  const text = await answer.text();
  return { status: answer.status, headers: answer.headers, text, json: parsed(text) };
}

function parsed(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return {};
  }
}

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The `centralita` command to its end. */
export async function runCli(args: readonly string[], { env, cwd = '/' }: { env: Readonly<Record<string, string>>; cwd?: string }): Promise<Ended> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', join(repository, CLI), ...args], {
    cwd, env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...env }, stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      said[name] += text;
    });
  }
  const [code] = await once(child, 'close') as [number | null];
  return { code, ...said };
}
