import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import type { HttpClient, HttpRequest } from '@centralita/platform/http';
import { classify } from '../whatsapp/errors.ts';
import type { CarrierContext, WebhookRequest } from '../contract.ts';
import { dialog360 } from './index.ts';

const KEY = 'd360-key-that-must-stay-here';
/** Answers as it is told and keeps what was asked. */
function host(answers: readonly { status?: number; body: unknown }[]): { context: CarrierContext; asked: HttpRequest[] } {
  const asked: HttpRequest[] = [];
  const http: HttpClient = {
    request(request) {
      const { status = 200, body } = answers[asked.push(request) - 1] ?? { status: 500, body: {} };
      return Promise.resolve({ status, headers: {}, body: Buffer.from(JSON.stringify(body)) });
    },
  };
  return { context: { http, timeoutMs: 1000, credentials: { api_key: KEY, phone_number: '+56 2 2000 1111' } }, asked };
}
const request = (headers: WebhookRequest['headers'], raw = '{"entry":[]}'): WebhookRequest => ({ headers, raw: Buffer.from(raw), url: '', ip: '', at: 0 });

test('calls go to the key’s number, without version and number in the path', async () => {
  const { context, asked } = host([{ body: { messages: [{ id: 'wamid.1' }] } }]);
  const outcome = await dialog360.send(context, { to: { addresses: [{ kind: 'phone', value: '56911112222' }] }, content: { type: 'text', text: 'hola' }, correlation: 'msg_1' });
  assert.deepEqual(outcome, { outcome: 'accepted', remote_id: 'wamid.1' });
  assert.deepEqual([asked[0]!.url, asked[0]!.headers!['d360-api-key']], ['https://waba-v2.360dialog.io/messages', KEY]);
});

test('a file is fetched from 360dialog, whatever host its address names, and the key goes nowhere else', async () => {
  for (const url of ['https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=1&ext=2&hash=a', 'https:\\/\\/lookaside.fbsbx.com\\/whatsapp_business\\/attachments\\/?mid=1&ext=2&hash=a', 'https://evil.test/whatsapp_business/attachments/?mid=1&ext=2&hash=a']) {
    const { context } = host([{ body: { url, mime_type: 'image/jpeg', file_size: 3 } }]);
    assert.deepEqual(await dialog360.media!.locate!(context, '77'), {
      url: 'https://waba-v2.360dialog.io/whatsapp_business/attachments/?mid=1&ext=2&hash=a', headers: { 'd360-api-key': KEY }, mime_type: 'image/jpeg', size: 3,
    });
  }
  for (const url of [undefined, '', 'ftp://x/y', 7]) {
    const { context } = host([{ body: { url } }]);
    assert.ok('class' in await dialog360.media!.locate!(context, '77'), String(url));
  }
});

test('a wrong key, a blocked call and an overloaded host say what to do', () => {
  const of = (status: number, body: unknown): string => {
    const outcome = classify({ status, headers: {}, body: Buffer.from(JSON.stringify(body)) });
    return outcome.outcome === 'accepted' ? 'accepted' : `${outcome.outcome} ${outcome.error.class} ${outcome.error.detail ?? ''}`.trim();
  };
  const said = { meta: { success: false, http_code: 401, developer_message: 'Invalid api key' } };
  assert.equal(of(401, said), 'rejected credentials Invalid api key');
  assert.equal(of(403, { error: 'endpoint blocked' }), 'rejected credentials endpoint blocked');
  assert.equal(of(400, { error: { code: 131047, message: 'x' } }), 'rejected needs_template x');
  assert.equal(of(502, {}), 'unknown unknown');
});

test('webhooks without our header are refused', () => {
  const secrets = { appSecret: 's3cret-of-ours', verifyToken: '' };
  const { verify } = dialog360.push!;
  assert.equal(verify(request({ authorization: 'Bearer s3cret-of-ours' }), secrets), true);
  for (const authorization of [undefined, '', 's3cret-of-ours', 'Bearer s3cret-of-our', 'Bearer ', 'bearer s3cret-of-ours']) assert.equal(verify(request({ authorization }), secrets), false, authorization);
  assert.equal(verify(request({ authorization: 'Bearer ' }), { ...secrets, appSecret: '' }), false);
  // Without the partner's secret a signature proves nothing.
  assert.equal(verify(request({ 'x-360dialog-signature': 'sha256=00' }), secrets), false);
});

test('a partner’s signature is taken in any encoding, and a wrong one is not helped by the header', () => {
  const secrets = { appSecret: 's3cret-of-ours', verifyToken: '', more: { hmac_secret: 'partner' } };
  const raw = '{"entry":[{"changes":[]}]}';
  const mac = createHmac('sha256', 'partner').update(raw).digest();
  const verify = (signature: string, body = raw, more: WebhookRequest['headers'] = {}): boolean => dialog360.push!.verify(request({ 'x-360dialog-signature': signature, ...more }, body), secrets);
  for (const encoded of [mac.toString('hex'), mac.toString('hex').toUpperCase(), `sha256=${mac.toString('hex')}`, mac.toString('base64'), `sha256=${mac.toString('base64')}`, mac.toString('base64url')]) {
    assert.equal(verify(encoded), true, encoded);
    assert.equal(verify(encoded, `${raw} `, { authorization: 'Bearer s3cret-of-ours' }), false, encoded);
  }
  for (const junk of ['', 'sha256=', 'x', mac.toString('hex').slice(2)]) assert.equal(verify(junk), false, junk);
  assert.equal(dialog360.push!.verify(request({ authorization: 'Bearer s3cret-of-ours' }), secrets), true, 'the signature is optional');
});

test('events are on the number that the customer knows', () => {
  const raw = (metadata: unknown): Buffer => Buffer.from(JSON.stringify({ entry: [{ id: 'w', changes: [{ field: 'messages', value: { metadata, statuses: [{ id: 'm', status: 'sent', recipient_id: '5691' }] } }] }] }));
  const lines = [{ display_phone_number: '+56 2 2000 1111', phone_number_id: '7' }, { phone_number_id: '7' }].map((metadata) => dialog360.push!.parse(raw(metadata))[0]!.line);
  assert.deepEqual(lines.map((l) => l.id), ['56220001111', '7']);
  assert.equal(dialog360.identify({ phone_number: '+56 2 2000 1111' }).sender_id, '56220001111');
});

const SAMPLES = resolve(import.meta.dirname, '../../../../../../shared/samples/360dialog/tactilenews__100eyes');
test('captured webhooks and answers are understood', { skip: existsSync(SAMPLES) ? false : 'needs ../shared/samples/360dialog, absent here' }, () => {
  let webhooks = 0;
  for (const name of readdirSync(SAMPLES)) {
    const raw = readFileSync(join(SAMPLES, name));
    if (name.startsWith('webhook_')) {
      const events = dialog360.push!.parse(raw);
      assert.deepEqual(events.map((e) => [e.kind, e.line.id]), [[name.includes('status') ? 'status' : 'message', '4915133311445']], name);
      webhooks++;
      continue;
    }
    const { request: sent, response } = JSON.parse(raw.toString()) as { request: { url: string; method: string }; response: { status: number; body: unknown; headers: Record<string, string> } };
    if (sent.method !== 'POST' || !sent.url.endsWith('/messages')) continue;
    const outcome = classify({ status: response.status, headers: response.headers, body: Buffer.from(JSON.stringify(response.body)) });
    assert.ok(outcome.outcome === 'accepted' && outcome.remote_id.startsWith('wamid.'), name);
  }
  assert.ok(webhooks >= 5);
});
