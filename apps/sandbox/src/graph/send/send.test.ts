import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { PNG, startSandbox } from '../../testing/harness.ts';
import type { Json, Running } from '../../testing/harness.ts';

let sandbox: Running;
const PHONE = '56911111111';

before(async () => {
  sandbox = await startSandbox();
  await sandbox.call('PATCH', `/sandbox/numbers/${sandbox.config.phone_number_id}`, { tier: 'UNLIMITED' });
  await sandbox.write(PHONE, { type: 'text', text: 'hola' });
});
after(() => sandbox.stop());

const upload = async (mime: string, bytes: Buffer): Promise<string> => {
  const sent = await sandbox.upload({ mime, bytes, filename: 'file' });
  assert.equal(sent.status, 200, JSON.stringify(sent.body));
  return String(sent.body['id']);
};

const row = (at: number): Json => ({ id: `r${at}`, title: `Row ${at}`, description: 'D' });
const reply = (id: string, title: string): Json => ({ type: 'reply', reply: { id, title } });
const button = (...buttons: Json[]): Json => ({ type: 'interactive', interactive: { type: 'button', body: { text: 'Pick' }, action: { buttons } } });
const list = (sections: Json[], more: Json = {}): Json => ({ type: 'interactive', interactive: { type: 'list', body: { text: 'B' }, action: { button: 'Open', sections, ...more } } });

test('every type of a message is accepted and arrives at the phone', async () => {
  const image = await upload('image/png', PNG);
  const audio = await upload('audio/ogg; codecs=opus', Buffer.from('OggS0000'));
  const video = await upload('video/mp4', Buffer.from('not really a film'));
  const pdf = await upload('application/pdf', Buffer.from('%PDF-1.4 little'));
  const sticker = await upload('image/webp', Buffer.from('RIFF0000WEBPVP8 0000'));
  const messages: Json[] = [
    { type: 'text', text: { body: 'hi https://e.test', preview_url: true } },
    { text: { body: 'without a type it is text' } },
    { type: 'image', image: { id: image, caption: 'c' } },
    { type: 'audio', audio: { id: audio, voice: true } },
    { type: 'video', video: { id: video, caption: 'c' } },
    { type: 'document', document: { id: pdf, filename: 'a.pdf', caption: 'c' } },
    { type: 'sticker', sticker: { id: sticker } },
    { type: 'location', location: { latitude: '37.44', longitude: -122.16, name: 'X', address: 'Y' } },
    { type: 'contacts', contacts: [{ name: { formatted_name: 'A B', first_name: 'A' }, phones: [{ phone: '+1555', type: 'CELL', wa_id: '1555' }], birthday: '2000-01-31' }] },
    button(reply('a', 'Yes'), reply('b', 'No')),
    { type: 'interactive', interactive: { type: 'button', header: { type: 'image', image: { id: image } }, body: { text: 'B' }, footer: { text: 'F' }, action: { buttons: [reply('a', 'Yes')] } } },
    list([{ title: 'S', rows: [row(1), row(2)] }, { title: 'T', rows: [row(3)] }]),
    { type: 'interactive', interactive: { type: 'cta_url', body: { text: 'B' }, action: { name: 'cta_url', parameters: { display_text: 'Go', url: 'https://e.test' } } } },
    { type: 'interactive', interactive: { type: 'flow', body: { text: 'B' }, action: { name: 'flow', parameters: { flow_message_version: '3', flow_id: '123', flow_token: 't', flow_cta: 'Start', flow_action: 'navigate', mode: 'published', flow_action_payload: { screen: 'S1', data: { k: 'v' } } } } } },
    { type: 'interactive', interactive: { type: 'product', body: { text: 'B' }, action: { catalog_id: '1', product_retailer_id: 'sku' } } },
    { type: 'interactive', interactive: { type: 'product_list', header: { type: 'text', text: 'H' }, body: { text: 'B' }, action: { catalog_id: '1', sections: [{ title: 'S', product_items: [{ product_retailer_id: 'sku' }] }] } } },
    { type: 'interactive', interactive: { type: 'catalog_message', body: { text: 'B' }, action: { name: 'catalog_message', parameters: { thumbnail_product_retailer_id: 'sku' } } } },
    { type: 'interactive', interactive: { type: 'location_request_message', body: { text: 'Where?' }, action: { name: 'send_location' } } },
    { type: 'interactive', interactive: { type: 'address_message', body: { text: 'B' }, action: { name: 'address_message', parameters: { country: 'IN', values: { name: 'A' } } } } },
    { type: 'interactive', interactive: { type: 'call_permission_request', body: { text: 'B' }, action: { name: 'call_permission_request' } } },
    { type: 'interactive', interactive: { type: 'carousel', body: { text: 'B' }, action: { cards: [0, 1].map((at) => ({ card_index: at, type: 'cta_url', header: { type: 'image', image: { id: image } }, body: { text: 'C' }, action: { name: 'cta_url', parameters: { display_text: 'Go', url: 'https://e.test' } } })) } } },
    { type: 'template', template: { name: 'hello_world', language: { code: 'en_US' } } },
  ];
  const ids: string[] = [];
  for (const message of messages) {
    const answer = await sandbox.send({ to: PHONE, ...message });
    assert.equal(answer.status, 200, `${JSON.stringify(message)} → ${JSON.stringify(answer.body)}`);
    ids.push(String(answer.body['messages']?.[0]?.['id']));
  }
  const reaction = await sandbox.send({ to: PHONE, type: 'reaction', reaction: { message_id: ids[0], emoji: '👍🏽' } });
  assert.equal(reaction.status, 200);
  const listed = await sandbox.messages(PHONE);
  const received = listed.filter((message) => message['direction'] === 'in');
  assert.deepEqual(received.map((message) => message['id']).slice(0, ids.length), ids, 'oldest first');
  assert.deepEqual(received[0]?.['payload'], { messaging_product: 'whatsapp', to: PHONE, type: 'text', text: { body: 'hi https://e.test', preview_url: true } });
});

test('the answer names the recipient as given and as WhatsApp knows it', async () => {
  const cases: [string, string][] = [
    ['+56 9 1111-1111', '56911111111'], ['56911111111', '56911111111'], ['+55 31 98765 4321', '553187654321'], ['+55 (11) 98765-4321', '5511987654321'],
    ['+52 55 1234 5678', '5215512345678'], ['+54 11 2345-6789', '5491123456789'], ['222345678', '56222345678'],
  ];
  for (const [input, waId] of cases) {
    const { body } = await sandbox.send({ to: input, type: 'template', template: { name: 'hello_world', language: { code: 'en_US' } } });
    const contact = body['contacts']?.[0];
    assert.equal(contact?.['input'], input);
    assert.equal(contact?.['wa_id'], waId);
    assert.equal(body['messages']?.[0]?.['message_status'], 'accepted');
    assert.match(String(body['messages']?.[0]?.['id']), /^wamid\.HBg/);
  }
});

test('a business-scoped user id reaches the phone, without its number when that is not shared', async () => {
  const phone = (await sandbox.call('PATCH', '/sandbox/phones/56922222222', { share_number: false, username: 'benito' })).body;
  const inbound = await sandbox.write('56922222222', { type: 'text', text: 'soy yo' });
  assert.equal(inbound.status, 201);
  const { status, body } = await sandbox.send({ recipient: phone['bsuid'], type: 'text', text: { body: 'hola' } });
  assert.equal(status, 200);
  assert.deepEqual(body['contacts'] as unknown, [{ input: phone['bsuid'], user_id: phone['bsuid'] }]);
  const otp = await sandbox.send({ recipient: phone['bsuid'], type: 'template', template: { name: 'codigo_de_acceso', language: { code: 'es' } } });
  assert.equal(otp.body['error']?.['code'], 131062);
  const unknown = await sandbox.send({ recipient: 'CL.1', type: 'text', text: { body: 'x' } });
  assert.equal(unknown.body['error']?.['code'], 131009);
});

test('what is wrong with a message is said with the code Meta uses', async () => {
  const long = (length: number): string => 'x'.repeat(length);
  const wrong: [string, Json, number][] = [
    ['no product', { messaging_product: 'sms', to: PHONE, type: 'text', text: { body: 'x' } }, 100],
    ['no recipient', { type: 'text', text: { body: 'x' } }, 100],
    ['no number', { to: 'ana', type: 'text', text: { body: 'x' } }, 131009],
    ['a group', { to: PHONE, recipient_type: 'group', type: 'text', text: { body: 'x' } }, 100],
    ['to itself', { to: '56220000000', type: 'text', text: { body: 'x' } }, 131021],
    ['unknown type', { to: PHONE, type: 'poll', poll: {} }, 131051],
    ['no text', { to: PHONE, type: 'text' }, 131008],
    ['empty text', { to: PHONE, type: 'text', text: { body: '' } }, 131008],
    ['long text', { to: PHONE, type: 'text', text: { body: long(4097) } }, 100],
    ['text is no object', { to: PHONE, type: 'text', text: 'x' }, 100],
    ['long callback data', { to: PHONE, type: 'text', text: { body: 'x' }, biz_opaque_callback_data: long(513) }, 100],
    ['unknown media', { to: PHONE, type: 'image', image: { id: '123456' } }, 131009],
    ['both id and link', { to: PHONE, type: 'image', image: { id: '1', link: 'https://e.test' } }, 131009],
    ['neither', { to: PHONE, type: 'image', image: {} }, 131008],
    ['no URL', { to: PHONE, type: 'image', image: { link: 'ftp://e.test' } }, 131009],
    ['long caption', { to: PHONE, type: 'image', image: { link: 'https://e.test', caption: long(1025) } }, 100],
    ['caption on audio', { to: PHONE, type: 'audio', audio: { link: 'https://e.test', caption: 'c' } }, 100],
    ['latitude', { to: PHONE, type: 'location', location: { latitude: 91, longitude: 0 } }, 131009],
    ['no longitude', { to: PHONE, type: 'location', location: { latitude: 1 } }, 131008],
    ['nameless contact', { to: PHONE, type: 'contacts', contacts: [{ name: { formatted_name: 'A' } }] }, 131008],
    ['no contacts', { to: PHONE, type: 'contacts', contacts: [] }, 131009],
    ['no emoji', { to: PHONE, type: 'reaction', reaction: { message_id: 'wamid.X', emoji: 'abc' } }, 131009],
    ['emoji missing', { to: PHONE, type: 'reaction', reaction: { message_id: 'wamid.X' } }, 131008],
    ['unknown interactive', { to: PHONE, type: 'interactive', interactive: { type: 'poll', body: { text: 'x' }, action: {} } }, 131009],
    ['four buttons', { to: PHONE, ...button(...[1, 2, 3, 4].map((at) => reply(`${at}`, `T${at}`))) }, 131009],
    ['long button', { to: PHONE, ...button(reply('a', long(21))) }, 131009],
    ['same id twice', { to: PHONE, ...button(reply('a', 'A'), reply('a', 'B')) }, 131009],
    ['same title twice', { to: PHONE, ...button(reply('a', 'A'), reply('b', 'A')) }, 131009],
    ['long button id', { to: PHONE, ...button(reply(long(257), 'A')) }, 131009],
    ['eleven rows', { to: PHONE, ...list([{ title: 'S', rows: [1, 2, 3, 4, 5, 6].map(row) }, { title: 'T', rows: [7, 8, 9, 10, 11].map(row) }]) }, 131009],
    ['section without a title', { to: PHONE, ...list([{ title: 'S', rows: [row(1)] }, { rows: [row(2)] }]) }, 131008],
    ['long row title', { to: PHONE, ...list([{ rows: [{ id: 'r', title: long(25) }] }]) }, 131009],
    ['long row description', { to: PHONE, ...list([{ rows: [{ id: 'r', title: 'T', description: long(73) }] }]) }, 131009],
    ['long list button', { to: PHONE, ...list([{ rows: [row(1)] }], { button: long(21) }) }, 131009],
    ['long body', { to: PHONE, type: 'interactive', interactive: { type: 'button', body: { text: long(1025) }, action: { buttons: [reply('a', 'A')] } } }, 131009],
    ['long footer', { to: PHONE, type: 'interactive', interactive: { type: 'button', body: { text: 'B' }, footer: { text: long(61) }, action: { buttons: [reply('a', 'A')] } } }, 131009],
    ['image header on a list', { to: PHONE, type: 'interactive', interactive: { type: 'list', header: { type: 'image', image: { link: 'https://e.test' } }, body: { text: 'B' }, action: { button: 'O', sections: [{ rows: [row(1)] }] } } }, 131009],
    ['products without a header', { to: PHONE, type: 'interactive', interactive: { type: 'product_list', body: { text: 'B' }, action: { catalog_id: '1', sections: [] } } }, 131008],
    ['both flow_id and flow_name', { to: PHONE, type: 'interactive', interactive: { type: 'flow', body: { text: 'B' }, action: { name: 'flow', parameters: { flow_message_version: '3', flow_id: '1', flow_name: 'n', flow_cta: 'S' } } } }, 131008],
    ['payload with data_exchange', { to: PHONE, type: 'interactive', interactive: { type: 'flow', body: { text: 'B' }, action: { name: 'flow', parameters: { flow_message_version: '3', flow_id: '1', flow_cta: 'S', flow_action: 'data_exchange', flow_action_payload: { screen: 'x' } } } } }, 131009],
    ['one card', { to: PHONE, type: 'interactive', interactive: { type: 'carousel', body: { text: 'B' }, action: { cards: [{}] } } }, 131009],
    ['read of nothing', { status: 'read', message_id: 'wamid.NONE' }, 131009],
  ];
  for (const [name, message, code] of wrong) {
    const { status, body } = await sandbox.send(message);
    assert.equal(body['error']?.['code'], code, `${name}: ${JSON.stringify(body)}`);
    assert.equal(status, 400, name);
    const { error } = body;
    assert.equal(error?.['type'], 'OAuthException');
    assert.ok(String(error?.['fbtrace_id']).length > 10);
    assert.ok(String(error?.['error_data']?.['details']).length > 5, name);
  }
});

test('a token is needed, a foreign object does not exist, and a broken body is said to be broken', async () => {
  const path = `/v25.0/${sandbox.config.phone_number_id}/messages`;
  for (const headers of [{}, { authorization: 'Bearer nonsense' }] as Record<string, string>[]) {
    const { status, body } = await sandbox.call('POST', path, {}, headers);
    assert.equal(status, 401);
    assert.equal(body['error']?.['code'], 190);
  }
  const other = (await sandbox.call('POST', '/sandbox/numbers', { own_app: true })).body;
  const foreign = await sandbox.graph('POST', `/${String(other['phone_number_id'])}/messages`, { messaging_product: 'whatsapp', to: PHONE, type: 'text', text: { body: 'x' } });
  assert.equal(foreign.body['error']?.['code'], 100);
  assert.equal(foreign.body['error']?.['error_subcode'], 33);
  const broken = await sandbox.call('POST', path, '{"messaging_product":', { authorization: `Bearer ${sandbox.config.access_token}`, 'content-type': 'application/json' });
  assert.equal(broken.status, 400);
  assert.equal(broken.body['error']?.['code'], 100);
});

test('versions are optional and the headers say which one answered', async () => {
  const id = sandbox.config.phone_number_id;
  for (const [path, version] of [[`/${id}`, 'v25.0'], [`/v23.0/${id}`, 'v23.0'], [`/v16.0/${id}`, 'v21.0']] as const) {
    const { status, headers } = await sandbox.graph('GET', path);
    assert.equal(status, 200);
    assert.equal(headers['facebook-api-version'], version);
    assert.ok(String(headers['x-business-use-case-usage']).includes(sandbox.config.waba_id));
    assert.ok(headers['x-fb-trace-id'] !== undefined);
  }
});

test('a quote and the callback data stay with the message', async () => {
  const first = await sandbox.write(PHONE, { type: 'text', text: 'pregunta' });
  const sent = await sandbox.send({ to: PHONE, type: 'text', text: { body: 'respuesta' }, context: { message_id: first.body['id'] }, biz_opaque_callback_data: 'our-1 ñ' });
  const id = sent.body['messages']?.[0]?.['id'];
  const seen = (await sandbox.messages(PHONE)).find((message) => message['id'] === id);
  assert.deepEqual(seen?.['context'] as unknown, { message_id: first.body['id'] });
  assert.equal(seen?.['biz_opaque_callback_data'], 'our-1 ñ');
  assert.equal(seen?.['direction'], 'in');
  const outbox = (await sandbox.call('GET', '/sandbox/outbox?limit=10000')).body;
  assert.ok((outbox['messages'] as unknown as Json[]).some((message) => message['id'] === id && message['biz_opaque_callback_data'] === 'our-1 ñ'));
});
