import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Scope } from '../harness/defer.ts';
import { dataFolder, freePort, spawnApp } from '../harness/processes.ts';
import { waitFor } from '../harness/wait.ts';

interface Line {
  readonly msg?: string;
  readonly request_id?: string;
  readonly events?: readonly string[];
  readonly event?: string;
  readonly message?: string;
  readonly conversation?: string;
  readonly remote_id?: string;
  readonly status?: string;
}

test('a message can be followed in the log, from the request id of its webhook to the last tick of the answer', async (t) => {
  const [port, sandboxPort] = [await freePort(), await freePort()];
  const sandbox = `http://127.0.0.1:${sandboxPort}`;
  const server = await spawnApp(t as unknown as Scope, {
    script: 'apps/server/src/main/cli.ts', args: ['start'], ready: { url: `http://127.0.0.1:${port}/health/ready` }, timeout: 60_000,
    env: { PORT: String(port), SANDBOX_PORT: String(sandboxPort), CENTRALITA_DATA: dataFolder(t as unknown as Scope), LOG_LEVEL: 'debug', SANDBOX_STATUS_DELAYS: '5,10,15' },
  });
  const wrote = await fetch(`${sandbox}/sandbox/phones/56961234567/messages`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ type: 'text', text: 'Hola' }) });
  assert.equal(wrote.status, 201);
  const lines = (): Line[] => server.lines.filter((l) => l.startsWith('{')).map((l) => JSON.parse(l) as Line);
  const read = await waitFor(() => lines().find((l) => l.msg === 'status applied' && l.status === 'read'), { what: 'the last tick in the log' });
  const sent = lines().find((l) => l.msg === 'send tried' && l.message === read.message)!;
  assert.equal(sent.remote_id, read.remote_id);
  const received = lines().find((l) => l.msg === 'message received' && l.conversation === sent.conversation)!;
  const unpacked = lines().find((l) => l.msg === 'receipt unpacked' && l.events?.includes(received.event!))!;
  assert.ok(unpacked.request_id, 'the webhook by its request id');
  assert.doesNotMatch(server.output(), /EAA|app_secret|"access_token":"(?!\[secret\])/, 'no secret is in the log');
});
