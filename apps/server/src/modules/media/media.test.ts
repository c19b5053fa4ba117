import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FastifyInstance, LightMyRequestResponse } from 'fastify';
import { encodeId, newUuid } from '@centralita/kernel';
import type { Tx } from '@centralita/platform/database';
import { defer } from '../../../../../test/harness/defer.ts';
import { holding, somebodyWaits } from '../../../../../test/harness/two.ts';
import { waitFor } from '../../../../../test/harness/wait.ts';
import { meta } from '../../providers/meta/index.ts';
import { startSandbox } from '../../providers/sandbox-carrier.ts';
import { signedIn, startApi, type Agent } from '../../testing/api.ts';
import { companyWithAccount, startAlone } from '../../testing/runtime.ts';
import type { Runtime } from '../../runtime.ts';
import { addAccount, routeById, type Route } from '../accounts/index.ts';
import type { Company } from '../companies/index.ts';
import { byteRange } from './byte-range.ts';
import { blobKey } from './blob-key.ts';
import { eraseFiles, noteInboundMedia } from './index.ts';
import { settledName, settledType } from './media-type.ts';
import { mediaModule } from './module.ts';
import { LANE } from './note-inbound-media.ts';
import { markReady, mediaByIds, type MediaRow } from './store.ts';

const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
const PDF = Buffer.from('%PDF-1.4\n%%EOF\n');
const MP3 = Buffer.concat([Buffer.from('ID3\x04\0\0\0\0\0\0', 'latin1'), Buffer.from([0xff, 0xfb, 0x90, 0x44]), Buffer.alloc(2000, 7)]);
const HTML = Buffer.from('<!doctype html><script>alert(document.cookie)</script>');

let rt: Runtime;
let app: FastifyInstance;
let company: Company;
let route: Route;
let ana: Agent;
let sandbox: Awaited<ReturnType<typeof startSandbox>>;
const changed: string[] = [];

before(async (t) => {
  ({ rt } = await startAlone(t as never, { modules: [mediaModule], config: { mediaMaxMb: 1 } }));
  rt.events.on('media.changed', (tx, { media_id }) => tx.onCommit(() => changed.push(media_id)));
  app = await startApi(t as never, rt, [mediaModule]);
  ({ company } = await companyWithAccount(rt));
  ana = await signedIn(rt, app, { company, name: 'Ana', role: 'agent' });
  sandbox = await startSandbox();
  defer(t as never, () => sandbox.stop());
  const { routeId } = await addAccount(rt, { companyId: company.id, name: 'Sandbox', phone: null, provider: 'meta', senderId: '1', wabaId: '1', credentials: sandbox.credentials, appSecret: 'x', appSlug: 'sandbox' });
  route = (await routeById(rt, routeId))!;
});

/** A file at the carrier; answers its id there. */
async function atCarrier(data: Buffer, mime_type: string): Promise<string> {
  const done = await meta.media!.upload!({ http: rt.http.carrier, credentials: sandbox.credentials, timeoutMs: 5000 }, { data, mime_type, filename: 'a' });
  if ('class' in done) throw new Error(done.title);
  return done.id;
}
async function inboundFile(remote_id: string, mime_type: string | null): Promise<string> {
  const id = newUuid();
  await rt.db.withCompany(company, (tx) => noteInboundMedia(rt, tx, [{ id, message_id: newUuid(), route_id: route.id, remote_id, mime_type, filename: 'archivo ñ.pdf' }]));
  return id;
}
const row = async (id: string): Promise<MediaRow> => (await rt.db.withCompany(company, (tx) => mediaByIds(tx, [id])))[0]!;
const settled = (id: string): Promise<unknown> => waitFor(() => changed.includes(id), { what: 'the file fetched or given up' });
const fetched = (id: string, headers: Record<string, string> = {}, who = ana): Promise<LightMyRequestResponse> =>
  app.inject({ method: 'GET', url: `/api/media/${encodeId('med', id)}`, headers: { ...who.headers, ...headers } });
const upload = (data: Buffer, type: string, filename = 'x'): Promise<LightMyRequestResponse> =>
  app.inject({ method: 'POST', url: `/api/media?filename=${encodeURIComponent(filename)}`, headers: { ...ana.headers, 'content-type': type }, payload: data });
const leftovers = (): string[] => {
  try {
    return readdirSync(join(rt.config.data, 'media', '.incoming'));
  } catch {
    return [];
  }
};

test('an inbound file is fetched from the carrier and served with ranges', async () => {
  const id = await inboundFile(await atCarrier(MP3, 'audio/mpeg'), 'audio/mpeg');
  await settled(id);
  const whole = await fetched(id);
  assert.equal(whole.statusCode, 200);
  assert.equal(whole.headers['content-type'], 'audio/mpeg');
  assert.match(String(whole.headers['content-disposition']), /^inline; .*filename\*=UTF-8''archivo%20%C3%B1\.pdf/);
  assert.deepEqual(whole.rawPayload, MP3);
  const part = await fetched(id, { range: 'bytes=10-19' });
  assert.equal(part.statusCode, 206);
  assert.equal(part.headers['content-range'], `bytes 10-19/${MP3.length}`);
  assert.deepEqual(part.rawPayload, MP3.subarray(10, 20));
  assert.deepEqual((await fetched(id, { range: 'bytes=-4' })).rawPayload, MP3.subarray(-4));
  assert.equal((await fetched(id, { range: 'bytes=999999-' })).statusCode, 416);
  assert.equal((await fetched(id, { range: 'bytes=0-3', 'if-range': '"another"' })).statusCode, 200);
  assert.equal((await fetched(id, { 'if-none-match': String(whole.headers['etag']) })).statusCode, 304);
  assert.deepEqual(leftovers(), []);
});

test('the type of a fetched file is that of its bytes, not what the webhook says', async () => {
  const id = await inboundFile(await atCarrier(PDF, 'application/pdf'), 'image/jpeg');
  await settled(id);
  assert.equal((await row(id)).mime_type, 'application/pdf');
  assert.match(String((await fetched(id)).headers['content-disposition']), /^attachment/);
});

test('a carrier that is busy is asked again; a file that is not there is given up with its reason', async () => {
  const remote = await atCarrier(PNG, 'image/png');
  await sandbox.fault({ code: 131000 });
  const id = await inboundFile(remote, 'image/png');
  await settled(id);
  assert.equal((await row(id)).state, 'ready');

  const lost = await inboundFile('000000000000000', 'image/png');
  assert.equal((await fetched(lost)).statusCode === 409 || changed.includes(lost), true);
  await settled(lost);
  const file = await row(lost);
  assert.equal(file.state, 'failed');
  assert.ok(file.reason);
  const answer = await fetched(lost);
  assert.equal(answer.statusCode, 410);
  assert.ok(answer.body.includes(file.reason));
});

test('of a file that is erased while it is fetched nothing is left, whoever was first', async () => {
  const inside = (fn: (tx: Tx) => Promise<void>): Promise<void> => rt.db.withCompany(company, fn);
  const gone = async (id: string): Promise<void> => {
    const { state, reason, blob } = await row(id);
    assert.deepEqual([state, reason, blob, await rt.blobs.size(blobKey(company, id))], ['failed', 'It was erased.', null, undefined]);
  };
  await rt.lanes.pause(LANE, true);
  const late = await inboundFile(await atCarrier(PNG, 'image/png'), 'image/png');
  const erasing = await holding(inside, (tx) => eraseFiles(rt, tx, [late]));
  await rt.lanes.pause(LANE, false);
  await somebodyWaits(rt.db);
  assert.equal(await rt.blobs.size(blobKey(company, late)), PNG.length, 'its bytes have come');
  erasing.goOn();
  await erasing.early;
  await waitFor(async () => await rt.blobs.size(blobKey(company, late)) === undefined, { what: 'the bytes that came late to go' });
  await gone(late);

  await rt.lanes.pause(LANE, true);
  const early = await inboundFile(await atCarrier(PNG, 'image/png'), 'image/png');
  const blob = blobKey(company, early);
  await rt.blobs.put(blob, PNG);
  const fetching = await holding(inside, (tx) => markReady(tx, early, { mime_type: 'image/png', size: PNG.length, sha256: '', blob }));
  const erased = rt.db.withCompany(company, (tx) => eraseFiles(rt, tx, [early]));
  await somebodyWaits(rt.db);
  fetching.goOn();
  assert.equal(await erased, 1);
  await fetching.early;
  await gone(early);
  await rt.lanes.pause(LANE, false);
});

test('an inbound file over the limit is given up, without being fetched again and again', async () => {
  const id = await inboundFile(await atCarrier(Buffer.concat([PDF, Buffer.alloc(1024 * 1024)]), 'application/pdf'), null);
  await settled(id);
  assert.match((await row(id)).reason ?? '', /larger than 1 MB/);
  assert.deepEqual(leftovers(), []);
});

test('an agent uploads; a page that claims to be an image is never shown as one', async () => {
  const image = await upload(PNG, 'image/png', 'foto.png');
  assert.equal(image.statusCode, 201);
  const stored = image.json<{ id: string; mime_type: string; size: number; filename: string }>();
  assert.deepEqual({ ...stored, id: '' }, { id: '', mime_type: 'image/png', size: PNG.length, filename: 'foto.png' });
  const shown = await app.inject({ method: 'GET', url: `/api/media/${stored.id}`, headers: ana.headers });
  assert.match(String(shown.headers['content-disposition']), /^inline/);
  assert.match(String((await app.inject({ method: 'GET', url: `/api/media/${stored.id}?download=1`, headers: ana.headers })).headers['content-disposition']), /^attachment; filename="foto.png"/);

  for (const type of ['image/jpeg', 'text/html', 'image/svg+xml', 'application/xhtml+xml']) {
    const page = (await upload(HTML, type, '../../evil"\r\n.html')).json<{ id: string; mime_type: string; filename: string }>();
    assert.doesNotMatch(page.mime_type, /^image/);
    assert.equal(page.filename, '.. .. evil" .html');
    const answer = await app.inject({ method: 'GET', url: `/api/media/${page.id}`, headers: ana.headers });
    assert.match(String(answer.headers['content-disposition']), /^attachment/, type);
    assert.equal(answer.headers['x-content-type-options'], 'nosniff');
    assert.equal(answer.headers['content-security-policy'], "sandbox; default-src 'none'");
  }
});

test('uploads are refused when empty, too large, or nobody’s', async () => {
  assert.equal((await upload(Buffer.alloc(0), 'image/png')).statusCode, 400);
  assert.equal((await upload(Buffer.alloc(1024 * 1024 + 1), 'image/png')).statusCode, 413);
  assert.equal((await app.inject({ method: 'POST', url: '/api/media', headers: { 'content-type': 'image/png' }, payload: PNG })).statusCode, 401);
  assert.equal((await app.inject({ method: 'POST', url: '/api/media', headers: { cookie: ana.cookie, 'content-type': 'image/png' }, payload: PNG })).statusCode, 403);
  assert.deepEqual(leftovers(), []);
});

test('a body without a length is cut off at the limit', async () => {
  await app.listen({ port: 0, host: '127.0.0.1' });
  const { port } = app.server.address() as AddressInfo;
  const status = await new Promise<number>((resolve, reject) => {
    const sending = request({ method: 'POST', port, host: '127.0.0.1', path: '/api/media', headers: { ...ana.headers, 'content-type': 'application/pdf', 'transfer-encoding': 'chunked' } }, (answer) => {
      resolve(answer.statusCode ?? 0);
      answer.resume();
      sending.destroy();
    });
    sending.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE' && error.code !== 'ECONNRESET') reject(error);
    });
    const more = (): void => {
      while (sending.writable && sending.write(Buffer.alloc(64 * 1024)));
      if (sending.writable) sending.once('drain', more);
    };
    more();
  });
  assert.equal(status, 413);
  await waitFor(() => leftovers().length === 0, { what: 'the draft removed' });
});

test('another company finds no file under this id', async () => {
  const stored = (await upload(PNG, 'image/png')).json<{ id: string }>();
  const stranger = await signedIn(rt, app, { company: (await companyWithAccount(rt, 'Otra')).company, name: 'X', role: 'administrator' });
  assert.equal((await stranger.raw('GET', `/api/media/${stored.id}`)).statusCode, 404);
  assert.equal((await ana.raw('GET', '/api/media/med_nonsense')).statusCode, 404);
  assert.equal((await app.inject({ method: 'GET', url: `/api/media/${stored.id}` })).statusCode, 401);
  const head = await app.inject({ method: 'HEAD', url: `/api/media/${stored.id}`, headers: ana.headers });
  assert.deepEqual([head.statusCode, head.headers['content-length'], head.body], [200, String(PNG.length), '']);
});

test('names, types and ranges', () => {
  assert.equal(settledType('audio/ogg; codecs=opus', 'audio/ogg; codecs=opus'), 'audio/ogg');
  assert.equal(settledType('video/mp4', 'audio/mp4'), 'audio/mp4');
  assert.equal(settledType('text/plain', 'image/png'), 'text/plain');
  assert.equal(settledType('text/plain', 'text/csv; charset=utf-8'), 'text/csv');
  assert.equal(settledType('application/x-cfb', 'application/msword'), 'application/msword');
  assert.equal(settledType(undefined, 'image/png'), 'application/octet-stream');
  assert.equal(settledName('/etc/passwd'), 'etc passwd');
  assert.equal(settledName('\u202egnp.exe'), 'gnp.exe');
  assert.equal(settledName('..'), null);
  assert.equal(settledName(undefined), null);
  assert.deepEqual(byteRange('bytes=0-', 10), { start: 0, end: 9 });
  assert.deepEqual(byteRange('bytes=-100', 10), { start: 0, end: 9 });
  assert.equal(byteRange('bytes=10-', 10), 'none');
  assert.equal(byteRange('bytes=-0', 10), 'none');
  assert.equal(byteRange('bytes=5-1', 10), undefined);
  assert.equal(byteRange('bytes=0-1,3-4', 10), undefined);
  assert.equal(byteRange('lines=0-1', 10), undefined);
});
