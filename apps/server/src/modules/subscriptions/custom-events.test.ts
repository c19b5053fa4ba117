import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { encodeId } from '@centralita/kernel';
import { Webhook } from 'standardwebhooks';
import { waitFor } from '../../../../../test/harness/wait.ts';
import { signedIn } from '../../testing/api.ts';
import { inbound, startAlone } from '../../testing/runtime.ts';
import { assignBot, publishFlow, wakeBots } from '../bots/index.ts';
import { botsModule } from '../bots/module.ts';
import { createApiKey } from '../companies/index.ts';
import { receiveMessages } from '../conversations/index.ts';
import { tidyEvents } from './keep-tidy.ts';
import { runCommand } from './run-command.ts';
import { ROOMS, sceneOf, type Scene } from './testing/scene.ts';
import { startReceiver } from './testing/receiver.ts';

let scene: Scene;
let key: string;
before(async (t) => {
  const { rt, database } = await startAlone(t as never, { modules: [...ROOMS, botsModule], config: { callHttpAllow: ['127.0.0.1'] } });
  scene = await sceneOf(t as never, rt, database);
  key = await rt.db.shared((tx) => createApiKey(tx, scene.company.id, { name: 'cv', role: 'administrator', scopes: ['whatsapp:publish_events'] }));
});

interface Told { readonly id: string; readonly event_type: string; readonly subscriptions: number; readonly code?: string }
const CV = { whatsappId: '56961234567', attachment: 'https://files.example.com/cv.pdf', timestamp: '2026-11-21T15:30:45Z' };
async function tell(payload: object, headers: Record<string, string> = {}): Promise<{ status: number; body: Told }> {
  const answer = await scene.app.inject({ method: 'POST', url: '/api/events', headers: { 'x-api-key': key, ...headers }, payload });
  return { status: answer.statusCode, body: answer.json<Told>() };
}

test('an event of the company’s own reaches who wants its type, as it is, signed, in its order, once per key', async (t) => {
  const receiver = await startReceiver(t);
  const sub = await scene.subscribe({ url: receiver.url, events: ['cv.received', 'message_received'] });
  const first = await tell({ event_type: 'cv.received', data: CV, order_by: CV.whatsappId }, { 'idempotency-key': 'cv-1' });
  assert.deepEqual([first.status, first.body.subscriptions, first.body.event_type], [202, 1, 'cv.received']);
  assert.deepEqual((await tell({ event_type: 'cv.received', data: CV, order_by: CV.whatsappId }, { 'idempotency-key': 'cv-1' })).body.id, first.body.id);
  for (const n of [1, 2, 3]) await tell({ event_type: 'cv.received', data: { n }, order_by: CV.whatsappId });
  assert.equal((await tell({ event_type: 'cv.processed', data: {} })).body.subscriptions, 0);
  const got = await receiver.gets(4);
  const event = new Webhook(sub.secret!).verify(got[0]!.raw, got[0]!.headers as Record<string, string>) as (typeof got)[0]['event'];
  assert.deepEqual([event.id, event.event_type, event.version, event.data], [first.body.id, 'cv.received', 1, CV]);
  assert.deepEqual(got.slice(1).map((d) => d.event.data['n']), [1, 2, 3]);
  await scene.app.inject({ method: 'DELETE', url: `/api/subscriptions/${sub.id}`, headers: scene.admin.headers });
});

test('about a conversation it stands between the conversation’s own, for who listens to its account', async (t) => {
  const receiver = await startReceiver(t);
  const sub = await scene.subscribe({ url: receiver.url, account_ids: [encodeId('acc', scene.route.account_id)], events: null });
  const { rt, company, route } = scene;
  const [received] = await rt.db.withCompany(company, (tx) => receiveMessages(rt, tx, [{ route, event: inbound('56911119999', 'mi CV') }]));
  const conversation_id = encodeId('conv', received!.conversation_id);
  assert.equal((await tell({ event_type: 'cv.received', data: {}, conversation_id })).body.subscriptions, 1);
  // That there is somebody new is told beside the conversation.
  const [, , third] = (await receiver.gets(4)).filter((d) => d.event.data['conversation_id'] === conversation_id || d.event.event_type === 'cv.received');
  assert.equal(third!.event.event_type, 'cv.received');
  assert.deepEqual((await tell({ event_type: 'cv.received', data: {}, conversation_id: 'conv_00000000000000000000000000' })).body.code, 'conversations.not_found');
  await scene.app.inject({ method: 'DELETE', url: `/api/subscriptions/${sub.id}`, headers: scene.admin.headers });
});

test('our own types are not to be told by others; it takes its permission and has a size', async () => {
  for (const event_type of ['message_received', 'test', 'cv', 'CV.Received', 'cv..x']) assert.equal((await tell({ event_type, data: {} })).status, 400, event_type);
  assert.equal((await tell({ event_type: 'cv.received', data: { x: 'x'.repeat(70_000) } })).status, 400);
  const agent = await signedIn(scene.rt, scene.app, { company: scene.company, name: 'Ana', role: 'agent' });
  assert.equal((await agent.raw('POST', '/api/events', { event_type: 'cv.received', data: {} })).statusCode, 403);
});

test('the command publish_event does the same, once', async (t) => {
  const receiver = await startReceiver(t);
  const sub = await scene.subscribe({ url: receiver.url, events: ['cv.processed'] });
  const result = { whatsappId: CV.whatsappId, result: { summary: 'Buena', match_score: 0.8 } };
  const command = (): ReturnType<typeof runCommand> => runCommand(scene.rt, {
    id: 'cmd-1', headers: { 'x-api-key': key }, body: Buffer.from(JSON.stringify({ command: 'publish_event', data: { event_type: 'cv.processed', data: result } })),
  } as never);
  const [one, two] = [await command(), await command()];
  assert.equal(one.answer.outcome, 'accepted', JSON.stringify(one));
  assert.equal(one.answer.result?.['id'], two.answer.result?.['id']);
  assert.deepEqual((await receiver.gets(1))[0]!.event.data, result);
  const agent = await scene.rt.db.shared((tx) => createApiKey(tx, scene.company.id, { name: 'agent', role: 'agent' }));
  const refused = await runCommand(scene.rt, { id: 'cmd-2', headers: { 'x-api-key': agent }, body: Buffer.from(JSON.stringify({ command: 'publish_event', data: { event_type: 'a.b', data: {} } })) } as never);
  assert.deepEqual([refused.answer.outcome, refused.answer.error?.['code']], ['rejected', 'companies.forbidden']);
  assert.equal(receiver.got.length, 1);
  await scene.app.inject({ method: 'DELETE', url: `/api/subscriptions/${sub.id}`, headers: scene.admin.headers });
});

test('a flow tells one with the node publish_event', async (t) => {
  const receiver = await startReceiver(t);
  const sub = await scene.subscribe({ url: receiver.url, events: ['cv.received'] });
  const { rt, company, route } = scene;
  await rt.db.withCompany(company, async (tx) => {
    const { bot_id } = await publishFlow(rt, tx, { bot: { name: 'Selección' }, flow: {
      schema: 1, start: 'avisa', nodes: { avisa: { type: 'publish_event', event: 'cv.received', data: { whatsappId: '{{ contact.phone }}', texto: '{{ input.text }}' }, next: 'gracias' }, gracias: { type: 'say', content: { type: 'text', text: 'Gracias' } } },
    } });
    await assignBot(rt, tx, route.account_id, bot_id);
  });
  await rt.db.withCompany(company, async (tx) => wakeBots(rt, tx, await receiveMessages(rt, tx, [{ route, event: inbound('56922220000', 'aquí va') }])));
  assert.deepEqual((await receiver.gets(1))[0]!.event.data, { whatsappId: '56922220000', texto: 'aquí va' });
  await scene.app.inject({ method: 'DELETE', url: `/api/subscriptions/${sub.id}`, headers: scene.admin.headers });
});

test('a company says how long its events and their log are kept, and erases them at once; what waits stays until asked for', async (t) => {
  const { app, admin, company, rt } = scene;
  const settings = (values: object): Promise<{ statusCode: number }> => admin.raw('PATCH', '/api/company', { settings: values });
  assert.equal((await settings({ 'events.retention_days': 0 })).statusCode, 400);
  assert.equal((await settings({ 'events.retention_days': 2, 'events.log_days': 2 })).statusCode, 200);
  const receiver = await startReceiver(t);
  const sub = await scene.subscribe({ url: receiver.url, events: ['cv.received'] });
  const counts = async (): Promise<[number, number]> => {
    const [row] = await rt.db.withCompany(company, (tx) => tx.query<{ e: number; l: number }>('select (select count(*) from {c}.events)::integer as e, (select count(*) from {c}.event_log)::integer as l'));
    return [row!.e, row!.l];
  };
  await admin.raw('DELETE', '/api/events?waiting=true');
  assert.deepEqual(await counts(), [0, 0]);
  for (const n of [1, 2]) await tell({ event_type: 'cv.received', data: { n } });
  await receiver.gets(2);
  await waitFor(async () => await scene.queued() === 0 && (await counts())[1] === 2, { what: 'both to be written down' });
  await rt.db.withCompany(company, (tx) => tx.query(`with e as (update {c}.events set created_at = now() - interval '3 days' where body like '%"n":1%' returning id)
    update {c}.event_log l set created_at = now() - interval '3 days' from e where l.event_id = e.id`));
  await tidyEvents(rt);
  assert.deepEqual(await counts(), [1, 1], 'two days, as the company said');
  await scene.patch(sub.id, { status: 'paused' });
  await tell({ event_type: 'cv.received', data: { n: 3 } });
  const erased = await admin.raw('DELETE', '/api/events');
  assert.deepEqual(erased.json(), { events: 1, log_entries: 1 });
  assert.deepEqual(await counts(), [1, 0], 'the one that waits is still told');
  assert.deepEqual((await admin.raw('DELETE', `/api/subscriptions/${sub.id}/log`)).json(), { log_entries: 0 });
  assert.deepEqual((await admin.raw('DELETE', '/api/events?waiting=true')).json(), { events: 1, log_entries: 0 });
  assert.equal(await scene.queued(), 0);
  assert.ok((await admin.get<{ entries: { action: string }[] }>('/api/audit')).entries.some((e) => e.action === 'events.erased'));
  await app.inject({ method: 'DELETE', url: `/api/subscriptions/${sub.id}`, headers: admin.headers });
});
