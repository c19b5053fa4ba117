import assert from 'node:assert/strict';
import { before, beforeEach, test } from 'node:test';
import type { BulkAnswer } from '@centralita/contracts/api';
import type { RouteChanged } from '../../apps/server/src/messaging/index.ts';
import { addConfigured, carrierContext, forgetAccounts, readProviderConfig, routesOfAccount, type Route } from '../../apps/server/src/modules/accounts/index.ts';
import { say } from '../../apps/server/src/modules/conversations/index.ts';
import { lookAfterRoutes } from '../../apps/server/src/modules/delivery/look-after-routes.ts';
import { encodeId } from '@centralita/kernel';
import { defer, type Scope } from '../harness/defer.ts';
import { waitFor } from '../harness/wait.ts';
import { apiClient, type ApiClient } from './api-client.ts';
import { openDesk, type Desk } from './desk.ts';

// What is noticed of a number that goes deaf, and how carefully one sends that is somebody's phone.
let desk: Desk;
let api: ApiClient;
let ahead = 0;
const clock = { now: () => Date.now() + ahead, date: () => new Date(Date.now() + ahead) };
const told: RouteChanged[] = [];
const HOUR_MS = 3_600_000;
const FRIENDS = ['56977000001', '56977000002', '56977000003', '56977000004', '56977000005', '56977000006'];
const STRANGERS = ['56977100001', '56977100002', '56977100003'];
const SPACING = [80, 260] as const;
let phone: Route;
let number: Record<string, string>;

before(async (t) => {
  desk = await openDesk(t as unknown as Scope, { clock, config: { statusSilenceSeconds: 60 } });
  // The carrier can reach us: here is where we are.
  Object.assign(desk.rt.config, { publicUrl: desk.url });
  desk.rt.events.on('route.changed', (tx, news) => tx.onCommit(() => void told.push(news)));
  defer(t as unknown as Scope, await lookAfterRoutes(desk.rt));
  api = await apiClient(desk, 'administrator');
  number = (await desk.sandbox.call('POST', '/sandbox/numbers', { carrier: 'evolution', instance: 'cuidado' })).body as unknown as Record<string, string>;
  const config = readProviderConfig(desk.rt, { type: 'evolution', server_url: number['api_url']!, api_key: number['api_key']!, instance: number['instance']! });
  const [added] = await addConfigured(desk.rt, { companyId: desk.company.id, name: 'Teléfono', base: 'demo', config });
  // Quicker than a person, by the same rules: four messages begun a day, half of them to people it never wrote to.
  const human = { spacingMs: SPACING, perDay: 5, newShare: 0.5, warmUp: { firstDay: 4, days: 100_000 } };
  await desk.database.db.query('update {s}.routes set settings = settings || $2 where id = $1', [added!.routeId, { limits: { human }, per_day: 5 }]);
  forgetAccounts(desk.rt);
  phone = (await routesOfAccount(desk.rt, added!.accountId))[0]!;
  assert.ok(phone.limits.human, 'a phone writes like a person unless somebody says otherwise');
  await desk.rt.providers['evolution']!.setup!.subscribe!(await carrierContext(desk.rt, phone), { url: desk.url + added!.webhookPath, secrets: added!.secrets });
});
beforeEach(() => desk.sandbox.call('DELETE', '/sandbox/faults'));

const conversationOf = async (who: string): Promise<string> => (await waitFor(async () => (await desk.inCompany((tx) => tx.query<{ id: string }>(
  "select c.id from {c}.conversations c join {c}.addresses a on a.contact_id = c.contact_id where a.kind = 'phone' and a.value = $1", [who])))[0], { what: 'the conversation' })).id;
const reply = async (who: string, text: string): Promise<string> => {
  const id = await conversationOf(who);
  return (await desk.inCompany((tx) => say(desk.rt, tx, [{ conversation_id: id, author: { kind: 'api' }, content: { type: 'text', text } }])))[0]!.message_id;
};
const stateOf = async (ids: readonly string[]): Promise<string[]> => (await desk.inCompany((tx) => tx.query<{ status: string }>('select status from {c}.deliveries where message_id = any($1) order by message_id', [ids]))).map((r) => r.status);
const GONE = ['accepted', 'sent', 'delivered', 'read'];
const left = (ids: readonly string[]): Promise<unknown> => waitFor(async () => (await stateOf(ids)).every((status) => GONE.includes(status)), { what: 'the messages to leave' });
const leftAt = async (): Promise<number[]> => ((await desk.sandbox.call('GET', `/sandbox/outbox?phone_number_id=${number['phone_number_id']}&limit=100`)).body['messages'] as unknown as { accepted_at: string }[]).map((m) => Date.parse(m.accepted_at));

test('accepted, but no status for minutes: the number counts as deaf, and as well again with the next status', async () => {
  await desk.write(FRIENDS[0]!, 'hola');
  await left([await reply(FRIENDS[0]!, 'antes')]);
  await waitFor(async () => (await desk.database.db.query("select 1 from {s}.route_health where route_id = $1 and status_at is not null", [desk.route.id])).length === 1, { what: 'the first status' });
  await desk.sandbox.call('POST', '/sandbox/faults', { kind: 'silence', drop: true, phone_number_id: desk.sandbox.config.phone_number_id });
  await left([await reply(FRIENDS[0]!, 'en silencio')]);
  await waitFor(async () => (await desk.database.db.query('select 1 from {s}.route_health where route_id = $1 and unanswered_since is not null', [desk.route.id])).length === 1, { what: 'the silence to begin' });
  assert.ok(!told.some((n) => n.problems.some((p) => p.code === 'silent')), 'a moment is no silence');
  ahead += 61_000;
  const deaf = await waitFor(() => told.find((n) => n.route_id === desk.route.id && n.problems.some((p) => p.code === 'silent')), { what: 'the news of the silence' });
  assert.deepEqual([deaf.state, deaf.problems.map((p) => p.code)], ['degraded', ['silent']]);
  const health = await (await fetch(`${desk.url}/health/whatsapp`)).json() as { status: string };
  assert.equal(health.status, 'degraded');
  await desk.sandbox.call('DELETE', '/sandbox/faults');
  told.length = 0;
  await left([await reply(FRIENDS[0]!, 'de nuevo')]);
  await waitFor(() => told.some((n) => n.route_id === desk.route.id && !n.problems.some((p) => p.code === 'silent')), { what: 'the news that statuses come again' });
});

test('a phone answers one after the other, each pause another', async () => {
  for (const who of FRIENDS) await desk.sandbox.write(who, { to: number['phone_number_id'], type: 'text', text: 'hola teléfono' });
  const conversations = await waitFor(async () => {
    const rows = await desk.inCompany((tx) => tx.query<{ id: string }>('select id from {c}.conversations where account_id = $1', [phone.account_id]));
    return rows.length === FRIENDS.length ? rows : undefined;
  }, { what: 'everybody’s conversation' });
  const said = await desk.inCompany((tx) => say(desk.rt, tx, conversations.map(({ id }) => ({ conversation_id: id, author: { kind: 'api' as const }, content: { type: 'text' as const, text: 'Buenas' } }))));
  await left(said.map((s) => s.message_id));
  const at = (await leftAt()).toSorted((a, b) => a - b);
  assert.equal(at.length, FRIENDS.length);
  const pauses = at.slice(1).map((time, n) => time - at[n]!);
  // Answers of the network come within some milliseconds of each other.
  for (const pause of pauses) assert.ok(pause >= SPACING[0] - 30, `pauses of ${pauses.join(', ')} ms`);
  assert.ok(Math.max(...pauses) - Math.min(...pauses) > 5, `all pauses alike: ${pauses.join(', ')} ms`);
});

test('it begins only so much a day, and of that only a part with strangers; answers are never held back; the rest goes the next day', async () => {
  const sent = await api.post<BulkAnswer>('/api/messages/bulk', {
    account_id: encodeId('acc', phone.account_id), messages: [...STRANGERS, ...FRIENDS.slice(0, 4)].map((phone_number) => ({ phone_number, content: 'Tenemos novedades' })),
  });
  assert.equal(sent.json.queued, 7, sent.text);
  const heard = async (people: readonly string[]): Promise<number> => (await Promise.all(people.map((who) => desk.heard(who)))).filter((texts) => texts.includes('Tenemos novedades')).length;
  await waitFor(async () => await heard(STRANGERS) + await heard(FRIENDS) === 4, { what: 'the day’s four' });
  assert.equal(await heard(STRANGERS), 2, 'half of them to people it never wrote to');
  const before = (await leftAt()).length;
  await desk.sandbox.write(FRIENDS[5]!, { to: number['phone_number_id'], type: 'text', text: 'una pregunta' });
  const [conversation] = await desk.inCompany((tx) => tx.query<{ id: string }>("select c.id from {c}.conversations c join {c}.addresses a on a.contact_id = c.contact_id where c.account_id = $2 and a.value = $1", [FRIENDS[5], phone.account_id]));
  const [answer] = await desk.inCompany((tx) => say(desk.rt, tx, [{ conversation_id: conversation!.id, author: { kind: 'api' }, content: { type: 'text', text: 'una respuesta' } }]));
  await left([answer!.message_id]);
  assert.equal((await leftAt()).length, before + 1, 'nothing but the answer');
  assert.equal(await heard(STRANGERS) + await heard(FRIENDS), 4);

  ahead += 25 * HOUR_MS;
  // They wait by the database's clock, which nobody can set.
  await desk.database.db.query('update {s}.outbox set due_at = now() where route_id = $1', [phone.id]);
  await desk.database.db.query("update {s}.lanes set due_at = now() where kind = 'delivery' and key = $1", [phone.id]);
  desk.rt.lanes.kick('delivery');
  await waitFor(async () => await heard(STRANGERS) + await heard(FRIENDS) === 7, { what: 'the rest, a day later' });
});
