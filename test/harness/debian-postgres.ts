import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { isAlive, postgresProcessesIn } from '../../packages/platform/src/postgres/processes.ts';
import { defer, type Scope } from './defer.ts';
import { tempFolder } from './folders.ts';
import { freePort } from './processes.ts';
import { tools } from './tools.ts';
import { waitFor } from './wait.ts';

/** A PostgreSQL of Debian's packages, listening on 127.0.0.1, that drills may treat badly. */
export interface DebianPostgres {
  /** Superuser `postgres`, database `postgres`. */
  readonly url: string;
  readonly port: number;
  readonly version: number;
  /** kill -9 of the postmaster; its children follow. Resolves when all are gone. */
  kill(): Promise<void>;
  /** Starts it again on the same port after `kill` or `stop`; resolves when it accepts connections. */
  start(): Promise<void>;
  /** Fast shutdown. */
  stop(): Promise<void>;
  /** SIGSTOP to all of it: connections stay open and nothing answers. */
  freeze(): Promise<void>;
  thaw(): void;
}

/**
 * Starts one for the test (call `requireTool(t, 'postgresql')` first). `durable`: on the disk with fsync, for fault drills;
 * otherwise in memory without. Runs as user postgres when we are root.
 */
export async function startDebianPostgres(t: Scope, { durable = false, settings = {} }: { durable?: boolean; settings?: Readonly<Record<string, string>> } = {}): Promise<DebianPostgres> {
  const bin = tools.postgresql.find();
  if (!bin) throw new Error('there is no PostgreSQL of Debian here; check with requireTool first');
  const folder = tempFolder(t, { on: durable ? 'disk' : 'memory' });
  const as: { uid?: number; gid?: number } = process.getuid?.() === 0 ? userOf('postgres') : {};
  if (as.uid !== undefined && as.gid !== undefined) chownSync(folder, as.uid, as.gid);
  const data = join(folder, 'cluster');
  const made = spawnSync(join(bin, 'initdb'), ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale', 'C', '--no-instructions', ...(durable ? [] : ['--no-sync'])], { ...as, cwd: '/', encoding: 'utf8', env: { PATH: process.env['PATH'] } });
  if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr || made.error?.message}`);
  const port = await freePort();
  const all = { listen_addresses: '127.0.0.1', port: String(port), unix_socket_directories: folder, max_connections: '100', ...(durable ? {} : { fsync: 'off' }), ...settings };
  const server = new Server({ program: join(bin, 'postgres'), args: ['-D', data, ...Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])], as, folder, data, port });
  defer(t, async () => {
    server.thaw();
    await server.stop();
  });
  await server.start();
  return server;
}

interface Setup {
  readonly program: string;
  readonly args: readonly string[];
  readonly as: { readonly uid?: number; readonly gid?: number };
  readonly folder: string;
  readonly data: string;
  readonly port: number;
}

class Server implements DebianPostgres {
  readonly #setup: Setup;
  #child: ChildProcess | undefined;
  readonly url: string;
  readonly port: number;
  readonly version: number;

  constructor(setup: Setup) {
    this.#setup = setup;
    this.port = setup.port;
    this.url = `postgresql://postgres@127.0.0.1:${setup.port}/postgres`;
    this.version = Number(readFileSync(join(setup.data, 'PG_VERSION'), 'utf8'));
  }

  async start(): Promise<void> {
    const { program, args, as, folder } = this.#setup;
    const log = openSync(join(folder, 'log'), 'a');
    const child = spawn(program, [...args], { ...as, cwd: '/', env: { PATH: process.env['PATH'] }, stdio: ['ignore', log, log], detached: true });
    closeSync(log);
    this.#child = child;
    await once(child, 'spawn');
    await waitFor(() => {
      if (child.exitCode !== null) throw new Error(readFileSync(join(folder, 'log'), 'utf8').slice(-1000));
      return this.#answers();
    }, { what: 'PostgreSQL to accept connections', timeout: 60_000 });
  }

  async kill(): Promise<void> {
    this.#child?.kill('SIGKILL');
    await this.#gone();
  }

  async stop(): Promise<void> {
    this.#child?.kill('SIGINT');
    await this.#gone();
  }

  async freeze(): Promise<void> {
    // The postmaster first: then no child is born while the others are stopped.
    this.#child?.kill('SIGSTOP');
    await waitFor(() => {
      const pids = postgresProcessesIn(this.#setup.data);
      for (const pid of pids) signal(pid, 'SIGSTOP');
      return pids.every((pid) => /^State:\s+T/m.test(readFileSync(`/proc/${pid}/status`, 'utf8')));
    }, { what: 'PostgreSQL to be frozen' });
  }

  thaw(): void {
    for (const pid of postgresProcessesIn(this.#setup.data).reverse()) signal(pid, 'SIGCONT');
  }

  async #gone(): Promise<void> {
    const pid = this.#child?.pid;
    await waitFor(() => (pid === undefined || !isAlive(pid)) && postgresProcessesIn(this.#setup.data).length === 0, { what: 'PostgreSQL to be gone', timeout: 30_000 });
  }

  async #answers(): Promise<boolean> {
    const client = new pg.Client({ connectionString: this.url, connectionTimeoutMillis: 2000 });
    client.on('error', () => undefined);
    try {
      await client.connect();
      return true;
    } finally {
      await client.end().catch(() => undefined);
    }
  }
}

function userOf(name: string): { uid: number; gid: number } {
  const line = readFileSync('/etc/passwd', 'utf8').split('\n').map((text) => text.split(':')).find((parts) => parts[0] === name);
  if (!line) throw new Error(`there is no user ${name} here`);
  return { uid: Number(line[2]), gid: Number(line[3]) };
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It ended meanwhile.
  }
}
