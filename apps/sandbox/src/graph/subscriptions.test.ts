import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { listen, startSandbox } from '../testing/harness.ts';
import type { Business, Json, Running } from '../testing/harness.ts';

let sandbox: Running;
let business: Business;
const PHONE = '56911111111';

before(async () => {
  [sandbox, business] = await Promise.all([startSandbox(), listen()]);
});
after(async () => {
  await sandbox.stop();
  await business.stop();
});

test('the app callback is verified before it is believed', async () => {
  business.challenge = 'something else';
  const refused = await sandbox.call('POST', '/sandbox/webhook', { callback_url: business.url });
  assert.equal(refused.status, 422);
  assert.match(String(refused.body['detail']), /challenge/);
  business.challenge = null;
  const dead = await sandbox.call('POST', '/sandbox/webhook', { callback_url: 'http://127.0.0.1:1/hook' });
  assert.match(String(dead.body['detail']), /refused/);
  const set = await sandbox.call('POST', '/sandbox/webhook', { callback_url: business.url, verify_token: 'mine' });
  assert.equal(set.status, 200);
  const asked = business.handshakes.at(-1);
  assert.equal(asked?.get('hub.mode'), 'subscribe');
  assert.equal(asked?.get('hub.verify_token'), 'mine');
  assert.match(asked?.get('hub.challenge') ?? '', /^\d+$/);
  assert.equal((await sandbox.call('GET', '/sandbox/config')).body['callback_url'], business.url);
});

test('unsubscribed there is silence; subscribed again with an override it goes there', async () => {
  const { waba_id: waba } = sandbox.config;
  const apps = (await sandbox.graph('GET', `/v25.0/${waba}/subscribed_apps`)).body;
  assert.equal(apps['data']?.[0]?.['whatsapp_business_api_data']?.['id'], sandbox.config.app_id);
  assert.deepEqual((await sandbox.graph('DELETE', `/v25.0/${waba}/subscribed_apps`)).body as unknown, { success: true });
  const unheard = await sandbox.write(PHONE, { type: 'text', text: 'nobody hears' });
  const log = (await sandbox.call('GET', '/sandbox/deliveries?state=dropped')).body;
  assert.ok((log['deliveries'] as unknown as Json[]).some((delivery) => delivery['message_id'] === unheard.body['id'] && /subscribed/.test(String(delivery['last_error']))));

  const other = await listen();
  const path = `/v25.0/${waba}/subscribed_apps`;
  const failed = await sandbox.graph('POST', path, { override_callback_uri: 'http://127.0.0.1:1/', verify_token: 'x' });
  assert.equal(failed.body['error']?.['code'], 2200);
  assert.equal((await sandbox.graph('POST', path, { override_callback_uri: `http://e.test/${'x'.repeat(200)}`, verify_token: 'x' })).body['error']?.['code'], 100);
  assert.equal((await sandbox.graph('POST', path, { override_callback_uri: other.url, verify_token: 'w' })).status, 200);
  assert.equal(other.handshakes[0]?.get('hub.verify_token'), 'w');
  const sent = await sandbox.write(PHONE, { type: 'text', text: 'to the override' });
  await other.untilMessage(String(sent.body['id']));
  assert.equal(business.hooks.length, 0);

  // The number's own override goes before the WABA's.
  const third = await listen();
  const number = `/v25.0/${sandbox.config.phone_number_id}`;
  await sandbox.graph('POST', number, { webhook_configuration: { override_callback_uri: third.url, verify_token: 'n' } });
  const configuration = (await sandbox.graph('GET', `${number}?fields=webhook_configuration`)).body['webhook_configuration'];
  assert.deepEqual(configuration as unknown, { application: business.url, whatsapp_business_account: other.url, phone_number: third.url });
  const more = await sandbox.write(PHONE, { type: 'text', text: 'to the number' });
  await third.untilMessage(String(more.body['id']));
  await sandbox.graph('POST', number, { webhook_configuration: { override_callback_uri: '' } });
  await sandbox.graph('POST', path);
  const last = await sandbox.write(PHONE, { type: 'text', text: 'to the app again' });
  await business.untilMessage(String(last.body['id']));
  await other.stop();
  await third.stop();
});

test('numbers tell about themselves', async () => {
  const { phone_number_id: id, waba_id: waba } = sandbox.config;
  const info = (await sandbox.graph('GET', `/v25.0/${id}?fields=display_phone_number,verified_name,quality_rating,throughput,whatsapp_business_manager_messaging_limit,webhook_configuration,status,name_status,is_official_business_account`)).body;
  assert.equal(info['display_phone_number'], '+56 2 2000 0000');
  assert.deepEqual(info['throughput'] as unknown, { level: 'STANDARD' });
  assert.equal(info['id'], id);
  const wrong = await sandbox.graph('GET', `/${id}?fields=nonsense`);
  assert.match(String(wrong.body['error']?.['message']), /nonexisting field \(nonsense\)/);
  const second = (await sandbox.call('POST', '/sandbox/numbers', { name: 'Segundo', tier: 'HIGH' })).body;
  assert.equal(second['waba_id'], waba);
  const all = (await sandbox.graph('GET', `/v25.0/${waba}/phone_numbers`)).body['data'] as unknown as Json[];
  assert.deepEqual(all.map((number) => number['id']), [id, second['phone_number_id']]);
  assert.equal((await sandbox.graph('GET', `/${String(second['phone_number_id'])}?fields=throughput`)).body['throughput']?.['level'], 'HIGH');
  const changed = await sandbox.call('PATCH', `/sandbox/numbers/${String(second['phone_number_id'])}`, { tier: 'TURBO' });
  assert.equal(changed.status, 400);
  assert.equal((await sandbox.graph('GET', `/${waba}`)).body['id'], waba);
  assert.equal((await sandbox.graph('GET', '/debug_token?input_token=x')).body['data']?.['is_valid'], false);
  assert.equal((await sandbox.graph('GET', `/debug_token?input_token=${sandbox.config.access_token}`)).body['data']?.['app_id'], sandbox.config.app_id);
  assert.equal((await sandbox.graph('POST', `/${id}/register`, { messaging_product: 'whatsapp', pin: '123456' })).status, 200);
  assert.equal((await sandbox.graph('POST', `/${id}/register`, { messaging_product: 'whatsapp', pin: '12' })).status, 400);
});

test('the profile is kept and checked', async () => {
  const path = `/v25.0/${sandbox.config.phone_number_id}/whatsapp_business_profile`;
  assert.equal((await sandbox.graph('POST', path, { messaging_product: 'whatsapp', about: 'Atendemos de 9 a 14', websites: ['https://muni.test'] })).status, 200);
  const { body } = await sandbox.graph('GET', `${path}?fields=about,websites`);
  assert.deepEqual(body['data'] as unknown, [{ about: 'Atendemos de 9 a 14', websites: ['https://muni.test'], messaging_product: 'whatsapp' }]);
  assert.equal((await sandbox.graph('POST', path, { messaging_product: 'whatsapp', about: 'x'.repeat(140) })).body['error']?.['code'], 100);
});
