import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Content, contentText, NO_TIME, type InboundEvent, type InboundMessage, type StatusUpdate } from '../../messaging/index.ts';
import { ParseError } from '../contract.ts';
import { parseWebhook } from './parse-webhook.ts';

const METADATA = { display_phone_number: '56220001111', phone_number_id: '7001' };
const ANA = { profile: { name: 'Ana', username: '@ana.b' }, wa_id: '56911112222', user_id: 'CL.1349', parent_user_id: 'CL.ENT.11' };
type Json = Record<string, unknown>;

function body(...changes: Json[]): Buffer {
  return Buffer.from(JSON.stringify({ object: 'whatsapp_business_account', entry: [{ id: '9001', time: 1749416000, changes }] }));
}
function change(value: Json, field = 'messages'): Json {
  return { field, value: { messaging_product: 'whatsapp', metadata: METADATA, ...value } };
}
function wireMessage(type: string, inner: unknown, more: Json = {}): Json {
  return { from: '56911112222', id: 'wamid.IN', timestamp: '1749416383', type, ...(inner === undefined ? {} : { [type]: inner }), ...more };
}
function one(type: string, inner: unknown, more: Json = {}): InboundMessage {
  const events = parseWebhook(body(change({ contacts: [ANA], messages: [wireMessage(type, inner, more)] })));
  const [message] = events;
  assert.equal(message?.kind, 'message');
  Content.parse(message.content);
  return message;
}
function status(wire: Json): StatusUpdate {
  const [event] = parseWebhook(body(change({ statuses: [wire] })));
  assert.equal(event?.kind, 'status');
  return event;
}

test('a text message, with everything about it', () => {
  const message = one('text', { body: 'hola' }, {
    from_user_id: 'CL.1349', from_parent_user_id: 'CL.ENT.11', group_id: 'GRP',
    context: { from: '56220001111', id: 'wamid.OUT', frequently_forwarded: true, referred_product: { catalog_id: '1', product_retailer_id: 'sku' } },
    referral: { source_id: '120', ctwa_clid: 'Aff' }, from_logical_id: '131',
  });
  assert.deepEqual(message, {
    kind: 'message', key: 'm:wamid.IN', line: { kind: 'number', id: '7001', display: '56220001111', waba_id: '9001' }, at: '2025-06-08T20:59:43.000Z',
    remote_id: 'wamid.IN', direction: 'in', group_id: 'GRP', content: { type: 'text', text: 'hola' },
    peer: { name: 'Ana', addresses: [{ kind: 'phone', value: '56911112222' }, { kind: 'bsuid', value: 'CL.1349' }, { kind: 'parent_bsuid', value: 'CL.ENT.11' }, { kind: 'username', value: 'ana.b' }] },
    context: { remote_id: 'wamid.OUT', from: '56220001111', forwarded: true, extra: { frequently_forwarded: true, referred_product: { catalog_id: '1', product_retailer_id: 'sku' } } },
    referral: { source_id: '120', ctwa_clid: 'Aff' }, extra: { from_logical_id: '131' },
  });
});

const MEDIA = { id: 'M1', mime_type: 'audio/ogg; codecs=opus', sha256: 'abc=', url: 'https://lookaside.test/x' };
const READ_MEDIA = { remote_id: 'M1', mime_type: 'audio/ogg; codecs=opus', sha256: 'abc=', link: 'https://lookaside.test/x' };
const contents: [name: string, type: string, inner: unknown, expected: Json][] = [
  ['image', 'image', { ...MEDIA, caption: 'c' }, { type: 'image', media: READ_MEDIA, caption: 'c' }],
  ['video', 'video', MEDIA, { type: 'video', media: READ_MEDIA }],
  ['voice note', 'audio', { ...MEDIA, voice: true }, { type: 'audio', media: { ...READ_MEDIA, voice: true } }],
  ['document', 'document', { ...MEDIA, filename: 'a.pdf' }, { type: 'document', media: { ...READ_MEDIA, filename: 'a.pdf' } }],
  ['sticker', 'sticker', { ...MEDIA, animated: false }, { type: 'sticker', media: { ...READ_MEDIA, animated: false } }],
  ['location', 'location', { latitude: -33.4, longitude: '-70.6', name: 'Plaza' }, { type: 'location', latitude: -33.4, longitude: -70.6, name: 'Plaza' }],
  ['reaction', 'reaction', { message_id: 'wamid.O', emoji: '😀' }, { type: 'reaction', remote_id: 'wamid.O', emoji: '😀' }],
  ['reaction taken back', 'reaction', { message_id: 'wamid.O' }, { type: 'reaction', remote_id: 'wamid.O', emoji: '' }],
  ['button reply', 'interactive', { type: 'button_reply', button_reply: { id: 'a', title: 'Sí' } }, { type: 'button_reply', id: 'a', title: 'Sí' }],
  ['list reply', 'interactive', { type: 'list_reply', list_reply: { id: 'r', title: 'R', description: 'D' } }, { type: 'list_reply', id: 'r', title: 'R', description: 'D' }],
  ['flow reply', 'interactive', { type: 'nfm_reply', nfm_reply: { response_json: '{"a":1}', body: 'Sent', name: 'flow' } }, { type: 'flow_reply', name: 'flow', body: 'Sent', response: { a: 1 } }],
  ['flow reply that is no JSON', 'interactive', { type: 'nfm_reply', nfm_reply: { response_json: '{' } }, { type: 'flow_reply', response: '{' }],
  ['call permission', 'interactive', { type: 'call_permission_reply', call_permission_reply: { response: 'accept', response_source: 'user_action' } },
    { type: 'interactive', body: 'accept', interactive: { type: 'call_permission_reply', call_permission_reply: { response: 'accept', response_source: 'user_action' } } }],
  ['interactive of tomorrow', 'interactive', { type: 'hologram', hologram: {} }, { type: 'unknown', wire_type: 'interactive', payload: { type: 'hologram', hologram: {} } }],
  ['template button', 'button', { payload: 'P', text: 'Stop' }, { type: 'template_button', payload: 'P', text: 'Stop' }],
  ['order with numbers as text', 'order', { catalog_id: '1', text: 'thanks', product_items: [{ product_retailer_id: 'sku', quantity: '2', item_price: '30.5', currency: 'CLP' }] },
    { type: 'order', catalog_id: '1', text: 'thanks', items: [{ product: 'sku', quantity: 2, price: 30.5, currency: 'CLP' }] }],
  ['edit', 'edit', { original_message_id: 'wamid.O', message: { type: 'text', text: { body: 'new' } } },
    { type: 'edit', remote_id: 'wamid.O', text: 'new', message: { type: 'text', text: { body: 'new' } } }],
  ['edited caption', 'edit', { original_message_id: 'wamid.O', message: { type: 'image', image: { caption: 'new' } } },
    { type: 'edit', remote_id: 'wamid.O', text: 'new', message: { type: 'image', image: { caption: 'new' } } }],
  ['revoke', 'revoke', { original_message_id: 'wamid.O' }, { type: 'revoke', remote_id: 'wamid.O' }],
  ['first opening', 'request_welcome', undefined, { type: 'welcome_request' }],
  ['a type of tomorrow', 'poll', { q: 1 }, { type: 'unknown', wire_type: 'poll', payload: { q: 1 } }],
  ['a type that hides in Object', 'constructor', undefined, { type: 'unknown', wire_type: 'constructor', payload: { from: '56911112222', id: 'wamid.IN', timestamp: '1749416383', type: 'constructor' } }],
  ['text that is none', 'text', { body: 7 }, { type: 'unknown', wire_type: 'text', payload: { body: 7 } }],
  ['location without coordinates', 'location', { name: 'x' }, { type: 'unknown', wire_type: 'location', payload: { name: 'x' } }],
];
for (const [name, type, inner, expected] of contents) {
  test(`inbound ${name}`, () => {
    const message = one(type, inner);
    assert.deepEqual(message.content, expected);
    assert.equal(message.extra, undefined);
  });
}

test('a missing type is read off its field', () => {
  const [event] = parseWebhook(body(change({ messages: [wireMessage('text', { body: 'x' }, { type: undefined })] })));
  assert.deepEqual(event?.kind === 'message' && event.content, { type: 'text', text: 'x' });
});

test('cards without a name, with a vcard, as an answer to a request', () => {
  const vcard = 'BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Luis Per\r\n ez\r\nitem1.TEL;type=CELL;waid=56933334444:+56 9 3333 4444\r\nEMAIL:luis@ej.test\r\nEND:VCARD';
  const { content } = one('contacts', [
    { name: { formatted_name: 'Ana B', first_name: 'Ana' }, phones: [{ phone: '+56911112222', wa_id: '56911112222', type: 'CELL' }], org: { company: 'X' } },
    { vcard, origin: 'contact_request' },
    { phones: [{ phone: '+1555' }] },
    { name: { first_name: 'Eva', last_name: 'Roa' } },
  ]);
  assert.equal(content.type, 'contacts');
  assert.deepEqual(content.contacts.map((c) => [c.name, c.phones[0]?.phone]), [['Ana B', '+56911112222'], ['Luis Perez', '+56 9 3333 4444'], ['+1555', '+1555'], ['Eva Roa', undefined]]);
  assert.equal(content.contacts[1]!.emails[0]!.email, 'luis@ej.test');
  assert.deepEqual(content.contacts[1]!.wire, { vcard, origin: 'contact_request' });
  assert.match(contentText(content), /Luis Perez \+56 9 3333 4444/);
});

test('what the carrier cannot show comes with its reason', () => {
  const errors = [{ code: 131051, title: 'Message type unknown' }];
  assert.deepEqual(one('unsupported', { type: 'poll' }, { errors }).content, { type: 'unsupported', wire_type: 'poll', errors });
  assert.deepEqual(one('ephemeral', undefined, { errors }).content, { type: 'unsupported', wire_type: 'ephemeral', errors });
  assert.deepEqual(one('unknown', undefined).content, { type: 'unsupported', wire_type: 'unknown', errors: [] });
  const bare = one('interactive', { type: 'button_reply' }, { errors });
  assert.deepEqual(bare.content, { type: 'unsupported', wire_type: 'interactive.button_reply', errors });
  const large = one('video', { mime_type: 'video/mp4' }, { errors: [{ code: 131052 }] });
  assert.deepEqual([large.content, large.extra], [{ type: 'unsupported', wire_type: 'video', errors: [{ code: 131052 }] }, { video: { mime_type: 'video/mp4' } }]);
  assert.deepEqual(one('text', { body: 'x' }, { errors }).extra, { errors });
});

test('a change of number also tells who became whom', () => {
  const parse = (system: Json, more: Json = {}) => parseWebhook(body(change({ messages: [{ ...wireMessage('system', system), ...more }] })));
  const [message, identity] = parse({ body: 'Ana changed', wa_id: '56955556666', type: 'user_changed_number' });
  assert.deepEqual(message?.kind === 'message' && message.content, { type: 'system', event: 'user_changed_number', text: 'Ana changed', data: { wa_id: '56955556666' } });
  assert.deepEqual(identity, {
    kind: 'identity', key: 'i:m:wamid.IN', line: message?.line, at: message?.at,
    before: { addresses: [{ kind: 'phone', value: '56911112222' }] }, after: { addresses: [{ kind: 'phone', value: '56955556666' }] },
  });
  const [, byId] = parse({ type: 'user_changed_user_id', previous_user_id: 'CL.1', user_id: 'CL.2', parent_user_id: 'CL.ENT.2' }, { from: undefined, from_user_id: 'CL.2' });
  assert.equal(byId?.kind, 'identity');
  assert.deepEqual([byId.before.addresses, byId.after.addresses], [[{ kind: 'bsuid', value: 'CL.1' }], [{ kind: 'bsuid', value: 'CL.2' }, { kind: 'parent_bsuid', value: 'CL.ENT.2' }]]);
  assert.equal(parse({ type: 'customer_identity_changed', hash: 'x' }).length, 1);
});

test('people are found by their ids, not by their place', () => {
  const luis = { profile: { name: 'Luis' }, wa_id: '56933334444' };
  const eva = { profile: { name: 'Eva' }, user_id: 'CL.77' };
  const messages = [
    wireMessage('text', { body: '1' }, { id: 'w1', from: '56933334444' }),
    wireMessage('text', { body: '2' }, { id: 'w2', from: undefined, from_user_id: 'CL.77' }),
    wireMessage('text', { body: '3' }, { id: 'w3' }),
    wireMessage('text', { body: '4' }, { id: 'w4', from: '56900000000' }),
    wireMessage('text', { body: '5' }, { id: 'w5', from: '56933334444' }),
  ];
  const events = parseWebhook(body(change({ contacts: [ANA, eva, luis], messages })));
  assert.deepEqual(events.map((e) => e.kind === 'message' && e.peer.name), ['Luis', 'Eva', 'Ana', undefined, 'Luis']);
});

test('a message without from takes the only contact; a contact nobody needs is kept', () => {
  const [alone] = parseWebhook(body(change({ contacts: [ANA], messages: [wireMessage('text', { body: 'x' }, { from: undefined })] })));
  assert.equal(alone?.kind === 'message' && alone.peer.name, 'Ana');
  const [stranger] = parseWebhook(body(change({ contacts: [ANA], messages: [wireMessage('text', { body: 'x' }, { from: '56900000000' })] })));
  assert.equal(stranger?.kind, 'message');
  assert.deepEqual([stranger.peer, stranger.extra], [{ addresses: [{ kind: 'phone', value: '56900000000' }] }, { contacts: [ANA] }]);
  const [noContacts] = parseWebhook(body(change({ messages: [wireMessage('text', { body: 'x' })] })));
  assert.equal(noContacts?.kind, 'message');
});

test('what was sent from the phone is an echo to the person', () => {
  const echo = { from: '56220001111', to: '56911112222', to_user_id: 'CL.1349', id: 'wamid.E', timestamp: '1749416383', type: 'text', text: { body: 'voy' } };
  const [event] = parseWebhook(body(change({ message_echoes: [echo] }, 'smb_message_echoes')));
  assert.equal(event?.kind, 'message');
  assert.deepEqual([event.direction, event.peer.addresses, event.content, event.extra], ['echo', [{ kind: 'phone', value: '56911112222' }, { kind: 'bsuid', value: 'CL.1349' }], { type: 'text', text: 'voy' }, undefined]);
});

test('a status, with everything about it', () => {
  const event = status({
    id: 'wamid.OUT', status: 'failed', timestamp: '1749416400', recipient_id: '56911112222', recipient_user_id: 'CL.1349', parent_recipient_user_id: 'CL.ENT.1',
    biz_opaque_callback_data: 'msg_1', conversation: { id: 'c' }, pricing: { billable: 'true', category: 'utility' },
    errors: [{ code: 131047, title: 'Re-engagement message', message: 'Re-engagement message', error_data: { details: 'More than 24 hours' } }],
  });
  assert.deepEqual(event, {
    kind: 'status', key: 's:wamid.OUT:failed', line: { kind: 'number', id: '7001', display: '56220001111', waba_id: '9001' }, at: '2025-06-08T21:00:00.000Z',
    remote_id: 'wamid.OUT', status: 'failed', correlation: 'msg_1',
    peer: { addresses: [{ kind: 'phone', value: '56911112222' }, { kind: 'bsuid', value: 'CL.1349' }, { kind: 'parent_bsuid', value: 'CL.ENT.1' }] },
    errors: [{ code: '131047', title: 'Re-engagement message', detail: 'More than 24 hours' }],
    pricing: { billable: 'true', category: 'utility' }, extra: { conversation: { id: 'c' } },
  });
});

test('in a group each participant has a status of their own', () => {
  const group = { id: 'wamid.G', status: 'read', timestamp: '1', recipient_id: 'GRP', recipient_type: 'group' };
  const a = status({ ...group, recipient_participant_id: '56911112222' });
  const b = status({ ...group, recipient_participant_id: '56933334444' });
  assert.deepEqual([a.key, b.key, a.group_id, a.peer?.addresses[0]!.value], ['s:wamid.G:read:56911112222', 's:wamid.G:read:56933334444', 'GRP', '56911112222']);
  assert.equal(status(group).peer, undefined);
});

test('a status word of tomorrow is kept as a warning', () => {
  const event = status({ id: 'wamid.O', status: 'teleported', timestamp: '1', foo: 1 });
  assert.deepEqual([event.status, event.key, event.extra], ['warning', 's:wamid.O:teleported', { foo: 1, status: 'teleported' }]);
});

test('opt-outs are preferences', () => {
  const item = { wa_id: '56911112222', detail: 'User requested to stop', category: 'marketing_messages', value: 'stop', timestamp: 1731705721 };
  const events = parseWebhook(body(change({ contacts: [ANA], user_preferences: [item, { ...item, value: 'maybe' }] }, 'user_preferences')));
  assert.equal(events[0]?.kind, 'preference');
  assert.deepEqual([events[0].category, events[0].value, events[0].peer.name, events[0].at, events[0].extra], ['marketing_messages', 'stop', 'Ana', '2024-11-15T21:22:01.000Z', { detail: 'User requested to stop' }]);
  assert.deepEqual([events[1]?.kind, events[1]?.kind === 'account' && events[1].field], ['account', 'user_preferences']);
});

test('account, template and unknown fields keep their payload', () => {
  for (const field of ['account_update', 'message_template_status_update', 'template_category_update', 'phone_number_quality_update', 'history', 'calls', 'standby', 'of_tomorrow']) {
    const value = { event: 'X', nested: { a: [1] } };
    const [event, more] = parseWebhook(body({ field, value, uid: 'kept' }));
    assert.equal(more, undefined);
    assert.deepEqual([event?.kind, event?.kind === 'account' && event.field, event?.kind === 'account' && event.payload, event?.kind === 'account' && event.extra],
      ['account', field, value, { change: { uid: 'kept' } }]);
    assert.deepEqual([event?.line, event?.at], [{ kind: 'waba', id: '9001' }, '2025-06-08T20:53:20.000Z']);
  }
  const [errors] = parseWebhook(body(change({ errors: [{ code: 130429 }] })));
  assert.deepEqual([errors?.kind === 'account' && errors.field, errors?.line.kind], ['errors', 'number']);
  const [empty] = parseWebhook(body(change({ messages: [] })));
  assert.equal(empty?.kind === 'account' && empty.field, 'messages');
});

test('two entries with two messages each are four events, in wire order, statuses between', () => {
  const entry = (n: number) => ({ id: '9001', changes: [change({
    statuses: [{ id: `s${n}`, status: 'sent', timestamp: '1' }],
    messages: [wireMessage('text', { body: 'x' }, { id: `a${n}` }), wireMessage('text', { body: 'y' }, { id: `b${n}` })],
  })] });
  const events = parseWebhook(Buffer.from(JSON.stringify({ object: 'whatsapp_business_account', entry: [entry(1), entry(2)] })));
  assert.deepEqual(events.map((e) => (e.kind === 'message' || e.kind === 'status' ? e.remote_id : '?')), ['s1', 'a1', 'b1', 's2', 'a2', 'b2']);
});

test('fields that we do not know are kept where they were', () => {
  const [event] = parseWebhook(Buffer.from(JSON.stringify({
    entry: [{ id: '9001', uid: 'e', changes: [{ ...change({ contacts: [{ ...ANA, identity_key_hash: 'h', profile: { name: 'Ana', mood: 'm' } }], messages: [wireMessage('text', { body: 'x', style: 's' }, { novel: 1 })], fresh: true }), uid: 'c' }] }],
  })));
  assert.deepEqual(event?.kind === 'message' && event.extra, {
    novel: 1, text: { style: 's' }, contact: { identity_key_hash: 'h', profile: { mood: 'm' } }, entry: { uid: 'e' }, change: { uid: 'c' }, value: { fresh: true },
  });
});

test('malformed parts become account events; the rest is read', () => {
  const good = wireMessage('text', { body: 'x' });
  const bad = [null, 7, 'x', [], { id: 5.5 }, { id: 'no-sender', type: 'text', text: { body: 'x' } }, { ...good, id: undefined }, { ...good, from: '<PHONE>' }];
  const events = parseWebhook(body(change({ messages: [...bad, good] }), null as unknown as Json, { field: 'messages', value: 3 }, { value: {} }));
  assert.deepEqual(events.map((e: InboundEvent) => (e.kind === 'account' ? e.field : e.kind)), [...bad.map(() => 'messages'), 'message', 'change', 'messages', 'change']);
  assert.deepEqual(events.flatMap((e) => (e.kind === 'account' && e.field === 'messages' ? [e.payload] : [])), [...JSON.parse(JSON.stringify(bad)) as unknown[], 3]);
  const numbers = parseWebhook(body(change({ messages: [{ ...good, id: 5, from: 56911112222, timestamp: 1749416383 }] })));
  assert.deepEqual([numbers[0]?.kind, numbers[0]?.key, numbers[0]?.at], ['message', 'm:5', '2025-06-08T20:59:43.000Z']);
});

test('a body that is none is refused as a whole', () => {
  for (const bytes of ['', 'x', '{', 'null', '[]', '{}', '{"entry":{}}', '"entry"', `{"entry":${'['.repeat(5000)}${']'.repeat(5000)}}`]) {
    assert.throws(() => parseWebhook(Buffer.from(bytes)), ParseError, bytes.slice(0, 20));
  }
  assert.deepEqual(parseWebhook(Buffer.from('{"entry":[]}')), []);
});

test('a body of the largest size with the most parts is read', () => {
  const raw = Buffer.from(`{"entry":[{"id":"1","changes":[{"field":"messages","value":{"messages":[${'0,'.repeat(400_000)}0]}}]}]}`);
  assert.equal(parseWebhook(raw).length, 400_001);
});

test('what the database could not hold is mended: NUL, half surrogates, integers beyond 2^53', () => {
  const json = JSON.stringify({ entry: [{ id: '1', changes: [change({ messages: [wireMessage('text', { body: '@' }, { n: 1 })] })] }] })
    .replace('"@"', String.raw`"a\u0000b\ud83dc\ud83d\ude00"`).replace('"n":1', '"n":12345678901234567890');
  const [event] = parseWebhook(Buffer.from(json));
  assert.equal(event?.kind, 'message');
  assert.deepEqual([contentText(event.content), event.extra], ['a\ufffdb\ufffdc😀', { n: '12345678901234567890' }]);
});

test('keys: the same fact gives the same key, other facts others, and none outgrows an index', () => {
  const key = (value: Json, time: unknown = 1) => parseWebhook(Buffer.from(JSON.stringify({ entry: [{ id: '1', time, changes: [{ field: 'account_update', value }] }] })))[0]!.key;
  assert.equal(key({ a: 1, b: { c: 2, d: 3 } }), key({ b: { d: 3, c: 2 }, a: 1 }));
  assert.notEqual(key({ a: 1 }), key({ a: 2 }));
  assert.notEqual(key({ a: 1 }), key({ a: 1 }, 2));
  const long = 'w'.repeat(5000);
  const a = one('text', { body: 'x' }, { id: long });
  assert.deepEqual([a.remote_id, a.key.length < 100], [long, true]);
  assert.notEqual(a.key, one('text', { body: 'x' }, { id: `${long}2` }).key);
});

test('a time that cannot be read is NO_TIME, never an exception', () => {
  for (const timestamp of ['<TIMESTAMP>', null, '-5', '99999999999999999999', {}, 'Infinity']) {
    const [event] = parseWebhook(Buffer.from(JSON.stringify({ entry: [{ id: '1', changes: [change({ messages: [{ ...wireMessage('text', { body: 'x' }), timestamp }] })] }] })));
    assert.equal(event?.at, NO_TIME);
  }
});
