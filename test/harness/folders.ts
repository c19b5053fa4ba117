import { existsSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defer, type Scope } from './defer.ts';

/** Memory where there is some: a worn disk makes a database test five times slower. Programs may be forbidden to run from there. */
export function memoryRoot(): string {
  return process.env['CENTRALITA_TEST_MEMORY'] ?? (existsSync('/dev/shm') ? '/dev/shm' : tmpdir());
}

/** A folder of mode 700 that is removed with the test; `on: 'disk'` where durability is what is tested, or programs are run from it. */
export function tempFolder(t: Scope, { on = 'memory' }: { on?: 'memory' | 'disk' } = {}): string {
  const folder = realpathSync(mkdtempSync(join(on === 'memory' ? memoryRoot() : tmpdir(), 'centralita-test-')));
  defer(t, () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));
  return folder;
}
