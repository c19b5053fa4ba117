import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import type { Subscription, SubscriptionLogEntry, SubscriptionWithSecret } from '@centralita/contracts';
import { waitFor } from '../../../../../test/harness/wait.ts';
import { signedIn } from '../../testing/api.ts';
import { companyWithAccount, startProcess } from '../../testing/runtime.ts';
import { tidyEvents } from './keep-tidy.ts';
import { startReceiver } from './testing/receiver.ts';
import { openScene, ROOMS, texts, uuid, type Scene } from './testing/scene.ts';

let scene: Scene;
before(async (t) => {
  scene = await openScene(t as never);
});
const state = (id: string): Promise<Subscription> => scene.admin.get(`/api/subscriptions/${id}`);
const remove = (id: string): Promise<unknown> => scene.app.inject({ method: 'DELETE', url: `/api/subscriptions/${id}`, headers: scene.admin.headers });
const drained = (): Promise<unknown> => waitFor(async () => await scene.queued() === 0, { what: 'the queue to be empty' });

test('one that takes nothing for too long is disabled, the others are told, and taken up again it gets what it missed', async (t) => {
  const [bad, other] = [await startReceiver(t), await startReceiver(t)];
  const sub = await scene.subscribe({ name: 'ERP', url: bad.url, events: ['message_received'], settings: { retry_hours: 0.001, retry_first_seconds: 0.5, retry_max_seconds: 0.5 } });
  const watcher = await scene.subscribe({ url: other.url, events: ['subscription_disabled'] });
  bad.answer(() => 503);
  await scene.write('56960000001', 'uno', 'dos');
  await waitFor(async () => (await state(sub.id)).failing_since !== null, { what: 'the failure to be seen' });
  await scene.rt.db.withCompany(scene.company, (tx) => tx.query("update {c}.subscriptions set failing_since = now() - interval '1 minute' where id = $1", [uuid(sub.id)]));
  const [notice] = await other.gets(1);
  assert.equal(notice!.event.data['name'], 'ERP');
  const disabled = await state(sub.id);
  assert.equal(disabled.status, 'disabled');
  assert.match(disabled.reason!, /took nothing since .* It answered 503/);
  const tried = bad.got.length;
  await scene.write('56960000001', 'tres');
  assert.equal(bad.got.length, tried, 'a disabled one is not asked');
  bad.answer(() => 200);
  await scene.patch(sub.id, { status: 'active' });
  await waitFor(() => texts(bad.got).at(-1) === 'dos', { what: 'what was left' });
  assert.deepEqual(await scene.admin.post(`/api/subscriptions/${sub.id}/replay`, { from: disabled.updated_at }), { replayed: 1 });
  await waitFor(() => texts(bad.got).at(-1) === 'tres', { what: 'what was missed' });
  assert.equal((await state(sub.id)).failing_since, null);
  for (const s of [sub, watcher]) await remove(s.id);
});

test('410 Gone disables at once; a paused one gets everything when it goes on', async (t) => {
  const receiver = await startReceiver(t);
  const sub = await scene.subscribe({ url: receiver.url, events: ['message_received'] });
  await scene.patch(sub.id, { status: 'paused' });
  await scene.write('56960000002', 'uno', 'dos');
  assert.equal((await state(sub.id)).waiting, 2);
  assert.equal(receiver.got.length, 0);
  await scene.patch(sub.id, { status: 'active' });
  assert.deepEqual(texts(await receiver.gets(2)), ['uno', 'dos']);
  receiver.answer(() => 410);
  await scene.write('56960000002', 'tres');
  await waitFor(async () => (await state(sub.id)).status === 'disabled', { what: 'it to be disabled' });
  await remove(sub.id);
});

test('with explicit acknowledgement an event is sent again until the receiver says that it was processed', async (t) => {
  const receiver = await startReceiver(t);
  const sub = await scene.subscribe({ url: receiver.url, events: ['message_received'], settings: { acknowledgement: 'explicit', acknowledge_seconds: 0.3 } });
  const acknowledge = (event_ids: string[], more: object = {}): Promise<{ acknowledged: number }> => scene.admin.post(`/api/subscriptions/${sub.id}/acknowledge`, { event_ids, ...more });
  await scene.write('56960000003', 'uno', 'dos');
  await receiver.gets(2);
  assert.deepEqual(texts(receiver.got), ['uno', 'uno'], 'not confirmed: sent again, and the next one waits');
  assert.deepEqual(await acknowledge([receiver.got[0]!.event.id]), { acknowledged: 1 });
  assert.deepEqual(await acknowledge([receiver.got[0]!.event.id]), { acknowledged: 0 }, 'said twice');
  const second = (await receiver.gets(1, (d) => d.event.data['content'] === 'dos'))[0]!.event.id;
  await waitFor(async () => (await scene.log(sub.id))[0]?.event_id === second, { what: 'the second to be awaited' });
  assert.deepEqual(await acknowledge([second], { outcome: 'failed', reason: 'the ERP is down' }), { acknowledged: 1 });
  await receiver.gets(2, (d) => d.event.data['content'] === 'dos');
  await acknowledge([second]);
  await drained();
  const log = await scene.log(sub.id);
  assert.ok(log.some((e) => e.outcome === 'acknowledged') && log.some((e) => e.outcome === 'awaiting_acknowledgement') && log.some((e) => e.error === 'the ERP is down'));
  await remove(sub.id);
});

test('a confirmation that is faster than our own notes is not lost', async (t) => {
  const receiver = await startReceiver(t);
  const sub = await scene.subscribe({ url: receiver.url, events: ['message_received'], settings: { acknowledgement: 'explicit', acknowledge_seconds: 60 } });
  receiver.answer(async ({ event }) => {
    await scene.admin.post(`/api/subscriptions/${sub.id}/acknowledge`, { event_ids: [event.id] });
    return 202;
  });
  const said = Array.from({ length: 12 }, (_, i) => `n${i}`);
  await scene.write('56960000004', ...said);
  await drained();
  assert.deepEqual(texts(receiver.got), said);
  await remove(sub.id);
});

test('one event or those of a time are sent again, in order, with their old ids', async (t) => {
  const receiver = await startReceiver(t);
  const sub = await scene.subscribe({ url: receiver.url, events: ['message_received'] });
  const from = new Date().toISOString();
  await scene.write('56960000005', 'uno', 'dos', 'tres');
  const first = await receiver.gets(3);
  await drained();
  assert.deepEqual(await scene.admin.post(`/api/subscriptions/${sub.id}/replay`, { event_id: first[1]!.event.id }), { replayed: 1 });
  await receiver.gets(4);
  await drained();
  assert.deepEqual(await scene.admin.post(`/api/subscriptions/${sub.id}/replay`, { from }), { replayed: 3 });
  const all = await receiver.gets(7);
  assert.deepEqual(texts(all), ['uno', 'dos', 'tres', 'dos', 'uno', 'dos', 'tres']);
  assert.equal(new Set(all.map((d) => d.event.id)).size, 3);
  const unknown = await scene.admin.raw('POST', `/api/subscriptions/${sub.id}/replay`, { event_id: 'evt_00000000000000000000000000' });
  assert.deepEqual([unknown.statusCode, unknown.json<{ code: string }>().code], [404, 'subscriptions.event_not_found']);
  await remove(sub.id);
});

test('the test button says at once what the receiver answered, and what is refused without asking', async (t) => {
  const receiver = await startReceiver(t);
  const sub = await scene.subscribe({ url: receiver.url });
  const push = (id = sub.id): Promise<SubscriptionLogEntry> => scene.admin.post(`/api/subscriptions/${id}/test`);
  assert.deepEqual([(await push()).outcome, receiver.got[0]!.event.event_type], ['delivered', 'test']);
  receiver.answer(() => (response) => response.writeHead(302, { location: 'http://127.0.0.1/elsewhere' }).end());
  const moved = await push();
  assert.deepEqual([moved.outcome, moved.status], ['failed', 302]);
  assert.match(moved.error!, /redirects are not followed/);
  for (const url of ['http://169.254.169.254/latest/meta-data', 'http://10.0.0.1/', 'http://[::1]:8080/']) {
    await scene.patch(sub.id, { url });
    const answer = await push();
    assert.equal(answer.outcome, 'failed');
    assert.match(answer.error!, /^blocked: /);
  }
  await remove(sub.id);
});

test('filters by event and account; a request that cannot be is explained; roles and companies are kept apart', async (t) => {
  const receiver = await startReceiver(t);
  const { app, admin } = scene;
  const other = await companyWithAccount(scene.rt);
  const mine = await scene.subscribe({ url: receiver.url, events: ['message_received'], account_ids: [scene.route.account_id] });
  const deaf = await scene.subscribe({ url: receiver.url, events: ['message_status'] });
  await scene.write('56960000006', 'hola');
  assert.equal((await receiver.gets(1)).length, 1);
  await drained();
  assert.equal(receiver.got.length, 1);
  for (const [body, code] of [
    [{ kind: 'http', name: 'x', url: 'ftp://a' }, undefined], [{ kind: 'http', name: 'x', url: 'https://u:p@a' }, undefined], [{ kind: 'http', name: 'x', url: 'https://a', events: ['nothing'] }, undefined],
    [{ kind: 'http', name: 'x', url: 'https://a', settings: { retry_hours: 25 } }, undefined], [{ kind: 'http', name: 'x', url: 'https://a', event: ['message_sent'] }, undefined],
    [{ kind: 'http', name: 'x', url: 'https://a', account_ids: [other.route.account_id] }, 'subscriptions.account_unknown'],
  ] as const) {
    const answer = await admin.raw('POST', '/api/subscriptions', body);
    assert.equal(answer.statusCode, 400, JSON.stringify(body));
    if (code) assert.equal(answer.json<{ code: string }>().code, code);
  }
  assert.equal((await admin.raw('POST', '/api/subscriptions', { kind: 'rabbitmq', name: 'x' })).json<{ code: string }>().code, 'subscriptions.no_broker');
  const agent = await signedIn(scene.rt, app, { company: scene.company, name: 'Agente', role: 'agent' });
  assert.equal((await agent.raw('GET', '/api/subscriptions')).statusCode, 403);
  const stranger = await signedIn(scene.rt, app, { company: other.company, name: 'Vecina', role: 'administrator' });
  for (const path of ['', '/log']) assert.equal((await stranger.raw('GET', `/api/subscriptions/${mine.id}${path}`)).statusCode, 404);
  for (const path of ['/test', '/rotate-secret']) assert.equal((await stranger.raw('POST', `/api/subscriptions/${mine.id}${path}`)).statusCode, 404);
  assert.deepEqual(await stranger.get('/api/subscriptions'), { subscriptions: [], rabbitmq_available: false });
  for (const s of [mine, deaf]) await remove(s.id);
});

test('what a process had in hand when it was cut off is sent by the next one, in order', async (t) => {
  const receiver = await startReceiver(t);
  const sub: SubscriptionWithSecret = await scene.subscribe({ url: receiver.url, events: ['message_received'] });
  const texts0 = Array.from({ length: 60 }, (_, i) => `n${i}`);
  let release: () => void = () => undefined;
  const held = new Promise<void>((resolve) => { release = resolve; });
  let hold = true;
  receiver.answer(async ({ event }) => {
    if (event.data['content'] === 'n5' && hold) {
      hold = false;
      await held;
    }
    return 200;
  });
  await scene.write('56960000007', ...texts0);
  await receiver.gets(6);
  // Another process takes the lane over, as it does when this one no longer renews its lease.
  await scene.rt.db.query("update {s}.lanes set lease_until = now() - interval '1 second', epoch = epoch + 1, owner = null where kind = 'event'");
  const second = await startProcess(t, { database: scene.database, modules: ROOMS, config: { callHttpAllow: ['127.0.0.1'] } });
  second.lanes.kick('event');
  await receiver.gets(60);
  release();
  await drained();
  const seen = new Set<string>();
  const firsts = texts(receiver.got).filter((text) => !seen.has(String(text)) && seen.add(String(text)));
  assert.deepEqual(firsts, texts0);
  await remove(sub.id);
});

test('old events and old tries go, what still waits with them', async (t) => {
  const receiver = await startReceiver(t);
  const sub = await scene.subscribe({ url: receiver.url, events: ['message_received'] });
  await scene.patch(sub.id, { status: 'paused' });
  await scene.write('56960000008', 'viejo', 'nuevo');
  await scene.rt.db.withCompany(scene.company, (tx) => tx.query("update {c}.events set created_at = now() - interval '8 days' where body like '%viejo%'"));
  await tidyEvents(scene.rt);
  assert.equal((await state(sub.id)).waiting, 1);
  await scene.patch(sub.id, { status: 'active' });
  assert.deepEqual(texts(await receiver.gets(1)), ['nuevo']);
  await remove(sub.id);
  assert.equal(await scene.queued(), 0);
});
