/** The commands of docs/connect-a-real-number.md, executed as written: the sandbox is Meta, and no tunnel is opened. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { dataFolder, repository } from '../../../../../test/harness/processes.ts';
import { waitFor } from '../../../../../test/harness/wait.ts';
import { call, startServer } from '../testing/server.ts';

/** What the reader's own machine does: the tunnel, the settings file, the server itself. */
const READERS = /^(cloudflared tunnel --url http:\/\/127\.0\.0\.1:8080|ngrok http 8080|echo "[A-Z_]+=\S+" >> \.env|npm start|npm run cli -- account add baileys --name Ventas)$/;

test('every command of docs/connect-a-real-number.md works', async (t) => {
  const text = readFileSync(join(repository, 'docs/connect-a-real-number.md'), 'utf8');
  const commands = [...text.matchAll(/```sh\n([\s\S]*?)```/g)].flatMap((block) => (block[1] ?? '').trim().split('\n'));
  const ours = commands.filter((command) => !READERS.test(command));
  assert.deepEqual([commands.length - ours.length, ours.length], [6, 5]);

  const server = await startServer(t, { data: dataFolder(t) });
  const number = (await call('POST', `${server.sandbox}/sandbox/numbers`, { body: { business_number: '56220000001', own_app: true, own_waba: true } })).json as Record<string, string>;
  const env = {
    PATH: process.env['PATH'], HOME: process.env['HOME'], CENTRALITA_DATA: server.data, META_GRAPH_URL: server.sandbox, PUBLIC_URL: server.url,
    META_PHONE_NUMBER_ID: number['phone_number_id'], META_WABA_ID: number['waba_id'], META_ACCESS_TOKEN: number['access_token'], META_APP_SECRET: number['app_secret'],
  };
  // The reader clicks on a phone of the sandbox when its page offers to scan the code.
  const scanned = waitFor(async () => {
    const { codes } = (await call('GET', `${server.sandbox}/sandbox/whatsapp-web/codes`)).json as { codes: { qr: string }[] };
    return codes[0] && (await call('POST', `${server.sandbox}/sandbox/phones/56911110099/linked-devices`, { body: { qr: codes[0].qr } })).status === 201;
  }, { what: 'a code to be offered to the phones', timeout: 150_000 });
  const said: string[] = [];
  for (const command of ours) {
    const shell = spawn('bash', ['-c', command.replace('http://127.0.0.1:8080', server.url)], { cwd: repository, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [shell.stdout, shell.stderr]) stream.on('data', (chunk) => {
      output += String(chunk);
    });
    const [code] = await once(shell, 'close') as [number];
    assert.equal(code, 0, `${command}\n${output}`);
    said.push(output);
  }
  assert.match(said[1]!, /The app is subscribed/);
  assert.match(said[2]!, /meta \d+ {2}active/);
  assert.match(said[3]!, /answers on 56220000001/);
  await scanned;
  assert.match(said[4]!, /\+56911110099[\s\S]*The phone is linked/);
});
