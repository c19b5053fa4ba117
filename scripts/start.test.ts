import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { defer } from '../test/harness/defer.ts';
import { tempFolder } from '../test/harness/folders.ts';
import { waitFor } from '../test/harness/wait.ts';

/** The program in the server's place: says what it gets, and how it is told to stop. */
const program = `
process.stdout.write(JSON.stringify({ argv: process.argv.slice(2), cwd: process.cwd(), pid: process.pid }) + '\\n');
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => { process.stdout.write(signal + '\\n'); setTimeout(() => process.exit(7), 50); });
process.on('disconnect', () => { process.stdout.write('disconnect\\n'); process.exit(0); });
if (process.argv.includes('--end')) process.exit(3);
`;

/** A checkout in small: the real scripts, one package to install, no registry needed. */
function checkout(t: TestContext): string {
  const folder = tempFolder(t, { on: 'disk' });
  for (const name of ['start.mjs', 'cli.mjs', 'lib']) cpSync(join(import.meta.dirname, name), join(folder, 'scripts', name), { recursive: true });
  mkdirSync(join(folder, 'apps/server/src/main'), { recursive: true });
  writeFileSync(join(folder, 'apps/server/src/main/cli.ts'), program);
  mkdirSync(join(folder, 'apps/web'), { recursive: true });
  mkdirSync(join(folder, 'packages/contracts/src'), { recursive: true });
  mkdirSync(join(folder, 'packages/sdk/src'), { recursive: true });
  writeFileSync(join(folder, 'packages/sdk/src/index.ts'), '');
  writeFileSync(join(folder, 'packages/contracts/package.json'), '{}');
  mkdirSync(join(folder, 'vendor'));
  writeFileSync(join(folder, 'vendor/package.json'), '{"name":"vendor","version":"1.0.0"}');
  writeFileSync(join(folder, 'package.json'), '{"name":"small","version":"1.0.0","type":"module","dependencies":{"vendor":"file:vendor"}}');
  const made = spawnSync('npm', ['install', '--package-lock-only', '--no-audit', '--no-fund'], { cwd: folder, encoding: 'utf8' });
  assert.equal(made.status, 0, made.stderr);
  return folder;
}

function run(folder: string, script: string, args: string[] = []) {
  return spawnSync(process.execPath, [join(folder, 'scripts', script), ...args], { encoding: 'utf8', cwd: '/' });
}

function begin(t: TestContext, folder: string, script: string) {
  const child = spawn(process.execPath, [join(folder, 'scripts', script)], { stdio: ['ignore', 'pipe', 'pipe'] });
  defer(t, () => child.kill('SIGKILL'));
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  return { child, output: () => output };
}

test('the first start installs, the second has nothing to do, a changed lock installs again', (t) => {
  const folder = checkout(t);
  const first = run(folder, 'start.mjs', ['--end', '--role', 'api']);
  assert.match(first.stderr, /installing what Centralita needs[\s\S]*installed in \d+ s/);
  assert.deepEqual((JSON.parse(first.stdout) as { argv: string[] }).argv, ['start', '--end', '--role', 'api']);
  assert.equal(first.status, 3, 'the exit code is the program\'s');
  assert.ok(existsSync(join(folder, 'node_modules/vendor')));

  const second = run(folder, 'cli.mjs', ['--end', 'config']);
  assert.equal(second.stderr, '');
  assert.deepEqual(JSON.parse(second.stdout), { ...JSON.parse(second.stdout) as object, argv: ['--end', 'config'], cwd: folder });

  writeFileSync(join(folder, 'package-lock.json'), `${readFileSync(join(folder, 'package-lock.json'), 'utf8')}\n`);
  rmSync(join(folder, 'node_modules/vendor'), { recursive: true });
  rmSync(join(folder, 'node_modules/.package-lock.json'));
  assert.match(run(folder, 'cli.mjs', ['--end']).stderr, /package-lock.json has changed/);
  assert.ok(existsSync(join(folder, 'node_modules/vendor')));
});

test('an install that fails ends with npm\'s reason and what to do', (t) => {
  const folder = checkout(t);
  writeFileSync(join(folder, 'package.json'), '{"name":"small","version":"1.0.0","dependencies":{"vendor":"file:vendor","other":"1.0.0"}}');
  const result = run(folder, 'start.mjs');
  assert.equal(result.status, 1);
  assert.match(result.stderr, /npm error[\s\S]*npm could not install/);
  assert.doesNotMatch(result.stderr, /at async/);
});

test('the web UI is built when its sources have changed, whatever their dates', (t) => {
  const folder = checkout(t);
  run(folder, 'cli.mjs', ['--end']);
  const vite = join(folder, 'node_modules/vite/bin');
  mkdirSync(vite, { recursive: true });
  writeFileSync(join(vite, 'vite.js'), `const fs = require('fs'); const out = process.argv[process.argv.indexOf('--outDir') + 1]; if (fs.readFileSync('index.html', 'utf8') === 'bad') { console.error('broken page'); process.exit(1); } fs.mkdirSync(out); fs.copyFileSync('index.html', out + '/index.html');`);
  const page = join(folder, 'apps/web/index.html');
  const built = join(folder, 'apps/web/dist/index.html');
  writeFileSync(page, 'one');
  assert.match(run(folder, 'start.mjs', ['--end']).stderr, /building the web UI/);
  assert.equal(readFileSync(built, 'utf8'), 'one');
  utimesSync(page, new Date(), new Date());
  assert.equal(run(folder, 'start.mjs', ['--end']).stderr, '');
  writeFileSync(page, 'two');
  assert.match(run(folder, 'start.mjs', ['--end']).stderr, /building the web UI/);
  assert.equal(readFileSync(built, 'utf8'), 'two');
  writeFileSync(page, 'bad');
  const failed = run(folder, 'start.mjs', ['--end']);
  assert.equal(failed.status, 1);
  assert.match(failed.stderr, /broken page[\s\S]*could not be built/);
  assert.equal(readFileSync(built, 'utf8'), 'two', 'the old pages stay');
});

test('a signal is passed on once and the exit code comes back', async (t) => {
  const folder = checkout(t);
  run(folder, 'cli.mjs', ['--end']);
  const { child, output } = begin(t, folder, 'start.mjs');
  await waitFor(() => output().includes('pid'), { what: 'the program to start' });
  child.kill('SIGTERM');
  child.kill('SIGTERM');
  const [code] = await once(child, 'exit') as [number];
  assert.equal(code, 7);
  assert.deepEqual(output().trim().split('\n').slice(1), ['SIGTERM']);
});

test('kill -9 of the launcher: the program sees its channel close', async (t) => {
  const folder = checkout(t);
  run(folder, 'cli.mjs', ['--end']);
  const { child, output } = begin(t, folder, 'start.mjs');
  await waitFor(() => output().includes('pid'), { what: 'the program to start' });
  child.kill('SIGKILL');
  await waitFor(() => output().includes('disconnect'), { what: 'the program to notice' });
});

test('npm start is told to end: its shell passes nothing on, the program is told nevertheless', async (t) => {
  const folder = checkout(t);
  run(folder, 'cli.mjs', ['--end']);
  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    // What npm does: a shell in between. The second command keeps it from becoming the program itself.
    const npm = spawn(process.execPath, ['-e', `require('child_process').spawn('sh', ['-c', 'node ${join(folder, 'scripts/start.mjs')}; :'], { stdio: 'inherit' }).once('spawn', function () { process.on('SIGTERM', () => { this.kill('SIGTERM'); process.exit(1); }); })`], {
      stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, npm_lifecycle_event: 'start' },
    });
    let output = '';
    npm.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
    await waitFor(() => output.includes('pid'), { what: 'the program to start' });
    npm.kill(signal);
    await waitFor(() => output.includes('SIGTERM'), { what: `the program to be told after ${signal}` });
  }
});

test('two first starts at once install once', async (t) => {
  const folder = checkout(t);
  const both = await Promise.all([1, 2].map(async () => {
    const child = spawn(process.execPath, [join(folder, 'scripts/cli.mjs'), '--end'], { stdio: ['ignore', 'ignore', 'pipe'] });
    let errors = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      errors += text;
    });
    await once(child, 'close');
    return errors;
  }));
  assert.equal(both.filter((text) => text.includes('installed in')).length, 1, both.join('---'));
});

test('an older Node is refused with one line', (t) => {
  const folder = checkout(t);
  symlinkSync(process.execPath, join(folder, 'node'));
  const old = `data:text/javascript,Object.defineProperty(process.versions,'node',{value:'18.19.0'})`;
  const result = spawnSync(join(folder, 'node'), ['--import', old, join(folder, 'scripts/start.mjs')], { encoding: 'utf8' });
  assert.equal(result.status, 1);
  assert.equal(result.stderr, 'Centralita needs Node 20.19 or newer; this is Node 18.19.0. Install a newer one from https://nodejs.org.\n');
});
