import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { callAt, listen, startSandbox } from '../testing/harness.ts';
import type { Business, DeepJson, Json, Running } from '../testing/harness.ts';

let sandbox: Running;
let business: Business;
const PHONE = '56911110031';

before(async () => {
  [sandbox, business] = await Promise.all([startSandbox(), listen()]);
  await sandbox.call('POST', '/sandbox/webhook', { callback_url: business.url });
});
after(async () => {
  await sandbox.stop();
  await business.stop();
});

const heard = async (message: Json): Promise<DeepJson> => {
  const answer = await sandbox.write(PHONE, message);
  assert.equal(answer.status, 201, `${JSON.stringify(message)} → ${JSON.stringify(answer.body)}`);
  return business.untilMessage(String(answer.body['id']));
};

test('every type a phone can send has the shape of Meta’s webhooks', async () => {
  const cases: [Json, string, unknown][] = [
    [{ type: 'text', text: { body: 'hola' } }, 'text', { body: 'hola' }],
    [{ type: 'text', to: '56220000000', text: 'hola' }, 'text', { body: 'hola' }],
    [{ type: 'location', location: { latitude: -33.4, longitude: -70.6, name: 'Plaza', address: 'Centro 1' } }, 'location', { latitude: -33.4, longitude: -70.6, name: 'Plaza', address: 'Centro 1' }],
    [{ type: 'contacts', contacts: [{ name: { formatted_name: 'B' }, phones: [{ phone: '+1' }] }] }, 'contacts', [{ name: { formatted_name: 'B' }, phones: [{ phone: '+1' }] }]],
    [{ type: 'reaction', reaction: { message_id: 'wamid.X', emoji: '👍' } }, 'reaction', { message_id: 'wamid.X', emoji: '👍' }],
    [{ type: 'reaction', reaction: { message_id: 'wamid.X' } }, 'reaction', { message_id: 'wamid.X' }],
    [{ type: 'interactive', interactive: { type: 'payment_method', payment_method: {} } }, 'interactive', { type: 'payment_method', payment_method: {} }],
    [{ type: 'order', order: { catalog_id: '1', product_items: [{ product_retailer_id: 'a', quantity: 2, item_price: 30, currency: 'USD' }] } }, 'order', { catalog_id: '1', product_items: [{ product_retailer_id: 'a', quantity: 2, item_price: 30, currency: 'USD' }] }],
    [{ type: 'button', button: { payload: 'P', text: 'Sí' } }, 'button', { payload: 'P', text: 'Sí' }],
    [{ type: 'raw', message: { type: 'hologram', hologram: { id: 1 } } }, 'hologram', { id: 1 }],
  ];
  for (const [message, key, expected] of cases) {
    const got = await heard(message);
    assert.deepEqual(got[key] as unknown, expected);
    assert.equal(got['type'], message['type'] === 'raw' ? key : message['type']);
    assert.equal(got['from'], PHONE);
    assert.match(String(got['timestamp']), /^\d{10}$/);
  }
  const flow = await heard({ type: 'nfm_reply', nfm_reply: { response_json: { a: 1 } } });
  assert.deepEqual(flow['interactive'] as unknown, { type: 'nfm_reply', nfm_reply: { response_json: '{"a":1}', body: 'Sent', name: 'flow' } });
  const call = await heard({ type: 'call_permission_reply', call_permission_reply: { response: 'accept' } });
  assert.equal(call['interactive']?.['call_permission_reply']?.['response'], 'accept');
  const unknown = await heard({ type: 'unsupported', unsupported: { type: 'poll' } });
  assert.equal(unknown['errors']?.[0]?.['code'], 131051);
  const welcome = await heard({ type: 'request_welcome' });
  assert.equal(welcome['type'], 'request_welcome');
  const system = await heard({ type: 'system', system: { type: 'user_changed_number', wa_id: '1', body: 'moved' } });
  const hook = business.hooks.find((one) => one.messages.some((message) => message['id'] === system['id']));
  assert.equal(hook?.body['entry']?.[0]?.['changes']?.[0]?.['value']?.['contacts'] as unknown, undefined, 'system messages have no contacts');
  const advert = await heard({ type: 'text', text: 'x', referral: { source_id: '120', source_type: 'ad' }, context: { forwarded: true } });
  assert.equal(advert['referral']?.['source_id'], '120');
  assert.deepEqual(advert['context'] as unknown, { forwarded: true });
});

test('a tap needs only the id: title, description and context are those of what was offered', async () => {
  const offer = async (interactive: Json): Promise<string> => String((await sandbox.send({ to: PHONE, type: 'interactive', interactive })).body['messages']?.[0]?.['id']);
  const buttons = await offer({ type: 'button', body: { text: '?' }, action: { buttons: [{ type: 'reply', reply: { id: 'yes', title: 'Sí' } }] } });
  const tapped = await heard({ type: 'button_reply', button_reply: { id: 'yes' } });
  assert.deepEqual(tapped['interactive'] as unknown, { type: 'button_reply', button_reply: { id: 'yes', title: 'Sí' } });
  assert.deepEqual(tapped['context'] as unknown, { from: sandbox.config.business_number, id: buttons });
  const list = await offer({ type: 'list', body: { text: '?' }, action: { button: 'Ver', sections: [{ rows: [{ id: 'r1', title: 'Uno', description: 'D' }] }] } });
  const chosen = await heard({ type: 'list_reply', list_reply: { id: 'r1' }, context: { message_id: list } });
  assert.deepEqual(chosen['interactive'] as unknown, { type: 'list_reply', list_reply: { id: 'r1', title: 'Uno', description: 'D' } });
  const never = await sandbox.write(PHONE, { type: 'button_reply', button_reply: { id: 'nothing' } });
  assert.equal(never.status, 404);
  const own = await heard({ type: 'button_reply', button_reply: { id: 'nothing', title: 'But titled' } });
  assert.equal(own['context'] as unknown, undefined);
});

test('a phone edits and takes back what it said', async () => {
  const { id } = await heard({ type: 'text', text: 'hoal' });
  const edit = await heard({ type: 'edit', edit: { original_message_id: id, text: 'hola' } });
  assert.deepEqual(edit['edit'] as unknown, { original_message_id: id, message: { type: 'text', text: { body: 'hola' } } });
  await heard({ type: 'revoke', revoke: { original_message_id: id } });
  const original = (await sandbox.messages(PHONE)).find((message) => message['id'] === id);
  assert.equal(original?.['edited'], 'hola');
  assert.equal(original?.['revoked'], true);
});

test('a name, a user name and a hidden number show in the webhooks', async () => {
  await sandbox.call('PATCH', '/sandbox/phones/56911110032', { name: 'Ana Ñ', username: 'ana.n' });
  const first = await sandbox.write('56911110032', { type: 'text', text: 'x' });
  await business.untilMessage(String(first.body['id']));
  const contact = (): DeepJson | undefined => business.hooks.at(-1)?.body['entry']?.[0]?.['changes']?.[0]?.['value']?.['contacts']?.[0];
  assert.deepEqual(contact()?.['profile'] as unknown, { name: 'Ana Ñ', username: 'ana.n' });
  assert.equal(contact()?.['wa_id'], '56911110032');
  await sandbox.call('PATCH', '/sandbox/phones/56911110032', { share_number: false, bsuid: 'CL.777' });
  const second = await sandbox.write('56911110032', { type: 'text', text: 'x' });
  const message = await business.untilMessage(String(second.body['id']));
  assert.equal(message['from'] as unknown, undefined);
  assert.equal(message['from_user_id'], 'CL.777');
  assert.equal(contact()?.['wa_id'] as unknown, undefined);
});

test('the list pages forwards from a cursor and backwards from the end', async () => {
  const phone = '56911110033';
  for (let at = 0; at < 7; at += 1) await sandbox.write(phone, { type: 'text', text: `m${at}` });
  const read = async (query: string): Promise<{ messages: Json[]; next: number | null }> =>
    (await sandbox.call('GET', `/sandbox/phones/${phone}/messages?${query}`)).body as unknown as { messages: Json[]; next: number | null };
  const first = await read('limit=3');
  assert.deepEqual(first.messages.map((message) => message['text']), ['m0', 'm1', 'm2']);
  assert.equal(first.messages[0]?.['direction'], 'out');
  const rest = await read(`limit=10&after=${first.next ?? 0}`);
  assert.deepEqual(rest.messages.map((message) => message['text']), ['m3', 'm4', 'm5', 'm6']);
  assert.equal(rest.next, null);
  const tail = await read('limit=2&before=999999999');
  assert.deepEqual(tail.messages.map((message) => message['text']), ['m5', 'm6']);
  const phones = (await sandbox.call('GET', '/sandbox/phones?limit=2')).body['phones'] as unknown as Json[];
  assert.equal(phones[0]?.['number'], phone, 'the latest talk first');
});

test('bad input is a problem that says what, where and what to do', async () => {
  const bad: [string, string, unknown, number][] = [
    ['POST', `/sandbox/phones/${PHONE}/messages`, { type: 'text' }, 400],
    ['POST', `/sandbox/phones/${PHONE}/messages`, { type: 'smell' }, 400],
    ['POST', `/sandbox/phones/${PHONE}/messages`, { type: 'text', text: 'x', colour: 'red' }, 400],
    ['POST', `/sandbox/phones/${PHONE}/messages`, { type: 'text', text: 'x', to: '999' }, 404],
    ['POST', '/sandbox/phones/ana/messages', { type: 'text', text: 'x' }, 400],
    ['POST', '/sandbox/phones/56220000000/messages', { type: 'text', text: 'x' }, 409],
    ['PATCH', `/sandbox/phones/${PHONE}`, { username: 'Ñ' }, 400],
    ['POST', `/sandbox/phones/${PHONE}/read`, { up_to: 'wamid.NO' }, 404],
    ['PATCH', '/sandbox/settings', { retry_schedule: [-1] }, 400],
    ['PATCH', '/sandbox/settings', { status_delays: { sent: 9, delivered: 5, read: 6 } }, 400],
    ['POST', '/sandbox/numbers', { business_number: '56220000000' }, 409],
    ['GET', '/sandbox/outbox?limit=0', undefined, 400],
    ['GET', '/sandbox/nothing', undefined, 404],
  ];
  for (const [method, path, body, expected] of bad) {
    const { status, body: problem } = await sandbox.call(method, path, body);
    assert.equal(status, expected, `${method} ${path} ${JSON.stringify(body)}: ${JSON.stringify(problem)}`);
    assert.equal(problem['status'], expected);
    assert.ok(String(problem['detail']).length > 3 && String(problem['what_to_do']).length > 3);
  }
});

test('only this machine’s own page and programs may use it', async () => {
  const port = new URL(sandbox.origin).port;
  const as = (headers: Record<string, string>, path = '/sandbox/config'): Promise<number> => callAt(sandbox.origin + path, { method: 'GET', headers }).then((answer) => answer.status);
  assert.equal(await as({ host: 'evil.test' }), 421);
  assert.equal(await as({ host: `evil.test:${port}` }, '/health'), 421);
  assert.equal(await as({ host: `localhost:${port}` }), 200);
  assert.equal(await as({ origin: 'https://evil.test' }), 403);
  assert.equal(await as({ origin: `http://localhost:${Number(port) + 1}` }), 403);
  assert.equal(await as({ origin: `http://127.0.0.1:${port}` }), 200);
  assert.equal(await as({ 'sec-fetch-site': 'cross-site' }), 403);
  const page = await callAt(`${sandbox.origin}/`, { method: 'GET' });
  assert.equal(page.status, 200);
  assert.match(String(page.headers['content-security-policy']), /default-src 'none'/);
});

test('reset forgets messages and phones, and keeps the number and its secrets', async () => {
  await sandbox.call('POST', '/sandbox/reset', {});
  assert.deepEqual(await sandbox.messages(PHONE), []);
  assert.equal((await sandbox.call('GET', '/sandbox/outbox')).body['count'], 0);
  assert.equal((await sandbox.call('GET', '/sandbox/config')).body['access_token'], sandbox.config.access_token);
  await heard({ type: 'text', text: 'and it goes on' });
});
