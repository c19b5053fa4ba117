import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import type { Account, AccountList, AccountMetrics, ConnectedAccount } from '@centralita/contracts/api';
import { createApiKey, createCompany } from '../../apps/server/src/modules/companies/index.ts';
import type { Scope } from '../harness/defer.ts';
import { ApiClient, apiClient } from './api-client.ts';
import { MUNICIPALITY, openDesk, type Desk } from './desk.ts';

// Lines of a company over the API: connected, changed, counted; another company's are not there.
let desk: Desk;
let api: ApiClient;
let id: string;
const problem = (answer: { json: unknown }): { code: string; detail?: string } => answer.json as never;
before(async (t) => {
  desk = await openDesk(t as unknown as Scope, { bot: MUNICIPALITY });
  api = new ApiClient(desk.url, await desk.rt.db.shared((tx) => createApiKey(tx, desk.company.id, { name: 'installer', role: 'administrator', platform: true })));
  id = (await api.get<AccountList>('/api/accounts')).accounts[0]!.id;
});

/** A further number of the sandbox, as one finds it in the carrier's pages. */
async function number(): Promise<{ phone_number_id: string; waba_id: string; api_key: string; webhook_secret: string; credentials: Record<string, string> }> {
  const { config } = desk.sandbox;
  return { phone_number_id: config.phone_number_id, waba_id: config.waba_id, api_key: config.access_token, webhook_secret: config.app_secret, credentials: { graph_url: config.graph_url } };
}

test('a line is shown with its carriers and without its secrets', async () => {
  const account = await api.get<Account>(`/api/accounts/${id}`);
  assert.deepEqual([account.name, account.account_type, account.status, account.phone_number], ['Línea principal', 'meta', 'active', `+${desk.sandbox.config.business_number.replace(/\D/g, '')}`]);
  assert.match(account.routes[0]!.webhook_url!, /\/webhook\/meta\/demo$/);
  const text = JSON.stringify(account);
  for (const secret of [desk.sandbox.config.access_token, desk.sandbox.config.app_secret]) assert.ok(!text.includes(secret));
});

test('a number that is connected already gets new credentials; wrong ones are refused and nothing is stored', async () => {
  const good = await number();
  const again = await api.post<ConnectedAccount>('/api/accounts', { account_type: 'meta', ...good });
  assert.equal(again.status, 200, again.text);
  assert.equal(again.json.id, id);
  assert.equal(again.json.webhook.verify_token, desk.sandbox.config.verify_token);
  const wrong = await api.post('/api/accounts', { account_type: 'meta', ...good, api_key: 'EAAwrong' });
  assert.deepEqual([wrong.status, problem(wrong).code], [422, 'api.credentials_refused']);
  assert.equal((await api.call('PUT', `/api/accounts/${id}`, { body: { api_key: 'EAAwrong' } })).status, 422);
  assert.equal((await api.post('/api/messages', { phone_number: '56975000001', content: 'x' })).status, 409, 'the line is as it was');
  const missing = await api.post('/api/accounts', { account_type: 'meta', waba_id: '1' });
  assert.deepEqual([missing.status, problem(missing).code], [422, 'api.credentials_missing']);
  assert.match(problem(missing).detail!, /phone_number_id, access_token, app_secret/);
});

test('only who runs the installation says where a carrier’s API is', async () => {
  const administrator = await apiClient(desk);
  const answer = await administrator.post('/api/accounts', { account_type: 'meta', ...await number() });
  assert.deepEqual([answer.status, problem(answer).code], [403, 'api.address_not_allowed']);
});

test('a line is renamed, disabled and enabled; a disabled one sends nothing', async () => {
  const changed = await api.call<Account>('PUT', `/api/accounts/${id}`, { body: { name: 'Atención', status: 'disabled', fallback_threshold_errors: 5 } });
  assert.deepEqual([changed.status, changed.json.name, changed.json.status, changed.json.fallback_threshold_errors, changed.json.fallback_cooldown_seconds], [200, 'Atención', 'disabled', 5, 300]);
  const refused = await api.post('/api/messages', { phone_number: '56975000001', content: 'x', account_id: id });
  assert.deepEqual([refused.status, problem(refused).code], [409, 'api.account_disabled']);
  assert.equal((await api.call<Account>('PUT', `/api/accounts/${id}`, { body: { status: 'active', name: 'Línea principal' } })).json.status, 'active');
  const log = await desk.database.db.query<{ action: string }>("select action from {s}.audit where target_kind = 'account' order by id");
  assert.deepEqual([...new Set(log.map((l) => l.action))], ['account.renewed', 'account.changed']);
});

test('figures count what was received and sent', async () => {
  await desk.write('56975000002', 'hola');
  await desk.hears('56975000002', 1);
  await desk.settled();
  const metrics = await api.get<AccountMetrics>(`/api/accounts/${id}/metrics`);
  assert.deepEqual([metrics.messages.received, metrics.messages.by_author.bot >= 1, metrics.messages.sent >= 1, metrics.conversations.total], [1, true, true, 1]);
  assert.ok(metrics.acceptance_ms.p50! >= 0);
  const before = await api.get<AccountMetrics>(`/api/accounts/${id}/metrics?from=2026-01-01T00:00:00Z&to=2026-01-02T00:00:00Z`);
  assert.deepEqual([before.messages.received, before.conversations.active, before.acceptance_ms.p50], [0, 0, null]);
  assert.equal((await api.call('GET', `/api/accounts/${id}/metrics?from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z`)).status, 400);
});

test('a line without a WhatsApp Web session says so, on every way', async () => {
  const answers = [
    await api.post(`/api/accounts/${id}/session`, { session_type: 'baileys', restart: false, metadata: { client_version: '1.0.0' } }), await api.call('GET', `/api/accounts/${id}/session/status`),
    await api.call('GET', `/api/accounts/${id}/session/qr`), await api.call('DELETE', `/api/accounts/${id}/session`),
  ];
  for (const answer of answers) assert.deepEqual([answer.status, problem(answer).code, problem(answer).detail], [409, 'api.no_web_session', 'Its carriers: meta.']);
});

test('who may not, and who belongs elsewhere, reaches nothing', async () => {
  const reader = await apiClient(desk, 'read_only');
  assert.equal((await reader.call('GET', `/api/accounts/${id}`)).status, 200);
  assert.equal((await reader.post('/api/accounts', { account_type: 'meta' })).status, 403);
  assert.equal((await reader.call('PUT', `/api/accounts/${id}`, { body: { name: 'x' } })).status, 403);
  const other = await createCompany(desk.rt, { slug: 'otra', name: 'Otra' });
  const stranger = await apiClient(desk, 'administrator', other.id);
  for (const path of [`/api/accounts/${id}`, `/api/accounts/${id}/metrics`, `/api/accounts/${id}/session/status`]) assert.equal((await stranger.call('GET', path)).status, 404, path);
  assert.equal((await stranger.call('PUT', `/api/accounts/${id}`, { body: { name: 'x' } })).status, 404);
  assert.deepEqual((await stranger.get<AccountList>('/api/accounts')).accounts, []);
});
