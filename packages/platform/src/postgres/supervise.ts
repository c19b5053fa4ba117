import { statSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Binaries } from './binaries.ts';
import { checkVersion, clusterVersion, createCluster, type ClusterPaths } from './cluster.ts';
import { EmbeddedError } from './errors.ts';
import { findPostmaster, logTail, runsWith, spawnPostmaster, stopPostmaster, waitForStrays, waitReady, type Postmaster } from './postmaster.ts';
import { chooseRunner, handOver } from './runner.ts';

/** What the supervisor tells; pino and the console both fit. */
export interface EmbeddedLog {
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}

export interface ClusterContext {
  readonly paths: ClusterPaths;
  readonly binaries: Binaries;
  /** Arguments for postgres, see `settingArguments`. */
  readonly settings: readonly string[];
  readonly durable: boolean;
  readonly log: EmbeddedLog;
}

export interface Running extends Postmaster {
  /** It was already serving: its owner had been killed. */
  readonly adopted: boolean;
  /** It had not been stopped properly and replayed its log. */
  readonly recovered: boolean;
}

/** Finds the running PostgreSQL of a folder or starts it, making the folder first where there is none. Throws EmbeddedError. */
export async function ensureRunning(context: ClusterContext): Promise<Running> {
  const { paths, log } = context;
  checkVersion(paths.cluster);
  const found = findPostmaster(paths.cluster);
  if (found.state === 'running') {
    const adopted = await adopt(found.pid, context);
    if (adopted) return adopted;
  }
  const before = findPostmaster(paths.cluster);
  if (before.state === 'stale') {
    log.warn('PostgreSQL was not stopped properly the last time; it recovers by itself');
    await waitForStrays(paths.cluster, 10_000);
  }
  return start(context, before.state === 'stale' ? before.pid : undefined);
}

async function adopt(pid: number, context: ClusterContext): Promise<Running | undefined> {
  const { paths, log } = context;
  if (!runsWith(pid, { binaries: context.binaries, cluster: paths.cluster, settings: context.settings })) {
    log.info(`PostgreSQL (pid ${pid}) runs with other settings or another version; restarting it`);
    await stopPostmaster(pid, 60_000);
    return undefined;
  }
  const ready = await waitReady({ pid, child: undefined }, paths, slow(log));
  if (!ready) return undefined;
  log.info(`PostgreSQL (pid ${pid}) was still running; taken over`);
  return { pid, child: undefined, adopted: true, recovered: false };
}

async function start(context: ClusterContext, stalePid: number | undefined): Promise<Running> {
  const { paths, binaries, settings, log } = context;
  const runner = chooseRunner({ binary: binaries.postgres, folder: paths.folder, cluster: paths.cluster });
  handOver(runner, paths.socketDir);
  if (clusterVersion(paths.cluster) === undefined) {
    log.info(`setting up PostgreSQL in ${paths.cluster}`);
    createCluster({ paths, binaries, runner, durable: context.durable });
  }
  handOver(runner, paths.cluster);
  for (let attempt = 1; ; attempt++) {
    const offset = statSync(paths.log, { throwIfNoEntry: false })?.size ?? 0;
    const postmaster = await spawnPostmaster({ paths, binaries, runner, settings, stalePid });
    if (await waitReady(postmaster, paths, slow(log))) return { ...postmaster, adopted: false, recovered: stalePid !== undefined };
    const reason = logTail(paths.log, offset) || `see ${paths.log}`;
    // Children of a killed postmaster may still hold its shared memory for a moment.
    if (attempt > 20 || !/shared memory block|lock file/.test(reason)) {
      throw new EmbeddedError('start_failed', `PostgreSQL does not start: ${reason}`);
    }
    await sleep(100 * Math.min(attempt, 10));
  }
}

function slow(log: EmbeddedLog): (seconds: number) => void {
  return (seconds) => log.info(`PostgreSQL is not ready after ${seconds} s; it replays what was not yet in its files`);
}
