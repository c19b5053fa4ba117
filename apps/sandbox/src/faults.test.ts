import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { callAt, eventually, listen, startSandbox } from './testing/harness.ts';
import type { Answer, Business, Json, Running } from './testing/harness.ts';

let sandbox: Running;
let business: Business;
const PHONE = '56911110021';

before(async () => {
  [sandbox, business] = await Promise.all([startSandbox(), listen()]);
  await sandbox.call('POST', '/sandbox/webhook', { callback_url: business.url });
  await sandbox.write(PHONE, { type: 'text', text: 'x' });
});
beforeEach(async () => {
  await sandbox.call('DELETE', '/sandbox/faults');
  business.hooks.length = 0;
});
after(async () => {
  await sandbox.stop();
  await business.stop();
});

const fault = async (what: Json): Promise<Answer> => {
  const answer = await sandbox.call('POST', '/sandbox/faults', what);
  assert.equal(answer.status, 201, JSON.stringify(answer.body));
  return answer;
};
const say = (callback: string): Promise<Answer> => sandbox.send({ to: PHONE, type: 'text', text: { body: 'hola' }, biz_opaque_callback_data: callback });
const accepted = async (callback: string): Promise<number> => {
  const { body } = await sandbox.call('GET', '/sandbox/outbox?limit=10000');
  return (body['messages'] as unknown as Json[]).filter((message) => message['biz_opaque_callback_data'] === callback).length;
};
const broken = async (call: Promise<Answer>): Promise<void> => {
  await assert.rejects(call, /closed|socket|ECONNRESET|terminated/);
};
const write = async (number: string, text: string): Promise<string> => String((await sandbox.write(number, { type: 'text', text })).body['id']);
const texts = (): string[] => business.hooks.flatMap((hook) => hook.messages).map((message) => String(message['text']?.['body']));

test('error: the next calls are answered with the code, the one after is not', async () => {
  await fault({ kind: 'error', code: 131016, times: 2 });
  for (let time = 0; time < 2; time += 1) {
    const { status, body } = await say('error');
    assert.equal(status, 500);
    assert.equal(body['error']?.['code'], 131016);
    assert.equal(body['error']?.['is_transient'], true);
  }
  assert.equal((await say('error')).status, 200);
  assert.equal(await accepted('error'), 1);
  await fault({ kind: 'error', code: 130429, http: 429 });
  assert.equal((await say('error')).status, 429);
});

test('latency: an answer takes as long as asked', async () => {
  await fault({ kind: 'latency', ms: 60, calls: 'messages', times: 1 });
  const begin = performance.now();
  assert.equal((await say('slow')).status, 200);
  assert.ok(performance.now() - begin >= 59);
});

test('accept_then_drop: the message is there, the answer is not', async () => {
  await fault({ kind: 'accept_then_drop', times: 1 });
  await broken(say('dropped'));
  assert.equal(await accepted('dropped'), 1);
  const status = await business.until(() => business.hooks.flatMap((hook) => hook.statuses).find((one) => one['biz_opaque_callback_data'] === 'dropped'));
  assert.match(String(status['id']), /^wamid\./);
  assert.equal((await say('after')).status, 200);
});

test('drop_before_accept and refuse: neither answer nor message', async () => {
  await fault({ kind: 'drop_before_accept' });
  await broken(say('lost'));
  const { body } = await fault({ kind: 'refuse' });
  await broken(say('lost'));
  await broken(say('lost'));
  const lifted = await sandbox.call('DELETE', `/sandbox/faults/${String(body['id'])}`);
  assert.equal(lifted.body['lifted'], 1);
  assert.equal(await accepted('lost'), 0);
  assert.equal((await say('lost')).status, 200);
});

test('timeout: accepted and never answered', async () => {
  await fault({ kind: 'timeout' });
  const unanswered = new AbortController();
  const call = fetch(`${sandbox.origin}/v25.0/${sandbox.config.phone_number_id}/messages`, {
    method: 'POST', signal: unanswered.signal, headers: { authorization: `Bearer ${sandbox.config.access_token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ messaging_product: 'whatsapp', to: PHONE, type: 'text', text: { body: 'x' }, biz_opaque_callback_data: 'silent' }),
  });
  await business.until(() => business.hooks.flatMap((hook) => hook.statuses).find((one) => one['biz_opaque_callback_data'] === 'silent' && one['status'] === 'read'));
  unanswered.abort();
  await assert.rejects(call);
  assert.equal(await accepted('silent'), 1);
});

test('duplicate: a webhook comes twice, byte for byte', async () => {
  await fault({ kind: 'duplicate', times: 1 });
  const id = await write(PHONE, 'twice');
  const both = await business.until(() => {
    const found = business.hooks.filter((hook) => hook.messages.some((message) => message['id'] === id));
    return found.length === 2 ? found : undefined;
  });
  assert.equal(both[0]?.raw, both[1]?.raw);
});

test('reorder: a later message of the phone overtakes', async () => {
  await fault({ kind: 'reorder', times: 1 });
  await write(PHONE, 'first');
  await write(PHONE, 'second');
  await business.until(() => (texts().length === 2 ? true : undefined));
  assert.deepEqual(texts(), ['second', 'first']);
  await fault({ kind: 'reorder', times: 1, hold_ms: 10 });
  await write(PHONE, 'alone');
  await business.until(() => (texts().includes('alone') ? true : undefined));
});

test('silence: nothing comes until it is lifted; then it comes, or is lost, as asked', async () => {
  await fault({ kind: 'silence' });
  const held = await write(PHONE, 'held');
  const other = await write('56911110022', 'held too');
  assert.equal((await sandbox.call('GET', '/sandbox/deliveries?state=pending')).body['pending'], 2);
  assert.equal(business.hooks.length, 0);
  await sandbox.call('DELETE', '/sandbox/faults');
  await business.untilMessage(held);
  await business.untilMessage(other);
  await fault({ kind: 'silence', drop: true });
  const lost = await write(PHONE, 'lost');
  await sandbox.call('DELETE', '/sandbox/faults');
  await business.untilMessage(await write(PHONE, 'after'));
  assert.ok(!business.hooks.some((hook) => hook.messages.some((message) => message['id'] === lost)));
});

test('a fault strikes only the number it is for', async () => {
  const other = (await sandbox.call('POST', '/sandbox/numbers', {})).body;
  await fault({ kind: 'error', code: 131000, times: 5, phone_number_id: other['phone_number_id'] });
  assert.equal((await say('mine')).status, 200);
  const theirs = await sandbox.graph('POST', `/${String(other['phone_number_id'])}/messages`, { messaging_product: 'whatsapp', to: PHONE, type: 'text', text: { body: 'x' } });
  assert.equal(theirs.body['error']?.['code'], 131000);
  const { faults } = (await sandbox.call('GET', '/sandbox/faults')).body as unknown as { faults: Json[] };
  assert.equal(faults[0]?.['remaining'], 4);
  assert.equal(faults[0]?.['hits'], 1);
});

test('a media fault leaves sends alone, and marks as read are no sends', async () => {
  await fault({ kind: 'error', code: 131000, calls: 'media' });
  await fault({ kind: 'error', code: 131016, calls: 'messages' });
  const inbound = await write(PHONE, 'x');
  assert.equal((await sandbox.send({ status: 'read', message_id: inbound })).status, 200);
  const upload = await sandbox.upload({ mime: 'text/plain', bytes: Buffer.from('x'), filename: 'a.txt' });
  assert.equal(upload.body['error']?.['code'], 131000);
  assert.equal((await say('x')).body['error']?.['code'], 131016);
});

test('what makes no sense is refused with what to do', async () => {
  for (const wrong of [{ kind: 'earthquake' }, { kind: 'latency' }, { kind: 'error' }, { kind: 'error', code: 999_999 }, { kind: 'error', code: 1, times: 0 }, { kind: 'silence', times: 3 }, { kind: 'duplicate', phone_number_id: 'x' }]) {
    const { status, body, headers } = await sandbox.call('POST', '/sandbox/faults', wrong);
    assert.ok(status === 400 || status === 404, JSON.stringify(wrong));
    assert.match(String(headers['content-type']), /problem\+json/);
    assert.ok(String(body['what_to_do']).length > 10);
  }
  assert.equal((await callAt(`${sandbox.origin}/sandbox/faults`, { method: 'POST', body: '{', headers: { 'content-type': 'application/json' } })).status, 400);
  await eventually(async () => (((await sandbox.call('GET', '/sandbox/faults')).body['faults'] as unknown as Json[]).length === 0 ? true : undefined));
});
