import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { tempFolder } from './folders.ts';
import { processesOf } from './processes.ts';

/** Runs one test file as `npm test -- file` does. */
function runFile(file: string) {
  return spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', join(import.meta.dirname, 'run.ts'), file], { encoding: 'utf8', env: { PATH: process.env['PATH'], TMPDIR: process.env['TMPDIR'] } });
}

test('a run ends with node\'s own summary and its exit code', (t) => {
  const file = join(tempFolder(t), 'some.test.ts');
  writeFileSync(file, `import { test } from 'node:test'; test('good', () => {}); test('other', () => {});`);
  const good = runFile(file);
  assert.equal(good.status, 0, good.stderr);
  assert.match(good.stdout, /✔ good[\s\S]*ℹ tests 2\nℹ suites 0\nℹ pass 2\nℹ fail 0\n/);
  writeFileSync(file, `import { test } from 'node:test'; test('bad', () => { throw new Error('because'); });`);
  const bad = runFile(file);
  assert.equal(bad.status, 1);
  assert.match(bad.stdout, /ℹ fail 1[\s\S]*because/);
});

test('a process that a test leaves behind fails the run, and is ended', (t) => {
  const folder = tempFolder(t);
  const file = join(folder, 'careless.test.ts');
  writeFileSync(file, `import { spawn } from 'node:child_process'; import { test } from 'node:test';
    test('careless', () => { spawn('sleep', ['606'], { detached: true, stdio: 'ignore', cwd: process.env.TMPDIR }).unref(); });`);
  const result = runFile(file);
  assert.equal(result.status, 1);
  assert.match(result.stderr, /left behind by a test: pid \d+, sleep 606/);
  assert.deepEqual(processesOf(folder), []);
});

test('no such test file: said so', () => {
  assert.match(runFile('test/no-such-folder').stderr, /no test file test\/no-such-folder/);
});
