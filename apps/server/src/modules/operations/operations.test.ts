import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { before, test } from 'node:test';
import type { FastifyInstance } from 'fastify';
import { encodeId, newUuid } from '@centralita/kernel';
import type { Tx } from '@centralita/platform/database';
import { waitFor } from '../../../../../test/harness/wait.ts';
import { signedIn, startApi, type Agent } from '../../testing/api.ts';
import { companyWithAccount, inbound, startAlone } from '../../testing/runtime.ts';
import type { Runtime } from '../../runtime.ts';
import { addAccount, type Route } from '../accounts/index.ts';
import { assignBot, publishFlow } from '../bots/index.ts';
import { botsModule } from '../bots/module.ts';
import { type Company } from '../companies/index.ts';
import { lockConversations, receiveMessages, say, setHolder } from '../conversations/index.ts';
import { conversationsModule } from '../conversations/module.ts';
import { deliveryStates, giveUpUnknown, setAside, settleOutcomes } from '../delivery/index.ts';
import { openAttempts, takeOutbox } from '../delivery/store.ts';
import { replayUnroutedOfApp } from '../intake/index.ts';
import { intakeModule } from '../intake/module.ts';
import { operationsModule } from './module.ts';

let rt: Runtime;
let app: FastifyInstance;
let company: Company;
let route: Route;
let boss: Agent;
let stranger: Agent;

before(async (t) => {
  const modules = [conversationsModule, botsModule, intakeModule, operationsModule];
  ({ rt } = await startAlone(t as never, { modules }));
  app = await startApi(t as never, rt, modules);
  ({ company, route } = await companyWithAccount(rt));
  boss = await signedIn(rt, app, { company, name: 'Jefa', role: 'administrator' });
  stranger = await signedIn(rt, app, { company: (await companyWithAccount(rt, 'Otra')).company, name: 'Otra', role: 'administrator' });
});

const inCompany = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => rt.db.withCompany(company, work);
async function webhook(body: string): Promise<void> {
  const signature = `sha256=${createHmac('sha256', 'none').update(body).digest('hex')}`;
  const answer = await app.inject({ method: 'POST', url: `/webhook/meta/${company.slug}`, payload: body, headers: { 'x-hub-signature-256': signature, 'content-type': 'application/json' } });
  assert.equal(answer.statusCode, 200);
}
const message = (sender: string, id: string, text: string): string => JSON.stringify({
  object: 'whatsapp_business_account',
  entry: [{ id: '1', changes: [{ field: 'messages', value: { messaging_product: 'whatsapp', metadata: { display_phone_number: '5622', phone_number_id: sender },
    contacts: [{ wa_id: '56911112222', profile: { name: 'Ana' } }], messages: [{ from: '56911112222', id, timestamp: String(Math.floor(Date.now() / 1000)), type: 'text', text: { body: text } }] } }] }],
});
interface Rows { failed_webhooks: Row[]; unrouted: Row[]; dead_letters: Row[]; next_cursor: string | null }
interface Row { id: string; payload: unknown; request_id: string; error_message: string; replayed_at: string | null; app: string; summary: string; kind: string; message_id: string | null }
const list = (what: string, who = boss): Promise<Rows> => who.get(`/api/operations/${what}`);

/** A conversation with one message of ours on its way. */
async function beingSent(phone: string): Promise<{ conversation: string; message: string }> {
  const [received] = await inCompany((tx) => receiveMessages(rt, tx, [{ route, event: inbound(phone, 'hola') }]));
  const [said] = await inCompany((tx) => say(rt, tx, [{ conversation_id: received!.conversation_id, author: { kind: 'api' }, content: { type: 'text', text: 'sí' } }]));
  await inCompany(async (tx) => {
    const taken = await takeOutbox(tx, [{ route_id: route.id, wanted: 10 }]);
    await openAttempts(tx, taken.map((m) => ({ message_id: m.message_id, route_id: route.id, epoch: 1 })));
  });
  return { conversation: received!.conversation_id, message: said!.message_id };
}
const status = async (id: string): Promise<string | undefined> => (await inCompany((tx) => deliveryStates(tx, [id])))[0]?.status;

test('a signed body that cannot be read is shown whole, and taken in again once', async () => {
  await webhook('{"object": "not what it should be');
  const shown = (await waitFor(async () => (await list('failed-webhooks')).failed_webhooks[0], { what: 'the failed webhook' }));
  assert.equal(shown.payload, '{"object": "not what it should be');
  assert.ok(shown.error_message);
  assert.deepEqual(await boss.post(`/api/operations/failed-webhooks/${shown.id}/replay`), { replayed: true });
  assert.deepEqual(await boss.post(`/api/operations/failed-webhooks/${shown.id}/replay`), { replayed: false });
  // It still cannot be read: the same bytes, set aside anew.
  const rows = await waitFor(async () => {
    const { failed_webhooks: now } = await list('failed-webhooks');
    return now.length === 2 && now;
  }, { what: 'the replayed body unpacked' });
  assert.equal(rows[0]!.payload, shown.payload);
  assert.equal(rows[0]!.request_id, shown.request_id);
  assert.ok(rows[1]!.replayed_at);
  assert.deepEqual((await list('failed-webhooks', stranger)).failed_webhooks, []);
  assert.equal((await stranger.raw('POST', `/api/operations/failed-webhooks/${rows[0]!.id}/replay`)).statusCode, 404);
});

test('what came for a number before it was added is routed afterwards, in its order', async () => {
  for (const n of [1, 2, 3]) await webhook(message('9009', `wamid.unrouted.${n}`, `antes ${n}`));
  const rows = await waitFor(async () => {
    const { unrouted } = await list('unrouted');
    return unrouted.length === 3 && unrouted;
  }, { what: 'the unrouted events' });
  assert.equal(rows[0]!.app, `meta/${company.slug}`);
  assert.match(rows[0]!.summary, /5622/);
  assert.deepEqual((await list('unrouted', stranger)).unrouted, []);
  assert.equal((await stranger.raw('POST', `/api/operations/unrouted/${rows[0]!.id}/replay`)).statusCode, 404);
  assert.deepEqual(await boss.post(`/api/operations/unrouted/${rows[0]!.id}/replay`), { replayed: false });

  const added = await addAccount(rt, { companyId: company.id, name: 'Nueva', phone: null, provider: 'meta', senderId: '9009', wabaId: '1', credentials: {}, appSecret: 'none', appSlug: company.slug });
  assert.deepEqual(await boss.post(`/api/operations/unrouted/${rows[2]!.id}/replay`), { replayed: true });
  assert.equal(await replayUnroutedOfApp(rt, added.appId), 2);
  assert.deepEqual((await list('unrouted')).unrouted, []);
  const texts = await inCompany((tx) => tx.query<{ text: string }>('select text from {c}.messages where route_id = $1 order by id', [added.routeId]));
  assert.deepEqual(texts.map((m) => m.text), ['antes 1', 'antes 2', 'antes 3']);
});

test('a message goes back into its outbox only when it certainly was not sent', async () => {
  const error = { class: 'credentials', code: '190', title: 'Token expired' } as const;
  const failed = await beingSent('56900000001');
  await inCompany((tx) => settleOutcomes(rt, tx, [{ message_id: failed.message, route_id: route.id, attempts: 1, outcome: { outcome: 'rejected', error } }]));
  const letter = (await list('dead-letters')).dead_letters.find((d) => d.message_id === encodeId('msg', failed.message))!;
  const replay = `/api/operations/dead-letters/${letter.id}/replay`;
  assert.equal((await stranger.raw('POST', replay)).statusCode, 404);
  const twice = await Promise.all([boss.post<{ replayed: boolean }>(replay), boss.post<{ replayed: boolean }>(replay)]);
  assert.deepEqual(twice.map((r) => r.replayed).sort((a, b) => Number(a) - Number(b)), [false, true]);
  assert.equal(await status(failed.message), 'queued');
  assert.deepEqual((await inCompany((tx) => takeOutbox(tx, [{ route_id: route.id, wanted: 10 }]))).map((m) => m.message_id), [failed.message]);

  const doubtful = await beingSent('56900000002');
  await inCompany(async (tx) => {
    await settleOutcomes(rt, tx, [{ message_id: doubtful.message, route_id: route.id, attempts: 1, outcome: { outcome: 'unknown', error } }]);
    await giveUpUnknown(rt, tx, [{ message_id: doubtful.message, class: 1 }]);
    await setAside(rt, tx, [{ kind: 'send', reason: 'unknown', detail: null, conversation_id: doubtful.conversation, message_id: doubtful.message, attempts: 1 }]);
  });
  const unknown = (await list('dead-letters')).dead_letters.find((d) => d.message_id === encodeId('msg', doubtful.message))!;
  const refused = await boss.raw('POST', `/api/operations/dead-letters/${unknown.id}/replay`);
  assert.equal(refused.statusCode, 409);
  assert.equal(await status(doubtful.message), 'unknown');
  assert.equal((await list('dead-letters')).dead_letters.find((d) => d.id === unknown.id)!.replayed_at, null, 'refused is not replayed');
});

test('a turn set aside gives the conversation back to the bot, which answers what nobody has', async () => {
  const { conversation } = await beingSent('56900000003');
  await inCompany((tx) => receiveMessages(rt, tx, [{ route, event: inbound('56900000003', '¿horario?') }]));
  await inCompany((tx) => setAside(rt, tx, [{ kind: 'turn', reason: 'broken', detail: null, conversation_id: conversation, message_id: null, attempts: 3 }]));
  const letter = (await list('dead-letters')).dead_letters.find((d) => d.kind === 'turn')!;
  const replay = `/api/operations/dead-letters/${letter.id}/replay`;
  assert.equal((await boss.raw('POST', replay)).json<{ code: string }>().code, 'operations.no_bot');
  await inCompany(async (tx) => {
    const { bot_id } = await publishFlow(rt, tx, { bot: { name: 'Bot' }, flow: { schema: 1, name: 'Bot', start: 'a', nodes: { a: { type: 'say', content: { type: 'text', text: 'De 9 a 14' } } } } });
    await assignBot(rt, tx, route.account_id, bot_id);
    await setHolder(rt, tx, [conversation], { kind: 'agent', user_id: newUuid() });
  });
  assert.equal((await boss.raw('POST', replay)).json<{ code: string }>().code, 'operations.held');
  await inCompany((tx) => setHolder(rt, tx, [conversation], { kind: 'nobody' }));
  assert.deepEqual(await boss.post(replay), { replayed: true });
  assert.equal((await inCompany((tx) => lockConversations(tx, [conversation])))[0]!.holder, 'bot');
  await waitFor(() => inCompany(async (tx) => (await tx.query("select 1 from {c}.messages where conversation_id = $1 and text = 'De 9 a 14'", [conversation])).length === 1), { what: 'the bot’s answer' });
  assert.deepEqual(await boss.post(replay), { replayed: false });
});

test('pages hold everything once; agents and strangers are kept out', async () => {
  await inCompany((tx) => setAside(rt, tx, Array.from({ length: 7 }, (_, i) => ({ kind: 'other', reason: `n${i}`, detail: null, conversation_id: null, message_id: null, attempts: 1 }))));
  const all = (await list('dead-letters')).dead_letters.map((d) => d.id);
  const seen: string[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const page: Rows = await list(`dead-letters?limit=3${cursor && `&cursor=${cursor}`}`);
    seen.push(...page.dead_letters.map((d) => d.id));
    cursor = page.next_cursor;
  }
  assert.deepEqual(seen, all);
  const other = (await list('dead-letters')).dead_letters.find((d) => d.kind === 'other')!;
  assert.equal((await boss.raw('POST', `/api/operations/dead-letters/${other.id}/replay`)).statusCode, 409);
  assert.deepEqual((await list('dead-letters', stranger)).dead_letters, []);
  assert.equal((await boss.raw('GET', '/api/operations/dead-letters?cursor=nonsense')).statusCode, 400);
  const agent = await signedIn(rt, app, { company, name: 'Ana', role: 'agent' });
  for (const what of ['failed-webhooks', 'unrouted', 'dead-letters']) {
    assert.equal((await agent.raw('GET', `/api/operations/${what}`)).statusCode, 403);
    assert.equal((await agent.raw('POST', `/api/operations/${what}/${other.id}/replay`)).statusCode, 403);
    assert.equal((await app.inject({ method: 'GET', url: `/api/operations/${what}` })).statusCode, 401);
  }
});
