import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { eventually, listen, startSandbox } from '../testing/harness.ts';
import type { Business, DeepJson, Running } from '../testing/harness.ts';

let sandbox: Running;
let business: Business;

before(async () => {
  [sandbox, business] = await Promise.all([startSandbox(), listen()]);
  await sandbox.call('POST', '/sandbox/webhook', { callback_url: business.url });
});
after(async () => {
  await sandbox.stop();
  await business.stop();
});

const patch = (number: string, what: unknown): Promise<unknown> => sandbox.call('PATCH', `/sandbox/phones/${number}`, what);
const say = async (to: string, more: Record<string, unknown> = {}): Promise<string> => {
  const { body } = await sandbox.send({ to, type: 'text', text: { body: 'hola' }, ...more });
  assert.equal(body['error'] as unknown, undefined, JSON.stringify(body));
  return String(body['messages']?.[0]?.['id']);
};
const seen = async (number: string, id: string): Promise<DeepJson | undefined> => (await sandbox.messages(number)).find((message) => message['id'] === id);

test('sent, delivered and read arrive in order, with the callback data and what it costs', async () => {
  await sandbox.write('56911110001', { type: 'text', text: 'x' });
  const id = await say('56911110001', { biz_opaque_callback_data: 'cb-1' });
  const read = await business.untilStatus(id, 'read');
  assert.deepEqual(business.statusesOf(id), ['sent', 'delivered', 'read']);
  const sent = await business.untilStatus(id, 'sent');
  assert.deepEqual(sent['pricing'] as unknown, { billable: false, pricing_model: 'PMP', type: 'free_customer_service', category: 'service' });
  assert.equal(sent['recipient_id'], '56911110001');
  assert.match(String(sent['timestamp']), /^\d{10}$/);
  assert.match(String(sent['recipient_user_id']), /^CL\./);
  assert.equal(read['biz_opaque_callback_data'], 'cb-1');
  assert.equal(read['pricing'] as unknown, undefined);
  assert.equal((await seen('56911110001', id))?.['status'], 'read');
});

test('a phone that is off gets its messages later; blue ticks come when somebody looks', async () => {
  const phone = '56911110002';
  await sandbox.write(phone, { type: 'text', text: 'x' });
  await patch(phone, { online: false, auto_read: false });
  const first = await say(phone);
  const second = await say(phone);
  await business.untilStatus(second, 'sent');
  assert.equal((await seen(phone, first))?.['status'], 'sent');
  await patch(phone, { online: true });
  await business.untilStatus(first, 'delivered');
  await business.untilStatus(second, 'delivered');
  assert.equal((await seen(phone, first))?.['status'], 'delivered');
  const { body } = await sandbox.call('POST', `/sandbox/phones/${phone}/read`, { up_to: first });
  assert.equal(body['read'], 1);
  await business.untilStatus(first, 'read');
  assert.equal((await seen(phone, second))?.['status'], 'delivered');
  await patch(phone, { auto_read: true });
  await business.untilStatus(second, 'read');
});

test('of a reaction only sent comes back; a voice note can be played', async () => {
  const phone = '56911110003';
  const inbound = await sandbox.write(phone, { type: 'text', text: 'x' });
  const { body } = await sandbox.send({ to: phone, type: 'reaction', reaction: { message_id: inbound.body['id'], emoji: '❤️' } });
  const id = String(body['messages']?.[0]?.['id']);
  await business.untilStatus(id, 'sent');
  const after = await say(phone);
  await business.untilStatus(after, 'read');
  assert.deepEqual(business.statusesOf(id), ['sent']);
  const audio = (await sandbox.upload({ mime: 'audio/ogg', bytes: Buffer.from('OggS'), filename: 'v.ogg' })).body['id'];
  const voice = String((await sandbox.send({ to: phone, type: 'audio', audio: { id: audio, voice: true } })).body['messages']?.[0]?.['id']);
  await business.untilStatus(voice, 'read');
  assert.equal((await sandbox.call('POST', `/sandbox/phones/${phone}/messages/${encodeURIComponent(voice)}/played`)).body['played'], true);
  await business.untilStatus(voice, 'played');
});

test('outside the 24 hours free text fails after the answer, or in it, as set; a template goes', async () => {
  const phone = '56911110004';
  const id = await say(phone);
  const failed = await business.untilStatus(id, 'failed');
  assert.equal(failed['errors']?.[0]?.['code'], 131047);
  assert.equal(failed['errors']?.[0]?.['title'], 'Re-engagement message');
  assert.deepEqual(business.statusesOf(id), ['failed']);
  assert.equal((await seen(phone, id))?.['status'], 'failed');
  const template = await sandbox.send({ to: phone, type: 'template', template: { name: 'hello_world', language: { code: 'en_US' } } });
  const billed = await business.untilStatus(String(template.body['messages']?.[0]?.['id']), 'sent');
  assert.deepEqual(billed['pricing'] as unknown, { billable: true, pricing_model: 'PMP', type: 'regular', category: 'utility' });
  await sandbox.call('PATCH', '/sandbox/settings', { window: 'sync' });
  const refused = await sandbox.send({ to: phone, type: 'text', text: { body: 'x' } });
  assert.equal(refused.status, 400);
  assert.equal(refused.body['error']?.['code'], 131047);
  await sandbox.call('PATCH', '/sandbox/settings', { window: 'async' });
  await sandbox.write(phone, { type: 'text', text: 'now it is open' });
  await business.untilStatus(await say(phone), 'delivered');
  await sandbox.call('POST', `/sandbox/phones/${phone}/window`, { open: false });
  await business.untilStatus(await say(phone), 'failed');
});

test('not on WhatsApp is 131026, stopped marketing 131050, and the business hears of the latter', async () => {
  const phone = '56911110005';
  await sandbox.write(phone, { type: 'text', text: 'x' });
  await patch(phone, { on_whatsapp: false });
  assert.equal((await business.untilStatus(await say(phone), 'failed'))['errors']?.[0]?.['code'], 131026);
  await patch(phone, { on_whatsapp: true, marketing: false });
  const heard = await business.until(() => business.hooks.find((hook) => hook.raw.includes('"field":"user_preferences"')));
  assert.equal(heard.body['entry']?.[0]?.['changes']?.[0]?.['value']?.['user_preferences']?.[0]?.['value'], 'stop');
  await sandbox.graph('POST', `/${sandbox.config.waba_id}/message_templates`, { name: 'oferta', language: 'es', category: 'MARKETING', components: [{ type: 'BODY', text: 'Hay ofertas.' }] });
  const sent = await sandbox.send({ to: phone, type: 'template', template: { name: 'oferta', language: { code: 'es' } } });
  assert.equal((await business.untilStatus(String(sent.body['messages']?.[0]?.['id']), 'failed'))['errors']?.[0]?.['code'], 131050);
});

test('a pair may borrow 45 messages, a number sends 80 in a second', async () => {
  const phone = '56911110006';
  await sandbox.write(phone, { type: 'text', text: 'x' });
  const own = (await sandbox.call('POST', '/sandbox/numbers', {})).body;
  const path = `/${String(own['phone_number_id'])}/messages`;
  const send = async (to: string): Promise<unknown> => (await sandbox.graph('POST', path, {
    messaging_product: 'whatsapp', to, type: 'template', template: { name: 'hello_world', language: { code: 'en_US' } },
  })).body['error']?.['code'];
  for (let at = 0; at < 45; at += 1) assert.equal(await send(phone), undefined, `message ${at}`);
  assert.equal(await send(phone), 131056);
  // Enough of them that even a slow machine sends more than 80 in some second.
  const codes = await Promise.all(Array.from({ length: 400 }, (_, at) => send(`5691112${String(at).padStart(4, '0')}`)));
  assert.ok(codes.includes(130429));
  assert.ok(codes.filter((code) => code === undefined).length >= 20);
  await sandbox.call('PATCH', `/sandbox/numbers/${String(own['phone_number_id'])}`, { tier: 'UNLIMITED' });
  const free = await Promise.all(Array.from({ length: 120 }, () => send(phone)));
  assert.ok(free.every((code) => code === undefined));
});

test('marking as read turns the phone’s ticks blue, also of what came before, and shows typing', async () => {
  const phone = '56911110007';
  const first = await sandbox.write(phone, { type: 'text', text: 'uno' });
  const second = await sandbox.write(phone, { type: 'text', text: 'dos' });
  await eventually(async () => ((await seen(phone, String(second.body['id'])))?.['status'] === 'delivered' ? true : undefined));
  const { body } = await sandbox.send({ status: 'read', message_id: second.body['id'], typing_indicator: { type: 'text' } });
  assert.deepEqual(body as unknown, { success: true });
  assert.equal((await seen(phone, String(first.body['id'])))?.['status'], 'read');
  const typing = async (): Promise<unknown> => (await sandbox.call('GET', `/sandbox/phones/${phone}`)).body['typing'];
  assert.deepEqual(await typing(), [sandbox.config.phone_number_id]);
  await say(phone);
  assert.deepEqual(await typing(), [], 'a message ends it');
});
