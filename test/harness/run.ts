import { chmodSync, globSync, mkdtempSync, readFileSync, realpathSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { EmbeddedError, embeddedUrl, startEmbedded, type Embedded } from '../../packages/platform/src/postgres/embedded.ts';
import { memoryRoot } from './folders.ts';
import { endProcessesOf, processesOf, repository } from './processes.ts';
import { sharedPostgresVariable, testFolder, testSettings } from './shared-postgres.ts';

/**
 * Runs the test files named (or below folders named), or all: first those that share the machine, two at a time, the longest first; then
 * drills, whose leases and timeouts are those of a machine of their own, one by one. One PostgreSQL in memory serves them all. Nothing of it stays behind: a process that
 * does fails the run.
 */

/** A file that hangs is cut off. The longest takes a minute and a half on two cores that have nothing else to do. */
const fileMs = 300_000;

/** Drills use the whole machine. */
const alone = 'test/drills/';
/** More than half a minute each: begun last, one of them would run while the other core waits. */
const longest = ['apps/server/src/main/cli/cli.test.ts', 'apps/server/src/main/start.test.ts', 'test/browser/', 'apps/server/src/main/'];
const patterns = ['packages/**/*.test.ts', 'apps/**/*.test.ts', 'scripts/**/*.test.ts', 'bench/**/*.test.ts', 'test/**/*.test.ts'];

function findFiles(wanted: readonly string[]): string[] {
  const all = patterns.flatMap((pattern) => globSync(pattern, { cwd: repository, exclude: (name) => /(^|\/)(node_modules|dist)$/.test(name) })).sort();
  if (wanted.length === 0) return all;
  return wanted.flatMap((name) => {
    const path = relative(repository, resolve(repository, name));
    const found = all.filter((file) => file === path || file.startsWith(`${path}/`));
    if (found.length > 0) return found;
    if (statSync(join(repository, path), { throwIfNoEntry: false })?.isFile()) return [path];
    throw new Error(`no test file ${name}: give *.test.ts files or folders that hold some`);
  });
}

function longestFirst(files: readonly string[]): string[] {
  const rank = (file: string): number => {
    const at = longest.findIndex((start) => file.startsWith(start));
    return at < 0 ? longest.length : at;
  };
  return files.toSorted((a, b) => rank(a) - rank(b));
}

interface Counts {
  readonly name: string;
  value: number;
}

/** Both groups as one stream of events with one summary at its end, as node prints it. */
async function* events(groups: readonly { readonly files: readonly string[]; readonly concurrency: number; readonly timeout: number }[], state: { failed: boolean }, signal: AbortSignal): AsyncGenerator {
  const counts: Counts[] = ['tests', 'suites', 'pass', 'fail', 'cancelled', 'skipped', 'todo', 'duration_ms'].map((name) => ({ name, value: 0 }));
  for (const { files, concurrency, timeout } of groups) {
    if (files.length === 0 || signal.aborted) continue;
    for await (const event of run({ files: files.map((file) => join(repository, file)), concurrency, timeout, signal, cwd: repository })) {
      const data = event.data as { nesting?: number; message?: string; file?: string; success?: boolean };
      const count = event.type === 'test:diagnostic' && data.nesting === 0 ? /^(\w+) ([\d.]+)$/.exec(data.message ?? '') : null;
      const total = counts.find(({ name }) => name === count?.[1]);
      if (total) total.value += Number(count?.[2]);
      else if (event.type === 'test:summary' && data.file === undefined) state.failed ||= data.success !== true;
      else yield event;
    }
  }
  for (const { name, value } of counts) yield { type: 'test:diagnostic', data: { nesting: 0, message: `${name} ${value}`, level: 'info' } };
}

async function startShared(): Promise<{ readonly postgres: Embedded; readonly data: string }> {
  const quiet = { info: () => undefined, warn: () => undefined, error: (message: string) => process.stderr.write(`${message}\n`) };
  const start = async (data: string) => ({ data, postgres: await startEmbedded({ dataDir: data, log: quiet, extraSettings: testSettings }) });
  try {
    return await start(testFolder('run'));
  } catch (error) {
    if (!(error instanceof EmbeddedError) || error.code !== 'in_use') throw error;
    // Another run of this checkout at the same time.
    return start(testFolder(`run-${process.pid}`));
  }
}

/** Others may pass (a server that runs as user postgres), not look. */
function scratchFolder(root: string): string {
  const folder = realpathSync(mkdtempSync(join(root, 'centralita-run-')));
  chmodSync(folder, 0o711);
  return folder;
}

async function main(wanted: readonly string[]): Promise<number> {
  const files = findFiles(wanted);
  const drills = files.filter((file) => file.startsWith(alone));
  const others = longestFirst(files.filter((file) => !drills.includes(file)));
  const { postgres, data } = await startShared();
  const scratch = scratchFolder(tmpdir());
  const memory = scratchFolder(memoryRoot());
  // Some 300 processes load the same modules: types are stripped and code is compiled once, in the folder that the command line uses too.
  const compiled = join(repository, 'node_modules/.cache/centralita-node');
  Object.assign(process.env, { [sharedPostgresVariable]: embeddedUrl(postgres.socketDir, 'postgres'), TMPDIR: scratch, CENTRALITA_TEST_MEMORY: memory, NODE_COMPILE_CACHE: compiled });
  const abort = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(name, () => abort.abort());
  const state = { failed: false };
  try {
    const groups = [{ files: others, concurrency: 2, timeout: fileMs }, { files: drills, concurrency: 1, timeout: fileMs }];
    await pipeline(events(groups, state, abort.signal), new spec(), process.stdout, { end: false });
  } finally {
    const left = await reportLeft([scratch, memory]);
    state.failed ||= left;
    await postgres.stop();
    for (const folder of [scratch, memory, data]) rmSync(folder, { recursive: true, force: true });
  }
  return state.failed || abort.signal.aborted ? 1 : 0;
}

/** Every temporary folder of the run is below these two, and processes name their folders: what is left belongs to a test that forgot it. */
async function reportLeft(folders: readonly string[]): Promise<boolean> {
  const left = folders.flatMap((folder) => processesOf(folder));
  for (const pid of left) process.stderr.write(`left behind by a test: pid ${pid}, ${commandLine(pid)}\n`);
  for (const folder of folders) await endProcessesOf(folder);
  return left.length > 0;
}

function commandLine(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
  } catch {
    return 'ended meanwhile';
  }
}

process.exitCode = await main(process.argv.slice(2));
