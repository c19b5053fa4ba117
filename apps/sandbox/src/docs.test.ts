/** The commands of docs/sandbox.md, executed as written. */
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { listen, startSandbox } from './testing/harness.ts';

const curl = spawnSync('curl', ['--version']).status === 0;

test('every command of docs/sandbox.md works', { skip: curl ? false : 'no curl here: apt-get install curl' }, async () => {
  const text = readFileSync(new URL('../../../docs/sandbox.md', import.meta.url), 'utf8');
  const [sandbox, business] = await Promise.all([startSandbox(), listen()]);
  const commands = [...text.matchAll(/```sh\n([\s\S]*?)```/g)].map((block) => block[1] ?? '').join('\n')
    .replaceAll('http://127.0.0.1:3020', sandbox.origin).replaceAll('http://127.0.0.1:8080/webhook/meta', business.url)
    .replaceAll('/tmp/requisitos.txt', `${sandbox.dataDir}/requisitos.txt`);
  assert.ok(commands.split('curl ').length > 15);
  const script = `set -euo pipefail\ncurl() { command curl -sS --fail-with-body "$@"; echo; }\n${commands}`;
  const shell = spawn('bash', ['-c', script], { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [shell.stdout, shell.stderr]) stream.on('data', (chunk) => {
    said += String(chunk);
  });
  const [code] = (await once(shell, 'close')) as [number];
  assert.equal(code, 0, said);
  assert.ok(business.hooks.some((hook) => hook.raw.includes('"button_reply"')), 'the webhooks came');
  await sandbox.stop();
  await business.stop();
});
