import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'node:test';
import { defer } from '../../../../test/harness/defer.ts';
import { tempFolder } from '../../../../test/harness/folders.ts';
import { ownerOf, takeOwnership, type Ownership } from './owner.ts';

const holder = `
  const { takeOwnership } = await import(process.argv[1]);
  await takeOwnership(process.argv[2]);
  console.log('held');
  if (process.argv[3]) process.kill(process.pid, process.argv[3]);
  setInterval(() => undefined, 60_000);
`;

async function hold(folder: string, thenSignal = '') {
  const child = spawn(process.execPath, ['--input-type=module', '--disable-warning=ExperimentalWarning', '-e', holder, `${import.meta.dirname}/owner.ts`, folder, thenSignal], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  return child;
}

test('one owner; the next one when it lets go', async (t) => {
  const folder = tempFolder(t);
  assert.equal(await ownerOf(folder), undefined);
  const mine = await takeOwnership(folder) as Ownership;
  assert.equal(await ownerOf(folder), process.pid);
  assert.deepEqual(await takeOwnership(folder), { takenBy: process.pid });
  await mine.release();
  const again = await takeOwnership(folder) as Ownership;
  await again.release();
});

test('kill -9 of the owner: free at once, also while it is still dying', async (t) => {
  for (let round = 0; round < 5; round++) {
    const folder = tempFolder(t);
    const child = await hold(folder);
    assert.deepEqual(await takeOwnership(folder), { takenBy: child.pid });
    child.kill('SIGKILL');
    // No wait for its end: whoever starts the server again does not wait either.
    const mine = await takeOwnership(folder);
    assert.ok(!('takenBy' in mine));
    await mine.release();
  }
});

test('an owner that is stopped (SIGSTOP) still owns, without a name', async (t) => {
  const folder = tempFolder(t);
  const child = await hold(folder, 'SIGSTOP');
  defer(t, () => child.kill('SIGKILL'));
  assert.deepEqual(await takeOwnership(folder), { takenBy: 0 });
});
