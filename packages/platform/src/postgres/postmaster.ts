import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { Binaries } from './binaries.ts';
import { clusterUser, lastLines, rotateLog, type ClusterPaths } from './cluster.ts';
import { EmbeddedError } from './errors.ts';
import { commandLine, isAlive, postgresProcessesIn } from './processes.ts';
import { commandOf, runnerEnv, type Runner } from './runner.ts';

/** One running PostgreSQL, started by us or found. */
export interface Postmaster {
  readonly pid: number;
  /** Set when it is our child. */
  readonly child: ChildProcess | undefined;
}

interface PidFile {
  readonly pid: number;
  readonly ready: boolean;
}

/** `postmaster.pid`: pid, folder, start time, port, socket folder, listen addresses, shared memory, status. */
function readPidFile(cluster: string): PidFile | undefined {
  try {
    const lines = readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n');
    const pid = Number(lines[0]);
    return Number.isInteger(pid) && pid > 1 ? { pid, ready: lines[7]?.trim() === 'ready' } : undefined;
  } catch {
    return undefined;
  }
}

function postmasterArguments(cluster: string, settings: readonly string[]): string[] {
  return ['-D', cluster, ...settings];
}

/** What a pid file says about the folder: a postmaster of ours, or a trace of one. Process ids are reused, so the pid alone says nothing. */
export function findPostmaster(cluster: string): { readonly state: 'none' } | { readonly state: 'running'; readonly pid: number } | { readonly state: 'stale'; readonly pid: number } {
  const file = readPidFile(cluster);
  if (!file) return { state: 'none' };
  const ours = isAlive(file.pid) && commandLine(file.pid).includes(cluster);
  return ours ? { state: 'running', pid: file.pid } : { state: 'stale', pid: file.pid };
}

/** True when it runs with exactly these binaries and settings; otherwise an upgrade calls for a restart. */
export function runsWith(pid: number, { binaries, cluster, settings }: { binaries: Binaries; cluster: string; settings: readonly string[] }): boolean {
  const wanted = [binaries.postgres, ...postmasterArguments(cluster, settings)];
  const found = commandLine(pid);
  return found.length === wanted.length && found.every((part, index) => part === wanted[index]);
}

/** Starts it detached, output to a file: it must outlive us (kill -9) without a pipe that breaks. */
export function spawnPostmaster(options: { paths: ClusterPaths; binaries: Binaries; runner: Runner; settings: readonly string[]; stalePid: number | undefined }): Promise<Postmaster> {
  const { paths, binaries, runner, settings, stalePid } = options;
  rotateLog(paths.log);
  const output = openSync(paths.log, 'a', 0o600);
  const { file, args, uid, gid } = commandOf(runner, binaries.postgres, postmasterArguments(paths.cluster, settings));
  // PostgreSQL refuses to start while the pid of its old pid file exists, whoever has that pid now (in containers: often somebody).
  // We know it is not a postmaster of this folder, and say so with the means pg_ctl uses for its own shell; the pid file stays.
  const env = runnerEnv(stalePid === undefined ? {} : { PG_GRANDPARENT_PID: String(stalePid) });
  const child = spawn(file, [...args], { uid, gid, env, cwd: '/', detached: true, stdio: ['ignore', output, output] });
  closeSync(output);
  child.unref();
  return new Promise((resolve, reject) => {
    child.once('error', (error) => reject(new EmbeddedError('start_failed', `PostgreSQL cannot be started: ${error.message}`)));
    child.once('spawn', () => resolve({ pid: child.pid ?? 0, child }));
  });
}

/** Waits until it accepts connections. False when it ended instead; recovery after a crash may take as long as it needs. */
export async function waitReady(postmaster: Postmaster, paths: ClusterPaths, onSlow: (seconds: number) => void): Promise<boolean> {
  let told = 5;
  for (let waited = 0; ; waited += 10) {
    if (!isAlive(postmaster.pid)) return false;
    const file = readPidFile(paths.cluster);
    if (file?.pid === postmaster.pid && file.ready && await answers(paths.socketDir)) return true;
    if (waited >= told * 1000) {
      onSlow(told);
      told *= 2;
    }
    await sleep(10);
  }
}

/** True when a connection works. */
export async function answers(socketDir: string): Promise<boolean> {
  const client = new pg.Client({ host: socketDir, user: clusterUser, database: 'postgres', connectionTimeoutMillis: 5000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('select 1');
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Resolves when the process is gone; false after `timeoutMs`. */
export async function waitGone(pid: number, timeoutMs: number): Promise<boolean> {
  for (let waited = 0; waited < timeoutMs; waited += 10) {
    if (!isAlive(pid)) return true;
    await sleep(10);
  }
  return !isAlive(pid);
}

/**
 * Fast shutdown (SIGINT): rolls back what is open, writes a checkpoint, ends. Never SIGKILL: that leaves children and shared memory.
 * False when it had not ended after `timeoutMs`; it goes on ending by itself.
 */
export async function stopPostmaster(pid: number, timeoutMs: number): Promise<boolean> {
  try {
    process.kill(pid, 'SIGINT');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return true;
    throw new EmbeddedError('not_ours', `PostgreSQL (pid ${pid}) belongs to another user and cannot be stopped by this one.`);
  }
  return waitGone(pid, timeoutMs);
}

/** After a kill -9 of the postmaster its children notice and end (0.2–0.5 s); one that is stuck is told to quit. Their shared memory blocks a new start. */
export async function waitForStrays(cluster: string, timeoutMs: number): Promise<void> {
  for (let waited = 0; ; waited += 20) {
    const strays = postgresProcessesIn(cluster);
    if (strays.length === 0 || waited >= timeoutMs * 2) return;
    if (waited >= timeoutMs && waited < timeoutMs + 20) for (const pid of strays) quit(pid);
    await sleep(20);
  }
}

function quit(pid: number): void {
  try {
    process.kill(pid, 'SIGQUIT');
  } catch {
    // It ended meanwhile.
  }
}

/** The end of PostgreSQL's log from `offset` on, for an error message. */
export function logTail(log: string, offset: number): string {
  try {
    return lastLines(readFileSync(log).subarray(offset).toString('utf8'));
  } catch {
    return '';
  }
}
