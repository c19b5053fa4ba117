/** The commands of docs/events.md, executed as written, with its receiver; RabbitMQ has a test of its own. */
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { SubscriptionWithSecret } from '@centralita/contracts';
import { createApiKey } from '../../apps/server/src/modules/companies/index.ts';
import { freePort, repository, spawnApp } from '../harness/processes.ts';
import { waitFor } from '../harness/wait.ts';
import { MUNICIPALITY, openDesk } from './desk.ts';

const curl = spawnSync('curl', ['--version']).status === 0;

test('every command of docs/events.md works, and its receiver hears a conversation', { skip: curl ? false : 'no curl here: apt-get install curl' }, async (t) => {
  const text = readFileSync(join(repository, 'docs/events.md'), 'utf8');
  const commands = [...text.matchAll(/```sh\n([\s\S]*?)```/g)].flatMap((block) => (block[1] ?? '').replaceAll('\\\n', '').split('\n')).filter((line) => line.startsWith('curl '));
  assert.equal(commands.length, 14);
  const desk = await openDesk(t, { bot: MUNICIPALITY, config: { callHttpAllow: ['127.0.0.1'] } });
  const port = await freePort();
  const env: Record<string, string> = {
    PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '', C: desk.url, ADMIN_KEY: await desk.rt.db.shared((tx) => createApiKey(tx, desk.company.id, { name: 'docs of an administrator', role: 'administrator' })),
    API_KEY: await desk.rt.db.shared((tx) => createApiKey(tx, desk.company.id, { name: 'docs', role: 'developer' })),
  };
  const run = async (command: string): Promise<string> => {
    const line = command.replaceAll('http://127.0.0.1:4000', `http://127.0.0.1:${port}`).replaceAll('http://127.0.0.1:3020', desk.sandbox.origin).replace(/^curl /, 'curl -sS --fail-with-body ');
    const shell = spawn('bash', ['-c', line], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    for (const stream of [shell.stdout, shell.stderr]) stream.on('data', (chunk) => {
      said += String(chunk);
    });
    const [code] = await once(shell, 'close') as [number];
    assert.equal(code, 0, `${command}\n${said}`);
    return said;
  };

  const made = JSON.parse(await run(commands[0]!)) as SubscriptionWithSecret;
  env['ID'] = made.id;
  const code = /```js\n([\s\S]*?)```/.exec(text)?.[1] ?? '';
  const receiver = await spawnApp(t, {
    command: process.execPath, args: ['--input-type=module', '--eval', code], cwd: repository, env: { SECRET: made.secret ?? '', PORT: String(port) }, ready: { line: /listening/ },
  });
  assert.match(await run(commands[1]!), /"outcome":"delivered"/);
  await run(commands[2]!);
  const [, event] = await receiver.waitForLine(/^message_received (evt_\S+) Hola, necesito información$/);
  env['EVENT'] = event!;
  // The bot answers, and the ticks follow.
  await receiver.waitForLine(/^message_sent /);
  // Steps that come together are told as one, the highest.
  await receiver.waitForLine(/^message_status /);
  for (const command of commands.slice(3)) await run(command);
  await waitFor(() => receiver.lines.filter((line) => line.includes(event!)).length >= 2, { what: 'the replay' });
});
