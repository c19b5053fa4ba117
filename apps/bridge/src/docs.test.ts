import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { repository } from '../../../test/harness/processes.ts';
import { SESSION_STATES } from '@centralita/contracts/bridge';
import { Bed } from './testing/bed.ts';

const run = promisify(execFile);
const text = readFileSync(join(repository, 'docs/whatsapp-web.md'), 'utf8');
const blocks = [...text.matchAll(/```sh\n([\s\S]*?)```/g)].map((m) => m[1]!.trim().split('\n'));

test('every command of docs/whatsapp-web.md works, and every state is explained', { timeout: 60_000 }, async (t) => {
  for (const state of SESSION_STATES) assert.match(text, new RegExp(`\\b${state}\\b`));
  const bed = await Bed.open(t as never, { BRIDGE_SECRET: 'a-secret-of-sixteen' });
  const host = await bed.host();
  await bed.session('ventas');
  await bed.state(host, 'ventas', 'waiting_qr');
  const sh = async (command: string): Promise<string> => {
    const { stdout } = await run('sh', ['-c', command], { env: { PATH: process.env['PATH'], BRIDGE: host.url, SECRET: 'a-secret-of-sixteen' } });
    assert.doesNotMatch(stdout, /"type":"urn:centralita:problem/, command);
    return stdout;
  };
  let answer = '';
  for (const command of blocks[0]!) answer = await sh(command);
  const { code } = JSON.parse(answer) as { code: string };
  assert.ok((await bed.sandbox.call('POST', '/sandbox/phones/56911110001/linked-devices', { code })).status < 300);
  await bed.state(host, 'ventas', 'active');
  for (const command of blocks[1]!) {
    if (command.includes('-X DELETE')) await bed.state(host, 'ventas', 'active');
    answer = await sh(command);
  }
  assert.equal((JSON.parse(answer) as { state: string }).state, 'logged_out');
});
