import assert from 'node:assert/strict';
import { before, beforeEach, test } from 'node:test';
import { encodeId } from '@centralita/kernel';
import type { Scope } from '../harness/defer.ts';
import { waitFor } from '../harness/wait.ts';
import { say } from '../../apps/server/src/modules/conversations/index.ts';
import type { MessageClass, OutboundContent } from '../../apps/server/src/messaging/index.ts';
import { openDesk, type Desk } from './desk.ts';

// Sending over a carrier that misbehaves. The sandbox is the witness of what it accepted.
let desk: Desk;
before(async (t) => {
  desk = await openDesk(t as unknown as Scope, { config: { unknownWaitSeconds: 1, carrierTimeoutSeconds: 1 } });
});
beforeEach(async () => {
  await desk.sandbox.call('DELETE', '/sandbox/faults');
});

const conversations = new Map<string, string>();
/** A conversation with an open window. */
async function conversation(phone: string): Promise<string> {
  const known = conversations.get(phone);
  if (known) return known;
  await desk.write(phone, 'hola');
  await desk.settled();
  const row = await waitFor(async () => (await desk.inCompany((tx) => tx.query<{ id: string }>(
    "select c.id from {c}.conversations c join {c}.addresses a on a.contact_id = c.contact_id where a.kind = 'phone' and a.value = $1", [phone])))[0], { what: 'the conversation' });
  conversations.set(phone, row.id);
  return row.id;
}
async function send(phone: string, ...texts: (string | OutboundContent)[]): Promise<string[]> {
  const id = await conversation(phone);
  return (await desk.inCompany((tx) => say(desk.rt, tx, texts.map((text) => ({
    conversation_id: id, author: { kind: 'api' as const }, content: typeof text === 'string' ? { type: 'text' as const, text } : text,
  }))))).map((s) => s.message_id);
}
async function sendAs(cls: MessageClass, phone: string, text: string): Promise<string> {
  const id = await conversation(phone);
  return (await desk.inCompany((tx) => say(desk.rt, tx, [{ conversation_id: id, author: { kind: 'api' }, content: { type: 'text', text }, class: cls }])))[0]!.message_id;
}
const fault = async (body: unknown): Promise<void> => {
  const answer = await desk.sandbox.call('POST', '/sandbox/faults', body);
  assert.ok(answer.status < 300, JSON.stringify(answer.body));
};
const status = async (id: string): Promise<{ status: string; error: { code: string; class: string } | null }> =>
  (await desk.inCompany((tx) => tx.query<{ status: string; error: { code: string; class: string } | null }>('select status, error from {c}.deliveries where message_id = $1', [id])))[0]!;
const becomes = (id: string, ...wanted: string[]): Promise<unknown> => waitFor(async () => wanted.includes((await status(id)).status), { what: `message to become ${wanted.join(' or ')}` });
/** How often the carrier accepted this message. */
async function accepted(id: string): Promise<number> {
  const page = await desk.sandbox.call('GET', '/sandbox/outbox?limit=1000');
  return (page.body['messages'] as unknown as { biz_opaque_callback_data: string }[]).filter((m) => m.biz_opaque_callback_data === encodeId('msg', id)).length;
}

test('messages to one contact arrive in order, whatever the answers take; several contacts go side by side', async () => {
  const phones = ['56971000001', '56971000002', '56971000003'];
  for (const phone of phones) await conversation(phone);
  await fault({ kind: 'latency', ms: 20, jitter: 30 });
  const texts = Array.from({ length: 12 }, (_, n) => `mensaje ${n}`);
  await Promise.all(phones.map((phone) => send(phone, ...texts)));
  for (const phone of phones) {
    await desk.hears(phone, texts.length);
    assert.deepEqual(await desk.heard(phone), texts);
  }
});

test('codes go before replies, replies before bulk', async () => {
  const phones = ['56971000011', '56971000012', '56971000013'] as const;
  for (const phone of phones) await conversation(phone);
  await desk.rt.lanes.pause('delivery', true);
  const bulk = await sendAs('bulk', phones[0], 'oferta');
  const reply = await sendAs('reply', phones[1], 'respuesta');
  const code = await sendAs('otp', phones[2], 'código');
  await desk.rt.lanes.pause('delivery', false);
  for (const id of [bulk, reply, code]) await becomes(id, 'accepted', 'sent', 'delivered', 'read');
  const begun = await desk.inCompany((tx) => tx.query<{ message_id: string }>('select message_id from {c}.attempts where message_id = any($1) order by ctid', [[bulk, reply, code]]));
  assert.deepEqual(begun.map((b) => b.message_id), [code, reply, bulk]);
});

test('accepted, then the connection breaks: the outcome is unknown, the status settles it, nothing is sent again', async () => {
  const phone = '56972000001';
  await conversation(phone);
  await fault({ kind: 'accept_then_drop' });
  const [id] = await send(phone, '¿llegó?');
  await becomes(id!, 'sent', 'delivered', 'read');
  assert.equal(await accepted(id!), 1);
});

test('accepted in silence: after the wait a person sees unknown, and it is not sent again', async () => {
  const phone = '56972000002';
  await conversation(phone);
  await fault({ kind: 'accept_then_drop' });
  await fault({ kind: 'silence', drop: true });
  const [id, next] = await send(phone, '¿llegó?', 'y esto va detrás');
  await becomes(id!, 'unknown');
  await becomes(next!, 'accepted', 'sent', 'delivered', 'read');
  assert.equal(await accepted(id!), 1);
});

test('what the carrier certainly did not take is tried again until it goes', async () => {
  const phone = '56972000003';
  await conversation(phone);
  await fault({ kind: 'error', code: 131016 });
  const [id] = await send(phone, 'a la segunda');
  await becomes(id!, 'sent', 'delivered', 'read');
  assert.equal(await accepted(id!), 1);
});

test('what will never go fails with the carrier’s words and is set aside; what is behind it goes', async () => {
  const phone = '56972000004';
  await conversation(phone);
  await fault({ kind: 'error', code: 131051 });
  const [bad, good] = await send(phone, 'mala', 'buena');
  await becomes(bad!, 'failed');
  await becomes(good!, 'sent', 'delivered', 'read');
  assert.equal((await status(bad!)).error?.code, '131051');
  const dead = await desk.inCompany((tx) => tx.query<{ kind: string }>('select kind from {c}.dead_letters where message_id = $1', [bad]));
  assert.deepEqual(dead.map((d) => d.kind), ['send']);
});

test('the contact’s own rate: only that contact waits', async () => {
  const [slow, quick] = ['56972000005', '56972000006'];
  await conversation(slow!);
  await conversation(quick!);
  await fault({ kind: 'error', code: 131056 });
  const [id] = await send(slow!, 'despacio');
  await waitFor(async () => (await status(id!)).error?.code === '131056', { what: 'the refusal' });
  const [other] = await send(quick!, 'rápido');
  await becomes(other!, 'sent', 'delivered', 'read');
  assert.equal((await status(id!)).status, 'queued');
});

test('outside the window the carrier’s late refusal is shown as such', async () => {
  const phone = '56972000007';
  await conversation(phone);
  await desk.sandbox.call('POST', `/sandbox/phones/${phone}/window`, { open: false });
  const [id] = await send(phone, 'tarde');
  await becomes(id!, 'failed');
  assert.deepEqual([(await status(id!)).error?.code, (await status(id!)).error?.class], ['131047', 'needs_template']);
});

// Last: it stops the number.
test('a token that is refused stops the number and keeps its messages', async () => {
  const phone = '56972000009';
  await conversation(phone);
  await fault({ kind: 'error', code: 190 });
  const ids = await send(phone, 'uno', 'dos');
  const route = await waitFor(async () => (await desk.database.db.query<{ status: string; status_reason: string }>("select status, status_reason from {s}.routes where status = 'stopped'"))[0], { what: 'the route to stop' });
  assert.match(route.status_reason, /190/);
  for (const id of ids) await becomes(id, 'queued');
});
