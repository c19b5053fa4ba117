import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { InboundEvent } from '../../messaging/index.ts';
import type { WebhookRequest } from '../contract.ts';
import { venom } from './index.ts';

const { push } = venom;
const request = (body: unknown, over: Partial<WebhookRequest> = {}): WebhookRequest => ({ headers: {}, raw: Buffer.from(JSON.stringify(body)), url: 'https://x/webhook/venom', ip: '127.0.0.1', at: 1_800_000_001_000, ...over });
const read = (body: unknown, at = 1_800_000_001_000): InboundEvent[] => push!.parse(push!.receipt!(request(body, { at })));

test('the webhook of the document is a message of a person to the session, at the time it came', () => {
  const [event] = read({ from: '1234567890', message: 'Quiero comprar', session_name: 'bot_123' });
  assert.ok(event?.kind === 'message');
  assert.deepEqual([event.line, event.peer, event.content, event.direction, event.at], [
    { kind: 'number', id: 'bot_123' }, { addresses: [{ kind: 'phone', value: '1234567890' }] }, { type: 'text', text: 'Quiero comprar' }, 'in', '2027-01-15T08:00:01.000Z',
  ]);
});

test('without an id, the same words of the same person within five seconds are one message; later they are another', () => {
  const body = { from: '+1 234 567 890', message: 'hola', session_name: 's' };
  const keys = [1_800_000_000_000, 1_800_000_004_999, 1_800_000_005_000].map((at) => read(body, at)[0]!.key);
  assert.equal(keys[0], keys[1]);
  assert.notEqual(keys[0], keys[2]);
  assert.notEqual(read({ ...body, message: 'otra' })[0]!.key, read(body)[0]!.key);
});

test('bridges that tell more are understood: groups with who wrote, own messages, quotes, LIDs, names', () => {
  const [group] = read({ session_name: 's', id: { a: 1 }, messageId: 'G1', from: '1203@g.us', author: '56911@c.us', message: 'hola', name: 'Ana', timestamp: 1_800_000_000 });
  assert.ok(group?.kind === 'message');
  assert.deepEqual([group.group_id, group.peer, group.remote_id, group.at], ['1203@g.us', { addresses: [{ kind: 'phone', value: '56911' }], name: 'Ana' }, 'G1', '2027-01-15T08:00:00.000Z']);
  const [echo] = read({ session_name: 's', id: 'E1', from: '1@c.us', to: '56922@c.us', fromMe: true, body: 'yo' });
  assert.ok(echo?.kind === 'message' && echo.direction === 'echo' && echo.peer.addresses[0]!.value === '56922');
  const [quoted] = read({ session_name: 's', id: 'Q1', from: '777@lid', text: 'sí', quoted_message_id: 'E1', tomorrow: 1 });
  assert.ok(quoted?.kind === 'message' && quoted.peer.addresses[0]!.kind === 'lid' && quoted.context?.remote_id === 'E1');
  assert.deepEqual(quoted.extra, { tomorrow: 1 });
});

test('statuses in numbers and in words climb the ladder; a word of tomorrow is kept', () => {
  const statuses = [{ ack: 3 }, { status: 'DELIVERED' }, { ack: -1, error: 'no' }, { status: 'hologram' }].map((s) => read({ session_name: 's', message_id: 'M', ...s })[0]);
  assert.deepEqual(statuses.map((s) => s?.kind === 'status' && s.status), ['read', 'delivered', 'failed', 'warning']);
});

test('what says nothing is kept as an event of the line; what names no session is refused', () => {
  assert.equal(read({ session_name: 's', state: 'CONFLICT' })[0]!.kind, 'account');
  for (const body of [{ from: '1', message: 'x' }, 'x', null, [], 7]) assert.throws(() => read(body), /session_name/);
  assert.throws(() => push!.parse(push!.receipt!(request(0, { raw: Buffer.from('{"a":') }))));
});

test('the secret is believed in one header only', () => {
  const secrets = { appSecret: 'shared', verifyToken: '' };
  const verify = (headers: WebhookRequest['headers']): boolean => push!.verify(request({}, { headers }), secrets);
  for (const good of [{ authorization: 'Bearer shared' }, { 'x-bridge-secret': 'shared' }, { 'x-api-key': 'shared' }]) assert.equal(verify(good), true);
  for (const bad of [{}, { authorization: 'Bearer other' }, { authorization: 'shared' }, { 'x-bridge-secret': ['shared', 'shared'] }, { authorization: 'Bearer other', 'x-api-key': 'shared' }]) assert.equal(verify(bad as never), false);
});

test('a bridge that answers without an id has sent it all the same; one that answers a page has not said so', async () => {
  const send = (status: number, body: string) => venom.send({
    credentials: { bridge_url: 'http://127.0.0.1:1', session_name: 's' }, timeoutMs: 1000, http: { request: async () => ({ status, headers: {}, body: Buffer.from(body) }) },
  }, { to: { addresses: [{ kind: 'phone', value: '1' }] }, content: { type: 'text', text: 'x' }, correlation: 'msg_1' });
  assert.deepEqual(await send(200, '{"success":true}'), { outcome: 'accepted', remote_id: 'msg_1' });
  assert.deepEqual(await send(200, '{"status":"sent","messageId":"3EB0","to":"1"}'), { outcome: 'accepted', remote_id: '3EB0' });
  assert.deepEqual(await send(200, '{"result":{"id":{"_serialized":"true_1"}}}'), { outcome: 'accepted', remote_id: 'true_1' });
  assert.equal((await send(200, '<html>')).outcome, 'unknown');
  assert.equal((await send(200, '{"success":false,"error":"no"}')).outcome, 'rejected');
  assert.equal((await send(500, '{"error":"Error al enviar mensaje"}')).outcome, 'unknown');
  assert.equal((await send(503, '{"error":"No hay sesión activa"}')).outcome, 'retry');
});
