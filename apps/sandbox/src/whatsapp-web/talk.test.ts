/** The unmodified Baileys against the sandbox: linked by QR code, text both ways, ticks. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { DeepJson, Running } from '../testing/harness.ts';
import { eventually, startSandbox } from '../testing/harness.ts';
import { linkedClient } from '../testing/whatsapp-web.ts';
import type { Client } from '../testing/whatsapp-web.ts';

const LINE = '56911112222';
const ANA = '56961234567';
const jid = (number: string): string => `${number}@s.whatsapp.net`;
let sandbox: Running;
let client: Client;

before(async () => {
  sandbox = await startSandbox();
  client = await linkedClient(sandbox, LINE);
});
after(async () => {
  client.stop();
  await sandbox.stop();
});

const say = async (text: string, more: Record<string, unknown> = {}): Promise<string> => {
  const { body, status } = await sandbox.write(ANA, { to: LINE, type: 'text', text, ...more });
  assert.equal(status, 201, JSON.stringify(body));
  return String(body['id']);
};
const seen = (number: string, fits: (message: DeepJson) => boolean): Promise<DeepJson> => eventually(async () => (await sandbox.messages(number)).find(fits));

test('a linked phone is a number of the company; a phone that was never linked has no devices', async () => {
  const { body } = await sandbox.call('GET', `/sandbox/phones/${LINE}/linked-devices`);
  assert.equal((body['devices'] as unknown as unknown[]).length, 1);
  assert.equal(body['devices']?.[0]?.['connected'] as unknown, true);
  assert.equal(body['devices']?.[0]?.['jid'], `${LINE}:1@s.whatsapp.net`);
  const numbers = (await sandbox.call('GET', '/sandbox/numbers')).body['numbers'] as unknown as DeepJson[];
  const line = numbers.find((number) => number['business_number'] === LINE);
  assert.equal(line?.['carrier'], 'whatsapp-web');
  assert.equal(line?.['phone_number_id'], jid(LINE));
  assert.equal(((await sandbox.call('GET', `/sandbox/phones/${ANA}/linked-devices`)).body['devices'] as unknown as unknown[]).length, 0);
});

test('a phone writes to the linked number, end to end encrypted; the tick comes from the device, the blue one from who reads', async () => {
  const id = await say('hola');
  const message = await client.until(() => client.messages.get(id));
  assert.equal(message.message?.conversation, 'hola');
  assert.equal(message.key.remoteJid, jid(ANA));
  assert.match(message.key.remoteJidAlt ?? '', /^\d+@lid$/);
  assert.equal(message.pushName, 'Ana Rojas');
  await seen(ANA, (one) => one['id'] === id && one['status'] === 'delivered');
  await client.socket.readMessages([message.key]);
  await seen(ANA, (one) => one['id'] === id && one['status'] === 'read');
});

test('the device writes; the phone reads it, the owner’s phone shows it too, and both ticks come back', async () => {
  const sent = await client.socket.sendMessage(jid(ANA), { text: 'buenos días' });
  const id = sent?.key.id ?? '';
  const shown = await seen(ANA, (one) => one['id'] === id && one['type'] === 'text');
  assert.equal(shown['text'], 'buenos días');
  assert.equal(shown['direction'], 'in');
  assert.equal(shown['from'], LINE);
  // 4: read.
  await client.until(() => (client.messages.get(id)?.status === 4 ? true : undefined));
  const own = await seen(LINE, (one) => one['id'] === id);
  assert.equal(own['direction'], 'out');
  assert.equal(own['text'], 'buenos días');
  // And on the session that is there by now.
  const again = await say('gracias');
  assert.equal((await client.until(() => client.messages.get(again))).message?.conversation, 'gracias');
});
