/** Faults on demand: messages refused, lost, doubled, spoilt; questions unanswered; files that cannot be had. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import tls from 'node:tls';
import { downloadMediaMessage } from 'baileys';
import type { DeepJson, Running } from '../testing/harness.ts';
import { eventually, PNG, startSandbox } from '../testing/harness.ts';
import { contractOf, linkedClient } from '../testing/whatsapp-web.ts';
import type { Client } from '../testing/whatsapp-web.ts';

const LINE = '56911112222';
const ANA = '56961234567';
const jid = (number: string): string => `${number}@s.whatsapp.net`;
let sandbox: Running;
let client: Client;

before(async () => {
  sandbox = await startSandbox();
  tls.setDefaultCACertificates([...tls.getCACertificates('default'), (await contractOf(sandbox)).ca_pem]);
  client = await linkedClient(sandbox, LINE, { defaultQueryTimeoutMs: 1000 });
});
after(async () => {
  client.stop();
  await sandbox.stop();
});

const fault = async (given: Record<string, unknown>): Promise<void> => {
  const { status, body } = await sandbox.call('POST', '/sandbox/faults', { phone_number_id: jid(LINE), ...given });
  assert.equal(status, 201, JSON.stringify(body));
};
const write = async (text: string): Promise<string> => String((await sandbox.write(ANA, { to: LINE, type: 'text', text })).body['id']);
const seen = (fits: (message: DeepJson) => boolean): Promise<DeepJson> => eventually(async () => (await sandbox.messages(ANA)).find(fits));
const say = async (text: string): Promise<string> => (await client.socket.sendMessage(jid(ANA), { text }))?.key.id ?? '';

test('the next message is refused with a code, and never existed', async () => {
  await say('primero');
  await fault({ kind: 'web_message', direction: 'in', how: 'nack', code: 479 });
  const id = await say('rechazado');
  const refused = await client.until(() => (client.messages.get(id)?.status === 0 ? client.messages.get(id) : undefined), 'the refusal');
  assert.deepEqual(refused.messageStubParameters, ['479']);
  await say('después');
  await seen((message) => message['text'] === 'después');
  assert.ok((await sandbox.messages(ANA)).every((message) => message['id'] !== id));
});

test('a message of the device is lost, or comes late', async () => {
  await fault({ kind: 'web_message', direction: 'in', how: 'drop' });
  const lost = await say('perdido');
  await fault({ kind: 'web_message', direction: 'in', how: 'delay', ms: 50 });
  const late = await say('tarde');
  await seen((message) => message['id'] === late && message['text'] === 'tarde');
  assert.ok((await sandbox.messages(ANA)).every((message) => message['id'] !== lost));
});

test('a message to the device comes twice, or spoilt and then again, or not at all', async () => {
  await fault({ kind: 'web_message', direction: 'out', how: 'duplicate' });
  const twice = await write('doble');
  await client.until(() => (client.events.filter((event) => event.name === 'messages.upsert' && JSON.stringify(event.data).includes(twice)).length >= 2 ? true : undefined), 'both');
  await fault({ kind: 'web_message', direction: 'out', how: 'corrupt' });
  const spoilt = await write('dañado');
  await client.until(() => (client.messages.get(spoilt)?.message?.conversation === 'dañado' ? true : undefined), 'the second try');
  await fault({ kind: 'web_message', direction: 'out', how: 'drop' });
  const gone = await write('nunca');
  const after = await write('siempre');
  await client.until(() => client.messages.get(after));
  assert.equal(client.messages.has(gone), false);
});

test('a question is not answered, answered late, twice, or with an error', async () => {
  await fault({ kind: 'web_iq', how: 'drop', iq: 'usync:' });
  assert.equal(await client.socket.onWhatsApp(ANA), undefined);
  await fault({ kind: 'web_iq', how: 'delay', iq: 'usync:', ms: 20 });
  assert.equal((await client.socket.onWhatsApp(ANA))?.[0]?.exists, true);
  await fault({ kind: 'web_iq', how: 'duplicate', iq: 'usync:' });
  assert.equal((await client.socket.onWhatsApp(ANA))?.[0]?.exists, true);
  await fault({ kind: 'web_iq', how: 'error', iq: 'usync:', code: 429 });
  await assert.rejects(Promise.resolve(client.socket.onWhatsApp(ANA)), /internal-server-error|429/);
  assert.equal((await client.socket.onWhatsApp(ANA))?.[0]?.exists, true);
});

test('a file that cannot be had, and one that cannot be put up', async () => {
  const { body } = await sandbox.write(ANA, { to: LINE, type: 'image', image: { data: PNG.toString('base64') } });
  const message = await client.until(() => client.messages.get(String(body['id'])));
  await fault({ kind: 'web_media', direction: 'download', http: 404, phone_number_id: undefined });
  await assert.rejects(downloadMediaMessage(message, 'buffer', {}), (error: { output?: { statusCode?: number } }) => error.output?.statusCode === 404);
  assert.ok((await downloadMediaMessage(message, 'buffer', {})).equals(PNG));
  await fault({ kind: 'web_media', direction: 'upload', http: 500, phone_number_id: undefined });
  await assert.rejects(client.socket.sendMessage(jid(ANA), { image: PNG, jpegThumbnail: '' }), /Media upload failed/);
});

test('what makes no sense is refused with what would', async () => {
  const { status, body } = await sandbox.call('POST', '/sandbox/faults', { kind: 'web_message', direction: 'in', how: 'corrupt' });
  assert.equal(status, 400);
  assert.match(String(body['detail']), /nack, drop or delay/);
});
