import assert from 'node:assert/strict';
import { before, beforeEach, test } from 'node:test';
import type { AddedRoute, CarrierList, CredentialsCheck, RouteCheck, RouteDetails, RouteList, RouteWebhook, TestProgress, TestResult } from '@centralita/contracts/api';
import type { RouteChanged } from '../../apps/server/src/messaging/index.ts';
import { createApiKey, createCompany } from '../../apps/server/src/modules/companies/index.ts';
import { say } from '../../apps/server/src/modules/conversations/index.ts';
import { lookAfterRoutes } from '../../apps/server/src/modules/delivery/look-after-routes.ts';
import type { Scope } from '../harness/defer.ts';
import { defer } from '../harness/defer.ts';
import type { SandboxNumber } from '../harness/second-hand.ts';
import { waitFor } from '../harness/wait.ts';
import { ApiClient, apiClient } from './api-client.ts';
import { openDesk, type Desk } from './desk.ts';

// The chain of a line as an operator sees and works it, and what it does when its carriers fail in one way or another.
let desk: Desk;
let api: ApiClient;
let id: string;
let second: SandboxNumber;
let ahead = 0;
const clock = { now: () => Date.now() + ahead, date: () => new Date(Date.now() + ahead) };
const told: RouteChanged[] = [];
const PEOPLE = ['56974000001', '56974000002', '56974000003', '56974000004'];

before(async (t) => {
  desk = await openDesk(t as unknown as Scope, { clock, config: { unknownWaitSeconds: 1, carrierTimeoutSeconds: 1, retryFirstSeconds: 0.05, retryMaxSeconds: 0.2, retryAttempts: 100, statusSilenceSeconds: 60 } });
  // The carrier can reach us: here is where we are.
  Object.assign(desk.rt.config, { publicUrl: desk.url });
  desk.rt.events.on('route.changed', (tx, news) => tx.onCommit(() => void told.push(news)));
  defer(t as unknown as Scope, await lookAfterRoutes(desk.rt));
  api = new ApiClient(desk.url, await desk.rt.db.shared((tx) => createApiKey(tx, desk.company.id, { name: 'installer', role: 'administrator', platform: true })));
  id = (await api.get<{ accounts: { id: string }[] }>('/api/accounts')).accounts[0]!.id;
  second = (await desk.sandbox.call('POST', '/sandbox/numbers', { name: 'Segunda línea' })).body as unknown as SandboxNumber;
});
beforeEach(() => desk.sandbox.call('DELETE', '/sandbox/faults'));

const chain = async (): Promise<RouteDetails[]> => (await api.get<RouteList>(`/api/accounts/${id}/routes`)).routes;
const problem = (answer: { json: unknown }): { code: string } => answer.json as never;
const given = (number: SandboxNumber) => ({
  account_type: 'meta' as const, phone_number_id: number.phone_number_id, waba_id: number.waba_id, api_key: number.access_token, webhook_secret: number.app_secret, credentials: { graph_url: number.graph_url },
});
const at = (route: { id: string }, more = ''): string => `/api/accounts/${id}/routes/${route.id}${more}`;
const fail = (more: Record<string, unknown>): Promise<unknown> => desk.sandbox.call('POST', '/sandbox/faults', { ...more, phone_number_id: desk.sandbox.config.phone_number_id });
const news = (state: string): Promise<RouteChanged> => waitFor(() => told.find((n) => n.state === state), { what: `the news that a route is ${state}` });

async function talk(phone: string, to: string): Promise<void> {
  await desk.sandbox.write(phone, { to, type: 'text', text: 'hola' });
  await waitFor(async () => (await desk.sandbox.messages(phone)).every((m) => m['direction'] !== 'out' || m['status'] !== 'sent'), { what: 'the webhook' });
}
async function send(phone: string, ...texts: string[]): Promise<string[]> {
  const [row] = await waitFor(() => desk.inCompany((tx) => tx.query<{ id: string }>(
    "select c.id from {c}.conversations c join {c}.addresses a on a.contact_id = c.contact_id where a.kind = 'phone' and a.value = $1", [phone])), { what: 'the conversation' });
  return (await desk.inCompany((tx) => say(desk.rt, tx, texts.map((text) => ({ conversation_id: row!.id, author: { kind: 'api' as const }, content: { type: 'text' as const, text } }))))).map((s) => s.message_id);
}
const statusOf = async (ids: readonly string[]): Promise<{ status: string; error: { code: string; detail?: string } | null }[]> =>
  desk.inCompany((tx) => tx.query('select status, error from {c}.deliveries where message_id = any($1) order by message_id', [ids]));
const arrive = (ids: readonly string[]): Promise<unknown> => waitFor(async () => (await statusOf(ids)).every((r) => ['sent', 'delivered', 'read'].includes(r.status)), { what: 'the messages to arrive' });

test('kinds of lines are told with what they need; credentials are tried without storing anything', async () => {
  const { carriers } = await api.get<CarrierList>('/api/carriers');
  const meta = carriers.find((c) => c.account_type === 'meta')!;
  assert.deepEqual([meta.webhook, meta.verify_token, meta.pairing, meta.official], ['automatic', true, false, true]);
  assert.deepEqual(meta.fields.filter((f) => f.required).map((f) => f.name), ['phone_number_id', 'waba_id', 'access_token', 'app_secret']);
  const administrator = await apiClient(desk);
  const shown = (await administrator.get<CarrierList>('/api/carriers')).carriers.find((c) => c.account_type === 'meta')!;
  assert.equal(shown.fields.find((f) => f.name === 'graph_url')!.mine, false, 'addresses of APIs are not for everybody');

  const good = await api.post<CredentialsCheck>('/api/carriers/meta/check', given(second));
  assert.deepEqual([good.json.ok, good.json.name], [true, 'Segunda línea']);
  const bad = await api.post<CredentialsCheck>('/api/carriers/meta/check', { ...given(second), api_key: 'EAAwrong' });
  assert.deepEqual([bad.status, bad.json.ok, bad.json.error?.class], [200, false, 'credentials']);
  assert.equal(problem(await api.post('/api/carriers/meta/check', { waba_id: '1' })).code, 'api.credentials_missing');
  assert.equal((await chain()).length, 1);
});

test('a further number is the last choice, until the order is another; nobody else’s numbers are reached', async () => {
  const added = await api.post<AddedRoute>(`/api/accounts/${id}/routes`, given(second));
  assert.deepEqual([added.status, added.json.route.position, added.json.webhook.subscribed], [201, 1, true], added.text);
  assert.equal((await api.post<AddedRoute>(`/api/accounts/${id}/routes`, given(second))).status, 200, 'the same again renews it');
  const [a, b] = (await chain()).map((r) => r.id);
  assert.deepEqual((await api.call<RouteList>('PUT', `/api/accounts/${id}/routes/order`, { body: { route_ids: [b, a] } })).json.routes.map((r) => r.id), [b, a]);
  assert.equal(problem(await api.call('PUT', `/api/accounts/${id}/routes/order`, { body: { route_ids: [b] } })).code, 'accounts.route_order');
  await api.call('PUT', `/api/accounts/${id}/routes/order`, { body: { route_ids: [a, b] } });

  const stranger = await apiClient(desk, 'administrator', (await createCompany(desk.rt, { slug: 'ajena', name: 'Ajena' })).id);
  assert.equal((await stranger.call('GET', `/api/accounts/${id}/routes`)).status, 404);
  assert.equal((await stranger.call('POST', at({ id: a! }, '/check'))).status, 404);
  const agent = await apiClient(desk, 'agent');
  assert.equal((await agent.call('GET', `/api/accounts/${id}/routes`)).status, 200);
  assert.equal((await agent.call('POST', at({ id: a! }, '/check'))).status, 403);
  const text = JSON.stringify(await chain());
  for (const secret of [second.access_token, second.app_secret, desk.sandbox.config.verify_token]) assert.ok(!text.includes(secret));
});

test('asked now, the carrier says whether the credentials work and where it calls; the webhook can be told again', async () => {
  const [first] = await chain();
  const hook = await api.get<RouteWebhook>(at(first!, '/webhook'));
  assert.deepEqual([hook.url.endsWith('/webhook/meta/demo'), hook.verify_token], [true, desk.sandbox.config.verify_token]);
  const check = await api.post<RouteCheck>(at(first!, '/check'), undefined);
  assert.deepEqual([check.json.ok, check.json.webhook?.state, check.json.route.state, typeof check.json.route.health.checked_at], [true, 'here', 'up', 'string'], check.text);
  await desk.sandbox.graph('POST', `/${desk.sandbox.config.waba_id}/subscribed_apps`, { override_callback_uri: `${desk.url}/webhook/meta/demo?other`, verify_token: desk.sandbox.config.verify_token });
  const moved = await api.post<RouteCheck>(at(first!, '/check'), undefined);
  assert.deepEqual([moved.json.webhook?.state, moved.json.route.state, moved.json.route.problems.map((p) => p.code)], ['elsewhere', 'degraded', ['webhook']], moved.text);
  assert.equal((await api.post<RouteWebhook>(at(first!, '/webhook'), undefined)).json.subscribed, true);
  assert.equal((await chain())[0]!.state, 'up');
});

test('a test message leaves by the number it was asked of, and its ticks can be followed; refusals come in words', async () => {
  const [, other] = await chain();
  await talk(PEOPLE[0]!, second.business_number);
  const sent = await api.post<TestResult>(at(other!, '/test'), { phone_number: `+${PEOPLE[0]}`, text: 'Prueba de la segunda' });
  assert.equal(sent.json.outcome, 'accepted', sent.text);
  assert.ok((await desk.heard(PEOPLE[0]!)).includes('Prueba de la segunda'));
  await waitFor(async () => (await api.get<TestProgress>(at(other!, `/test?whatsapp_message_id=${encodeURIComponent(sent.json.whatsapp_message_id!)}`))).statuses.some((s) => s.status === 'delivered'), { what: 'the ticks' });
  const [, after] = await chain();
  assert.ok(after!.health.last_accepted_at !== null && after!.health.last_status_at !== null && after!.health.last_received_at !== null);
  assert.ok(after!.last_24_hours.accepted >= 1);
  assert.equal(problem(await api.post(at(other!, '/test'), { phone_number: PEOPLE[0] })).code, 'api.test_content');

  const cold = await api.post<TestResult>(at(other!, '/test'), { phone_number: '56974999999', text: 'Sin ventana' });
  const failed = await waitFor(async () => (await api.get<TestProgress>(at(other!, `/test?whatsapp_message_id=${encodeURIComponent(cold.json.whatsapp_message_id!)}`))).statuses.find((s) => s.status === 'failed'), { what: 'the refusal' });
  assert.deepEqual([failed.error?.code, failed.error?.class], ['131047', 'needs_template']);
  assert.ok((await chain())[1]!.last_24_hours.errors.some((e) => e.code === '131047'));
});

test('a token that expired stops its number at once: it is told, its messages go by the next, and it goes on when the carrier takes it again', async () => {
  for (const phone of PEOPLE) for (const to of [second.business_number, desk.sandbox.config.business_number]) await talk(phone, to);
  await desk.settled();
  told.length = 0;
  await fail({ kind: 'error', code: 190, times: 1000, calls: 'all' });
  const ids = await send(PEOPLE[0]!, 'con el token vencido');
  await arrive(ids);
  const down = await news('down');
  assert.deepEqual([down.provider, down.problems[0]!.code], ['meta', 'stopped']);
  const [first] = await chain();
  assert.deepEqual([first!.status, first!.state], ['stopped', 'down']);
  const health = await fetch(`${desk.url}/health/whatsapp`);
  assert.deepEqual([health.status, (await health.json() as { status: string }).status], [200, 'degraded'], 'the line still sends');
  assert.equal(problem(await api.call('PATCH', at(first!), { body: { status: 'active' } })).code, 'api.credentials_refused', 'the carrier still refuses');

  await desk.sandbox.call('DELETE', '/sandbox/faults');
  assert.equal((await api.call<RouteDetails>('PATCH', at(first!), { body: { status: 'active' } })).json.status, 'active');
  await news('up');
  assert.deepEqual(told.filter((n) => n.route_id === down.route_id).map((n) => n.state), ['down', 'up'], 'each told once');
});

test('a slow carrier: what may have been taken is not repeated, what waits goes by the next number', async () => {
  await api.call('PUT', `/api/accounts/${id}`, { body: { fallback_threshold_errors: 2, fallback_cooldown_seconds: 1 } });
  await fail({ kind: 'timeout', times: 2 });
  // One after the other to each person: the second waits behind the first, whose outcome nobody knows.
  const slow = [...await send(PEOPLE[0]!, 'lento 0'), ...await send(PEOPLE[1]!, 'lento 1')];
  await waitFor(async () => (await desk.database.db.query('select 1 from {s}.breakers')).length === 1, { what: 'the breaker to open' });
  await arrive(await send(PEOPLE[2]!, 'después'));
  await arrive(slow);
  for (const [n, phone] of [PEOPLE[0]!, PEOPLE[1]!].entries()) assert.deepEqual((await desk.heard(phone)).filter((text) => text === `lento ${n}`), [`lento ${n}`], 'once');
  await waitFor(async () => (await desk.database.db.query('select 1 from {s}.breakers')).length === 0, { what: 'the breaker to close' });
});

test('half open: the next failure alone opens it again; a carrier that flaps loses and repeats nothing', async () => {
  await api.call('PUT', `/api/accounts/${id}`, { body: { fallback_threshold_errors: 3, fallback_cooldown_seconds: 3 } });
  const open = (): Promise<unknown> => waitFor(async () => (await chain())[0]!.breaker, { what: 'the breaker to open' });
  await fail({ kind: 'error', code: 131016, times: 3 });
  const ids = (await Promise.all(PEOPLE.slice(0, 3).map((phone) => send(phone, 'vaivén 0')))).flat();
  await open();
  // By the other number, while this one is out: one that went by it after the probe would prove it well.
  await arrive(ids);
  await waitFor(async () => (await chain())[0]!.breaker === null, { what: 'the probe to close it' });
  await fail({ kind: 'error', code: 131016, times: 1 });
  ids.push(...await send(PEOPLE[3]!, 'vaivén 1'));
  await open();
  await api.call('PUT', `/api/accounts/${id}`, { body: { fallback_threshold_errors: 3, fallback_cooldown_seconds: 1 } });
  for (let n = 2; n < 6; n++) {
    await fail({ kind: 'refuse', calls: 'messages' });
    ids.push(...(await Promise.all(PEOPLE.map((phone) => send(phone, `vaivén ${n}`)))).flat());
    await desk.sandbox.call('DELETE', '/sandbox/faults');
  }
  await arrive(ids);
  for (const phone of PEOPLE) {
    const texts = (await desk.heard(phone)).filter((text) => text.startsWith('vaivén'));
    assert.deepEqual(texts, texts.toSorted(), `in order: ${texts.join()}`);
    assert.equal(new Set(texts).size, texts.length, 'none twice');
  }
});

test('paused, a number gives its messages away; with something waiting it is not removed, without it is, and its past stays', async () => {
  const [first, other] = await chain();
  await waitFor(async () => (await chain())[0]!.breaker === null, { what: 'the breaker to close' });
  await api.call('PATCH', at(first!), { body: { status: 'paused' } });
  await arrive(await send(PEOPLE[0]!, 'por la otra'));
  // Nobody is left: both wait.
  await api.call('PATCH', at(other!), { body: { status: 'paused' } });
  const [waiting] = await send(PEOPLE[1]!, 'espera');
  const busy = await waitFor(async () => {
    const answer = await api.call('DELETE', at(first!));
    return answer.status === 409 ? answer : undefined;
  }, { what: 'the refusal' });
  assert.equal(problem(busy).code, 'accounts.route_busy');
  await api.call('PATCH', at(other!), { body: { status: 'active' } });
  await arrive([waiting!]);
  await waitFor(async () => (await chain())[0]!.waiting === 0, { what: 'nothing to wait' });
  assert.equal((await api.call('DELETE', at(first!))).status, 204);
  assert.deepEqual((await chain()).map((r) => r.id), [other!.id]);
  // Whoever last wrote to the number that is gone is answered by the one that is left.
  await arrive(await send(PEOPLE[2]!, 'sigue'));
  const back = await api.post<AddedRoute>(`/api/accounts/${id}/routes`, given(desk.sandbox.config as unknown as SandboxNumber));
  assert.deepEqual([back.json.route.id, back.json.route.position], [first!.id, 1], back.text);
});

test('no number left: a message waits for them, and fails with the reason when it has waited too long', async () => {
  for (const route of await chain()) await api.call('PATCH', at(route), { body: { status: 'paused' } });
  const ids = await send(PEOPLE[0]!, 'nadie');
  await waitFor(async () => (await chain()).some((r) => r.waiting > 0), { what: 'the message to wait' });
  assert.equal((await statusOf(ids))[0]!.status, 'queued');
  ahead = 25 * 3_600_000;
  await api.call('PATCH', at((await chain())[0]!), { body: { status: 'paused' } });
  await waitFor(async () => (await statusOf(ids))[0]!.status === 'failed', { what: 'the message to fail' });
  assert.equal((await statusOf(ids))[0]!.error?.code, 'no_route');
});
