import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import type { BridgeMessage } from '@centralita/contracts/bridge';
import { waitFor } from '../../../test/harness/wait.ts';
import { Bed, type Answer, type HostProcess, type Json } from './testing/bed.ts';

const LINE = '56911110001';
const ANA = '56961234567';
const BEA = '56961234568';
let bed: Bed;
let host: HostProcess;
let serial = 0;

// 1 × 1 PNG.
const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==', 'base64');

before(async (t) => {
  bed = await Bed.open(t as never, { BRIDGE_ACK_SECONDS: '1' });
  host = await bed.host();
  await bed.linked(host, 'ventas', LINE);
});

const send = async (content: unknown, { to = ANA, quote }: { to?: string; quote?: string } = {}): Promise<string> => {
  const id = `3EB0${String(serial += 1).padStart(18, '0')}`;
  const answer = await bed.call(host, 'POST', '/sessions/ventas/messages', { to, id, content, ...(quote ? { quote } : {}) });
  assert.equal(answer.status, 200, JSON.stringify(answer.body));
  return id;
};
/** What the phone has of a message. */
const phoneHas = (id: string, phone = ANA): Promise<Json> => waitFor(async () => (await bed.sandbox.messages(phone)).find((m) => m['id'] === id) as Json | undefined, { what: `the phone to have ${id}` });
const write = async (message: Record<string, unknown>): Promise<BridgeMessage> => {
  const { status, body } = await bed.sandbox.write(ANA, { to: LINE, ...message });
  assert.ok(status < 300, JSON.stringify(body));
  return bed.heard('message', (e) => e.id === body['id']);
};
const upload = async (bytes: Buffer): Promise<string> => {
  const { status, body } = await bed.call(host, 'POST', '/sessions/ventas/files', bytes);
  assert.equal(status, 200, JSON.stringify(body));
  return String(body['file']);
};

test('what is sent: each kind arrives as it is', async () => {
  const file = await upload(PNG);
  const image = await phoneHas(await send({ type: 'image', media: { file, mime_type: 'image/png' }, caption: 'Foto' }));
  assert.equal(image['type'], 'image');
  for (const [type, mime] of [['video', 'video/mp4'], ['audio', 'audio/ogg; codecs=opus'], ['document', 'application/pdf'], ['sticker', 'image/webp']] as const) {
    const got = await phoneHas(await send({ type, media: { file, mime_type: mime, filename: 'informe.pdf', ...(type === 'audio' ? { voice: true } : {}) } }));
    assert.equal(got['type'], type);
  }
  const place = await phoneHas(await send({ type: 'location', latitude: -33.45, longitude: -70.66, name: 'Plaza' }));
  assert.equal(place['type'], 'location');
  const card = await phoneHas(await send({ type: 'contacts', contacts: [{ name: 'Bea', vcard: 'BEGIN:VCARD\nVERSION:3.0\nFN:Bea\nTEL;waid=56961234568:+56961234568\nEND:VCARD' }] }));
  assert.equal(card['type'], 'contacts');
});

test('what comes: each kind as it is, files as they were', async () => {
  assert.deepEqual((await write({ type: 'text', text: 'Hola' })).content, { type: 'text', text: 'Hola' });
  const image = await write({ type: 'image', image: { data: PNG.toString('base64'), mime_type: 'image/png', caption: 'Mira' } });
  assert.equal(image.content.type, 'image');
  if (image.content.type !== 'image') return;
  assert.equal(image.content.caption, 'Mira');
  assert.doesNotMatch(image.content.media.remote_id, /mediaKey|mms/, 'the reference is sealed');
  const fetched = await bed.call(host, 'POST', '/sessions/ventas/media', { remote_id: image.content.media.remote_id });
  assert.deepEqual([fetched.status, fetched.type, fetched.raw.equals(PNG)], [200, 'image/png', true]);
  assert.equal((await bed.call(host, 'POST', '/sessions/ventas/media', { remote_id: 'something else' })).status, 400);
  const place = await write({ type: 'location', location: { latitude: -33.45, longitude: -70.66, name: 'Plaza' } });
  assert.deepEqual(place.content, { type: 'location', latitude: -33.45, longitude: -70.66, name: 'Plaza' });
  const document = await write({ type: 'document', document: { data: Buffer.from('%PDF-1.4').toString('base64'), mime_type: 'application/pdf', filename: 'cv.pdf' } });
  assert.equal(document.content.type === 'document' && document.content.media.filename, 'cv.pdf');
  const voice = await write({ type: 'audio', audio: { data: Buffer.from('OggS').toString('base64'), mime_type: 'audio/ogg', voice: true } });
  assert.equal(voice.content.type === 'audio' && voice.content.media.voice, true);
});

test('quotes, reactions, edits and deletions name the same message on both sides', async () => {
  const ours = await send({ type: 'text', text: 'Pregunta' });
  await phoneHas(ours);
  const answer = await write({ type: 'text', text: 'Respuesta', context: { message_id: ours } });
  assert.equal(answer.quote?.id, ours);
  const liked = await write({ type: 'reaction', reaction: { message_id: ours, emoji: '👍' } });
  assert.deepEqual(liked.content, { type: 'reaction', id: ours, emoji: '👍' });
  const quoting = await phoneHas(await send({ type: 'text', text: 'Gracias' }, { quote: answer.id }));
  assert.equal(quoting['context']?.['id'] ?? quoting['payload']?.['context']?.['id'] ?? JSON.stringify(quoting).includes(answer.id), true);
  await send({ type: 'reaction', id: answer.id, emoji: '❤️' });
  await send({ type: 'edit', id: ours, text: 'Pregunta corregida' });
  await send({ type: 'revoke', id: ours });
  const strange = await bed.call(host, 'POST', '/sessions/ventas/messages', { to: ANA, content: { type: 'edit', id: answer.id, text: 'x' } });
  assert.deepEqual([strange.status, strange.body['code']], [400, 'bridge.content']);
});

test('read, typing and looking numbers up', async () => {
  const message = await write({ type: 'text', text: '¿Hay alguien?' });
  assert.equal((await bed.call(host, 'POST', '/sessions/ventas/read', { ids: [message.id] })).status, 200);
  await waitFor(async () => (await bed.sandbox.messages(ANA)).find((m) => m['id'] === message.id)?.['status'] === 'read', { what: 'the tick on the phone' });
  assert.equal((await bed.call(host, 'POST', '/sessions/ventas/typing', { to: ANA })).status, 200);
  await bed.sandbox.call('POST', '/sandbox/phones', { number: '56961239999' });
  await bed.sandbox.call('PATCH', '/sandbox/phones/56961239999', { on_whatsapp: false });
  const { body } = await bed.call(host, 'POST', '/sessions/ventas/lookup', { phones: [`+${ANA}`, '56961239999'] });
  assert.deepEqual((body['results'] as unknown as { phone: string; exists: boolean }[]).map((r) => [r.phone, r.exists]), [[ANA, true], ['56961239999', false]]);
  const nobody = await bed.call(host, 'POST', '/send', { session_name: 'ventas', to: '56961239999', message: 'x' });
  assert.deepEqual([nobody.status, nobody.body['code']], [422, 'bridge.not_on_whatsapp']);
});

test('what WhatsApp refuses is an answer with its code; what it does not confirm is written, and told later', async () => {
  const scope = { kind: 'web_message', direction: 'in', phone_number_id: `${LINE}@s.whatsapp.net`, times: 1 };
  await bed.sandbox.call('POST', '/sandbox/faults', { ...scope, how: 'nack', code: 463 });
  const refused = await bed.call(host, 'POST', '/send', { session_name: 'ventas', to: ANA, message: 'x' });
  assert.deepEqual([refused.status, refused.body['code'], refused.body['whatsapp_code']], [422, 'bridge.refused', '463']);
  await bed.sandbox.call('POST', '/sandbox/faults', { ...scope, how: 'delay', ms: 1500 });
  const slow = await bed.call(host, 'POST', '/send', { session_name: 'ventas', to: ANA, message: 'tarde' });
  assert.deepEqual([slow.status, slow.body['status']], [200, 'written']);
  await bed.heard('status', (e) => e.id === String(slow.body['id']) && e.status === 'sent');
});

test('a message that cannot be decrypted comes when its sender was asked again', async () => {
  await bed.sandbox.call('POST', '/sandbox/faults', { kind: 'web_message', direction: 'out', how: 'corrupt', phone_number_id: `${LINE}@s.whatsapp.net`, times: 1 });
  assert.deepEqual((await write({ type: 'text', text: 'a la segunda' })).content, { type: 'text', text: 'a la segunda' });
});

test('groups: made, changed, written to, heard from', async () => {
  for (const number of [ANA, BEA]) await bed.sandbox.call('POST', '/sandbox/phones', { number });
  const made = await bed.call(host, 'POST', '/sessions/ventas/groups', { subject: 'Vecinos', members: [ANA] });
  assert.equal(made.status, 201, JSON.stringify(made.body));
  const group = made.body['group']!['id'] as string;
  const members = (answer: Answer): unknown => (answer.body['members'] as unknown as { done: boolean }[]).map((m) => m.done);
  const act = (action: string, who: string): Promise<Answer> => bed.call(host, 'POST', `/sessions/ventas/groups/${group}/members`, { action, members: [who] });
  assert.deepEqual(members(await act('add', BEA)), [true]);
  assert.deepEqual(members(await act('promote', BEA)), [true]);
  assert.deepEqual(members(await act('demote', BEA)), [true]);
  const renamed = await bed.call(host, 'PATCH', `/sessions/ventas/groups/${group}`, { subject: 'Vecinas' });
  assert.equal(renamed.body['group']!['subject'], 'Vecinas');
  assert.deepEqual((renamed.body['group']!['members'] as unknown as { phone: string; role: string }[]).map((m) => [m.phone, m.role]), [[LINE, 'superadmin'], [ANA, 'member'], [BEA, 'member']]);
  assert.deepEqual((((await bed.call(host, 'GET', '/sessions/ventas/groups')).body['groups']) as unknown as { id: string }[]).map((g) => g.id), [group]);
  await phoneHas(await send({ type: 'text', text: 'A todas' }, { to: group }), BEA);
  const { body } = await bed.sandbox.write(ANA, { to: group, type: 'text', text: 'Presente' });
  const heard = await bed.heard('message', (e) => e.id === body['id']);
  assert.deepEqual([heard.group?.id, heard.peer.phone], [group, ANA]);
  assert.deepEqual(members(await act('remove', BEA)), [true]);
  for (const change of ['added', 'promoted', 'demoted', 'subject', 'removed']) await bed.heard('group', (e) => e.group.id === group && e.change === change);
});
