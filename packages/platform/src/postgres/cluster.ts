import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, closeSync, existsSync, fsyncSync, lstatSync, mkdirSync, openSync, readdirSync, readFileSync, realpathSync, renameSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { embeddedMajor, type Binaries } from './binaries.ts';
import { EmbeddedError } from './errors.ts';
import { commandOf, handOver, runnerEnv, type Runner } from './runner.ts';

/** Superuser and database of the embedded server. */
export const clusterUser = 'centralita';

/** Where the parts of one embedded server are. */
export interface ClusterPaths {
  /** The folder of everything (CENTRALITA_DATA), with symbolic links resolved: /proc shows it so. */
  readonly folder: string;
  /** PostgreSQL's own folder (PGDATA). */
  readonly cluster: string;
  readonly socketDir: string;
  readonly log: string;
}

/** Makes the outer folders (mode 700) where they are missing. */
export function preparePaths(dataDir: string): ClusterPaths {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const folder = realpathSync(dataDir);
  const socketDir = socketFolder(folder);
  return { folder, cluster: join(folder, 'postgres'), socketDir, log: join(folder, 'postgres.log') };
}

/** A socket's path may have 107 bytes; PostgreSQL adds `/.s.PGSQL.5432.lock`. Deep folders get a short one of their own. */
function socketFolder(folder: string): string {
  const near = join(folder, 'run');
  if (Buffer.byteLength(near) <= 85) {
    mkdirSync(near, { recursive: true, mode: 0o700 });
    return near;
  }
  const hash = createHash('sha256').update(folder).digest('hex').slice(0, 16);
  const far = join(realpathSync(tmpdir()), `centralita-${process.getuid?.() ?? 0}-${hash}`);
  mkdirSync(far, { recursive: true, mode: 0o700 });
  const found = lstatSync(far);
  // Anyone may write in /tmp: a folder somebody else put there would let him answer as our database.
  const trusted = [process.getuid?.(), statSync(folder).uid, statSync(join(folder, 'postgres'), { throwIfNoEntry: false })?.uid];
  if (!found.isDirectory() || !trusted.includes(found.uid)) {
    throw new EmbeddedError('not_ours', `${far} belongs to somebody else, so the database's socket cannot be put there. Remove it, or choose a CENTRALITA_DATA with a shorter path.`);
  }
  chmodSync(far, 0o700);
  return far;
}

/** The version a data folder was made with, undefined when there is none yet. */
export function clusterVersion(cluster: string): string | undefined {
  try {
    return readFileSync(join(cluster, 'PG_VERSION'), 'utf8').trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new EmbeddedError('not_ours', `${cluster} cannot be read (${(error as NodeJS.ErrnoException).code}). Run as the user it belongs to, or choose another CENTRALITA_DATA.`);
  }
}

/** Refuses a folder this PostgreSQL cannot open, with the way out. */
export function checkVersion(cluster: string): void {
  const version = clusterVersion(cluster);
  if (version === undefined || version === String(embeddedMajor)) return;
  throw new EmbeddedError('wrong_version', Number(version) > embeddedMajor
    ? `${cluster} was made by PostgreSQL ${version}; this Centralita brings PostgreSQL ${embeddedMajor}. Use the newer Centralita the folder comes from, or another CENTRALITA_DATA.`
    : `${cluster} was made by PostgreSQL ${version}; this Centralita brings PostgreSQL ${embeddedMajor}. Make a backup with the older Centralita and restore it with this one into a new CENTRALITA_DATA.`);
}

/** initdb into a temporary folder, then rename: a start that is interrupted leaves nothing half made. About 1 s. */
export function createCluster({ paths, binaries, runner, durable }: { paths: ClusterPaths; binaries: Binaries; runner: Runner; durable: boolean }): void {
  // Left by a start that was interrupted; we own the folder, so nobody is writing there.
  for (const name of readdirSync(paths.folder)) if (name.startsWith('postgres.new-')) rmSync(join(paths.folder, name), { recursive: true, force: true });
  const draft = join(paths.folder, `postgres.new-${process.pid}`);
  mkdirSync(draft, { mode: 0o700 });
  handOver(runner, draft);
  const { file, args, uid, gid } = commandOf(runner, binaries.initdb, [
    '--pgdata', draft, '--username', clusterUser, '--encoding', 'UTF8',
    // Trust on the socket: its folder has mode 700 and there is no other way in. A role that is not a superuser gains nothing by
    // it through dblink or postgres_fdw, which want a password that was really asked for.
    '--auth-local', 'trust', '--auth-host', 'reject',
    // Code point order, the same on every machine and after every upgrade of the C library; `LIKE 'x%'` uses plain indexes.
    '--locale', 'C', '--locale-provider', 'builtin', '--builtin-locale', 'C.UTF-8',
    '--no-instructions', ...(durable ? [] : ['--no-sync']),
  ]);
  const result = spawnSync(file, [...args], { uid, gid, env: runnerEnv(), cwd: '/', stdio: ['ignore', 'pipe', 'pipe'] });
  if (result.status !== 0) {
    rmSync(draft, { recursive: true, force: true });
    throw new EmbeddedError('init_failed', `The embedded PostgreSQL could not be set up in ${paths.folder}: ${lastLines(String(result.stderr)) || result.error?.message || 'unknown reason'}`);
  }
  renameSync(draft, paths.cluster);
  if (durable) syncFolder(paths.folder);
}

function syncFolder(folder: string): void {
  const fd = openSync(folder, 'r');
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

/** What a person needs of PostgreSQL's output: its last errors. */
export function lastLines(text: string): string {
  const lines = text.trim().split('\n').filter((line) => line.trim() !== '');
  const errors = lines.filter((line) => /FATAL|PANIC|ERROR|HINT|error:/.test(line));
  return (errors.length > 0 ? errors : lines).slice(-3).join(' · ');
}

/** Keeps one older log; PostgreSQL writes only warnings, so 5 MB are months. */
export function rotateLog(log: string): void {
  if (existsSync(log) && lstatSync(log).size > 5_000_000) renameSync(log, `${log}.1`);
}
