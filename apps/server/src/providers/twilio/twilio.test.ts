import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import twilioSdk from 'twilio';
import { HttpError, type HttpClient, type HttpRequest, type HttpResponse } from '@centralita/platform/http';
import { NO_TIME, type InboundEvent, type OutboundContent } from '../../messaging/index.ts';
import { ParseError, type CarrierContext, type WebhookRequest } from '../contract.ts';
import { KNOWN_CODES } from './error-table.ts';
import { classify } from './errors.ts';
import { twilio } from './index.ts';

const TOKEN = 'auth-token-that-must-stay-here';
const SID = `AC${'a'.repeat(32)}`;
const URL_ = 'https://centralita.example/webhook/twilio/main';
const ANA = { addresses: [{ kind: 'phone', value: '56911112222' }] } as const;
const sign = (url: string, form: Record<string, string>): string => twilioSdk.getExpectedTwilioSignature(TOKEN, url, form);
const form = (fields: Record<string, string>): Buffer => Buffer.from(String(new URLSearchParams(fields)));
const parse = (fields: Record<string, string>): InboundEvent => twilio.push!.parse(form(fields))[0]!;
const json = (status: number, body: unknown): HttpResponse => ({ status, headers: {}, body: Buffer.from(JSON.stringify(body)) });

function host(answer: () => Promise<HttpResponse>): { context: CarrierContext; asked: HttpRequest[] } {
  const asked: HttpRequest[] = [];
  const http: HttpClient = { request: (request) => (asked.push(request), answer()) };
  return { context: { http, timeoutMs: 1000, webhookUrl: URL_, credentials: { account_sid: SID, auth_token: TOKEN, from: '+1 415 523-8886' } }, asked };
}
const sent = (content: OutboundContent, credentials: Record<string, string> = {}): Promise<Record<string, string>> => {
  const { context, asked } = host(() => Promise.resolve(json(201, { sid: 'SM1' })));
  return twilio.send({ ...context, credentials: { ...context.credentials, ...credentials } }, { to: ANA, content, correlation: 'msg_1' }).then((outcome) => {
    assert.equal(outcome.outcome, 'accepted', JSON.stringify(outcome));
    return Object.fromEntries(new URLSearchParams(String(asked[0]!.body)));
  });
};

test('a signature is what Twilio’s own library makes of it, whatever the form holds', () => {
  const field = fc.string({ unit: 'grapheme' }).filter((s) => s.isWellFormed());
  fc.assert(fc.property(fc.dictionary(fc.string({ minLength: 1, unit: 'grapheme' }).filter((s) => s.isWellFormed()), field), fc.constantFrom('', '?correlation=msg_1', '?a=%20b&c=d'), (fields, query) => {
    const request: WebhookRequest = { headers: { 'x-twilio-signature': sign(URL_ + query, fields) }, raw: form(fields), url: URL_ + query, ip: '', at: 0 };
    assert.equal(twilio.push!.verify(request, { appSecret: TOKEN, verifyToken: '' }), true);
  }));
});

test('forged and changed webhooks are refused', () => {
  const fields = { MessageSid: 'SM1', From: 'whatsapp:+56911112222', To: 'whatsapp:+14155238886', Body: 'hola', AccountSid: SID };
  const good: WebhookRequest = { headers: { 'x-twilio-signature': sign(URL_, fields) }, raw: form(fields), url: URL_, ip: '', at: 0 };
  const secrets = { appSecret: TOKEN, verifyToken: '' };
  const verify = (over: Partial<WebhookRequest>, secret = TOKEN): boolean => twilio.push!.verify({ ...good, ...over }, { ...secrets, appSecret: secret });
  assert.equal(verify({}), true);
  assert.equal(verify({ url: URL_.replace('example/', 'example:443/') }), true, 'the usual port may be written or not');
  for (const url of [`${URL_}?x=1`, URL_.replace('https', 'http'), URL_.replace('example', 'evil'), URL_.replace('example/', 'example:444/'), '']) assert.equal(verify({ url }), false, url);
  assert.equal(verify({ raw: form({ ...fields, Body: 'otra cosa' }) }), false);
  assert.equal(verify({ raw: Buffer.concat([good.raw, Buffer.from('&Body=otra')]) }), false);
  assert.equal(verify({ headers: {} }), false);
  assert.equal(verify({ headers: { 'x-twilio-signature': [sign(URL_, fields), 'x'] } }), false);
  assert.equal(verify({}, ''), false);
  assert.equal(verify({}, 'another'), false);
});

test('a JSON body is proved by the hash in the address', () => {
  const raw = Buffer.from('{"MessageSid":"SM1"}');
  const url = `${URL_}?bodySHA256=${createHash('sha256').update(raw).digest('hex')}`;
  const headers = { 'content-type': 'application/json', 'x-twilio-signature': sign(url, {}) };
  assert.equal(twilio.push!.verify({ headers, raw, url, ip: '', at: 0 }, { appSecret: TOKEN, verifyToken: '' }), true);
  assert.equal(twilio.push!.verify({ headers, raw: Buffer.from('{"MessageSid":"SM2"}'), url, ip: '', at: 0 }, { appSecret: TOKEN, verifyToken: '' }), false);
});

test('a message asks for reports at our address, with our own id, and the token is in its header only', async () => {
  const { context, asked } = host(() => Promise.resolve(json(201, { sid: 'SM1' })));
  await twilio.send(context, { to: ANA, content: { type: 'text', text: 'hola' }, correlation: 'msg_1' });
  const [request] = asked;
  assert.equal(request!.url, `https://api.twilio.com/2010-04-01/Accounts/${SID}/Messages.json`);
  assert.equal(request!.headers!['authorization'], `Basic ${Buffer.from(`${SID}:${TOKEN}`).toString('base64')}`);
  assert.deepEqual(Object.fromEntries(new URLSearchParams(String(request!.body))), { To: 'whatsapp:+56911112222', From: 'whatsapp:+14155238886', Body: 'hola', StatusCallback: `${URL_}?correlation=msg_1` });
  // On a desk Twilio could not reach us, and would refuse the message for it.
  await twilio.send({ ...context, webhookUrl: 'http://127.0.0.1:8080/webhook/twilio/main' }, { to: ANA, content: { type: 'text', text: 'hola' }, correlation: 'msg_1' });
  assert.doesNotMatch(String(asked[1]!.body), /StatusCallback/);
});

test('sends through a messaging service and with an API key', async () => {
  const service = `MG${'1'.repeat(32)}`;
  const key = `SK${'2'.repeat(32)}`;
  assert.partialDeepStrictEqual(await sent({ type: 'text', text: 'hola' }, { messaging_service_sid: service }), { MessagingServiceSid: service });
  const { context, asked } = host(() => Promise.resolve(json(201, { sid: 'SM1' })));
  await twilio.send({ ...context, credentials: { ...context.credentials, api_key_sid: key, api_key_secret: 'k-secret' } }, { to: ANA, content: { type: 'text', text: 'hola' }, correlation: 'm' });
  assert.equal(asked[0]!.headers!['authorization'], `Basic ${Buffer.from(`${key}:k-secret`).toString('base64')}`);
});

test('what Twilio cannot send is refused in words, before anything leaves', async () => {
  const { context, asked } = host(() => Promise.resolve(json(201, { sid: 'SM1' })));
  const refused: [OutboundContent, RegExp][] = [
    [{ type: 'reaction', remote_id: 'SM1', emoji: 'x' }, /reactions/], [{ type: 'interactive', body: 'b', interactive: { type: 'flow' } }, /template/],
    [{ type: 'text', text: 'x'.repeat(1601) }, /1600.*1601/], [{ type: 'template', name: 'aviso', language: 'es', components: [] }, /ContentSid/],
    [{ type: 'document', media: { link: 'https://x.test/a.zip', size: 17 * 1024 * 1024 } }, /bytes/], [{ type: 'image', media: {} }, /no file/],
  ];
  for (const [content, words] of refused) {
    assert.match(twilio.check(content)!.title, words);
    const outcome = await twilio.send(context, { to: ANA, content, correlation: 'm' });
    assert.equal(outcome.outcome, 'rejected');
  }
  const wrong: Record<string, string>[] = [{ account_sid: 'AC1' }, { auth_token: 'a b' }, { from: 'me' }, { api_url: 'http://api.example.com' }, { api_key_sid: 'SK1' }];
  for (const credentials of wrong) {
    const outcome = await twilio.send({ ...context, credentials: { ...context.credentials, ...credentials } }, { to: ANA, content: { type: 'text', text: 'x' }, correlation: 'm' });
    assert.ok(outcome.outcome === 'rejected' && outcome.error.class === 'config', JSON.stringify(credentials));
  }
  assert.equal(asked.length, 0);
});

test('every code of the table has one meaning for answers and callbacks; unknown ones go by their status', () => {
  const outcomeOf = (status: number, body: unknown): string => {
    const outcome = classify(json(status, body));
    return outcome.outcome === 'accepted' ? 'accepted' : `${outcome.outcome} ${outcome.error.class}`;
  };
  for (const code of KNOWN_CODES) {
    const outcome = classify(json(400, { code: Number(code), message: 'm', status: 400 }));
    assert.ok(outcome.outcome === 'rejected' || outcome.outcome === 'retry', code);
    assert.equal(twilio.explain!({ code }).class, outcome.error.class, code);
    assert.ok(outcome.error.title.length > 20);
  }
  assert.equal(outcomeOf(400, { code: 63016 }), 'rejected needs_template');
  assert.equal(outcomeOf(429, { code: 20429 }), 'retry slow_down');
  assert.equal(outcomeOf(401, { code: 20003 }), 'rejected credentials');
  assert.equal(outcomeOf(400, { code: 63049 }), 'rejected policy');
  assert.equal(outcomeOf(429, '<html>'), 'retry slow_down');
  const doubtful: [number, unknown][] = [[500, { code: 20500 }], [503, '<html>'], [502, ''], [201, {}], [200, 'ok']];
  for (const [status, body] of doubtful) assert.match(outcomeOf(status, body), /^unknown/);
  assert.equal(outcomeOf(400, { code: 99_999, message: 'new' }), 'rejected permanent');
});

test('the network’s failures are outcomes; secrets are in none of them', async () => {
  const content = { type: 'text', text: 'x' } as const;
  const failing = async (error: Error): Promise<string> => (await twilio.send(host(() => Promise.reject(error)).context, { to: ANA, content, correlation: 'm' })).outcome;
  assert.equal(await failing(new HttpError('connect', 'refused', { sent: false })), 'retry');
  assert.equal(await failing(new HttpError('timeout', 'late', { sent: true })), 'unknown');
  const repeated = await twilio.send(host(() => Promise.resolve(json(400, { code: 21211, message: `bad token ${TOKEN}` }))).context, { to: ANA, content, correlation: 'm' });
  assert.doesNotMatch(JSON.stringify(repeated), new RegExp(TOKEN));
});

test('the token goes to files at Twilio, to no other address', async () => {
  const { context } = host(() => Promise.reject(new Error('nothing is asked')));
  const own = `https://api.twilio.com/2010-04-01/Accounts/${SID}/Messages/MM1/Media/ME1`;
  assert.deepEqual(await twilio.media!.locate!(context, own), { url: own, headers: { authorization: `Basic ${Buffer.from(`${SID}:${TOKEN}`).toString('base64')}` } });
  for (const url of ['https://api.twilio.com.evil.test/x', 'http://api.twilio.com/x', 'https://x@api.twilio.com/x', 'https://169.254.169.254/', 'ME1', '']) assert.ok('class' in await twilio.media!.locate!(context, url), url);
});

const BASE = { MessageSid: 'SM1', AccountSid: SID, From: 'whatsapp:+56911112222', To: 'whatsapp:+14155238886', NumMedia: '0', SmsStatus: 'received' };

test('people without a number, names, quotes and advertisements are read', () => {
  const event = parse({ ...BASE, Body: 'hola', From: 'whatsapp:US.13491208655302741918', ExternalUserId: 'whatsapp:US.13491208655302741918', ProfileUsername: '@ana', ProfileName: 'Ana', OriginalRepliedMessageSid: 'SM0',
    OriginalRepliedMessageSender: 'whatsapp:+14155238886', Forwarded: 'true', ReferralSourceUrl: 'https://fb.me/x', ReferralHeadline: 'Oferta', ChannelMetadata: '{"a":1}' });
  assert.partialDeepStrictEqual(event, {
    kind: 'message', key: 'm:SM1', at: NO_TIME, direction: 'in', line: { kind: 'number', id: '14155238886' }, content: { type: 'text', text: 'hola' },
    peer: { name: 'Ana', addresses: [{ kind: 'bsuid', value: 'US.13491208655302741918' }, { kind: 'username', value: 'ana' }] },
    context: { remote_id: 'SM0', from: '14155238886', forwarded: true }, referral: { ReferralSourceUrl: 'https://fb.me/x', ReferralHeadline: 'Oferta' }, extra: { ChannelMetadata: '{"a":1}' },
  });
});

test('several files are several messages; text that PostgreSQL cannot hold is mended', () => {
  const events = twilio.push!.parse(form({ ...BASE, Body: 'c\0', NumMedia: '2', MediaUrl0: 'https://a/0', MediaContentType0: 'image/jpeg', MediaUrl1: 'https://a/1', MediaContentType1: 'application/pdf' }));
  assert.deepEqual(events.map((e) => e.kind === 'message' && [e.remote_id, e.key, e.content.type]), [['SM1', 'm:SM1', 'image'], ['SM1/1', 'm:SM1/1', 'document']]);
  assert.ok(events[0]!.kind === 'message' && events[0]!.content.type === 'image' && events[0]!.content.caption === 'c\ufffd');
});

test('statuses climb, words that are no steps are kept, failures carry their code', () => {
  const of = (more: Record<string, string>): InboundEvent => parse({ MessageSid: 'SM1', AccountSid: SID, To: 'whatsapp:+56911112222', From: 'whatsapp:+14155238886', ...more });
  const words = ['sent', 'delivered', 'read', 'failed', 'undelivered', 'queued', 'sending'];
  assert.deepEqual(words.map((w) => of({ MessageStatus: w })).map((e) => e.kind === 'status' && e.status), ['sent', 'delivered', 'read', 'failed', 'failed', 'warning', 'warning']);
  assert.partialDeepStrictEqual(of({ MessageStatus: 'undelivered', ErrorCode: '63016', ErrorMessage: 'outside' }), { errors: [{ code: '63016', title: 'outside' }], line: { id: '14155238886' }, peer: { addresses: [{ kind: 'phone', value: '56911112222' }] } });
  assert.partialDeepStrictEqual(of({ MessageStatus: 'queued' }), { extra: { status: 'queued' } });
});

test('our own id comes back in the address of the callback, which is kept with the receipt', () => {
  const { receipt, parse: read } = twilio.push!;
  const raw = form({ MessageSid: 'SM1', AccountSid: SID, MessageStatus: 'sent', To: 'whatsapp:+569', From: 'whatsapp:+14155238886' });
  const kept = receipt!({ headers: {}, raw, url: `${URL_}?correlation=msg_1`, ip: '', at: 0 });
  assert.partialDeepStrictEqual(read(kept)[0], { kind: 'status', correlation: 'msg_1' });
  assert.equal(receipt!({ headers: {}, raw, url: URL_, ip: '', at: 0 }), raw);
});

test('any bytes are events or one ParseError, and the same bytes are the same events', () => {
  fc.assert(fc.property(fc.oneof(fc.string(), fc.dictionary(fc.constantFrom('MessageSid', 'AccountSid', 'From', 'To', 'Body', 'NumMedia', 'MediaUrl0', 'MessageStatus', '__proto__', 'Latitude'), fc.string()).map((f) => String(new URLSearchParams(f)))), (text) => {
    const raw = Buffer.from(text);
    try {
      assert.deepEqual(twilio.push!.parse(raw), twilio.push!.parse(raw));
    } catch (error) {
      assert.ok(error instanceof ParseError);
    }
  }));
  assert.throws(() => twilio.push!.parse(Buffer.from('hola')), ParseError);
});

const SAMPLES = resolve(import.meta.dirname, '../../../../../../shared/samples/twilio');
test('captured forms are understood, and verified once they are signed', { skip: existsSync(SAMPLES) ? false : 'needs ../shared/samples/twilio, absent here' }, () => {
  const seen: string[] = [];
  for (const path of readdirSync(SAMPLES, { recursive: true, encoding: 'utf8' }).filter((p) => p.endsWith('.json'))) {
    const { raw, params } = JSON.parse(readFileSync(join(SAMPLES, path), 'utf8')) as { raw: string; params: Record<string, string> };
    const events = twilio.push!.parse(Buffer.from(raw));
    assert.equal(events.length, 1, path);
    const [event] = events;
    seen.push(event!.kind === 'message' ? event!.content.type : event!.kind === 'status' ? event!.status : event!.kind);
    assert.match(event!.line.id, /^\d+$/);
    assert.ok(twilio.push!.verify({ headers: { 'x-twilio-signature': sign(URL_, params) }, raw: Buffer.from(raw), url: URL_, ip: '', at: 0 }, { appSecret: TOKEN, verifyToken: '' }), path);
  }
  assert.deepEqual(seen.sort(), ['delivered', 'delivered', 'image', 'location', 'read', 'sent', 'sent', 'text', 'text']);
});
