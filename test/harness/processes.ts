import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { isAlive } from '../../packages/platform/src/postgres/processes.ts';
import { defer, type Scope } from './defer.ts';
import { tempFolder } from './folders.ts';
import { waitFor } from './wait.ts';

export const repository = resolve(import.meta.dirname, '../..');

/** A port nobody listens on now. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => {
    server.close(done);
  });
  return port;
}

export interface AppOptions {
  /** A TypeScript or JavaScript file (from the repository's root) run by this Node; or `command`. */
  readonly script?: string;
  readonly command?: string;
  readonly args?: readonly string[];
  /** Added to PATH, HOME, TMPDIR and the like; nothing else of this process reaches the app. */
  readonly env?: Readonly<Record<string, string>>;
  /** Default: an empty folder, so that no `.env` of a developer is read. */
  readonly cwd?: string;
  readonly uid?: number;
  readonly gid?: number;
  /** Resolve only when a line matches, when the URL answers 2xx, or when this gives something truthy. */
  readonly ready?: { readonly line: RegExp } | { readonly url: string } | { readonly when: (app: App) => unknown };
  /** For the ready condition, milliseconds; default 90 s. */
  readonly timeout?: number;
}

export interface App {
  readonly pid: number;
  readonly child: ChildProcess;
  /** Everything said so far, both streams, line by line. */
  readonly lines: readonly string[];
  output(): string;
  /** The first line that matches, already said or yet to come. */
  waitForLine(pattern: RegExp, timeout?: number): Promise<RegExpMatchArray>;
  /** kill -9, and the end awaited. */
  kill(): Promise<void>;
  /** SIGTERM (or another), and the end awaited. The exit code, null when a signal ended it. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
  /** SIGSTOP: the process holds what it has and does nothing. */
  freeze(): void;
  thaw(): void;
  readonly running: boolean;
}

/** Runs a program until the test ends, however it ends. On failure to become ready the error holds what it said. */
export async function spawnApp(t: Scope, options: AppOptions): Promise<App> {
  const cwd = options.cwd ?? tempFolder(t);
  const [command, ...before] = options.command ? [options.command] : [process.execPath, '--disable-warning=ExperimentalWarning', resolve(repository, options.script ?? '')];
  const env = { ...pick(['PATH', 'HOME', 'TMPDIR', 'LANG', 'NODE_COMPILE_CACHE']), ...options.env };
  const child = spawn(command ?? '', [...before, ...(options.args ?? [])], { cwd, env, uid: options.uid, gid: options.gid, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
  const app = new ChildApp(child);
  defer(t, async () => {
    if (!app.running) return;
    app.thaw();
    const ended = app.stop();
    await Promise.race([ended, waitFor(() => !app.running, { what: 'the app to stop', timeout: 20_000 })]).catch(() => app.kill());
  });
  await once(child, 'spawn');
  const { ready } = options;
  if (ready) {
    const what = 'line' in ready ? `a line like ${ready.line}` : 'url' in ready ? `${ready.url} to answer` : 'the app to be ready';
    await waitFor(async () => {
      if (!app.running) return 'ended';
      if ('line' in ready) return app.lines.some((line) => ready.line.test(line));
      if ('url' in ready) return (await fetch(ready.url)).ok;
      return ready.when(app);
    }, { what, timeout: options.timeout ?? 90_000 }).catch((error: unknown) => {
      throw new Error(`${(error as Error).message}\n${app.output().slice(-4000)}`);
    });
    if (!app.running) throw new Error(`${options.script ?? options.command} ended (${child.exitCode ?? child.signalCode}) before it was ready:\n${app.output().slice(-4000)}`);
  }
  return app;
}

class ChildApp implements App {
  readonly child: ChildProcess;
  readonly lines: string[] = [];
  readonly #closed: Promise<unknown>;

  constructor(child: ChildProcess) {
    this.child = child;
    // 'close' comes after the last line.
    this.#closed = once(child, 'close').catch(() => undefined);
    for (const stream of [child.stdout, child.stderr]) {
      if (stream) createInterface(stream).on('line', (line) => this.lines.push(line));
    }
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  get running(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  output(): string {
    return this.lines.join('\n');
  }

  waitForLine(pattern: RegExp, timeout = 30_000): Promise<RegExpMatchArray> {
    return waitFor(() => {
      for (const line of this.lines) {
        const match = pattern.exec(line);
        if (match) return match;
      }
      return undefined;
    }, { what: `a line like ${pattern}`, timeout });
  }

  async kill(): Promise<void> {
    if (this.running) this.child.kill('SIGKILL');
    await this.#ended();
  }

  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
    if (this.running) this.child.kill(signal);
    await this.#ended();
    return this.child.exitCode;
  }

  freeze(): void {
    this.child.kill('SIGSTOP');
  }

  thaw(): void {
    this.child.kill('SIGCONT');
  }

  /** Its own end; a grandchild that keeps the pipes open (the sandbox outlives its parent) is not waited for. */
  async #ended(): Promise<void> {
    if (this.running) await once(this.child, 'exit');
    await Promise.race([this.#closed, new Promise((done) => {
      setTimeout(done, 200).unref();
    })]);
  }
}

/**
 * A data folder for a server under test. What still runs in it when the test ends (a PostgreSQL or a sandbox that outlived its killed
 * parent) is ended: its command line, environment or working folder names the folder, so it is the test's.
 */
export function dataFolder(t: Scope, options: { on?: 'memory' | 'disk' } = {}): string {
  const folder = tempFolder(t, options);
  defer(t, () => endProcessesOf(folder));
  return `${folder}/data`;
}

/** Ends every process that belongs to a folder, and waits for it. PostgreSQL gets its fast shutdown. */
export async function endProcessesOf(folder: string): Promise<void> {
  for (const pid of processesOf(folder)) signal(pid, isPostmaster(pid) ? 'SIGINT' : 'SIGTERM');
  await waitFor(() => processesOf(folder).length === 0, { what: 'processes to stop', timeout: 20_000 }).catch(async () => {
    for (const pid of processesOf(folder)) signal(pid, isPostmaster(pid) ? 'SIGQUIT' : 'SIGKILL');
    await waitFor(() => processesOf(folder).length === 0, { what: 'killed processes to end' });
  });
}

/** Processes whose command line, environment or working folder names the folder. */
export function processesOf(folder: string): number[] {
  return readdirSync('/proc').map(Number).filter((pid) => {
    if (!Number.isInteger(pid) || pid <= 1 || pid === process.pid || !isAlive(pid)) return false;
    return [read(`/proc/${pid}/cmdline`), read(`/proc/${pid}/environ`), link(`/proc/${pid}/cwd`)].some((text) => text.includes(folder));
  });
}

function isPostmaster(pid: number): boolean {
  return (read(`/proc/${pid}/cmdline`).split('\0')[0] ?? '').endsWith('/postgres');
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It ended meanwhile.
  }
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function link(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}

function pick(names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])));
}
