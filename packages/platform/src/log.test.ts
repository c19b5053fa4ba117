import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

/** The lines that a program of its own writes. */
function logged(statement: string): Record<string, unknown>[] {
  const module = JSON.stringify(fileURLToPath(new URL('log.ts', import.meta.url)));
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', `const { createLog } = await import(${module}); const log = createLog('info'); ${statement}`], { encoding: 'utf8' });
  assert.equal(stderr.replace(/.*ExperimentalWarning.*\n.*\n/, ''), '');
  return stdout.trim().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>);
}

test('an error is logged with its reason and place, without what it carries', () => {
  const [line] = logged(`log.error({ error: Object.assign(new Error('broken', { cause: new Error('disk full') }), { code: '23505', detail: 'Key (email)=(ana@x) exists' }) }, 'failed')`);
  const error = line!['error'] as Record<string, string>;
  assert.deepEqual([error['name'], error['message'], error['code'], error['cause']], ['Error', 'broken', '23505', 'disk full']);
  assert.match(error['stack']!, /\n {4}at /);
  assert.doesNotMatch(JSON.stringify(line), /ana@x/);
  assert.equal(logged(`log.warn({ error: 'only a line' }, 'failed')`)[0]!['error'], 'only a line');
});

test('secrets are not written, at whatever depth they stand', () => {
  const [line] = logged(`log.info({ token: 't0p', route: { credentials: { access_token: 't0p' } }, a: { headers: { authorization: 't0p' } } }, 'x')`);
  assert.doesNotMatch(JSON.stringify(line), /t0p/);
});
