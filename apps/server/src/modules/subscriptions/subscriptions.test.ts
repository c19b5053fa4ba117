import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { Event, eventTypes, type EventType, type SubscriptionWithSecret } from '@centralita/contracts';
import { decodeId, encodeId } from '@centralita/kernel';
import { Webhook } from 'standardwebhooks';
import { waitFor } from '../../../../../test/harness/wait.ts';
import { companyWithAccount, inbound } from '../../testing/runtime.ts';
import { signedIn } from '../../testing/api.ts';
import { forgetAccounts } from '../accounts/index.ts';
import { receiveMessages, say, setHolder, setStatus } from '../conversations/index.ts';
import { openScene, texts, type Scene } from './testing/scene.ts';
import { startReceiver, type Delivery } from './testing/receiver.ts';

let scene: Scene;
before(async (t) => {
  scene = await openScene(t as never);
});

test('a message reaches a subscriber as section 3.3 prints it, signed so that the public library believes it', async (t) => {
  const receiver = await startReceiver(t);
  const sub = await scene.subscribe({ url: `${receiver.url}/hooks?x=1`, events: ['message_received'] });
  assert.match(sub.secret ?? '', /^whsec_/);
  await scene.write('593987654321', 'Hola, necesito información');
  const [got] = await receiver.gets(1);
  assert.equal(got!.path, '/hooks?x=1');
  const event = new Webhook(sub.secret!).verify(got!.raw, got!.headers as Record<string, string>) as Delivery['event'];
  assert.equal(Event.parse(event).version, 1);
  assert.equal(event.id, got!.headers['webhook-id']);
  assert.equal(event.event_type, 'message_received');
  const { data } = event;
  assert.equal(data['company_id'], encodeId('co', scene.company.id));
  assert.deepEqual([data['from'], data['to'], data['content'], data['type']], ['+593987654321', '+56220000000', 'Hola, necesito información', 'text']);
  assert.match(String(data['account_id']), /^acc_/);
  assert.match(String(data['conversation_id']), /^conv_/);
  assert.match(String(data['message_id']), /^msg_/);
  assert.throws(() => new Webhook(`whsec_${Buffer.alloc(32, 1).toString('base64')}`).verify(got!.raw, got!.headers as Record<string, string>));
  await waitFor(async () => await scene.queued() === 0, { what: 'the queue to be empty' });
  const [entry] = await scene.log(sub.id);
  assert.deepEqual([entry!.outcome, entry!.status, entry!.response, entry!.attempt, entry!.event_id], ['delivered', 200, 'thanks', 1, event.id]);
  await scene.app.inject({ method: 'DELETE', url: `/api/subscriptions/${sub.id}`, headers: scene.admin.headers });
});

test('every fact of a conversation is told with the data its type promises', async (t) => {
  const receiver = await startReceiver(t);
  const sub = await scene.subscribe({ url: receiver.url });
  const { rt, company, route } = scene;
  const [received] = await rt.db.withCompany(company, (tx) => receiveMessages(rt, tx, [{ route, event: inbound('56911110000', 'Hola') }]));
  const id = received!.conversation_id;
  await rt.db.withCompany(company, async (tx) => {
    await setHolder(rt, tx, [id], { kind: 'agent', user_id: received!.contact_id });
    const [said] = await say(rt, tx, [{ conversation_id: id, author: { kind: 'api' }, content: { type: 'text', text: 'Buenas' } }]);
    await rt.events.emit(tx, 'delivery.changed', [{ message_id: said!.message_id, conversation_id: id, before: 'queued', after: 'accepted' }]);
    await setStatus(rt, tx, id, 'closed');
    await rt.events.emit(tx, 'account.told', [{ route_id: route.id, account_id: route.account_id, field: 'phone_number_quality_update', payload: { event: 'FLAGGED' }, at: new Date().toISOString() }]);
    await rt.events.emit(tx, 'conversation.merged', { from: received!.contact_id, into: id });
  });
  const got = await receiver.gets(9);
  for (const { event } of got) eventTypes[event.event_type as EventType].data.parse(event.data);
  const own = got.filter((d) => d.event.data['conversation_id'] === encodeId('conv', id)).map((d) => d.event.event_type);
  assert.deepEqual(own, ['conversation_opened', 'message_received', 'conversation_assigned', 'message_sent', 'message_status', 'conversation_closed', 'conversation_merged']);
  for (const type of ['contact_created', 'account_event']) assert.ok(got.some((d) => d.event.event_type === type), type);
  await scene.app.inject({ method: 'DELETE', url: `/api/subscriptions/${sub.id}`, headers: scene.admin.headers });
});

test('the business of an account is told with its events', async (t) => {
  const receiver = await startReceiver(t);
  const sub = await scene.subscribe({ url: receiver.url, events: ['message_received'] });
  const business = await scene.admin.post<{ id: string }>('/api/businesses', { name: 'Sucursal', external_id: null });
  await scene.rt.db.query('update {s}.accounts set business_id = $2 where id = $1', [scene.route.account_id, decodeId('biz', business.id)]);
  forgetAccounts(scene.rt);
  await scene.write('56977770000', 'hola');
  assert.equal((await receiver.gets(1))[0]!.event.data['business_id'], business.id);
  await scene.app.inject({ method: 'DELETE', url: `/api/subscriptions/${sub.id}`, headers: scene.admin.headers });
});

test('nothing is written while nobody subscribes, and what happens from the answer on is', async (t) => {
  const other = await companyWithAccount(scene.rt);
  const count = async (): Promise<number> => (await scene.rt.db.withCompany(other.company, (tx) => tx.query<{ n: number }>('select count(*)::integer as n from {c}.events')))[0]!.n;
  const write = (text: string): Promise<unknown> => scene.rt.db.withCompany(other.company, (tx) => receiveMessages(scene.rt, tx, [{ route: other.route, event: inbound('56922220000', text) }]));
  await write('nobody hears');
  assert.equal(await count(), 0);
  const admin = await signedIn(scene.rt, scene.app, { company: other.company, name: 'Otra', role: 'developer' });
  const receiver = await startReceiver(t);
  await admin.post('/api/subscriptions', { kind: 'http', name: 'x', url: receiver.url, events: ['message_received'] });
  await write('heard');
  assert.deepEqual(texts(await receiver.gets(1)), ['heard']);
  assert.equal(await count(), 1);
});

test('a conversation stays in order while one of its events fails, and holds up no other', async (t) => {
  const receiver = await startReceiver(t);
  const sub = await scene.subscribe({ url: receiver.url, events: ['message_received'] });
  let refused = 0;
  receiver.answer(({ event }) => {
    if (event.data['content'] === 'A2' && refused < 3) {
      refused += 1;
      return 500;
    }
    return 200;
  });
  await scene.write('56933330001', 'A1', 'A2', 'A3', 'A4');
  await scene.write('56933330002', 'B1', 'B2', 'B3');
  await receiver.gets(10);
  await waitFor(async () => await scene.queued() === 0, { what: 'the queue to be empty' });
  const of = (letter: string): unknown[] => texts(receiver.got).filter((text) => String(text).startsWith(letter));
  assert.deepEqual(of('A'), ['A1', 'A2', 'A2', 'A2', 'A2', 'A3', 'A4']);
  assert.deepEqual(of('B'), ['B1', 'B2', 'B3']);
  const order = texts(receiver.got);
  assert.ok(order.indexOf('B3') < order.lastIndexOf('A2'), 'the other conversation went on meanwhile');
  assert.equal(new Set(receiver.got.filter((d) => d.event.data['content'] === 'A2').map((d) => `${d.raw} ${d.headers['webhook-id'] as string}`)).size, 1, 'the same body and id in every try');
  const entries = (await scene.log(sub.id)).filter((e) => e.attempt > 1);
  assert.deepEqual(entries.map((e) => [e.attempt, e.outcome]), [[4, 'delivered'], [3, 'failed'], [2, 'failed']]);
  await scene.app.inject({ method: 'DELETE', url: `/api/subscriptions/${sub.id}`, headers: scene.admin.headers });
});

test('a dead subscriber and one that never answers slow nobody else', async (t) => {
  const [good, silent, dead] = [await startReceiver(t), await startReceiver(t), await startReceiver(t)];
  silent.answer(() => () => undefined);
  await dead.close();
  const subs: SubscriptionWithSecret[] = [];
  for (const r of [silent, dead, good]) subs.push(await scene.subscribe({ url: r.url, events: ['message_received'] }));
  const before = performance.now();
  for (let i = 0; i < 20; i++) await scene.write(`5694444${1000 + i}`, `uno ${i}`, `dos ${i}`);
  const written = performance.now() - before;
  await good.gets(40);
  assert.ok(performance.now() - before - written < Math.max(1500, written), `it took ${performance.now() - before - written} ms`);
  const { subscriptions } = await scene.admin.get<{ subscriptions: { id: string; waiting: number; failing_since: string | null; last_error: string | null }[] }>('/api/subscriptions');
  const state = (n: number) => subscriptions.find((s) => s.id === subs[n]!.id)!;
  assert.equal(state(0).waiting, 40);
  assert.ok(dead.got.length === 0 && silent.got.length < 20, `the silent one was asked ${silent.got.length} times`);
  await waitFor(async () => (await scene.admin.get<{ last_error: string | null }>(`/api/subscriptions/${subs[1]!.id}`)).last_error?.startsWith('connect'), { what: 'the dead one to be known' });
  for (const s of subs) await scene.app.inject({ method: 'DELETE', url: `/api/subscriptions/${s.id}`, headers: scene.admin.headers });
});

test('after a rotation both secrets sign for a day, then only the new one', async (t) => {
  const receiver = await startReceiver(t);
  const sub = await scene.subscribe({ url: receiver.url, events: ['message_received'] });
  const next = await scene.admin.post<typeof sub>(`/api/subscriptions/${sub.id}/rotate-secret`);
  assert.notEqual(next.secret, sub.secret);
  assert.ok(Date.parse(next.previous_secret_until!) > Date.now() + 23 * 3_600_000);
  await scene.write('56955550000', 'uno');
  const [first] = await receiver.gets(1);
  for (const secret of [sub.secret!, next.secret!]) new Webhook(secret).verify(first!.raw, first!.headers as Record<string, string>);
  await scene.rt.db.withCompany(scene.company, (tx) => tx.query("update {c}.subscriptions set previous_until = now() - interval '1 second'"));
  await scene.write('56955550000', 'dos');
  const [, second] = await receiver.gets(2);
  new Webhook(next.secret!).verify(second!.raw, second!.headers as Record<string, string>);
  assert.throws(() => new Webhook(sub.secret!).verify(second!.raw, second!.headers as Record<string, string>));
  const shown = await scene.admin.raw('GET', '/api/subscriptions');
  assert.ok(!shown.body.includes('whsec_'), 'secrets are shown once');
  await scene.app.inject({ method: 'DELETE', url: `/api/subscriptions/${sub.id}`, headers: scene.admin.headers });
});
