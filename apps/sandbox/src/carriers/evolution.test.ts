/** Evolution 2.3.7 as its users meet it: make an instance, scan its picture, send, hear webhooks in their flat shapes. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingHttpHeaders, Server } from 'node:http';
import { after, before, test } from 'node:test';
import { inflateSync } from 'node:zlib';
import decodeQR from 'qr/decode.js';
import { eventually, PNG, startSandbox } from '../testing/harness.ts';
import type { Answer, DeepJson, Running } from '../testing/harness.ts';

const PHONE = '56911110053';
interface Hook {
  readonly headers: IncomingHttpHeaders;
  readonly body: DeepJson;
}

let sandbox: Running;
let key = '';
let server: Server;
let url = '';
const hooks: Hook[] = [];

const call = (method: string, path: string, body?: unknown, apikey = key): Promise<Answer> => sandbox.call(method, `/evolution${path}`, body, { apikey });
const hook = (event: string, fits: (data: DeepJson) => boolean = () => true): Promise<Hook> =>
  eventually(() => Promise.resolve(hooks.find(({ body }) => String(body['event']) === event && fits(body['data'] as unknown as DeepJson))));

before(async () => {
  sandbox = await startSandbox();
  const made = await sandbox.call('POST', '/sandbox/numbers', { carrier: 'evolution', instance: 'otra' });
  key = String(made.body['api_key']);
  server = createServer((request, reply) => {
    let raw = '';
    request.on('data', (chunk) => {
      raw += String(chunk);
    });
    request.on('end', () => {
      hooks.push({ headers: request.headers, body: JSON.parse(raw) as DeepJson });
      reply.writeHead(200).end();
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  url = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}/hook`;
});
after(async () => {
  server.closeAllConnections();
  server.close();
  await sandbox.stop();
});

/** The words in a picture of ours: grey, 8 bits, no filters. */
function scan(dataUrl: string): string {
  const png = Buffer.from(dataUrl.replace('data:image/png;base64,', ''), 'base64');
  const side = png.readUInt32BE(16);
  const at = png.indexOf('IDAT');
  const rows = inflateSync(png.subarray(at + 4, at + 4 + png.readUInt32BE(at - 4)));
  const data = new Uint8Array(side * side * 4).fill(255);
  for (let y = 0; y < side; y += 1) for (let x = 0; x < side; x += 1) data.fill(rows[y * (side + 1) + 1 + x] ?? 255, (y * side + x) * 4, (y * side + x) * 4 + 3);
  return decodeQR({ width: side, height: side, data });
}

test('an instance is made, its picture scanned, and it is open; the name is then taken', async () => {
  const made = await call('POST', '/instance/create', { instanceName: 'linea-1', integration: 'WHATSAPP-BAILEYS', qrcode: true, webhook: { enabled: true, url, headers: { 'x-key': 's' }, events: [] } });
  assert.equal(made.status, 201);
  assert.equal(scan(String(made.body['qrcode']?.['base64'])), String(made.body['qrcode']?.['code']), 'the picture says its code');
  assert.equal((await call('POST', '/instance/create', { instanceName: 'linea-1' })).status, 403);
  assert.equal((await call('GET', '/instance/connectionState/linea-1')).body['instance']?.['state'], 'connecting');
  const again = await call('GET', '/instance/connect/linea-1?number=56220001111');
  assert.match(String(again.body['pairingCode']), /^[A-Z0-9]{8}$/);
  await hook('qrcode.updated', (data) => data['qrcode']?.['code'] === again.body['code']);
  const refused = await call('POST', '/message/sendText/linea-1', { number: PHONE, text: 'x' });
  assert.deepEqual([refused.status, refused.body['response']?.['message']], [500, 'Connection Closed']);
  await sandbox.call('POST', '/sandbox/instances/linea-1/scan');
  await hook('connection.update', (data) => String(data['state']) === 'open');
  assert.equal((await call('GET', '/instance/connectionState/linea-1')).body['instance']?.['state'], 'open');
  const rows = (await call('GET', '/instance/fetchInstances?instanceName=linea-1')).body as unknown as DeepJson[];
  assert.match(String(rows[0]?.['ownerJid']), /^\d+@s\.whatsapp\.net$/);
});

test('keys: the server’s opens everything, an instance’s its own, others nothing', async () => {
  const rows = (await call('GET', '/instance/fetchInstances')).body as unknown as DeepJson[];
  const token = String(rows.find((row) => String(row['name']) === 'linea-1')?.['token']);
  assert.equal((await call('GET', '/instance/connectionState/linea-1', undefined, token)).status, 200);
  assert.equal((await call('GET', '/instance/connectionState/otra', undefined, token)).status, 401);
  assert.equal((await call('GET', '/instance/connectionState/linea-1', undefined, 'wrong')).status, 401);
  assert.equal((await call('GET', '/instance/connectionState/none')).status, 404);
  assert.equal((await call('POST', '/instance/create', { instanceName: 'x' }, token)).status, 401);
});

test('a text climbs its ladder in flat updates; a phone writes in each way of naming people', async () => {
  const sent = await call('POST', '/message/sendText/linea-1', { number: PHONE, text: 'De 9 a 14.' });
  assert.equal(sent.status, 201);
  assert.deepEqual([sent.body['status'], sent.body['message']?.['conversation'], sent.body['key']?.['fromMe']], ['PENDING', 'De 9 a 14.', true]);
  const id = String(sent.body['key']?.['id']);
  assert.match(id, /^3EB0[0-9A-F]{18}$/);
  for (const status of ['SERVER_ACK', 'DELIVERY_ACK', 'READ']) await hook('messages.update', (data) => String(data['keyId']) === id && String(data['status']) === status);
  const { body: number } = await sandbox.call('GET', '/sandbox/numbers');
  const own = (number['numbers'] as unknown as DeepJson[]).find((one) => String(one['instance']) === 'linea-1');
  const pn = `${PHONE}@s.whatsapp.net`;
  const seen = async (lid: string): Promise<DeepJson> => {
    await sandbox.call('PATCH', `/sandbox/numbers/${String(own?.['phone_number_id'])}`, { lid });
    const text = `como ${lid}`;
    await sandbox.write(PHONE, { to: own?.['phone_number_id'] as unknown as string, type: 'text', text });
    const { body, headers } = await hook('messages.upsert', (data) => data['message']?.['conversation'] === text);
    assert.equal(headers['x-key'], 's');
    return body['data']?.['key'] as unknown as DeepJson;
  };
  const [old, middle, fresh, only] = [await seen('2.3.6'), await seen('2.3.7'), await seen('2.4'), await seen('only')];
  const lid = String(old['remoteJid']);
  assert.match(lid, /^\d+@lid$/);
  assert.deepEqual([old['remoteJidAlt'], old['addressingMode']], [pn, 'lid']);
  assert.deepEqual([middle['remoteJid'], middle['remoteJidAlt'], middle['addressingMode']], [pn, pn, 'lid']);
  assert.deepEqual([fresh['remoteJid'], fresh['remoteJidAlt'], fresh['addressingMode']], [pn, lid, 'pn']);
  assert.deepEqual([only['remoteJid'], only['remoteJidAlt']], [lid, undefined]);
  const back = await call('POST', '/message/sendText/linea-1', { number: lid, text: 'por LID' });
  assert.equal(back.body['key']?.['remoteJid'], pn);
});

test('a webhook’s jwt_key becomes a token; only the events asked for come', async () => {
  await call('POST', '/webhook/set/linea-1', { webhook: { enabled: true, url, headers: { jwt_key: 'k' }, events: ['MESSAGES_UPSERT'] } });
  assert.equal((await call('GET', '/webhook/find/linea-1')).body['url'], url);
  await sandbox.write(PHONE, { to: await numberId(), type: 'image', image: { data: PNG.toString('base64'), caption: 'foto' } });
  const { headers, body } = await hook('messages.upsert', (data) => String(data['messageType']) === 'imageMessage');
  assert.match(String(headers['authorization']), /^Bearer [\w-]+\.[\w-]+\.[\w-]+$/);
  const file = await call('POST', '/chat/getBase64FromMediaMessage/linea-1', { message: { key: { id: body['data']?.['key']?.['id'] } } });
  assert.deepEqual([file.body['base64'], file.body['mimetype']], [PNG.toString('base64'), 'image/png']);
  const before = hooks.length;
  const sent = await call('POST', '/message/sendText/linea-1', { number: PHONE, text: 'sin avisos' });
  await eventually(async () => (await sandbox.messages(PHONE)).find((one) => one['id'] === sent.body['key']?.['id'] && one['status'] === 'read'));
  assert.equal(hooks.length, before);
});

test('somebody without WhatsApp, and a phone that logs out', async () => {
  await sandbox.call('PATCH', '/sandbox/phones/56911110054', { on_whatsapp: false });
  const nobody = await call('POST', '/message/sendText/linea-1', { number: '56911110054', text: 'x' });
  assert.deepEqual([nobody.status, (nobody.body['response']?.['message'] as unknown as DeepJson[] | undefined)?.[0]?.['exists']], [400, false]);
  await sandbox.call('POST', '/sandbox/instances/linea-1/logout');
  assert.equal((await call('POST', '/message/sendText/linea-1', { number: PHONE, text: 'x' })).status, 500);
  assert.equal((await call('DELETE', '/instance/logout/linea-1')).status, 400);
  assert.equal((await call('DELETE', '/instance/delete/linea-1')).status, 200);
  assert.equal((await call('GET', '/instance/connectionState/linea-1')).status, 404);
});

async function numberId(): Promise<string> {
  const { body } = await sandbox.call('GET', '/sandbox/numbers');
  return String((body['numbers'] as unknown as DeepJson[]).find((one) => String(one['instance']) === 'linea-1')?.['phone_number_id']);
}
