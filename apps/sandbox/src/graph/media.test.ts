import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { after, before, test } from 'node:test';
import { listen, PNG, startSandbox } from '../testing/harness.ts';
import type { Business, Running } from '../testing/harness.ts';

let sandbox: Running;
let business: Business;
let files: Server;
let fetched = 0;
const PHONE = '56911111111';
const auth = (): Record<string, string> => ({ authorization: `Bearer ${sandbox.config.access_token}` });

before(async () => {
  business = await listen();
  sandbox = await startSandbox();
  await sandbox.call('POST', '/sandbox/webhook', { callback_url: business.url });
  await sandbox.write(PHONE, { type: 'text', text: 'hola' });
  files = createServer((request, reply) => {
    fetched += 1;
    if (request.url === '/moved') reply.writeHead(302, { location: '/a.png' }).end();
    else if (request.url === '/a.png') reply.writeHead(200, { 'content-type': 'image/png' }).end(PNG);
    else if (request.url === '/page') reply.writeHead(200, { 'content-type': 'text/html' }).end('<p>');
    else if (request.url === '/big') reply.writeHead(200, { 'content-type': 'image/png' }).end(Buffer.alloc(5 * 1024 * 1024 + 1));
    else reply.writeHead(404).end();
  }).listen(0, '127.0.0.1');
});
after(async () => {
  await sandbox.stop();
  await business.stop();
  files.close();
});

const link = (path: string): string => {
  const address = files.address();
  return `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}${path}`;
};

test('a file goes up, shows what it is, comes down with the token, and can be deleted', async () => {
  const up = await sandbox.upload({ mime: 'image/png', bytes: PNG, filename: 'a.png', type: 'image/png' });
  assert.equal(up.status, 200, JSON.stringify(up.body));
  const id = String(up.body['id']);
  const info = (await sandbox.graph('GET', `/v25.0/${id}?phone_number_id=${sandbox.config.phone_number_id}`)).body;
  assert.equal(info['messaging_product'], 'whatsapp');
  assert.equal(info['mime_type'], 'image/png');
  assert.equal(info['file_size'], PNG.length);
  assert.equal(info['sha256'], createHash('sha256').update(PNG).digest('hex'));
  const url = String(info['url']).slice(sandbox.origin.length);
  assert.equal((await sandbox.call('GET', url)).status, 401, 'the address alone is not enough');
  const down = await fetch(sandbox.origin + url, { headers: auth() });
  assert.equal(down.headers.get('content-type'), 'image/png');
  assert.deepEqual(Buffer.from(await down.arrayBuffer()), PNG);
  const expired = url.replace(/ext=\d+/, 'ext=1000');
  assert.equal((await sandbox.call('GET', expired, undefined, auth())).status, 404);
  assert.equal((await sandbox.graph('GET', `/${id}?phone_number_id=1`)).body['error']?.['code'], 100);
  assert.deepEqual((await sandbox.graph('DELETE', `/${id}`)).body as unknown, { success: true });
  assert.equal((await sandbox.graph('GET', `/${id}`)).status, 400);
  assert.equal((await sandbox.call('GET', url, undefined, auth())).status, 404);
});

test('what WhatsApp does not take is refused', async () => {
  const cases: [string, Buffer, number][] = [
    ['image/gif', Buffer.from('GIF89a'), 131053], ['application/zip', Buffer.from('PK'), 131053], ['image/png', Buffer.alloc(0), 131053],
    ['image/jpeg', Buffer.alloc(5 * 1024 * 1024 + 1), 131053], ['image/webp', Buffer.alloc(100 * 1024 + 1), 131053], ['audio/mpeg', PNG, 131053],
  ];
  for (const [mime, bytes, code] of cases) {
    const { status, body } = await sandbox.upload({ mime, bytes, filename: 'f' });
    assert.equal(status, 400);
    assert.equal(body['error']?.['code'], code, `${mime} ${bytes.length}`);
  }
  const bare = await sandbox.graph('POST', `/${sandbox.config.phone_number_id}/media`, {});
  assert.equal(bare.body['error']?.['code'], 100);
  const png = (await sandbox.upload({ mime: 'image/png', bytes: PNG, filename: 'a.png' })).body['id'];
  const asAudio = await sandbox.send({ to: PHONE, type: 'audio', audio: { id: png } });
  assert.equal(asAudio.body['error']?.['code'], 131053);
});

test('a link is fetched once, also through a redirect', async () => {
  fetched = 0;
  for (let time = 0; time < 2; time += 1) {
    const sent = await sandbox.send({ to: PHONE, type: 'image', image: { link: link('/moved') } });
    const id = String(sent.body['messages']?.[0]?.['id']);
    await business.untilStatus(id, 'delivered');
    const seen = (await sandbox.messages(PHONE)).find((message) => message['id'] === id);
    const held = await fetch(`${sandbox.origin}/sandbox/media/${String(seen?.['media']?.['id'])}`);
    assert.deepEqual(Buffer.from(await held.arrayBuffer()), PNG);
  }
  assert.equal(fetched, 2, 'the second time it was kept: one redirect, one file');
});

test('a link that cannot be had fails the message later, with 131053', async () => {
  for (const path of ['/missing', '/page', '/big']) {
    const sent = await sandbox.send({ to: PHONE, type: 'image', image: { link: link(path) } });
    assert.equal(sent.status, 200, 'accepted first');
    const failed = await business.untilStatus(String(sent.body['messages']?.[0]?.['id']), 'failed');
    assert.equal(failed['errors']?.[0]?.['code'], 131053, path);
  }
});

test('what a phone sends can be downloaded from the id and the address in the webhook', async () => {
  const up = await fetch(`${sandbox.origin}/sandbox/media`, { method: 'POST', body: formOf(new File([new Uint8Array(PNG)], 'foto ñ.png', { type: 'image/png' })) });
  const { id } = (await up.json()) as { id: string };
  const sent = await sandbox.write(PHONE, { type: 'image', image: { id, caption: 'mira' } });
  const heard = await business.untilMessage(String(sent.body['id']));
  const image = heard['image'];
  assert.equal(image?.['caption'], 'mira');
  assert.equal(image?.['sha256'], createHash('sha256').update(PNG).digest('base64'), 'base64 in webhooks');
  assert.deepEqual(Buffer.from(await (await fetch(String(image?.['url']), { headers: auth() })).arrayBuffer()), PNG);
  const info = (await sandbox.graph('GET', `/${String(image?.['id'])}`)).body;
  assert.equal(info['mime_type'], 'image/png');
  const inline = await sandbox.write(PHONE, { type: 'audio', audio: { data: Buffer.from('OggS').toString('base64'), mime_type: 'audio/ogg; codecs=opus', voice: true } });
  assert.equal((await business.untilMessage(String(inline.body['id'])))['audio']?.['voice'], true);
  const wrong = await sandbox.write(PHONE, { type: 'image', image: { id: '99999999', link: 'http://127.0.0.1' } });
  assert.equal(wrong.status, 400);
});

test('files are shown without running what is in them', async () => {
  const evil = formOf(new File(['<script>alert(1)</script>'], 'a.html', { type: 'text/html' }));
  const { id } = (await (await fetch(`${sandbox.origin}/sandbox/media`, { method: 'POST', body: evil })).json()) as { id: string };
  const shown = await fetch(`${sandbox.origin}/sandbox/media/${id}`);
  assert.match(shown.headers.get('content-security-policy') ?? '', /sandbox/);
  assert.match(shown.headers.get('content-disposition') ?? '', /^attachment/);
  assert.equal(shown.headers.get('x-content-type-options'), 'nosniff');
  const part = await fetch(`${sandbox.origin}/sandbox/media/${id}`, { headers: { range: 'bytes=1-6' } });
  assert.equal(part.status, 206);
  assert.equal(await part.text(), 'script');
});

function formOf(file: File): FormData {
  const form = new FormData();
  form.set('file', file);
  return form;
}
