import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Config } from '@centralita/platform/config';
import { environment } from '@centralita/platform/environment';
import type { HttpClient } from '@centralita/platform/http';
import type { Logger } from '@centralita/platform/log';
import { StartError } from './start-error.ts';
import { root } from './version.ts';

/** The sandbox beside the server: started, taken over when it outlived a killed server, started again when it dies. */
export interface SandboxProcess {
  readonly url: string;
  readonly adopted: boolean;
  stop(): Promise<void>;
}

interface Running {
  readonly pid: number;
  readonly port: number;
  readonly child?: ChildProcess;
}

const READY_MS = 20_000;
/** Its own drain takes 1.5 s. */
const STOP_MS = 2500;
const WATCH_MS = 500;
/** Settings of its own that may stand in our environment. */
const OWN = /^SANDBOX_/;

interface Context {
  readonly config: Config;
  readonly http: HttpClient;
  readonly log: Logger;
}

/** Starts it, or takes over the one of this data folder that still runs. Throws StartError when its port is taken or it does not start. */
export async function startSandbox(context: Context): Promise<SandboxProcess> {
  const found = await findRunning(context);
  const running = found ?? await launch(context, context.config.sandboxPort);
  const keeper = new Keeper(context, running);
  return { url: `http://127.0.0.1:${running.port}`, adopted: found !== undefined, stop: () => keeper.stop() };
}

class Keeper {
  readonly #context: Context;
  readonly #port: number;
  #running: Running;
  #stopping = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(context: Context, running: Running) {
    this.#context = context;
    this.#port = running.port;
    this.#running = running;
    this.#watch();
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    clearTimeout(this.#timer);
    await end(this.#running.pid);
  }

  #watch(): void {
    const { child, pid } = this.#running;
    const gone = (): void => {
      if (this.#stopping) return;
      this.#context.log.warn({ pid }, 'the sandbox ended; starting it again');
      void this.#revive();
    };
    if (child) {
      if (child.exitCode !== null || child.signalCode !== null) gone();
      else child.once('exit', gone);
      return;
    }
    this.#timer = setTimeout(() => {
      if (isAlive(pid)) this.#watch();
      else gone();
    }, WATCH_MS).unref();
  }

  async #revive(): Promise<void> {
    for (let wait = 200; !this.#stopping; wait = Math.min(wait * 2, 10_000)) {
      try {
        this.#running = await launch(this.#context, this.#port);
        if (this.#stopping) await end(this.#running.pid);
        else this.#watch();
        return;
      } catch (error) {
        this.#context.log.warn({ error: (error as Error).message }, 'the sandbox does not start');
        await sleep(wait);
      }
    }
  }
}

const folderOf = (config: Config): string => join(config.data, 'sandbox');
const noteOf = (config: Config): string => join(config.data, 'sandbox.json');

/** The one noted at its start, if it still runs with this folder; on another port than asked for it is ended. */
async function findRunning({ config, http }: Context): Promise<Running | undefined> {
  const note = readNote(config);
  const port = note?.port ?? config.sandboxPort;
  const health = await ask(http, port);
  if (health?.data !== folderOf(config)) return undefined;
  if (config.sandboxPort === 0 || config.sandboxPort === port) return { pid: health.pid, port };
  await end(health.pid);
  return undefined;
}

async function ask(http: HttpClient, port: number): Promise<{ pid: number; data: string } | undefined> {
  if (port === 0) return undefined;
  try {
    const answer = await http.request({ method: 'GET', url: `http://127.0.0.1:${port}/health`, timeoutMs: 1000 });
    return JSON.parse(answer.body.toString('utf8')) as { pid: number; data: string };
  } catch {
    return undefined;
  }
}

function launch({ config }: Context, port: number): Promise<Running> {
  const passed = Object.fromEntries(Object.entries(environment()).filter(([name]) => OWN.test(name) || name === 'PATH' || name === 'TZ'));
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', join(root, 'apps/sandbox/src/main.ts')], {
    cwd: config.data, env: { ...passed, SANDBOX_PORT: String(port), SANDBOX_DATA: folderOf(config) },
    // A group of its own: Ctrl-C is for the server, which ends the sandbox last.
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'], detached: true,
  });
  let said = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-2000);
  });
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new StartError('The sandbox does not start within 20 s. Look whether the machine is overloaded, or switch it off with CENTRALITA_SANDBOX=off.'));
    }, READY_MS);
    child.once('error', (error) => {
      clearTimeout(timer);
      reject(new StartError(`The sandbox cannot be started: ${error.message}`));
    });
    child.once('exit', () => {
      clearTimeout(timer);
      reject(new StartError(whyNot(said, port)));
    });
    child.once('message', (news: { port: number }) => {
      clearTimeout(timer);
      child.removeAllListeners('exit');
      const running = { pid: child.pid!, port: news.port, child };
      writeFileSync(noteOf(config), JSON.stringify({ pid: running.pid, port: running.port }), { mode: 0o600 });
      // It must not keep us alive; we end it ourselves.
      child.unref();
      child.channel?.unref();
      (child.stderr as unknown as { unref?(): void } | null)?.unref?.();
      resolve(running);
    });
  });
}

function whyNot(said: string, port: number): string {
  if (said.includes('EADDRINUSE')) return `SANDBOX_PORT: port ${port} is in use by another program. Stop that one, choose another SANDBOX_PORT, or switch the sandbox off with CENTRALITA_SANDBOX=off.`;
  const line = said.trim().split('\n')[0] ?? '';
  return `The sandbox does not start: ${line.replace(/^sandbox: /, '') || 'it ended without a word'}`;
}

function readNote(config: Config): { pid: number; port: number } | undefined {
  try {
    return JSON.parse(readFileSync(noteOf(config), 'utf8')) as { pid: number; port: number };
  } catch {
    return undefined;
  }
}

async function end(pid: number): Promise<void> {
  signal(pid, 'SIGTERM');
  for (const until = performance.now() + STOP_MS; isAlive(pid); await sleep(20)) {
    if (performance.now() < until) continue;
    signal(pid, 'SIGKILL');
    return;
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It has ended already.
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    // A dead child of ours is a zombie until Node has collected it; one of somebody else's may wait for its parent.
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return !/^[ZX]$/.test(stat.slice(stat.lastIndexOf(')') + 2, stat.lastIndexOf(')') + 3));
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
