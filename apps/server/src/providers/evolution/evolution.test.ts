import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { HttpError, type HttpClient, type HttpRequest, type HttpResponse } from '@centralita/platform/http';
import { NO_TIME, type InboundEvent, type OutboundContent } from '../../messaging/index.ts';
import { ParseError, type CarrierContext, type WebhookRequest, type WebhookSecrets } from '../contract.ts';
import { classify } from './errors.ts';
import { evolution } from './index.ts';

const KEY = 'server-key-that-must-stay-here';
const SECRET = 'hook-secret';
const ANA = { addresses: [{ kind: 'phone', value: '56911112222' }] } as const;
const json = (status: number, body: unknown): HttpResponse => ({ status, headers: {}, body: Buffer.from(JSON.stringify(body)) });
function host(answer: (request: HttpRequest) => HttpResponse | Error): { context: CarrierContext; asked: HttpRequest[] } {
  const asked: HttpRequest[] = [];
  const http: HttpClient = {
    request(request) {
      asked.push(request);
      const given = answer(request);
      return given instanceof Error ? Promise.reject(given) : Promise.resolve(given);
    },
  };
  return { context: { http, timeoutMs: 1000, credentials: { server_url: 'https://evo.example', api_key: KEY, instance: 'linea 1'.replace(' ', '-') } }, asked };
}
const envelope = (event: string, data: unknown, more: Record<string, unknown> = {}): Buffer => Buffer.from(JSON.stringify({ event, instance: 'linea-1', data, date_time: '2026-01-02T10:00:00.000Z', sender: '56220001111@s.whatsapp.net', apikey: KEY, ...more }));
const parse = (event: string, data: unknown): InboundEvent => evolution.push!.parse(envelope(event, data))[0]!;
const upsert = (key: Record<string, unknown>, message: unknown = { conversation: 'hola' }, more: Record<string, unknown> = {}): InboundEvent =>
  parse('messages.upsert', { key: { fromMe: false, id: 'A1', ...key }, pushName: 'Ana', message, messageTimestamp: 1_773_027_345, source: 'android', ...more });
const addresses = (event: InboundEvent): unknown => (event.kind === 'message' ? event.peer.addresses.map((a) => `${a.kind}:${a.value}`) : event.kind);

const PN = '56911112222@s.whatsapp.net';
const LID = '13718000@lid';

test('people are found behind every version’s way of naming them', () => {
  const both = ['phone:56911112222', 'lid:13718000'];
  assert.deepEqual(addresses(upsert({ remoteJid: LID, remoteJidAlt: PN, addressingMode: 'lid' })), both, '2.3.6');
  assert.deepEqual(addresses(upsert({ remoteJid: PN, remoteJidAlt: PN, addressingMode: 'lid' })), ['phone:56911112222'], '2.3.7');
  assert.deepEqual(addresses(upsert({ remoteJid: PN, remoteJidAlt: LID, addressingMode: 'pn' })), both, '2.4');
  assert.deepEqual(addresses(upsert({ remoteJid: LID })), ['lid:13718000'], 'without any number');
  assert.deepEqual(addresses(upsert({ remoteJid: '56911112222:14@s.whatsapp.net' })), ['phone:56911112222'], 'a device');
  assert.deepEqual(addresses(upsert({ remoteJid: '1203@g.us', participant: LID, participantAlt: PN })), both, 'a group');
  assert.deepEqual(addresses(upsert({ remoteJid: 'status@broadcast', participant: PN })), 'account', 'nobody’s message');
});

test('what the phone itself wrote is an echo to whom it wrote; in a group it is nobody’s', () => {
  const echo = upsert({ remoteJid: PN, fromMe: true });
  assert.partialDeepStrictEqual(echo, { kind: 'message', direction: 'echo', peer: { addresses: [{ kind: 'phone', value: '56911112222' }] } });
  assert.ok(echo.kind === 'message' && echo.peer.name === undefined, 'the name is the company’s own');
  assert.equal(upsert({ remoteJid: '1203@g.us', participant: PN, fromMe: true }).kind, 'account');
});

test('times are the message’s own, the envelope’s are false', () => {
  assert.equal(upsert({ remoteJid: PN }).at, '2026-03-09T03:35:45.000Z');
  assert.equal(upsert({ remoteJid: PN }, { conversation: 'x' }, { messageTimestamp: '1773027345' }).at, '2026-03-09T03:35:45.000Z');
  assert.equal(upsert({ remoteJid: PN }, { conversation: 'x' }, { messageTimestamp: undefined }).at, NO_TIME);
});

test('messages without an id are told by their content within five seconds', () => {
  const key = (text: string, at: number): string => upsert({ remoteJid: LID, id: '' }, { conversation: text }, { messageTimestamp: at }).key;
  assert.equal(key('Oi', 1_773_027_340), key('Oi', 1_773_027_344));
  assert.notEqual(key('Oi', 1_773_027_340), key('Oi', 1_773_027_346));
  assert.notEqual(key('Oi', 1_773_027_340), key('Olá', 1_773_027_340));
});

test('contents of WhatsApp Web are read, wrapped or not, and quotes, forwards and advertisements with them', () => {
  const content = (message: unknown): unknown => {
    const event = upsert({ remoteJid: PN }, message);
    return event.kind === 'message' ? event.content : event.kind;
  };
  assert.deepEqual(content({ extendedTextMessage: { text: 'hola' }, messageContextInfo: {} }), { type: 'text', text: 'hola' });
  assert.partialDeepStrictEqual(content({ viewOnceMessageV2: { message: { imageMessage: { mimetype: 'image/jpeg', caption: 'c' } } } }), { type: 'image', caption: 'c', media: { remote_id: 'A1', mime_type: 'image/jpeg' } });
  assert.partialDeepStrictEqual(content({ ephemeralMessage: { message: { audioMessage: { mimetype: 'audio/ogg; codecs=opus', ptt: true } } } }), { type: 'audio', media: { voice: true } });
  assert.partialDeepStrictEqual(content({ documentWithCaptionMessage: { message: { documentMessage: { fileName: 'a.pdf', caption: 'c' } } } }), { type: 'document', caption: 'c', media: { filename: 'a.pdf' } });
  assert.deepEqual(content({ protocolMessage: { key: { id: 'B' }, type: 0 } }), { type: 'revoke', remote_id: 'B' });
  assert.partialDeepStrictEqual(content({ editedMessage: { message: { protocolMessage: { key: { id: 'B' }, type: 14, editedMessage: { conversation: 'nuevo' } } } } }), { type: 'edit', remote_id: 'B', text: 'nuevo' });
  assert.partialDeepStrictEqual(content({ placeholderMessage: { type: 'MASK_LINKED_DEVICES' } }), { type: 'unsupported', wire_type: 'placeholderMessage' });
  assert.equal(content({ senderKeyDistributionMessage: { groupId: 'x' } }), 'account');
  assert.equal(content({ protocolMessage: { key: { id: 'B' }, type: 'EPHEMERAL_SETTING' } }), 'account');
  const quoted = upsert({ remoteJid: PN }, { extendedTextMessage: { text: 'sí', contextInfo: { stanzaId: 'Q', participant: PN, isForwarded: true, externalAdReply: { title: 'Oferta', thumbnail: 'x', jpegThumbnail: 'AAAA' } } } });
  assert.partialDeepStrictEqual(quoted, { context: { remote_id: 'Q', from: '56911112222', forwarded: true }, referral: { title: 'Oferta' } });
  assert.doesNotMatch(JSON.stringify(upsert({ remoteJid: PN }, { strangeMessage: { jpegThumbnail: 'AAAA', a: 1 } })), /AAAA/);
});

test('statuses are flat and climb the one ladder; own sends over the API are no messages', () => {
  const of = (status: string): InboundEvent => parse('messages.update', { keyId: 'A1', messageId: 'db', remoteJid: PN, fromMe: true, status });
  assert.deepEqual(['PENDING', 'SERVER_ACK', 'DELIVERY_ACK', 'READ', 'PLAYED', 'ERROR', 'DELETED'].map(of).map((e) => e.kind === 'status' && e.status), ['warning', 'sent', 'delivered', 'read', 'played', 'failed', 'deleted']);
  assert.partialDeepStrictEqual(of('READ'), { remote_id: 'A1', key: 's:A1:READ', line: { id: 'linea-1', display: '+56220001111' }, peer: { addresses: [{ kind: 'phone', value: '56911112222' }] } });
  assert.ok(evolution.explain!({ code: 'ERROR' }).title.length > 20);
  assert.partialDeepStrictEqual(parse('send.message', { key: { remoteJid: PN, fromMe: true, id: 'A2' }, status: 'PENDING', message: { conversation: 'x' } }), { kind: 'status', remote_id: 'A2', extra: { status: 'PENDING' } });
  assert.partialDeepStrictEqual(parse('messages.delete', { id: 'A1', remoteJid: PN, fromMe: false, status: 'DELETED' }), { kind: 'message', direction: 'in', content: { type: 'revoke', remote_id: 'A1' } });
  assert.partialDeepStrictEqual(parse('messages.edited', { key: { id: 'A1', remoteJid: PN, fromMe: false }, type: 'MESSAGE_EDIT', editedMessage: { conversation: 'nuevo' } }), { content: { type: 'edit', remote_id: 'A1', text: 'nuevo' } });
});

test('what pairs a phone, and the key of the instance, are not kept', () => {
  const raw = envelope('qrcode.updated', { qrcode: { instance: 'linea-1', code: '2@pairs', base64: 'data:image/png;base64,QUFB', pairingCode: 'ABCD' } });
  assert.doesNotMatch(JSON.stringify(evolution.push!.parse(raw)), /2@pairs|QUFB|ABCD/);
  const kept = evolution.push!.receipt!(request({}, raw)).toString();
  assert.doesNotMatch(kept, new RegExp(KEY));
  assert.deepEqual((JSON.parse(kept) as { apikey: unknown }).apikey, null);
});

const request = (headers: WebhookRequest['headers'], raw = envelope('messages.upsert', {}), more: Partial<WebhookRequest> = {}): WebhookRequest => ({ headers, raw, url: '', ip: '10.0.0.7', at: 1_000_000_000_000, ...more });
function token(payload: unknown, secret = SECRET, alg = 'HS256'): string {
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const signed = `${part({ alg, typ: 'JWT' })}.${part(payload)}`;
  return `Bearer ${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
}

test('webhooks are believed with our header, or with a token of ours that has not run out, from addresses on the list', () => {
  const verify = (headers: WebhookRequest['headers'], secrets: Partial<WebhookSecrets> = {}, more: Partial<WebhookRequest> = {}): boolean =>
    evolution.push!.verify(request(headers, undefined, more), { appSecret: SECRET, verifyToken: '', ...secrets });
  const own = { 'x-centralita-secret': SECRET };
  assert.equal(verify(own), true);
  for (const forged of [{}, { 'x-centralita-secret': 'other' }, { 'x-centralita-secret': '' }, { 'x-centralita-secret': [SECRET, SECRET] }, { apikey: SECRET }]) assert.equal(verify(forged), false, JSON.stringify(forged));
  assert.equal(verify({ 'x-centralita-secret': '' }, { appSecret: '' }), false);
  const now = 1_000_000_000;
  assert.equal(verify({ authorization: token({ exp: now + 600 }) }), true);
  for (const forged of [token({ exp: now - 61 }), token({ exp: now + 600 }, 'other'), token({ exp: now + 600 }, SECRET, 'none'), token({}), token({ exp: '9999999999' }), 'Bearer a.b.c', 'Bearer ', SECRET]) {
    assert.equal(verify({ authorization: forged }), false, forged);
  }
  const listed = (ip: string, allowed_ips: string): boolean => verify(own, { more: { allowed_ips } }, { ip });
  for (const [ip, list, expected] of [
    ['10.0.0.7', '10.0.0.7', true], ['10.0.0.8', '10.0.0.7', false], ['10.0.0.8', '10.0.0.7, 10.0.0.0/24', true], ['::ffff:10.0.0.8', '10.0.0.0/24', true], ['2001:db8::1', '2001:db8::/32', true],
    ['10.0.0.8', '2001:db8::/32', false], ['10.0.0.8', 'evolution.example', false], ['10.0.0.8', '10.0.0.0/99', false], ['nobody', '10.0.0.0/8', false], ['10.0.0.8', ' , ', true],
  ] as const) assert.equal(listed(ip, list), expected, `${ip} ${list}`);
});

test('answers without codes are told by their words', () => {
  const of = (status: number, body: unknown): string => {
    const outcome = classify(json(status, body));
    return outcome.outcome === 'accepted' ? 'accepted' : `${outcome.outcome} ${outcome.error.class} ${outcome.error.code}`;
  };
  const said = (status: number, message: unknown): string => of(status, { status, error: 'x', response: { message } });
  assert.equal(said(400, [{ jid: PN, exists: false, number: '1' }]), 'rejected permanent not_on_whatsapp');
  assert.equal(said(400, ['Connection Closed']), 'retry retry connection_closed');
  assert.equal(said(500, 'Connection Closed'), 'retry retry connection_closed');
  assert.equal(said(500, 'rate-overlimit'), 'retry slow_down rate_overlimit');
  assert.equal(said(400, ['instance requires property "text"']), 'rejected permanent 400');
  assert.equal(said(401, 'Unauthorized'), 'rejected credentials 401');
  assert.equal(said(404, ['The "x" instance does not exist']), 'rejected config 404');
  assert.equal(of(503, { error: 'service not activated', code: 'LICENSE_REQUIRED' }), 'rejected config license');
  assert.equal(said(500, 'something'), 'unknown unknown http_500');
  assert.equal(of(502, '<html>Connection Closed</html>'), 'unknown unknown http_502');
  assert.equal(of(201, {}), 'unknown unknown http_201');
  assert.deepEqual(classify(json(201, { key: { id: '3EB0', remoteJid: '5511@s.whatsapp.net' } })), { outcome: 'accepted', remote_id: '3EB0', wa_id: '5511' });
});

test('a LID is written to where no number is known; quotes are sent along', async () => {
  const { context, asked } = host(() => json(201, { key: { id: '3EB0' } }));
  await evolution.send(context, { to: { addresses: [{ kind: 'lid', value: '13718' }] }, content: { type: 'text', text: 'x' }, correlation: 'm', quote: 'Q' });
  assert.equal(asked[0]!.url, 'https://evo.example/message/sendText/linea-1');
  assert.deepEqual(JSON.parse(String(asked[0]!.body)), { number: '13718@lid', text: 'x', quoted: { key: { id: 'Q' } } });
  assert.equal(asked[0]!.headers!['apikey'], KEY);
});

test('what a phone cannot send is refused before anything leaves; another number may', async () => {
  const { context, asked } = host(() => json(201, { key: { id: '3EB0' } }));
  const refused: [OutboundContent, string][] = [
    [{ type: 'template', name: 'aviso', language: 'es', components: [] }, 'fall_back'], [{ type: 'interactive', body: 'b', interactive: { type: 'flow' } }, 'fall_back'],
    [{ type: 'contacts', contacts: [{ name: 'Ana', phones: [], emails: [] }] }, 'permanent'], [{ type: 'text', text: '' }, 'permanent'],
  ];
  for (const [content, errorClass] of refused) {
    const outcome = await evolution.send(context, { to: ANA, content, correlation: 'm' });
    assert.deepEqual([outcome.outcome, outcome.outcome === 'rejected' && outcome.error.class, evolution.check(content)?.class], ['rejected', errorClass, errorClass]);
  }
  const wrong: Record<string, string>[] = [{ server_url: '' }, { server_url: 'http://evo.example.org' }, { api_key: 'a b' }, { instance: '../x' }];
  for (const credentials of wrong) {
    const outcome = await evolution.send({ ...context, credentials: { ...context.credentials, ...credentials } }, { to: ANA, content: { type: 'text', text: 'x' }, correlation: 'm' });
    assert.ok(outcome.outcome === 'rejected' && outcome.error.class === 'config', JSON.stringify(credentials));
  }
  assert.equal(asked.length, 0);
});

test('files come as base64 up to the limit; a key repeated in an error is taken out', async () => {
  const file = (answer: HttpResponse | Error) => evolution.media!.fetch!(host(() => answer).context, 'A1', 10);
  assert.deepEqual(await file(json(200, { base64: Buffer.from('hola').toString('base64'), mimetype: 'text/plain' })), { data: Buffer.from('hola'), mime_type: 'text/plain' });
  const large = await file(new HttpError('too_large', 'big', { sent: true }));
  assert.ok('class' in large && large.class === 'permanent' && /10 bytes/.test(large.title));
  const wrong = await file(json(400, { response: { message: [`bad ${KEY}`] } }));
  assert.doesNotMatch(JSON.stringify(wrong), new RegExp(KEY));
});

test('an instance that is not paired says so, is made where there is none, and shows its picture', async () => {
  const picture = { code: '2@x', base64: 'data:image/png;base64,AA', pairingCode: null, count: 1 };
  const closed = host(({ url }) => (url.includes('connectionState') ? json(200, { instance: { state: 'close' } }) : url.includes('/connect/') ? json(200, picture) : json(200, [{ name: 'linea-1', ownerJid: null }])));
  const probe = await evolution.setup!.probe(closed.context);
  assert.ok(!probe.ok && probe.error.code === 'pairing');
  assert.deepEqual(await evolution.pairing!.pair(closed.context, '56220001111'), { state: 'waiting', qr: '2@x', picture: 'data:image/png;base64,AA' });
  assert.match(closed.asked.at(-1)!.url, /connect\/linea-1\?number=56220001111$/);
  const none = host(({ url }) => (url.includes('connectionState') ? json(404, { response: { message: ['none'] } }) : json(201, { instance: { status: 'connecting' }, hash: 'T', qrcode: picture })));
  assert.partialDeepStrictEqual(await evolution.pairing!.pair(none.context), { state: 'waiting', qr: '2@x' });
  assert.partialDeepStrictEqual(JSON.parse(String(none.asked.at(-1)!.body)), { instanceName: 'linea-1', integration: 'WHATSAPP-BAILEYS', qrcode: true });
  assert.deepEqual(await evolution.pairing!.pair(host(() => json(200, { instance: { state: 'open' } })).context), { state: 'open' });
});

test('any bytes are events or one ParseError, and the same bytes are the same events', () => {
  const bodies = fc.oneof(fc.string(), fc.json(), fc.record({ event: fc.constantFrom('messages.upsert', 'messages.update', 'MESSAGES_UPSERT', 'send.message', 'messages.edited', 'messages.delete', 'x'), instance: fc.string({ minLength: 1 }), data: fc.oneof(fc.object(), fc.record({ key: fc.record({ remoteJid: fc.constantFrom(PN, LID, '1@g.us', ''), id: fc.string() }), message: fc.object(), status: fc.string() }), fc.array(fc.object())) }).map((b) => JSON.stringify(b)));
  fc.assert(fc.property(bodies, (body) => {
    const raw = Buffer.from(body);
    try {
      assert.deepEqual(evolution.push!.parse(raw), evolution.push!.parse(raw));
    } catch (error) {
      assert.ok(error instanceof ParseError);
    }
  }), { numRuns: 300 });
});

const SAMPLES = resolve(import.meta.dirname, '../../../../../../shared/samples/evolution');
test('captured webhooks are understood', { skip: existsSync(SAMPLES) ? false : 'needs ../shared/samples/evolution, absent here' }, () => {
  const seen = new Map<string, unknown>();
  for (const path of readdirSync(SAMPLES, { recursive: true, encoding: 'utf8' }).filter((p) => p.endsWith('.json'))) {
    const events = evolution.push!.parse(readFileSync(join(SAMPLES, path)));
    assert.equal(events.length, 1, path);
    assert.equal(events[0]!.line.id, 'myinstance');
    seen.set(path.split('/').at(-1)!, events[0]);
  }
  assert.partialDeepStrictEqual(seen.get('2466_messages_upsert_lid_only.json'), { kind: 'message', content: { type: 'text', text: 'Oi' }, peer: { addresses: [{ kind: 'lid', value: '13718' }], name: 'Test' } });
  assert.partialDeepStrictEqual(seen.get('1746_messages_upsert_group_lid.json'), { group_id: '120363150000000000@g.us', content: { type: 'image', caption: 'x' }, peer: { addresses: [{ kind: 'phone', value: '55479888888' }, { kind: 'lid', value: '14135070000000' }] } });
  assert.partialDeepStrictEqual(seen.get('1319_messages_upsert_placeholder.json'), { kind: 'message', content: { type: 'unsupported', wire_type: 'placeholderMessage' } });
  assert.partialDeepStrictEqual(seen.get('2010_messages_update_read.json'), { kind: 'status', status: 'read' });
  assert.partialDeepStrictEqual(seen.get('2010_messages_update_deleted_for_edit.json'), { kind: 'status', status: 'deleted' });
});
