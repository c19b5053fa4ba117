import pg from 'pg';
import { isAlive } from './processes.ts';
import { findBinaries } from './binaries.ts';
import { clusterUser, preparePaths } from './cluster.ts';
import { EmbeddedError } from './errors.ts';
import { ownerOf, takeOwnership, type Ownership } from './owner.ts';
import { answers, findPostmaster, stopPostmaster } from './postmaster.ts';
import { settingArguments, type Settings } from './settings.ts';
import { ensureRunning, type ClusterContext, type EmbeddedLog, type Running } from './supervise.ts';

export { EmbeddedError } from './errors.ts';
export type { EmbeddedLog } from './supervise.ts';

export interface EmbeddedOptions {
  /** The data folder (CENTRALITA_DATA); `postgres/`, `postgres.log` and the socket go into it. Made if missing. */
  readonly dataDir: string;
  readonly log: EmbeddedLog;
  /** PostgreSQL settings over ours, such as `{ max_connections: '200' }`. */
  readonly extraSettings?: Settings;
}

/** How PostgreSQL ended although nobody asked it to. */
export interface UnexpectedExit {
  readonly pid: number;
  /** Unknown (undefined) for one that was taken over. */
  readonly signal: string | undefined;
  readonly code: number | undefined;
}

export interface Embedded {
  /** For `pg`, psql and pg_dump alike. */
  readonly url: string;
  readonly socketDir: string;
  /** Of the PostgreSQL that runs now; changes when it had to be started again. */
  readonly pid: number;
  /** It was still running after its owner had been killed. */
  readonly adopted: boolean;
  /** It had not been stopped properly and replayed its log. */
  readonly recovered: boolean;
  /** Called whenever PostgreSQL ends unasked; it is started again right afterwards. Connections are lost. */
  onExit(listener: (exit: UnexpectedExit) => void): void;
  /** Fast shutdown, some 40 ms; ends every connection. Safe to call twice. */
  stop(): Promise<void>;
}

const database = 'centralita';
/** A killed PostgreSQL that was taken over is noticed this soon; for our own child there is a signal. */
const watchMs = 250;
const stopMs = 60_000;

/**
 * Starts the embedded PostgreSQL of a data folder, or takes over the one that a killed process left running, and looks after it:
 * if it dies it is started again, for as long as it takes. One process at a time owns a folder; a second gets EmbeddedError `in_use`.
 * Other codes: `no_binaries`, `no_runner`, `wrong_version`, `not_ours`, `init_failed`, `start_failed`; the messages say what to do.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  const paths = preparePaths(options.dataDir);
  const ownership = await takeOwnership(paths.folder);
  if ('takenBy' in ownership) {
    const who = ownership.takenBy === 0 ? 'another process' : `pid ${ownership.takenBy}`;
    throw new EmbeddedError('in_use', `${paths.folder} is in use by another Centralita (${who}). Stop that one first, or choose another CENTRALITA_DATA.`);
  }
  try {
    const settings = settingArguments(paths.socketDir, options.extraSettings);
    const context: ClusterContext = { paths, binaries: findBinaries(), settings, durable: options.extraSettings?.['fsync'] !== 'off', log: options.log };
    const running = await ensureRunning(context);
    await ensureDatabase(paths.socketDir);
    return new Supervisor(context, { running, ownership });
  } catch (error) {
    await ownership.release();
    throw error;
  }
}

/**
 * The address of a data folder's PostgreSQL while another process (the server) owns it, for commands that run beside it;
 * undefined when nobody does: then the command may start it itself.
 */
export async function findEmbedded(dataDir: string): Promise<{ readonly url: string; readonly ownerPid: number } | undefined> {
  const paths = preparePaths(dataDir);
  const owner = await ownerOf(paths.folder);
  if (owner === undefined || findPostmaster(paths.cluster).state !== 'running' || !await answers(paths.socketDir)) return undefined;
  return { url: embeddedUrl(paths.socketDir), ownerPid: owner };
}

/** The connection address of a socket folder. The host in front is only there because URLs want one. */
export function embeddedUrl(socketDir: string, name = database): string {
  return `postgresql://${clusterUser}@localhost/${name}?host=${encodeURIComponent(socketDir)}`;
}

async function ensureDatabase(socketDir: string): Promise<void> {
  const client = new pg.Client({ host: socketDir, user: clusterUser, database: 'postgres' });
  await client.connect();
  try {
    const found = await client.query('select 1 from pg_database where datname = $1', [database]);
    if (found.rowCount === 0) await client.query(`create database ${database}`);
  } finally {
    await client.end();
  }
}

class Supervisor implements Embedded {
  readonly url: string;
  readonly socketDir: string;
  readonly adopted: boolean;
  readonly recovered: boolean;
  readonly #context: ClusterContext;
  readonly #ownership: Ownership;
  readonly #listeners: ((exit: UnexpectedExit) => void)[] = [];
  #running: Running;
  #stopping: Promise<void> | undefined;
  #reviving: Promise<void> = Promise.resolve();

  constructor(context: ClusterContext, { running, ownership }: { running: Running; ownership: Ownership }) {
    this.#context = context;
    this.#ownership = ownership;
    this.#running = running;
    this.socketDir = context.paths.socketDir;
    this.url = embeddedUrl(this.socketDir);
    this.adopted = running.adopted;
    this.recovered = running.recovered;
    this.#watch(running);
  }

  get pid(): number {
    return this.#running.pid;
  }

  onExit(listener: (exit: UnexpectedExit) => void): void {
    this.#listeners.push(listener);
  }

  stop(): Promise<void> {
    this.#stopping ??= this.#stop();
    return this.#stopping;
  }

  async #stop(): Promise<void> {
    await this.#reviving;
    const ended = await stopPostmaster(this.pid, stopMs);
    if (!ended) this.#context.log.warn(`PostgreSQL (pid ${this.pid}) has not stopped after ${stopMs / 1000} s; it goes on stopping by itself`);
    await this.#ownership.release();
  }

  #watch(running: Running): void {
    if (running.child) {
      if (running.child.exitCode !== null || running.child.signalCode !== null) this.#ended({ pid: running.pid, signal: running.child.signalCode ?? undefined, code: running.child.exitCode ?? undefined });
      else running.child.once('exit', (code, signal) => this.#ended({ pid: running.pid, signal: signal ?? undefined, code: code ?? undefined }));
      return;
    }
    const timer = setInterval(() => {
      if (isAlive(running.pid)) return;
      clearInterval(timer);
      this.#ended({ pid: running.pid, signal: undefined, code: undefined });
    }, watchMs);
    timer.unref();
  }

  #ended(exit: UnexpectedExit): void {
    if (this.#stopping) return;
    const how = exit.signal ?? (exit.code === undefined ? 'unasked' : `code ${exit.code}`);
    this.#context.log.error(`PostgreSQL (pid ${exit.pid}) ended (${how}); starting it again`);
    for (const listener of this.#listeners) listener(exit);
    this.#reviving = this.#revive();
  }

  async #revive(): Promise<void> {
    for (let wait = 100; !this.#stopping; wait = Math.min(wait * 2, 5000)) {
      try {
        this.#running = await ensureRunning(this.#context);
        this.#context.log.info(`PostgreSQL is back (pid ${this.pid})`);
        this.#watch(this.#running);
        return;
      } catch (error) {
        // A full disk, say: it comes back when there is room.
        this.#context.log.error(`${(error as Error).message} · next attempt in ${wait / 1000} s`);
        await new Promise((resolve) => {
          setTimeout(resolve, wait);
        });
      }
    }
  }
}
