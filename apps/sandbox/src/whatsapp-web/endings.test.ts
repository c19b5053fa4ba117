/** Every way a connection of WhatsApp Web ends, as the client reports it, and what comes back after it. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Running } from '../testing/harness.ts';
import { eventually, startSandbox } from '../testing/harness.ts';
import { contractOf, linkedClient, startClient } from '../testing/whatsapp-web.ts';
import type { Client } from '../testing/whatsapp-web.ts';

const LINE = '56911112222';
const SILENCED = '56911113333';
const ANA = '56961234567';
let sandbox: Running;
let client: Client;
let silenced: Client;

before(async () => {
  sandbox = await startSandbox();
  // It takes the library 5 s to notice; the other tests need not wait for that.
  [client, silenced] = await Promise.all([linkedClient(sandbox, LINE), linkedClient(sandbox, SILENCED, { keepAliveIntervalMs: 200 })]);
  await fault({ kind: 'web_freeze', phone_number_id: `${SILENCED}@s.whatsapp.net` });
});
after(async () => {
  client.stop();
  silenced.stop();
  await sandbox.stop();
});

const fault = async (given: Record<string, unknown>): Promise<string> => {
  const { status, body } = await sandbox.call('POST', '/sandbox/faults', { phone_number_id: `${LINE}@s.whatsapp.net`, ...given });
  assert.equal(status, 201, JSON.stringify(body));
  return String(body['id']);
};
const closes = (count: number): Promise<number> => client.until(() => (client.closed.length > count ? client.closed.at(-1) : undefined), 'the end');
const hear = async (text: string): Promise<void> => {
  const { body } = await sandbox.write(ANA, { to: LINE, type: 'text', text });
  assert.equal((await client.until(() => client.messages.get(String(body['id'])))).message?.conversation, text);
};

test('each forced ending has its code, and a reconnect goes on', async () => {
  for (const [how, code] of [['restart', 515], ['replaced', 440], ['unavailable', 503], ['stream_end', 428], ['reset', 428]] as const) {
    const before = client.closed.length;
    await fault({ kind: 'web_end', how });
    assert.equal(await closes(before), code, how);
    // After 515 the client of the tests comes back by itself.
    if (code !== 515) client.reconnect();
    await client.open();
    await hear(`after ${how}`);
  }
  assert.deepEqual(((await sandbox.call('GET', '/sandbox/faults')).body['faults'] as unknown as { kind: string }[]).map((one) => one.kind), ['web_freeze']);
});

test('a login is refused with any reason, once or more often', async () => {
  for (const code of [403, 405, 411, 503]) {
    const before = client.closed.length;
    await fault({ kind: 'web_login', code });
    client.reconnect();
    assert.equal(await closes(before), code);
  }
  client.reconnect();
  await client.open();
});

test('a second client with the same keys throws out the first: 440', async () => {
  const before = client.closed.length;
  const copy = { creds: client.keys.creds, values: new Map(client.keys.values) };
  const second = startClient(await contractOf(sandbox), { keys: copy });
  await second.open();
  assert.equal(await closes(before), 440);
  second.stop();
  client.reconnect();
  await client.open();
});

test('frozen for a while, then on as if nothing had been', async () => {
  const frozen = await fault({ kind: 'web_freeze' });
  const { body } = await sandbox.write(ANA, { to: LINE, type: 'text', text: 'held' });
  await eventually(async () => (Number((await sandbox.call('GET', `/sandbox/phones/${LINE}/linked-devices`)).body['devices']?.[0]?.['waiting']) > 0 ? true : undefined));
  assert.equal(client.messages.has(String(body['id'])), false);
  await sandbox.call('DELETE', `/sandbox/faults/${frozen}`);
  await client.until(() => client.messages.get(String(body['id'])));
});

test('the client logs out: the phone has no device any more', async () => {
  const other = await linkedClient(sandbox, '56911114444');
  await other.socket.logout();
  assert.equal(await other.until(() => other.closed.find((code) => code !== 515), 'the end'), 401);
  await eventually(async () => (((await sandbox.call('GET', '/sandbox/phones/56911114444/linked-devices')).body['devices'] as unknown as unknown[]).length === 0 ? true : undefined));
  other.stop();
});

test('the phone removes the device: 401 at once, and at every later login', async () => {
  const before = client.closed.length;
  assert.equal((await sandbox.call('DELETE', `/sandbox/phones/${LINE}/linked-devices/1`)).status, 200);
  assert.equal(await closes(before), 401);
  client.reconnect();
  assert.equal(await closes(before + 1), 401);
  assert.equal((await sandbox.call('DELETE', `/sandbox/phones/${LINE}/linked-devices/1`)).status, 404);
  // Nobody is linked: the phone itself has what is written to it.
  const { body } = await sandbox.write(ANA, { to: LINE, type: 'text', text: 'still there?' });
  await eventually(async () => ((await sandbox.messages(ANA)).find((message) => message['id'] === body['id'])?.['status'] === 'read' ? true : undefined));
});

test('a server that says nothing more is noticed by the client: 408', async () => {
  assert.equal(await silenced.until(() => silenced.closed.find((code) => code !== 515), 'the end'), 408);
  await sandbox.call('DELETE', '/sandbox/faults');
  silenced.reconnect();
  await silenced.open();
});
