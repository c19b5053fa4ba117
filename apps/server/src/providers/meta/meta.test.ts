import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, beforeEach, test } from 'node:test';
import { createHttp } from '@centralita/platform/http';
import fc from 'fast-check';
import type { CarrierContext, Credentials } from '../contract.ts';
import { meta } from './index.ts';

const TOKEN = 'EAAtokenThatMustStayHere1234567890';
const SECRET = 'appsecret-that-must-stay-here';
const SECRETS = { appSecret: SECRET, verifyToken: 'vt' };
const ANA = { addresses: [{ kind: 'phone', value: '56911112222' }] } as const;
const HOLA = { to: ANA, content: { type: 'text', text: 'hola' }, correlation: 'msg_1' } as const;

interface Seen {
  readonly method: string;
  readonly url: string;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: Buffer;
}
interface Answer {
  readonly status?: number;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
}

// What the sandbox never says: a host that answers anything.
let answer: Answer | ((seen: Seen) => Answer) = {};
let seen: Seen[] = [];
const server = http.createServer((req, res) => {
  const parts: Buffer[] = [];
  req.on('data', (part: Buffer) => parts.push(part));
  req.on('end', () => {
    const request = { method: req.method!, url: req.url!, headers: req.headers, body: Buffer.concat(parts) };
    seen.push(request);
    const { status = 200, body = {}, headers = {} } = typeof answer === 'function' ? answer(request) : answer;
    res.writeHead(status, headers).end(typeof body === 'string' ? body : JSON.stringify(body));
  });
});
const client = createHttp({ trust: 'carrier' });
let context: CarrierContext;
let origin = '';

before(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
beforeEach(() => {
  answer = {};
  seen = [];
  context = { http: client, timeoutMs: 3_000, credentials: { phone_number_id: '7001', waba_id: '9001', access_token: TOKEN, app_secret: SECRET, graph_url: origin } };
});
after(async () => {
  await client.close();
  server.closeAllConnections();
  server.close();
});
const withCredentials = (over: Credentials): CarrierContext => ({ ...context, credentials: { ...context.credentials, ...over } });
const metaError = (status: number, code: number, more: Record<string, unknown> = {}): Answer => ({ status, body: { error: { message: `(#${code}) words`, code, ...more } } });

test('a send goes to the number’s messages of the configured version, the token in its header only', async () => {
  answer = { body: { messages: [{ id: 'wamid.1' }] } };
  assert.deepEqual(await meta.send(withCredentials({ graph_version: 'v26.0' }), HOLA), { outcome: 'accepted', remote_id: 'wamid.1' });
  await meta.send(context, HOLA);
  assert.deepEqual(seen.map((s) => [s.method, s.url, s.headers.authorization, s.headers['content-type']]), [
    ['POST', '/v26.0/7001/messages', `Bearer ${TOKEN}`, 'application/json'], ['POST', '/v25.0/7001/messages', `Bearer ${TOKEN}`, 'application/json'],
  ]);
});

test('answers that leave it open whether the message exists are unknown', async () => {
  for (const doubtful of [{ status: 502, body: '<html>' }, { status: 504, body: '' }, { status: 500, body: '{"oops":1}' }, { status: 200, body: '{}' }, { status: 200, body: 'ok' }, { status: 200, body: '' }]) {
    answer = doubtful;
    assert.equal((await meta.send(context, HOLA)).outcome, 'unknown', JSON.stringify(doubtful));
  }
});

test('a redirect is not followed: the token stays with its host', async () => {
  answer = { status: 307, headers: { location: `${origin}/elsewhere` } };
  const outcome = await meta.send(context, HOLA);
  assert.deepEqual([outcome.outcome, seen.length], ['rejected', 1]);
});

test('the pause grows with the attempt', async () => {
  answer = metaError(400, 131056);
  const outcomes = [await meta.send(context, HOLA), await meta.send(context, { ...HOLA, attempt: 3 })];
  assert.deepEqual(outcomes.map((o) => o.outcome === 'retry' && o.after_ms), [4_000, 64_000]);
});

test('credentials that cannot be used are refused before anything leaves', async () => {
  const cases: [Credentials, string][] = [
    [{ access_token: '' }, 'access_token'], [{ access_token: 'a b' }, 'access_token'], [{ access_token: 'a\r\nx: y' }, 'access_token'],
    [{ graph_url: 'http://graph.example.com' }, 'graph_url'], [{ graph_url: 'http://8.8.8.8' }, 'graph_url'], [{ graph_url: 'ftp://x' }, 'graph_url'], [{ graph_url: `https://u:${TOKEN}@x.test` }, 'graph_url'],
    [{ graph_version: 'latest' }, 'graph_version'], [{ graph_version: 'v25.0/../../x' }, 'graph_version'], [{ phone_number_id: '' }, 'phone_number_id'], [{ phone_number_id: '../1' }, 'phone_number_id'], [{ phone_number_id: '..' }, 'phone_number_id'],
  ];
  for (const [over, code] of cases) {
    const outcome = await meta.send(withCredentials(over), HOLA);
    assert.deepEqual([outcome.outcome, outcome.outcome === 'rejected' && [outcome.error.class, outcome.error.code]], ['rejected', ['config', code]], JSON.stringify(over));
    assert.doesNotMatch(JSON.stringify(outcome), new RegExp(TOKEN));
  }
  assert.equal(seen.length, 0);
});

test('whatever the host answers: an outcome, never an exception, never a secret', async () => {
  const words = fc.constantFrom(TOKEN, SECRET, `Malformed access token ${TOKEN}`, 'words', `${SECRET}${TOKEN}`);
  const error = fc.record({ code: fc.oneof(fc.constantFrom(190, 100, 131000, 999_999), fc.string()), message: words, error_user_msg: words, error_data: fc.record({ details: words }), fbtrace_id: words, error_subcode: fc.anything(), is_transient: fc.anything() }, { requiredKeys: [] });
  const body = fc.oneof(fc.record({ error }), fc.json(), fc.string(), fc.record({ messages: fc.array(fc.object()) }));
  await fc.assert(fc.asyncProperty(fc.constantFrom(200, 201, 302, 400, 401, 403, 404, 429, 500, 502, 503), body, words, async (status, given, word) => {
    answer = { status, body: given, headers: { 'x-fb-trace-id': word } };
    const results = [
      await meta.send(context, HOLA), await meta.media!.locate!(context, '5'), await meta.setup!.probe(context), await meta.presence!.markRead(context, { remote_id: 'w', peer: ANA, typing: true }),
      await meta.setup!.subscribe!(context, { url: `${origin}/x`, secrets: SECRETS }), await meta.media!.upload!(context, { data: Buffer.from('x'), mime_type: 'text/plain', filename: 'x' }),
    ];
    for (const result of results) {
      if (typeof result === 'object' && 'url' in result) continue;
      assert.doesNotMatch(JSON.stringify(result) ?? '', new RegExp(`${TOKEN}|${SECRET}`));
    }
  }), { numRuns: 150 });
  for (const { url, body: sent } of seen) assert.ok(!url.includes(TOKEN) && !sent.includes(TOKEN) && !url.includes(SECRET) && !sent.includes(SECRET));
});

test('the token goes to Meta’s media host and the graph host, to no other', async () => {
  const locate = async (url: unknown) => {
    answer = { body: { url, mime_type: 'image/jpeg', sha256: 'x', file_size: '123', id: '5' } };
    return meta.media!.locate!(context, '5');
  };
  for (const url of ['https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=1', `${origin}/file/1`]) {
    assert.deepEqual(await locate(url), { url, headers: { authorization: `Bearer ${TOKEN}` }, mime_type: 'image/jpeg', size: 123 });
  }
  for (const url of ['https://lookaside.fbsbx.com.evil.test/x', 'http://lookaside.fbsbx.com/x', 'https://lookaside.fbsbx.com:444/x', 'https://x@lookaside.fbsbx.com/', 'http://169.254.169.254/', 'file:///x', '', 7, undefined]) {
    const result = await locate(url);
    assert.ok('class' in result && result.class === 'permanent', String(url));
    assert.doesNotMatch(JSON.stringify(result), new RegExp(TOKEN));
  }
  assert.equal(seen[0]!.url, '/v25.0/5?phone_number_id=7001');
});

test('an upload is a form with the file as it is', async () => {
  answer = { body: { id: '4711' } };
  const data = Buffer.from([0, 13, 10, 255, 45, 45]);
  assert.deepEqual(await meta.media!.upload!(context, { data, mime_type: 'image/png', filename: 'a"b\r\nñ.png' }), { id: '4711' });
  const [request] = seen;
  assert.equal(request!.url, '/v25.0/7001/media');
  assert.equal(Number(request!.headers['content-length']), request!.body.length);
  const form = await new Response(new Uint8Array(request!.body), { headers: { 'content-type': request!.headers['content-type']! } }).formData();
  const file = form.get('file') as File;
  assert.deepEqual([form.get('messaging_product'), form.get('type'), file.type, file.name], ['whatsapp', 'image/png', 'image/png', 'a"b\r\nñ.png']);
  assert.deepEqual(Buffer.from(await file.arrayBuffer()), data);
  const refused = await meta.media!.upload!(context, { data: Buffer.alloc(5 * 1024 * 1024 + 1), mime_type: 'image/png', filename: 'big.png' });
  assert.ok('class' in refused && refused.class === 'permanent');
  assert.equal(seen.length, 1);
});

test('setup says in words what is wrong', async () => {
  const said = async (given: Answer) => {
    answer = given;
    const result = await meta.setup!.probe(context);
    return result.ok ? 'ok' : `${result.error.class}: ${result.error.title}`;
  };
  assert.match(await said(metaError(401, 190, { message: `Malformed access token ${TOKEN}` })), /^credentials: .*expired.*system user/);
  assert.match(await said(metaError(400, 100, { error_subcode: 33 })), /^config: .*phone_number_id and waba_id/);
  assert.match(await said(metaError(403, 10)), /^credentials: .*whatsapp_business_management/);
  assert.match(await said(metaError(403, 200)), /^credentials: /);
  assert.match(await said({ status: 502, body: 'x' }), /^retry: /);
  assert.match(await said({ body: { id: '9001', name: 'an account' } }), /^config: .*not a phone number/);
  answer = { body: { display_phone_number: '+56 2 2000 1111', verified_name: 'Muni', throughput: { level: 'HIGH' } } };
  const fine = await meta.setup!.probe(context);
  assert.ok(fine.ok && fine.display === '+56 2 2000 1111' && fine.name === 'Muni');
  assert.match(seen.at(-1)!.url, /^\/v25\.0\/7001\?fields=display_phone_number,/);
  assert.deepEqual([meta.limits.perSecond, meta.limitsFor!(fine.info).perSecond, meta.limitsFor!({}).perSecond], [80, 1000, 80]);
});

test('subscribing points the account’s webhooks here', async () => {
  answer = { body: { success: true } };
  assert.equal(await meta.setup!.subscribe!(context, { url: 'https://x.test/webhook/meta/a', secrets: SECRETS }), undefined);
  assert.deepEqual([seen[0]!.url, JSON.parse(seen[0]!.body.toString())], ['/v25.0/9001/subscribed_apps', { override_callback_uri: 'https://x.test/webhook/meta/a', verify_token: 'vt' }]);
  answer = metaError(400, 2200);
  assert.match((await meta.setup!.subscribe!(context, { url: 'https://x.test', secrets: SECRETS }))!.title, /reachable from the internet/);
  assert.equal((await meta.setup!.subscribe!(context, { url: `https://x.test/${'x'.repeat(200)}`, secrets: SECRETS }))!.code, 'callback');
  assert.equal(seen.length, 2);
});

test('marking as read works or is false, never an exception', async () => {
  answer = { body: { success: true } };
  assert.equal(await meta.presence!.markRead(context, { remote_id: 'wamid.IN', peer: ANA, typing: true }), true);
  assert.deepEqual(JSON.parse(seen[0]!.body.toString()), { messaging_product: 'whatsapp', status: 'read', message_id: 'wamid.IN', typing_indicator: { type: 'text' } });
  answer = metaError(400, 131009);
  assert.equal(await meta.presence!.markRead(context, { remote_id: 'wamid.IN', peer: ANA, typing: false }), false);
  assert.equal(await meta.presence!.markRead(withCredentials({ graph_url: 'http://127.0.0.1:1' }), { remote_id: 'wamid.IN', peer: ANA, typing: false }), false);
});

test('the handshake answers the challenge to who knows the token', () => {
  const secrets = { appSecret: SECRET, verifyToken: 'vt' };
  const query = { 'hub.mode': 'subscribe', 'hub.challenge': '1158', 'hub.verify_token': 'vt' };
  assert.equal(meta.push!.handshake!(query, secrets), '1158');
  for (const wrong of [{ 'hub.mode': 'unsubscribe' }, { 'hub.verify_token': 'vT' }, { 'hub.verify_token': undefined }, { 'hub.verify_token': '' }, { 'hub.challenge': '' }]) {
    assert.equal(meta.push!.handshake!({ ...query, ...wrong }, secrets), undefined);
  }
  assert.equal(meta.push!.handshake!({ ...query, 'hub.verify_token': '' }, { ...secrets, verifyToken: '' }), undefined);
});

test('signatures: hex in either case, exactly one header, over the raw bytes', () => {
  const raw = Buffer.from('{"entry":[],"x":"\\u00f1"}');
  const secrets = { appSecret: SECRET, verifyToken: 'vt' };
  const hex = createHmac('sha256', SECRET).update(raw).digest('hex');
  const verify = (header: string | string[] | undefined, body = raw) => meta.push!.verify({ headers: { 'x-hub-signature-256': header }, raw: body, url: '', ip: '', at: 0 }, secrets);
  for (const good of [`sha256=${hex}`, `sha256=${hex.toUpperCase()}`, `SHA256=${hex}`]) assert.equal(verify(good), true);
  for (const bad of [undefined, '', hex, `sha1=${hex}`, `sha256=${hex.slice(1)}`, `sha256=${hex}0`, `sha256=${'0'.repeat(64)}`, `sha256=${hex}, sha256=${hex}`, [`sha256=${hex}`, `sha256=${hex}`], [`sha256=${hex}`], `sha256=${'zz'.repeat(32)}`]) {
    assert.equal(verify(bad), false, String(bad));
  }
  assert.equal(verify(`sha256=${hex}`, Buffer.from('{"entry":[],"x":"ñ"}')), false);
});
