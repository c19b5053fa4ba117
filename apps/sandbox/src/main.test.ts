import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { listen, startSandbox, temporaryFolder } from './testing/harness.ts';
import type { Json } from './testing/harness.ts';

const MAIN = fileURLToPath(new URL('main.ts', import.meta.url));
const folders: string[] = [];
const folder = (): string => {
  const made = temporaryFolder();
  folders.push(made);
  return made;
};
after(() => {
  for (const made of folders) rmSync(made, { recursive: true, force: true });
});

test('after kill -9 everything answered is there, what was pending is delivered, and the identity is the same', async () => {
  const dataDir = folder();
  const business = await listen();
  const first = await startSandbox({ dataDir });
  await first.call('POST', '/sandbox/webhook', { callback_url: business.url });
  await first.call('POST', '/sandbox/faults', { kind: 'silence' });
  await first.call('PATCH', '/sandbox/settings', { status_delays: { sent: 1, delivered: 60_000, read: 60_000 } });
  const inbound = await Promise.all(Array.from({ length: 200 }, (_, at) => first.write(`5691111${4000 + at}`, { type: 'text', text: `m${at}` })));
  const sent: string[] = [];
  await first.call('POST', '/sandbox/numbers', { name: 'two', tier: 'UNLIMITED' });
  await first.call('PATCH', `/sandbox/numbers/${first.config.phone_number_id}`, { tier: 'UNLIMITED' });
  // Killed in the middle of answering: what was answered counts.
  const answers = Array.from({ length: 300 }, async (_, at) => {
    const answer = await first.send({ to: `5691111${4000 + (at % 200)}`, type: 'text', text: { body: `s${at}` } });
    sent.push(String(answer.body['messages']?.[0]?.['id']));
    if (sent.length === 150) first.process.kill('SIGKILL');
  });
  await Promise.allSettled(answers);
  await first.kill();
  assert.ok(sent.length >= 150);
  assert.equal(business.hooks.length, 0, 'silence');

  const second = await startSandbox({ dataDir });
  for (const key of ['business_number', 'phone_number_id', 'waba_id', 'app_id', 'app_secret', 'verify_token', 'access_token'] as const) {
    assert.equal(second.config[key], first.config[key], key);
  }
  const outbox = (await second.call('GET', '/sandbox/outbox?limit=10000')).body;
  const kept = new Set((outbox['messages'] as unknown as Json[]).map((message) => message['id']));
  assert.ok(sent.every((id) => kept.has(id)), 'every answered send is kept');
  assert.equal(outbox['count'], kept.size);
  assert.equal(((await second.call('GET', '/sandbox/faults')).body['faults'] as unknown as Json[])[0]?.['kind'], 'silence');
  await second.call('DELETE', '/sandbox/faults');
  await Promise.all(inbound.map((answer) => business.untilMessage(String(answer.body['id']))));
  await second.call('PATCH', '/sandbox/settings', { status_delays: { sent: 1, delivered: 2, read: 3 } });
  // The ladder goes on for what had not been sent when it was killed.
  await business.untilStatus(String(sent.at(-1)), 'sent');
  await second.kill('SIGTERM');
  await business.stop();
});

test('health shows whose it is, and a second one on the same folder is told so', async () => {
  const dataDir = folder();
  const sandbox = await startSandbox({ dataDir });
  const health = (await sandbox.call('GET', '/health')).body;
  assert.equal(health['status'], 'ok');
  assert.equal(health['pid'], sandbox.process.pid);
  assert.equal(health['data'], dataDir);
  assert.match(String(health['instance']), /^[0-9a-f]{32}$/);
  const second = spawn(process.execPath, [MAIN], { env: { ...process.env, SANDBOX_PORT: '0', SANDBOX_DATA: dataDir }, stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  second.stderr.on('data', (chunk) => {
    said += String(chunk);
  });
  const [code] = (await once(second, 'close')) as [number];
  assert.equal(code, 1);
  assert.match(said, /another sandbox uses/);
  const begin = performance.now();
  await sandbox.kill('SIGTERM');
  assert.ok(performance.now() - begin < 10_000);
  assert.equal(sandbox.process.exitCode, 0);
  const again = await startSandbox({ dataDir });
  assert.equal((await again.call('GET', '/health')).body['instance'], health['instance']);
  await again.kill('SIGTERM');
});

test('a wrong setting stops it with one line', async () => {
  for (const [name, value] of [['SANDBOX_PORT', 'abc'], ['SANDBOX_HOST', '0.0.0.0'], ['SANDBOX_RETRY_SCHEDULE', '1s'], ['SANDBOX_STATUS_DELAYS', '5,4,3']]) {
    const child = spawn(process.execPath, [MAIN], { env: { ...process.env, SANDBOX_DATA: folder(), [String(name)]: value }, stdio: ['ignore', 'ignore', 'pipe'] });
    let said = '';
    child.stderr.on('data', (chunk) => {
      said += String(chunk);
    });
    const [code] = (await once(child, 'close')) as [number];
    assert.equal(code, 1);
    assert.match(said, new RegExp(`^sandbox: ${String(name)}: .+\\n$`));
  }
});

test('it tells its starter over IPC, and goes on serving when the starter is gone', async () => {
  const sandbox = await startSandbox({ ipc: true, dataDir: folder() });
  sandbox.process.disconnect();
  assert.equal((await sandbox.call('GET', '/health')).status, 200);
  await sandbox.kill('SIGTERM');
});
