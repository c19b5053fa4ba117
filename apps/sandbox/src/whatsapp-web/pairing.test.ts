/** Linking: by QR code, held up to the page too; by the code typed into the phone; codes that run out; what the first sync brings. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Running } from '../testing/harness.ts';
import { eventually, startSandbox } from '../testing/harness.ts';
import { contractOf, linkedClient, startClient } from '../testing/whatsapp-web.ts';
import type { Contract } from '../testing/whatsapp-web.ts';

const ANA = '56961234567';
let sandbox: Running;
let contract: Contract;

before(async () => {
  sandbox = await startSandbox();
  contract = await contractOf(sandbox);
});
after(() => sandbox.stop());

const link = (number: string, body: Record<string, unknown>): ReturnType<Running['call']> => sandbox.call('POST', `/sandbox/phones/${number}/linked-devices`, body);
const codes = async (): Promise<unknown[]> => (await sandbox.call('GET', '/sandbox/whatsapp-web/codes')).body['codes'] as unknown as unknown[];

test('the contract is what a host needs, and the same after a question', async () => {
  assert.match(contract.url, /^ws:\/\/127\.0\.0\.1:\d+\/ws\/chat$/);
  assert.match(contract.root_key, /^[0-9a-f]{64}$/);
  assert.match(contract.ca_pem, /^-----BEGIN CERTIFICATE-----/);
  assert.match(contract.media_host, /^127\.0\.0\.1:\d+$/);
  assert.deepEqual({ ...(await contractOf(sandbox)) }, { ...contract });
});

test('a code on a screen is offered to the phones, scanned once, and gone', async () => {
  const client = startClient(contract);
  const { qr = '' } = await client.event('connection.update', (update) => update.qr !== undefined);
  assert.match(qr, /^https:\/\/wa\.me\/settings\/linked_devices#/);
  assert.equal((await sandbox.call('POST', '/sandbox/whatsapp-web/codes', { qr, name: 'Ventas' })).status, 201);
  assert.deepEqual((await codes()).map((offer) => (offer as { name: string }).name), ['Ventas']);
  assert.equal((await link('56911110001', { qr: `${qr.slice(0, 60)}XXXXXXXXXXXXXXXXXXXX` })).status, 404);
  const business = await link(sandbox.config.business_number, { qr });
  assert.equal(business.status, 409, 'a number at Meta is no phone');
  const { status, body } = await link('56911110001', { qr });
  assert.equal(status, 201, JSON.stringify(body));
  assert.equal(body['device'] as unknown, 1);
  assert.deepEqual(await codes(), []);
  assert.equal((await link('56911110001', { qr })).status, 404, 'a code works once');
  await client.open();
  assert.equal(client.socket.user?.id, '56911110001:1@s.whatsapp.net');
  client.stop();
});

test('by the code that the device shows; a wrong one is refused and another try is free', async () => {
  const number = '56911110002';
  const client = startClient(contract);
  await client.event('connection.update', (update) => update.qr !== undefined);
  assert.equal((await link(number, { code: 'ABCD1234' })).status, 404, 'nobody asked');
  const code = await client.socket.requestPairingCode(number);
  await eventually(async () => ((await sandbox.call('GET', `/sandbox/phones/${number}/linked-devices`)).body['waits_for_code'] as unknown === true ? true : undefined));
  assert.equal((await link(number, { code: code === 'ABCD1234' ? 'ABCD1235' : 'ABCD1234' })).status, 422);
  const { status, body } = await link(number, { code: `${code.slice(0, 4)}-${code.slice(4).toLowerCase()}` });
  assert.equal(status, 201, JSON.stringify(body));
  await client.open();
  client.stop();
});

test('codes that nobody scans run out: 408', async () => {
  const client = startClient(contract, { config: { qrTimeout: 10 } });
  assert.equal(await client.until(() => client.closed[0], 'the end'), 408);
  assert.equal(client.events.filter((event) => event.name === 'connection.update' && (event.data as { qr?: string }).qr !== undefined).length, 6);
});

test('two devices of one phone: what one sends, the other has as its own; each has its own keys', async () => {
  const number = '56911110003';
  const one = await linkedClient(sandbox, number);
  // It knows its account's devices by now, and hears that there is one more.
  await one.socket.sendMessage(`${ANA}@s.whatsapp.net`, { text: 'sola' });
  const two = await linkedClient(sandbox, number);
  const { body } = await sandbox.call('GET', `/sandbox/phones/${number}/linked-devices`);
  assert.deepEqual((body['devices'] as unknown as { device: number }[]).map((device) => device.device), [1, 2]);
  const sent = await one.socket.sendMessage(`${ANA}@s.whatsapp.net`, { text: 'de una' });
  const copy = await two.until(() => two.messages.get(sent?.key.id ?? ''));
  assert.equal(copy.key.fromMe, true);
  assert.equal(copy.key.remoteJid, `${ANA}@s.whatsapp.net`);
  assert.equal(copy.message?.extendedTextMessage?.text, 'de una');
  const { body: written } = await sandbox.write(ANA, { to: number, type: 'text', text: 'a todas' });
  await Promise.all([one, two].map((client) => client.until(() => client.messages.get(String(written['id'])))));
  one.stop();
  two.stop();
});

test('the first sync brings names and the chats so far, and the key of the settings', async () => {
  const number = '56911110003';
  await sandbox.call('PATCH', `/sandbox/phones/${number}`, { name: 'Municipalidad' });
  await eventually(async () => ((await sandbox.messages(number)).every((message) => message['type'] !== 'unopened') ? true : undefined));
  const client = await linkedClient(sandbox, number);
  const history = await client.event('messaging-history.set', (set) => set.messages.length > 0);
  assert.deepEqual(new Set(history.messages.map((message) => message.message?.conversation)), new Set(['sola', 'a todas', 'de una']));
  assert.deepEqual(history.chats.map((chat) => chat.id), [`${ANA}@s.whatsapp.net`]);
  assert.equal(client.socket.user?.name, 'Municipalidad');
  await client.until(() => ([...client.keys.values.keys()].some((key) => key.startsWith('app-state-sync-key:')) ? true : undefined), 'the key of the settings');
  client.stop();
});

test('who speaks something else is hung up on, and the sandbox goes on', async () => {
  const socket = new WebSocket(contract.url);
  await new Promise((resolve) => socket.addEventListener('open', resolve));
  socket.send(new Uint8Array([0x57, 0x41, 6, 2, 0, 0, 1, 1]));
  await new Promise((resolve) => socket.addEventListener('close', resolve));
  assert.equal((await sandbox.call('GET', '/health')).status, 200);
});

test('a reset forgets what was said and keeps the links; one of the numbers ends them', async () => {
  const number = '56911110004';
  const client = await linkedClient(sandbox, number);
  await sandbox.call('POST', '/sandbox/reset', {});
  assert.deepEqual(await sandbox.messages(number), []);
  const { body } = await sandbox.write(ANA, { to: number, type: 'text', text: 'de nuevo' });
  await client.until(() => client.messages.get(String(body['id'])));
  await sandbox.call('POST', '/sandbox/reset', { numbers: true });
  assert.equal(await client.until(() => client.closed.find((code) => code !== 515), 'the end'), 401);
  assert.equal((await sandbox.write(ANA, { to: number, type: 'text', text: 'x' })).status, 404, 'it is no number of the company any more');
  assert.deepEqual((await sandbox.call('GET', '/sandbox/whatsapp-web')).body['devices'] as unknown, []);
});
