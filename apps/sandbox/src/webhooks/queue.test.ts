import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { eventually, listen, sign, startSandbox } from '../testing/harness.ts';
import type { Business, Json, Running } from '../testing/harness.ts';

let sandbox: Running;
let business: Business;

before(async () => {
  [sandbox, business] = await Promise.all([startSandbox(), listen()]);
  await sandbox.call('POST', '/sandbox/webhook', { callback_url: business.url });
});
beforeEach(() => {
  business.hooks.length = 0;
});
after(async () => {
  await sandbox.stop();
  await business.stop();
});

const settings = (patch: Json): Promise<unknown> => sandbox.call('PATCH', '/sandbox/settings', patch);
const write = async (number: string, text: string): Promise<string> => String((await sandbox.write(number, { type: 'text', text })).body['id']);
const texts = (): string[] => business.hooks.flatMap((hook) => hook.messages).map((message) => String(message['text']?.['body']));
const delivery = async (id: string): Promise<Json | undefined> => {
  const { body } = await sandbox.call('GET', '/sandbox/deliveries?limit=1000');
  return (body['deliveries'] as unknown as Json[]).find((one) => one['message_id'] === id);
};
const delivered = (id: string): Promise<Json> => eventually(async () => {
  const one = await delivery(id);
  return one?.['state'] === 'delivered' ? one : undefined;
});

test('the body is signed as sent: everything beyond ASCII escaped in lower-case hex', async () => {
  const id = await write('56911110011', 'ñandú 😀 €');
  const heard = await business.until(() => business.hooks.find((hook) => hook.messages.some((message) => message['id'] === id)));
  assert.equal(heard.signature, sign(heard.raw, sandbox.config.app_secret));
  assert.ok(heard.raw.includes('\\u00f1and\\u00fa \\ud83d\\ude00 \\u20ac'), heard.raw);
  assert.match(heard.raw, /^[\x00-\x7f]+$/);
  assert.equal(heard.messages[0]?.['text']?.['body'], 'ñandú 😀 €');
  const entry = heard.body['entry']?.[0];
  assert.equal(heard.body['object'], 'whatsapp_business_account');
  assert.equal(entry?.['id'], sandbox.config.waba_id);
  assert.deepEqual(entry?.['changes']?.[0]?.['value']?.['metadata'] as unknown, {
    display_phone_number: sandbox.config.business_number, phone_number_id: sandbox.config.phone_number_id,
  });
});

test('anything but 200 is tried again by the schedule, with the same bytes', async () => {
  business.answers = [500, 'cut', 204];
  const id = await write('56911110012', 'again and again');
  await business.until(() => (business.hooks.length === 4 ? true : undefined));
  assert.equal(new Set(business.hooks.map((hook) => hook.raw)).size, 1);
  const done = await delivered(id);
  assert.equal(done['attempts'], 4);
  assert.equal(done['last_status'], 200);
});

test('a business that never answers is given up on in time and tried again', async () => {
  await settings({ webhook_timeout: 50 });
  business.answers = ['hang'];
  const id = await write('56911110013', 'patience');
  await business.until(() => (business.hooks.length === 2 ? true : undefined));
  await settings({ webhook_timeout: 10_000 });
  assert.equal((await delivered(id))['attempts'], 2);
});

test('the messages of one phone arrive in the order sent, though the first fails; another phone does not wait', async () => {
  business.answers = [503, 503];
  const ids: string[] = [];
  ids.push(await write('56911110014', 'a0'));
  await business.until(() => (business.hooks.length >= 1 ? true : undefined));
  for (let at = 1; at < 6; at += 1) ids.push(await write('56911110014', `a${at}`));
  await write('56911110015', 'other');
  await business.untilMessage(String(ids.at(-1)));
  const order = texts().filter((text) => text.startsWith('a'));
  assert.deepEqual([...new Set(order)], ['a0', 'a1', 'a2', 'a3', 'a4', 'a5']);
  assert.ok(order.filter((text) => text === 'a0').length >= 2, 'the first was tried again');
  assert.deepEqual(order.filter((text) => text !== 'a0'), ['a1', 'a2', 'a3', 'a4', 'a5']);
  assert.ok(texts().includes('other'));
});

test('an update that alone is refused again and again does not hold up its phone for ever', async () => {
  const phone = '56911110016';
  business.respond = (hook) => (hook.messages.some((message) => message['text']?.['body'] === 'poison') ? 400 : 200);
  await settings({ retry_schedule: [5, 5, 60_000] });
  await write(phone, 'poison');
  await business.until(() => (business.hooks.length >= 1 ? true : undefined));
  await business.untilMessage(await write('56911110017', 'fine'));
  const later = await write(phone, 'later');
  await business.untilMessage(later);
  business.respond = null;
  await settings({ retry_schedule: [20, 40, 80] });
});

test('updates can travel in batches', async () => {
  await settings({ webhook_batch: 50, webhook_concurrency: 1 });
  business.answers = ['hang'];
  await settings({ webhook_timeout: 200 });
  await write('56911110018', 'first');
  const ids = await Promise.all(Array.from({ length: 20 }, (_, at) => write(`5691111${2000 + at}`, `b${at}`)));
  await Promise.all(ids.map((id) => business.untilMessage(id)));
  assert.ok(business.hooks.some((hook) => hook.messages.length > 5), 'several in one POST');
  for (const hook of business.hooks) assert.equal(hook.signature, sign(hook.raw, sandbox.config.app_secret));
  await settings({ webhook_batch: 1, webhook_concurrency: 32, webhook_timeout: 10_000 });
});

test('what waits can be retried now, and any field of Meta’s can be sent', async () => {
  await settings({ retry_schedule: [600_000] });
  business.respond = (hook) => (hook.messages.some((message) => message['text']?.['body'] === 'waiting') ? 500 : 200);
  const id = await write('56911110019', 'waiting');
  await business.untilMessage(id);
  const waits = await eventually(async () => {
    const one = await delivery(id);
    return one?.['attempts'] === 1 ? one : undefined;
  });
  assert.equal(waits['state'], 'pending');
  assert.ok(Number(waits['next_attempt_at']) > 0);
  business.respond = null;
  const { body } = await sandbox.call('POST', '/sandbox/deliveries/retry');
  assert.ok(Number(body['retried']) >= 1);
  await business.until(() => (business.hooks.filter((hook) => hook.messages.some((message) => message['id'] === id)).length === 2 ? true : undefined));
  await sandbox.call('POST', '/sandbox/updates', { field: 'account_update', value: { event: 'VERIFIED_ACCOUNT' } });
  const heard = await business.until(() => business.hooks.find((hook) => hook.raw.includes('VERIFIED_ACCOUNT')));
  assert.equal(heard.body['entry']?.[0]?.['changes']?.[0]?.['field'], 'account_update');
  await settings({ retry_schedule: [20, 40, 80] });
});
