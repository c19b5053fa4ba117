import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { endpoints, type Account, type AccountList, type Bot, type BotList, type BotSent } from '@centralita/contracts/api';
import type { Scope } from '../harness/defer.ts';
import { decodeId } from '@centralita/kernel';
import { routesOfAccount } from '../../apps/server/src/modules/accounts/index.ts';
import { waitFor } from '../harness/wait.ts';
import { apiClient, type ApiClient } from './api-client.ts';
import { openDesk, type Desk } from './desk.ts';

// Bots over the API. The configuration is the one that the source document prints (B5), word for word.
const B5 = endpoints.find((e) => e.id === 'createBot')!.body!.example as Record<string, unknown> & { bot_id: string };
const FLOW = {
  schema: 1, name: 'Horario', start: 'mira',
  nodes: {
    mira: { type: 'branch', cases: [{ when: 'account.open', next: 'si' }], else: 'no' },
    si: { type: 'say', content: { type: 'text', text: 'Estamos abiertos' } }, no: { type: 'say', content: { type: 'text', text: 'Estamos cerrados' } },
  },
};
const PHONE = '56976000001';
let desk: Desk;
let api: ApiClient;
const problem = (answer: { json: unknown }): { code: string; errors?: { path: string }[] } => answer.json as never;
before(async (t) => {
  desk = await openDesk(t as unknown as Scope, { bot: FLOW });
  api = await apiClient(desk);
});

test('the document’s configuration is taken word for word and given back', async () => {
  const made = await api.post<Bot>('/api/bots', B5);
  assert.equal(made.status, 201, made.text);
  for (const [name, value] of Object.entries(B5)) assert.deepEqual(made.json[name as keyof Bot], value, name);
  assert.deepEqual([made.json.published, made.json.account_ids], [false, []]);
  assert.deepEqual(await api.get<Bot>(`/api/bots/${B5.bot_id}`), { ...made.json, notice: null });
  assert.deepEqual(await api.get<Bot>(`/api/bots/${made.json.id}`), { ...made.json, notice: null });
  const changed = await api.call<Bot>('PUT', `/api/bots/${B5.bot_id}`, { body: { ...B5, name: 'Bot Soporte' } });
  assert.deepEqual([changed.status, changed.json.name], [200, 'Bot Soporte']);
  assert.deepEqual([problem(await api.post('/api/bots', { ...B5, name: 'otro' })).code, problem(await api.post('/api/bots', { ...B5, bot_id: undefined, name: 'Bot Soporte' })).code], ['bots.id_taken', 'bots.name_taken']);
});

test('what cannot work is refused and says where', async () => {
  const hours = B5['business_hours'] as { schedule: object };
  const wrong: [Record<string, unknown>, string][] = [
    [{ business_hours: { ...hours, timezone: 'Luna/Norte' } }, 'business_hours.timezone'],
    [{ business_hours: { ...hours, schedule: { ...hours.schedule, monday: { start: '18:00', end: '09:00' } } } }, 'business_hours.schedule.monday'],
    [{ business_hours: { ...hours, schedule: { monday: null } } }, 'business_hours.schedule.tuesday'],
    [{ provider_config: { primary: { type: 'humo' } } }, 'provider_config.primary.type'],
    [{ provider_config: { primary: { type: 'meta', access_token: 'EAA' } } }, 'provider_config.primary.phone_number_id'],
    [{ provider_config: { primary: { type: 'twilio', account_sid: `AC${'1'.repeat(32)}`, auth_token: '••••••••', from: '+14155238886' } } }, 'provider_config.primary.auth_token'],
    [{ provider_config: { primary: { type: 'venom' }, fallback_threshold_errors: 0 } }, 'provider_config.fallback_threshold_errors'],
  ];
  for (const [part, path] of wrong) {
    const answer = await api.post('/api/bots', { ...B5, bot_id: undefined, name: 'x', ...part });
    assert.equal(answer.status, 400, answer.text);
    assert.ok(problem(answer).errors!.some((e) => e.path === path), `${path}: ${answer.text}`);
  }
  assert.equal(problem(await api.post('/api/bots', { ...B5, bot_id: undefined, name: 'x', phone_number: 'no' })).code, 'api.phone_number');
  assert.equal((await api.call('GET', '/api/bots/abc')).status, 404);
});

test('the bot of a line: its hours decide what the flow sees, its limits are those of the line', async () => {
  const [bot] = (await api.get<BotList>('/api/bots')).bots.filter((b) => b.published);
  const { accounts: [line] } = await api.get<AccountList>('/api/accounts');
  assert.deepEqual([bot!.name, bot!.account_ids, bot!.phone_number, bot!.business_hours.enabled], ['Asistente', [line!.id], line!.phone_number, false]);
  await desk.write(PHONE, 'hola');
  await desk.hears(PHONE, 1);
  assert.deepEqual(await desk.heard(PHONE), ['Estamos abiertos']);
  const closed = await api.call<Bot>('PUT', `/api/bots/${bot!.id}`, { body: {
    name: 'Asistente', phone_number: line!.phone_number, provider_config: { primary: { type: 'meta' }, fallback_threshold_errors: 7, fallback_cooldown_seconds: 60 },
    business_hours: { enabled: true, timezone: 'America/Santiago', schedule: { monday: null, tuesday: null, wednesday: null, thursday: null, friday: null, saturday: null, sunday: null } },
  } });
  assert.equal(closed.status, 200, closed.text);
  assert.deepEqual(closed.json.account_ids, [line!.id]);
  const now = await api.get<Account>(`/api/accounts/${line!.id}`);
  assert.deepEqual([now.fallback_threshold_errors, now.fallback_cooldown_seconds], [7, 60]);
  await desk.settled();
  await desk.write(PHONE, 'hola');
  await desk.hears(PHONE, 2);
  assert.equal((await desk.heard(PHONE))[1], 'Estamos cerrados');
});

test('a configuration alone makes the line with its chain; its secrets are kept with the line and seen nowhere', async () => {
  const twilio = { type: 'twilio', account_sid: `AC${'1'.repeat(32)}`, auth_token: 'un secreto de twilio', from: '+14155238886' };
  const meta = { type: 'meta', phone_number_id: '4242', waba_id: '42', access_token: 'un secreto de meta', app_secret: 'otro secreto de meta' };
  const config = { ...B5, bot_id: undefined, name: 'Con todo', phone_number: '+14155238886', provider_config: { primary: twilio, fallback: [meta], fallback_threshold_errors: 4, fallback_cooldown_seconds: 90 } };
  const made = await api.post<Bot>('/api/bots', config);
  assert.equal(made.status, 201, made.text);
  assert.equal(made.json.notice, null);
  const account = await api.get<Account>(`/api/accounts/${made.json.account_ids[0]}`);
  assert.deepEqual([account.phone_number, account.routes.map((r) => r.account_type), account.fallback_threshold_errors, account.fallback_cooldown_seconds], ['+14155238886', ['twilio', 'meta'], 4, 90]);
  const hidden = '••••••••';
  assert.deepEqual(made.json.provider_config.primary, { ...twilio, auth_token: hidden });
  assert.deepEqual(made.json.provider_config.fallback[0], { ...meta, access_token: hidden, app_secret: hidden });
  const stored = await desk.inCompany((tx) => tx.query('select * from {c}.bots'));
  const everywhere = JSON.stringify([stored, await api.get(`/api/bots/${made.json.id}`), await api.get('/api/bots'), await api.get('/api/audit'), await api.get('/api/accounts')]);
  assert.doesNotMatch(everywhere, /secreto/);
  const credentials = async (): Promise<Record<string, string>[]> => (await routesOfAccount(desk.rt, decodeId('acc', account.id)!)).map((r) => ({ provider: r.provider, ...r.credentials }));
  assert.deepEqual((await credentials()).map((c) => c['auth_token'] ?? c['access_token']), ['un secreto de twilio', 'un secreto de meta']);

  // Given back as it was answered, nothing changes; the other way round it is another chain, with the same secrets.
  const put = (provider_config: object): ReturnType<typeof api.call<Bot>> => api.call<Bot>('PUT', `/api/bots/${made.json.id}`, { body: { ...config, provider_config } });
  assert.equal((await put(made.json.provider_config)).status, 200);
  const ids = (await api.get<Account>(`/api/accounts/${account.id}`)).routes.map((r) => r.id);
  const { primary, fallback } = made.json.provider_config;
  assert.equal((await put({ primary: fallback[0], fallback: [primary] })).status, 200);
  assert.deepEqual((await api.get<Account>(`/api/accounts/${account.id}`)).routes.map((r) => r.id), [...ids].reverse());
  const renewed = await put({ primary: { ...fallback[0], access_token: 'un secreto nuevo' } });
  assert.equal(renewed.status, 200, renewed.text);
  assert.deepEqual((await credentials()).map((c) => [c['provider'], c['access_token'], c['app_secret']]), [['meta', 'un secreto nuevo', 'otro secreto de meta']]);
  assert.doesNotMatch(renewed.text, /secreto/);
  assert.equal(problem(await put({ primary: { type: 'meta' }, fallback: [{ type: 'twilio' }] })).errors![0]!.path, 'provider_config.fallback.0');
});

test('what only who runs the installation may say is kept, and told', async () => {
  const evolution = { type: 'evolution', server_url: 'http://10.0.0.1:8080', api_key: 'secreto', instance: 'x' };
  const made = await api.post<Bot>('/api/bots', { ...B5, bot_id: undefined, name: 'Con dirección', phone_number: '+14155238899', provider_config: { primary: evolution } });
  assert.deepEqual([made.status, made.json.account_ids], [201, []], made.text);
  assert.match(made.json.notice ?? '', /server_url/);
  assert.doesNotMatch(made.text, /"secreto"/);
  const named = await api.post<Bot>('/api/bots', { ...B5, bot_id: undefined, name: 'Sin línea', phone_number: '+14155238898', provider_config: { primary: { type: 'meta' } } });
  assert.deepEqual([named.status, named.json.account_ids], [201, []]);
  assert.match(named.json.notice ?? '', /No line/);
});

test('a bot without a flow takes no line from one that answers', async () => {
  const { accounts: [line] } = await api.get<AccountList>('/api/accounts');
  const idle = await api.post<Bot>('/api/bots', { ...B5, bot_id: undefined, name: 'Sin flujo', phone_number: line!.phone_number });
  assert.deepEqual([idle.status, idle.json.account_ids], [201, []]);
  assert.deepEqual(problem(await api.post('/api/bots/send', { bot_id: idle.json.bot_id, to: PHONE, message: 'x' })).code, 'bots.no_line');
});

test('a text sent as a bot leaves from its line and is the bot’s in the thread', async () => {
  const [bot] = (await api.get<BotList>('/api/bots')).bots.filter((b) => b.published);
  const sent = await api.post<BotSent>('/api/bots/send', { bot_id: bot!.bot_id, to: PHONE, message: 'Hola!' }, { 'idempotency-key': 'bot-1' });
  assert.equal(sent.status, 201, sent.text);
  assert.deepEqual([sent.json.bot_id, sent.json.message_id, sent.json.phone_number], [bot!.bot_id, sent.json.id, `+${PHONE}`]);
  await waitFor(async () => (await desk.heard(PHONE)).at(-1) === 'Hola!', { what: 'the text on the phone' });
  assert.equal((await api.get<{ author: { kind: string } }>(`/api/messages/${sent.json.id}`)).author.kind, 'bot');
  assert.equal((await api.post<BotSent>('/api/bots/send', { bot_id: bot!.id, to: PHONE, message: 'Hola!' }, { 'idempotency-key': 'bot-2' })).status, 201);
  assert.equal((await (await apiClient(desk, 'read_only')).post('/api/bots/send', { bot_id: bot!.id, to: PHONE, message: 'x' })).status, 403);
  assert.equal((await (await apiClient(desk, 'agent')).post('/api/bots', B5)).status, 403);
});
