/** What is kept: messages for devices that are away, and everything over a kill -9 of the sandbox; sessions that broke mend; no key is ever printed. */
import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { after, before, test } from 'node:test';
import type { DeepJson, Running } from '../testing/harness.ts';
import { eventually, startSandbox, temporaryFolder } from '../testing/harness.ts';
import { contractOf, linkedClient, startClient } from '../testing/whatsapp-web.ts';
import type { Client } from '../testing/whatsapp-web.ts';

const LINE = '56911112222';
const ANA = '56961234567';
const jid = (number: string): string => `${number}@s.whatsapp.net`;
const dataDir = temporaryFolder();
const printed: string[] = [];
let sandbox: Running;
let client: Client;

/** A sandbox whose every word is kept. */
async function start(): Promise<Running> {
  const started = await startSandbox({ dataDir, stderr: 'pipe' });
  for (const stream of [started.process.stdout, started.process.stderr]) stream?.on('data', (chunk) => printed.push(String(chunk)));
  return started;
}

before(async () => {
  sandbox = await start();
  client = await linkedClient(sandbox, LINE);
});
after(async () => {
  client.stop();
  await sandbox.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

const write = async (text: string): Promise<string> => String((await sandbox.write(ANA, { to: LINE, type: 'text', text })).body['id']);
const seen = (number: string, fits: (message: DeepJson) => boolean): Promise<DeepJson> => eventually(async () => (await sandbox.messages(number)).find(fits));

test('what is written while the device is away waits for it, in order, and comes as what it missed', async () => {
  client.stop();
  await eventually(async () => ((await sandbox.call('GET', '/sandbox/whatsapp-web')).body['devices']?.[0]?.['connected'] as unknown === false ? true : undefined));
  const ids = [await write('uno'), await write('dos'), await write('tres')];
  assert.deepEqual((await sandbox.messages(ANA)).map((message) => message['status']), ['sent', 'sent', 'sent']);
  client = startClient(await contractOf(sandbox), { keys: client.keys });
  await client.open();
  await client.until(() => (ids.every((id) => client.messages.has(id)) ? true : undefined));
  const arrived = client.events.filter((event) => event.name === 'messages.upsert').map((event) => event.data as { type: string; messages: { key: { id?: string | null } }[] });
  assert.deepEqual(arrived.flatMap((upsert) => upsert.messages.map((message) => message.key.id)).filter((id) => ids.includes(id ?? '')), ids);
  assert.ok(arrived.every((upsert) => upsert.type === 'append'));
  await seen(ANA, (message) => message['id'] === ids[2] && message['status'] === 'delivered');
});

test('after kill -9 the device logs in again, sessions go on, what waited arrives, and what a phone had not read can still be read', async () => {
  const sent = await client.socket.sendMessage(jid(ANA), { text: 'antes' });
  await eventually(async () => ((await sandbox.call('GET', '/sandbox/outbox')).body['messages'] as unknown as DeepJson[]).find((message) => message['id'] === sent?.key.id));
  client.stop();
  const waiting = await write('espera');
  const before = await contractOf(sandbox);
  await sandbox.kill();
  sandbox = await start();
  const contract = await contractOf(sandbox);
  assert.equal(contract.root_key, before.root_key);
  assert.equal(contract.ca_pem, before.ca_pem);
  assert.equal(contract.media_host, before.media_host);
  client = startClient(contract, { keys: client.keys });
  await client.open();
  await client.until(() => client.messages.get(waiting));
  assert.equal((await seen(ANA, (message) => message['id'] === sent?.key.id))['text'], 'antes');
  const id = await write('después');
  assert.equal((await client.until(() => client.messages.get(id))).message?.conversation, 'después');
  const answer = await client.socket.sendMessage(jid(ANA), { text: 'seguimos' });
  assert.equal((await seen(ANA, (message) => message['id'] === answer?.key.id && message['type'] === 'text'))['text'], 'seguimos');
});

test('a device that lost its session asks again, and gets it', async () => {
  for (const key of client.keys.values.keys()) if (key.startsWith('session:')) client.keys.values.delete(key);
  const id = await write('de nuevo');
  await client.until(() => (client.messages.get(id)?.message?.conversation === 'de nuevo' ? true : undefined), 'the second try');
  await seen(ANA, (message) => message['id'] === id && message['status'] === 'delivered');
});

test('a phone that cannot read a message asks again, and gets it', async () => {
  // A session it has never heard of, spoilt: as when one side restored a backup.
  const sessions = [...client.keys.values].filter(([key]) => key.startsWith('session:'));
  for (const [key, value] of sessions) client.keys.values.set(key, value.replaceAll(/"rootKey":"[^"]{4}/g, '"rootKey":"AAAA').replaceAll(/"key":"[^"]{4}/g, '"key":"AAAA'));
  const sent = await client.socket.sendMessage(jid(ANA), { text: 'ilegible' });
  const shown = await seen(ANA, (message) => message['id'] === sent?.key.id && message['type'] === 'text');
  assert.equal(shown['text'], 'ilegible');
  assert.ok(Number(shown['retries']) >= 1, 'it was asked for');
});

test('one-time keys that run low are asked for and come', async () => {
  const count = async (): Promise<number> => Number((await sandbox.call('GET', '/sandbox/whatsapp-web')).body['devices']?.[0]?.['prekeys']);
  const before = await count();
  assert.equal((await sandbox.call('POST', `/sandbox/phones/${LINE}/linked-devices/1/prekeys`, { keep: 2 })).status, 200);
  await eventually(async () => ((await count()) > 2 ? true : undefined));
  assert.ok(before > 2);
});

test('nothing of all that was printed', () => {
  const all = printed.join('');
  assert.doesNotMatch(all, /privKey|rootKey|SessionEntry|Closing session/);
});
