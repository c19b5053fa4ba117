import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findBinaries } from '../../packages/platform/src/postgres/binaries.ts';
import { preparePaths } from '../../packages/platform/src/postgres/cluster.ts';
import { embeddedUrl } from '../../packages/platform/src/postgres/embedded.ts';
import { takeOwnership } from '../../packages/platform/src/postgres/owner.ts';
import { isAlive, startTicks } from '../../packages/platform/src/postgres/processes.ts';
import { settingArguments } from '../../packages/platform/src/postgres/settings.ts';
import { ensureRunning } from '../../packages/platform/src/postgres/supervise.ts';
import { memoryRoot } from './folders.ts';
import { repository } from './processes.ts';

/** Set by `npm test`: the address of the PostgreSQL that all test files of the run share. */
export const sharedPostgresVariable = 'CENTRALITA_TEST_POSTGRES';

/** For tests only: nothing is ever on a disk. */
export const testSettings = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '200', shared_buffers: '64MB', autovacuum_naptime: '60s', max_wal_size: '256MB', max_locks_per_transaction: '128' };

/** A folder in memory of this checkout's own, kept between runs: a start then takes 0.1 s and the template is there already. */
export function testFolder(purpose: string): string {
  const hash = createHash('sha256').update(repository).digest('hex').slice(0, 10);
  return join(memoryRoot(), `centralita-tests-${process.getuid?.() ?? 0}-${hash}-${purpose}`);
}

let joined: Promise<string> | undefined;

/**
 * The address of the tests' PostgreSQL. A test file run by hand joins one that others run by hand use too, or starts it; whoever
 * leaves last stops it.
 */
export function sharedPostgres(): Promise<string> {
  const given = process.env[sharedPostgresVariable];
  if (given) return Promise.resolve(given);
  joined ??= joinShared();
  return joined;
}

async function joinShared(): Promise<string> {
  const paths = preparePaths(testFolder('hand'));
  const users = join(paths.folder, 'users');
  mkdirSync(users, { recursive: true });
  const release = await mutex(paths.folder);
  try {
    const mine = join(users, `${process.pid}-${startTicks(process.pid)}`);
    writeFileSync(mine, '');
    const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };
    const { pid } = await ensureRunning({ paths, binaries: findBinaries(), settings: settingArguments(paths.socketDir, testSettings), durable: false, log: quiet });
    process.once('exit', () => leave({ users, mine, pid }));
    return embeddedUrl(paths.socketDir, 'postgres');
  } finally {
    await release();
  }
}

function leave({ users, mine, pid }: { users: string; mine: string; pid: number }): void {
  rmSync(mine, { force: true });
  if (!readdirSync(users).some((name) => isUser(join(users, name), name))) process.kill(pid, 'SIGINT');
}

/** False for a note left by a process that was killed; the note is removed. */
function isUser(path: string, name: string): boolean {
  const [pid = '', start] = name.split('-');
  if (isAlive(Number(pid)) && startTicks(Number(pid)) === start) return true;
  rmSync(path, { force: true });
  return false;
}

async function mutex(folder: string): Promise<() => Promise<void>> {
  for (;;) {
    const ownership = await takeOwnership(folder);
    if (!('takenBy' in ownership)) return () => ownership.release();
    await sleep(20);
  }
}
