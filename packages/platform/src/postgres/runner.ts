import { spawnSync } from 'node:child_process';
import { chmodSync, lchownSync, lstatSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { EmbeddedError } from './errors.ts';

/** As whom PostgreSQL runs: it refuses root. */
export type Runner =
  | { readonly kind: 'plain' }
  /** A user namespace in which we are nobody, while files still see root: works below a home of mode 700. */
  | { readonly kind: 'unshare' }
  | { readonly kind: 'user'; readonly uid: number; readonly gid: number; readonly name: string };

export interface RunnerCommand {
  readonly file: string;
  readonly args: readonly string[];
  readonly uid?: number;
  readonly gid?: number;
}

/** The same command run by `runner`; `unshare` replaces itself, so the process id stays the one spawned. */
export function commandOf(runner: Runner, file: string, args: readonly string[]): RunnerCommand {
  switch (runner.kind) {
    case 'plain': return { file, args };
    case 'unshare': return { file: 'unshare', args: ['--user', '--', file, ...args] };
    case 'user': return { file, args, uid: runner.uid, gid: runner.gid };
  }
}

/** Nothing of ours but the search path: PGDATA, PGPORT and the like of the caller must not reach PostgreSQL. */
export function runnerEnv(extra: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  return { PATH: process.env['PATH'] ?? '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC', ...extra };
}

/**
 * Chooses who can run `binary` and keep `cluster` (perhaps not made yet) in `folder` (which exists). As an ordinary user: oneself.
 * As root: whoever the files already belong to, else a user namespace, else (containers forbid it; a home of mode 700 that is not
 * root's) the owner of a folder above, `postgres`, or `nobody`.
 */
export function chooseRunner({ binary, folder, cluster }: { binary: string; folder: string; cluster: string }): Runner {
  if (process.getuid?.() !== 0) return checked({ kind: 'plain' }, { binary, folder }) ?? fail(folder, 'plain');
  for (const runner of [...ownerOfFiles(cluster), ...ownerOfFiles(folder), { kind: 'unshare' } as const, ...ownersAbove(folder), ...knownUsers()]) {
    if (runner.kind === 'user') letThrough(folder);
    const found = checked(runner, { binary, folder });
    if (found) return found;
  }
  return fail(folder, 'root');
}

/** Gives a folder and all in it to the runner, if it is not its own already; only root can and needs to. PostgreSQL opens nothing it does not own. */
export function handOver(runner: Runner, path: string): void {
  if (runner.kind === 'user' && lstatSync(path).uid !== runner.uid) give(runner, path);
}

function give(to: { readonly uid: number; readonly gid: number }, path: string): void {
  lchownSync(path, to.uid, to.gid);
  if (lstatSync(path).isDirectory()) for (const name of readdirSync(path)) give(to, join(path, name));
}

/** Another user must reach its folder through ours; it may pass, not look. */
function letThrough(folder: string): void {
  const mode = statSync(folder).mode & 0o777;
  if ((mode & 0o001) === 0) chmodSync(folder, mode | 0o011);
}

function checked(runner: Runner, { binary, folder }: { binary: string; folder: string }): Runner | undefined {
  // Both in one process (20 ms): the folder can be entered, the binary runs and finds its libraries.
  const { file, args, uid, gid } = commandOf(runner, '/bin/sh', ['-c', 'cd "$0" && exec "$1" --version', folder, binary]);
  const result = spawnSync(file, [...args], { uid, gid, env: runnerEnv(), cwd: '/', stdio: ['ignore', 'pipe', 'pipe'], timeout: 20_000 });
  return result.status === 0 && String(result.stdout).includes('PostgreSQL') ? runner : undefined;
}

function knownUsers(): Runner[] {
  const lines = readFileSync('/etc/passwd', 'utf8').split('\n').map((line) => line.split(':'));
  return ['postgres', 'nobody'].flatMap((name): Runner[] => {
    const line = lines.find((parts) => parts[0] === name);
    return line ? [{ kind: 'user', uid: Number(line[2]), gid: Number(line[3]), name }] : [];
  });
}

function ownerOfFiles(path: string): Runner[] {
  const found = statSync(path, { throwIfNoEntry: false });
  return found && found.uid !== 0 ? [{ kind: 'user', uid: found.uid, gid: found.gid, name: String(found.uid) }] : [];
}

function ownersAbove(folder: string): Runner[] {
  const parent = dirname(folder);
  return parent === folder ? [] : [...ownerOfFiles(parent), ...ownersAbove(parent)];
}

function fail(folder: string, as: 'root' | 'plain'): never {
  throw new EmbeddedError('no_runner', as === 'plain'
    ? `The embedded PostgreSQL cannot run: this user may not enter ${folder}, or the binaries in node_modules do not start here. Run as the owner of the folder, or set DATABASE_URL.`
    : `The embedded PostgreSQL refuses to run as root, user namespaces are forbidden here and no other user can reach ${folder}. Start Centralita as an ordinary user, put CENTRALITA_DATA where others may pass, or set DATABASE_URL.`);
}
