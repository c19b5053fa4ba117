import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { readFileSync } from 'node:fs';
import { connect, type Channel, type ChannelModel, type GetMessage } from 'amqplib';
import type { CommandResult } from '@centralita/contracts/api';
import { encodeId, groupBy } from '@centralita/kernel';
import { defer, type Scope } from '../harness/defer.ts';
import { startRabbitmq, type Rabbitmq } from '../harness/rabbitmq.ts';
import { tools } from '../harness/tools.ts';
import { waitFor } from '../harness/wait.ts';
import { createApiKey } from '../../apps/server/src/modules/companies/index.ts';
import { useBroker } from '../../apps/server/src/modules/subscriptions/broker.ts';
import { consumeCommands } from '../../apps/server/src/modules/subscriptions/consume-commands.ts';
import { COMMANDS, DEAD_COMMANDS_QUEUE, EVENTS_EXCHANGE, RESULTS_EXCHANGE } from '../../apps/server/src/modules/subscriptions/exchange.ts';
import { openScene, type Scene } from '../../apps/server/src/modules/subscriptions/testing/scene.ts';

let rabbit: Rabbitmq;
let scene: Scene;
let key: string;
const missing = tools.rabbitmq.find() === undefined && process.env['CI'] !== 'true' ? `needs ${tools.rabbitmq.packages}` : false;
before(async (t) => {
  if (missing) return;
  rabbit = await startRabbitmq(t as never);
  scene = await openScene(t as never, { amqpUrl: rabbit.url });
  key = await scene.rt.db.shared((tx) => createApiKey(tx, scene.company.id, { name: 'ERP', role: 'developer' }));
});

async function client(t: Scope): Promise<ChannelModel> {
  const model = await connect(rabbit.url);
  model.on('error', () => undefined);
  defer(t, () => model.close().catch(() => undefined));
  return model;
}
/** Everything in a queue, in its order; it is gone afterwards. */
async function drain(t: Scope, queue: string): Promise<GetMessage[]> {
  const channel = await (await client(t)).createChannel();
  const all: GetMessage[] = [];
  for (let message = await channel.get(queue, { noAck: true }); message; message = await channel.get(queue, { noAck: true })) all.push(message);
  return all;
}
const depth = async (t: Scope, queue: string): Promise<number> => (await (await (await client(t)).createChannel()).checkQueue(queue)).messageCount;
const contentOf = (m: GetMessage): string => (JSON.parse(m.content.toString()) as { data: { content: string } }).data.content;

test('events reach the queues that are bound to their company, and lie in none are noted', { skip: missing }, async (t) => {
  const company = encodeId('co', scene.company.id);
  const channel = await (await client(t)).createChannel();
  const sub = await scene.subscribe({ kind: 'rabbitmq', name: 'Cola', events: ['message_received'] });
  assert.deepEqual([sub.secret, sub.routing], [null, { exchange: EVENTS_EXCHANGE, key: `${company}.#` }]);
  await scene.write('56970000001', 'nobody is bound');
  await waitFor(async () => (await scene.log(sub.id))[0]?.outcome === 'unrouted', { what: 'it to be noted' });
  await channel.assertQueue('own', { durable: true });
  await channel.assertQueue('neighbour', { durable: true });
  await channel.bindQueue('own', EVENTS_EXCHANGE, `${company}.#`);
  await channel.bindQueue('neighbour', EVENTS_EXCHANGE, `${encodeId('co', scene.route.id)}.#`);
  await scene.write('56970000001', 'uno', 'dos');
  await waitFor(async () => await depth(t, 'own') === 2, { what: 'two messages in the queue' });
  const got = await drain(t, 'own');
  assert.deepEqual(got.map(contentOf), ['uno', 'dos']);
  const { fields, properties } = got[0]!;
  assert.deepEqual([fields.routingKey, properties.type, properties.contentType, properties.deliveryMode], [`${company}.message_received`, 'message_received', 'application/json', 2]);
  assert.equal(properties.messageId, (JSON.parse(got[0]!.content.toString()) as { id: string }).id);
  assert.equal(await depth(t, 'neighbour'), 0);
  const answer = await scene.admin.post<{ outcome: string }>(`/api/subscriptions/${sub.id}/test`);
  assert.equal(answer.outcome, 'delivered');
  assert.equal((await drain(t, 'own'))[0]!.properties.type, 'test');
  await scene.app.inject({ method: 'DELETE', url: `/api/subscriptions/${sub.id}`, headers: scene.admin.headers });
});

test('a broker killed twice under load loses nothing and keeps the order of every conversation', { skip: missing }, async (t) => {
  const channel = await (await client(t)).createChannel();
  await channel.assertQueue('drill', { durable: true });
  await channel.bindQueue('drill', EVENTS_EXCHANGE, '*.message_received');
  const sub = await scene.subscribe({ kind: 'rabbitmq', name: 'Drill', events: ['message_received'] });
  const phones = Array.from({ length: 8 }, (_, i) => `5697100000${i}`);
  const wanted: string[] = [];
  const load = async (rounds: number): Promise<void> => {
    for (let i = 0; i < rounds; i++) {
      for (const phone of phones) {
        const said = [`${phone} ${wanted.length}`, `${phone} ${wanted.length + 1}`];
        wanted.push(...said);
        await scene.write(phone, ...said);
      }
    }
  };
  for (let kill = 0; kill < 2; kill++) {
    const writing = load(12);
    await waitFor(async () => (await scene.log(sub.id)).length > 0, { what: 'events on their way' });
    await rabbit.kill();
    await writing;
    assert.ok(await scene.queued() > 0, 'it was killed in the middle');
    await load(2);
    await rabbit.start();
  }
  await load(2);
  await waitFor(async () => await scene.queued() === 0, { what: 'everything to be handed over' });
  const seen = new Set<string>();
  const firsts = (await drain(t, 'drill')).map(contentOf).filter((text) => !seen.has(text) && seen.add(text));
  if (firsts.length !== wanted.length) {
    // Which of the two forgot: a broker that came back without the binding answers that nothing routes the event, and that is noted.
    const noted = groupBy(await scene.log(sub.id), (entry) => entry.outcome);
    assert.fail(`${firsts.length} of ${wanted.length} in the queue; noted: ${[...noted].map(([outcome, all]) => `${all.length} ${outcome}`).join(', ')}; bindings:\n${rabbit.ctl('list_bindings', '-q')}`);
  }
  for (const phone of phones) assert.deepEqual(firsts.filter((text) => text.startsWith(phone)), wanted.filter((text) => text.startsWith(phone)));
  await scene.app.inject({ method: 'DELETE', url: `/api/subscriptions/${sub.id}`, headers: scene.admin.headers });
});

interface Asked {
  readonly body?: unknown;
  readonly id?: string;
  readonly apiKey?: string;
  readonly replyTo?: string;
}
async function ask(model: ChannelModel, commands: readonly Asked[]): Promise<void> {
  const channel = await model.createConfirmChannel();
  for (const { body, id, apiKey, replyTo } of commands) {
    channel.publish(COMMANDS, '', Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)), {
      persistent: true, ...(id && { messageId: id }), ...(replyTo && { replyTo }), headers: apiKey ? { 'x-api-key': apiKey } : {},
    });
  }
  await channel.waitForConfirms();
  await channel.close();
}
const hello = (phone: string, content: string): unknown => ({ command: 'send_message', data: { phone_number: `+${phone}`, content } });
const sent = async (): Promise<string[]> => (await scene.rt.db.withCompany(scene.company, (tx) => tx.query<{ text: string }>("select text from {c}.messages where direction = 'out' order by id"))).map((r) => r.text);

function listen(t: Scope): () => Promise<void> {
  const shared = useBroker(scene.rt)!;
  const end = consumeCommands(scene.rt, shared.broker);
  const stop = async (): Promise<void> => {
    await end();
    await shared.release();
  };
  defer(t, stop);
  return stop;
}

test('commands are done once, answered, and set aside with their reason when they cannot be done', { skip: missing }, async (t) => {
  await scene.write('56972000001', 'Hola');
  listen(t);
  const model = await client(t);
  const channel = await model.createChannel();
  const { queue } = await channel.assertQueue('', { exclusive: true });
  await channel.assertQueue('results', { durable: true });
  await channel.bindQueue('results', RESULTS_EXCHANGE, `${encodeId('co', scene.company.id)}.#`);
  await waitFor(() => depth(t, COMMANDS).then(() => true), { what: 'the queue of commands' });
  const before = (await sent()).length;
  await ask(model, [
    { id: 'a1', apiKey: key, body: hello('56972000001', 'uno'), replyTo: queue },
    { id: 'a1', apiKey: key, body: hello('56972000001', 'uno'), replyTo: queue },
    { id: 'a2', apiKey: key, body: hello('56972000001', 'dos'), replyTo: queue },
    { id: 'a3', apiKey: key, body: hello('56979999999', 'a stranger'), replyTo: queue },
    { id: 'a4', apiKey: 'ck_wrong', body: hello('56972000001', 'tres'), replyTo: queue },
    { id: 'a5', body: hello('56972000001', 'tres'), replyTo: queue },
    { apiKey: key, body: hello('56972000001', 'tres'), replyTo: queue },
    { id: 'a7', apiKey: key, body: '{', replyTo: queue },
    { id: 'a8', apiKey: key, body: { command: 'send_message', data: { content: 'to nobody' } }, replyTo: COMMANDS },
  ]);
  await waitFor(async () => await depth(t, DEAD_COMMANDS_QUEUE) === 6, { what: 'six dead letters' });
  assert.deepEqual((await sent()).slice(before), ['uno', 'dos']);
  // The queue is this connection's own.
  const answers: CommandResult[] = [];
  for (let m = await channel.get(queue, { noAck: true }); m; m = await channel.get(queue, { noAck: true })) answers.push(JSON.parse(m.content.toString()) as CommandResult);
  const accepted = answers.filter((a) => a.outcome === 'accepted');
  assert.deepEqual(accepted.map((a) => a.command_id), ['a1', 'a1', 'a2']);
  assert.equal(new Set(accepted.map((a) => a.result?.['id'])).size, 2, 'asked twice, done once');
  assert.equal(accepted[0]!.result?.['status'], 'queued');
  const reasons = new Map((await drain(t, DEAD_COMMANDS_QUEUE)).map((m) => {
    assert.ok(!JSON.stringify(m.properties.headers).includes(key), 'the key is not kept');
    return [String(m.properties.messageId), String((m.properties.headers as Record<string, unknown>)['x-reason'])];
  }));
  assert.deepEqual(['a3', 'a4', 'a5', 'a7', 'a8'].map((id) => reasons.get(id)), ['conversations.window_closed', 'companies.wrong_key', 'subscriptions.command_key', 'subscriptions.command_invalid', 'api.recipient']);
  assert.ok([...reasons.values()].includes('subscriptions.command_id'));
  assert.ok((await drain(t, 'results')).every((m) => m.fields.routingKey === `${encodeId('co', scene.company.id)}.send_message` || m.fields.routingKey.endsWith('.unknown')));
  assert.equal(await depth(t, COMMANDS), 0, 'nobody is answered into a queue of ours');
});

test('commands survive a broker and a consumer that die: each is done once, in order', { skip: missing }, async (t) => {
  await scene.write('56973000001', 'Hola');
  let stop = listen(t);
  const before = (await sent()).length;
  const wanted = Array.from({ length: 120 }, (_, i) => `orden ${i}`);
  const commands = wanted.map((text, i) => ({ id: `drill-${i}`, apiKey: key, body: hello('56973000001', text) }));
  await ask(await client(t), commands);
  await waitFor(async () => (await sent()).length > before + 5, { what: 'the first ones' });
  await rabbit.kill();
  await stop();
  await rabbit.start();
  // The sender does not know which ones arrived, and sends some again.
  await ask(await client(t), commands.slice(100));
  stop = listen(t);
  await waitFor(async () => (await sent()).length >= before + wanted.length, { what: 'all of them' });
  await waitFor(async () => await depth(t, COMMANDS) === 0, { what: 'an empty queue' });
  await stop();
  assert.deepEqual((await sent()).slice(before), wanted);
});

test('a user made for one company as docs/events.md says sees its own events only, and may send commands', { skip: missing }, async (t) => {
  const company = encodeId('co', scene.company.id);
  const text = readFileSync(new URL('../../docs/events.md', import.meta.url), 'utf8');
  const lines = (/```bash\n([\s\S]*?)```/.exec(text)?.[1] ?? '').split('\n').filter((line) => line.startsWith('rabbitmqctl '));
  assert.equal(lines.length, 4);
  for (const line of lines) {
    const words = [...line.replaceAll('$COMPANY', company).replaceAll('$PASSWORD', 'una-clave-larga').matchAll(/"([^"]*)"|(\S+)/g)].map((m) => m[1] ?? m[2] ?? '');
    rabbit.ctl(...words.slice(1));
  }
  const refused = async (act: (channel: Channel) => Promise<unknown> | void): Promise<void> => {
    const channel = await model.createConfirmChannel();
    channel.on('error', () => undefined);
    await assert.rejects(async () => {
      await act(channel);
      await channel.waitForConfirms();
    }, /ACCESS_REFUSED|closed/);
  };
  const model = await connect(rabbit.url.replace('guest:guest', `${company}:una-clave-larga`));
  model.on('error', () => undefined);
  defer(t, () => model.close().catch(() => undefined));
  const channel = await model.createChannel();
  await channel.assertQueue(`${company}.erp`, { durable: true });
  await channel.bindQueue(`${company}.erp`, EVENTS_EXCHANGE, `${company}.#`);
  await channel.bindQueue(`${company}.erp`, RESULTS_EXCHANGE, `${company}.#`);
  for (const key of ['#', '*.message_received', `${encodeId('co', scene.route.id)}.#`]) await refused((c) => c.bindQueue(`${company}.erp`, EVENTS_EXCHANGE, key));
  await refused((c) => c.assertQueue('somewhere'));
  await refused((c) => c.get(DEAD_COMMANDS_QUEUE));
  await refused((c) => void c.publish(EVENTS_EXCHANGE, `${company}.message_received`, Buffer.from('{}')));
  await refused((c) => void c.sendToQueue(COMMANDS, Buffer.from('{}')));

  await scene.write('56974000001', 'Hola');
  const stop = listen(t);
  await ask(model, [{ id: 'own-1', apiKey: key, body: hello('56974000001', 'gracias'), replyTo: `${company}.erp` }]);
  await waitFor(async () => await depth(t, `${company}.erp`) === 2, { what: 'the result, on the exchange and as an answer' });
  await stop();
});
