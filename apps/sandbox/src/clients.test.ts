/** Public client libraries, unchanged, against the sandbox. */
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';
import { WhatsAppClient } from '@kapso/whatsapp-cloud-api';
import { WhatsAppAPI } from 'whatsapp-api-js';
import { eventually, PNG, startSandbox } from './testing/harness.ts';
import type { DeepJson, Running } from './testing/harness.ts';

let sandbox: Running;
let client: WhatsAppClient;
const PHONE = '56911110051';

before(async () => {
  sandbox = await startSandbox();
  client = new WhatsAppClient({ baseUrl: sandbox.config.graph_url, accessToken: sandbox.config.access_token, graphVersion: 'v25.0' });
  await sandbox.write(PHONE, { type: 'text', text: 'hola' });
});
after(() => sandbox.stop());

const phoneNumberId = (): string => sandbox.config.phone_number_id;
const shown = (id: string | undefined): Promise<DeepJson> => eventually(async () => (await sandbox.messages(PHONE)).find((message) => message['id'] === id && message['status'] === 'read'));

test('@kapso/whatsapp-cloud-api sends text, buttons, lists and templates', async () => {
  const text = await client.messages.sendText({ phoneNumberId: phoneNumberId(), to: `+${PHONE}`, body: 'hola ñ' });
  assert.equal((await shown(text.messages[0]?.id))['text'], 'hola ñ');
  const buttons = await client.messages.sendInteractiveButtons({
    phoneNumberId: phoneNumberId(), to: PHONE, bodyText: 'Elige', footerText: 'Pie', buttons: [{ id: 'a', title: 'Sí' }, { id: 'b', title: 'No' }],
  });
  const seen = await shown(buttons.messages[0]?.id);
  assert.equal(seen['payload']?.['interactive']?.['action']?.['buttons']?.[1]?.['reply']?.['title'], 'No');
  const list = await client.messages.sendInteractiveList({
    phoneNumberId: phoneNumberId(), to: PHONE, bodyText: 'Elige', buttonText: 'Ver', sections: [{ title: 'S', rows: [{ id: 'r', title: 'Uno', description: 'D' }] }],
  });
  assert.equal((await shown(list.messages[0]?.id))['payload']?.['interactive']?.['type'], 'list');
  const template = await client.messages.sendTemplate({
    phoneNumberId: phoneNumberId(), to: PHONE,
    template: { name: 'aviso_de_hora', language: { code: 'es' }, components: [{ type: 'body', parameters: [{ type: 'text', text: 'Ana' }, { type: 'text', text: 'lunes' }] }] },
  });
  assert.match(String((await shown(template.messages[0]?.id))['text']), /Hola Ana/);
  const listed = await client.templates.list({ businessAccountId: sandbox.config.waba_id });
  assert.equal(listed.data.length, 3);
});

test('@kapso/whatsapp-cloud-api uploads, looks up, downloads, sends and deletes media', async () => {
  const { id } = await client.media.upload({ phoneNumberId: phoneNumberId(), type: 'image', file: new Blob([new Uint8Array(PNG)], { type: 'image/png' }), fileName: 'a.png' });
  const info = await client.media.get({ mediaId: id, phoneNumberId: phoneNumberId() });
  assert.equal(info.mimeType, 'image/png');
  const bytes = await client.media.download({ mediaId: id, phoneNumberId: phoneNumberId(), auth: 'always' });
  assert.deepEqual(Buffer.from(bytes as ArrayBuffer), PNG);
  const sent = await client.messages.sendImage({ phoneNumberId: phoneNumberId(), to: PHONE, image: { id, caption: 'foto' } });
  assert.equal((await shown(sent.messages[0]?.id))['text'], 'foto');
  await client.media.delete({ mediaId: id, phoneNumberId: phoneNumberId() });
  await assert.rejects(client.media.get({ mediaId: id, phoneNumberId: phoneNumberId() }));
});

test('@kapso/whatsapp-cloud-api marks as read with typing, and understands the errors', async () => {
  const inbound = await sandbox.write(PHONE, { type: 'text', text: 'lee esto' });
  const done = await client.messages.markRead({ phoneNumberId: phoneNumberId(), messageId: String(inbound.body['id']), typingIndicator: { type: 'text' } });
  assert.equal(done.success, true);
  await assert.rejects(
    client.messages.sendTemplate({ phoneNumberId: phoneNumberId(), to: PHONE, template: { name: 'nada', language: { code: 'es' } } }),
    (error: Error & { code?: number; httpStatus?: number }) => error.code === 132001 && error.httpStatus === 404,
  );
});

test('whatsapp-api-js receives: the handshake and the signature are what it expects', async () => {
  const api = new WhatsAppAPI({ token: sandbox.config.access_token, appSecret: sandbox.config.app_secret, webhookVerifyToken: sandbox.config.verify_token, v: 'v25.0', secure: true });
  const got: string[] = [];
  const refused: unknown[] = [];
  api.on.message = ({ message }) => {
    got.push(message.type === 'text' ? message.text.body : message.type);
  };
  const server = createServer((request, reply) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    if (request.method === 'GET') {
      try {
        reply.end(String(api.get(Object.fromEntries(url.searchParams) as unknown as Parameters<typeof api.get>[0])));
      } catch {
        reply.writeHead(403).end();
      }
      return;
    }
    let raw = '';
    request.on('data', (chunk) => {
      raw += String(chunk);
    });
    request.on('end', () => {
      const body = JSON.parse(raw) as Parameters<typeof api.post>[0];
      api.post(body, raw, String(request.headers['x-hub-signature-256'])).then(() => reply.end('ok'), (error: unknown) => {
        refused.push(error);
        reply.writeHead(401).end();
      });
    });
  }).listen(0, '127.0.0.1').unref();
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const set = await sandbox.call('POST', '/sandbox/webhook', { callback_url: `http://127.0.0.1:${port}/` });
  assert.equal(set.status, 200, JSON.stringify(set.body));
  const wrong = await sandbox.call('POST', '/sandbox/webhook', { callback_url: `http://127.0.0.1:${port}/`, verify_token: 'not it' });
  assert.equal(wrong.status, 422);
  await sandbox.write(PHONE, { type: 'text', text: 'señal ✓' });
  await eventually(() => Promise.resolve(got.includes('señal ✓') ? true : undefined));
  assert.deepEqual(refused, []);
  server.closeAllConnections();
  server.close();
});
