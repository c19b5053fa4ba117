import assert from 'node:assert/strict';
import { before, beforeEach, test } from 'node:test';
import type { BulkAnswer, Template, TemplatePage, TemplatesSynced } from '@centralita/contracts/api';
import type { ConversationPage } from '@centralita/contracts';
import { setFallback } from '../../apps/server/src/modules/accounts/index.ts';
import { createApiKey, createCompany } from '../../apps/server/src/modules/companies/index.ts';
import type { Scope } from '../harness/defer.ts';
import { waitFor } from '../harness/wait.ts';
import { ApiClient, apiClient, type ApiReply } from './api-client.ts';
import { openDesk, type Desk } from './desk.ts';

// Templates as carriers have them: known here, checked before anything is queued, each number with its own.
let desk: Desk;
let api: ApiClient;
let account: string;
let twilio: Record<string, string>;
const VALUES = { 1: 'Ana', 2: 'lunes 3' };

before(async (t) => {
  desk = await openDesk(t as unknown as Scope, { config: { retryAttempts: 100, retryFirstSeconds: 0.05, retryMaxSeconds: 0.2 } });
  api = await apiClient(desk, 'administrator');
  account = (await api.get<{ accounts: { id: string }[] }>('/api/accounts')).accounts[0]!.id;
});
beforeEach(() => desk.sandbox.call('DELETE', '/sandbox/faults'));

const list = async (query = ''): Promise<Template[]> => (await api.get<TemplatePage>(`/api/templates?account_id=${account}${query}`)).templates;
const named = async (name: string, type = 'meta'): Promise<Template | undefined> => (await list(`&name=${name}`)).find((one) => one.name === name && one.account_type === type);
type Answer = Promise<ApiReply<Record<string, unknown>>>;
const send = (phone: string, more: Record<string, unknown>): Answer => api.post('/api/messages', { phone_number: phone, ...more });
const queued = async (): Promise<number> => (await desk.inCompany((tx) => tx.query<{ n: number }>('select count(*)::integer as n from {c}.deliveries')))[0]!.n;
const make = (name: string, text: string): Promise<unknown> => desk.sandbox.graph('POST', `/${desk.sandbox.config.waba_id}/message_templates`, {
  name, language: 'es', category: 'UTILITY', components: [{ type: 'BODY', text, example: { body_text: [['Ana', 'lunes']] } }],
});

test('read from the carrier on demand, listed page by page, each company its own', async () => {
  assert.deepEqual((await api.get<TemplatePage>('/api/templates')).templates, []);
  const synced = (await api.post<TemplatesSynced>('/api/templates/sync', {})).json.routes;
  assert.deepEqual(synced.map((r) => [r.account_id, r.error, typeof r.synced_at]), [[account, null, 'string']]);
  const all = await list();
  assert.deepEqual(all.map((one) => one.name), ['aviso_de_hora', 'codigo_de_acceso', 'hello_world']);
  assert.deepEqual(all[0]!.variables.map((v) => [v.name, v.where, v.example]), [['1', 'body', 'Ana'], ['2', 'body', 'lunes 3 a las 10:30']]);
  assert.deepEqual(all[1]!.variables.map((v) => v.name), ['1'], 'a code is asked for once, though the button has it too');
  assert.deepEqual(await api.get<Template>(`/api/templates/${all[0]!.id}`), all[0]);
  const first = await api.get<TemplatePage>('/api/templates?limit=2');
  const second = await api.get<TemplatePage>(`/api/templates?limit=2&cursor=${first.next_cursor}`);
  assert.deepEqual([...first.templates, ...second.templates].map((one) => one.id), all.map((one) => one.id));
  assert.equal(second.next_cursor, null);

  const stranger = await apiClient(desk, 'administrator', (await createCompany(desk.rt, { slug: 'ajena', name: 'Ajena' })).id);
  assert.deepEqual((await stranger.get<TemplatePage>('/api/templates')).templates, []);
  assert.equal((await stranger.call('GET', `/api/templates/${all[0]!.id}`)).status, 404);
  assert.equal((await stranger.call('POST', '/api/templates/sync', { body: { account_id: account } })).status, 404);
});

test('filled in and sent outside of any window, by name or by id; the thread shows what the person reads', async () => {
  const byName = await send('56975000001', { template_id: 'aviso_de_hora', variables: VALUES, content: 'se ignora' });
  assert.equal(byName.status, 201, byName.text);
  const byId = await send('56975000001', { template_id: (await named('aviso_de_hora'))!.id, variables: { 1: 'Luz', 2: 'martes' } });
  assert.equal(byId.status, 201, byId.text);
  const heard = await desk.heard('56975000001');
  assert.match(heard[0]!, /^Hola Ana, te recordamos tu hora para el lunes 3\./);
  assert.match(heard[1]!, /^Hola Luz/);
  const message = await api.get<{ content: { preview?: string } }>(`/api/messages/${String(byName.json['id'])}`);
  assert.match(message.content.preview!, /^Hola Ana, te recordamos/);
  assert.equal((await send('56975000001', { template_id: 'codigo_de_acceso', variables: { 1: '123456' } })).status, 201);
});

test('what cannot be sent is said before anything is queued', async () => {
  const before = await queued();
  const refused = async (more: Record<string, unknown>): Promise<[number, unknown, string]> => {
    const { status, json } = await send('56975000002', more);
    return [status, json['code'], `${String(json['title'])} ${String(json['detail'])}`];
  };
  assert.deepEqual((await refused({ template_id: 'no_existe' })).slice(0, 2), [404, 'templates.not_found']);
  const short = await refused({ template_id: 'aviso_de_hora', variables: { 1: 'Ana' } });
  assert.deepEqual(short.slice(0, 2), [422, 'templates.variables']);
  assert.match(short[2], /Missing: “2”/);
  assert.match((await refused({ template_id: 'aviso_de_hora', variables: { ...VALUES, 3: 'x' } }))[2], /Not among them: “3”/);
  assert.match((await refused({ template_id: 'aviso_de_hora', variables: { 1: 'a\nb', 2: 'x' } }))[2], /line breaks/);
  assert.deepEqual((await refused({ template_id: 'aviso_de_hora', variables: VALUES, language: 'pt_BR' })).slice(0, 2), [422, 'templates.language']);
  const bulk = await api.post<BulkAnswer>('/api/messages/bulk', { messages: [{ phone_number: '56975000003', template_id: 'no_existe' }, { phone_number: '56975000003', template_id: 'aviso_de_hora', variables: VALUES }] });
  assert.deepEqual(bulk.json.results.map((r) => r.error?.code ?? r.status), ['templates.not_found', 'queued']);
  assert.equal(await queued(), before + 1);
});

test('a new one is known soon, a webhook changes its status, one that is held back is not sent', async () => {
  await make('recien_hecha', 'Hola {{1}}, esta plantilla es nueva desde el {{2}} pasado.');
  // The carrier is asked about a name that is not known, every two seconds at most.
  await waitFor(async () => (await send('56975000004', { template_id: 'recien_hecha', variables: VALUES })).status === 201, { what: 'the new template to be known' });
  const { whatsapp_template_id: id } = (await named('recien_hecha'))!;
  await desk.sandbox.call('PATCH', `/sandbox/templates/${id}`, { status: 'PAUSED' });
  await waitFor(async () => (await named('recien_hecha'))?.status === 'paused', { what: 'the webhook to be believed' });
  const held = await send('56975000004', { template_id: 'recien_hecha', variables: VALUES });
  assert.deepEqual([held.status, held.json['code']], [422, 'templates.not_approved']);
  await desk.sandbox.call('PATCH', `/sandbox/templates/${id}`, { status: 'APPROVED' });
  await api.post('/api/templates/sync', {});
  assert.equal((await named('recien_hecha'))?.status, 'approved');
});

test('a person picks a template in the inbox when the window is closed', async () => {
  const [conversation] = (await api.get<ConversationPage>('/api/conversations?q=56975000001')).conversations;
  const say = (content: unknown): Answer => api.post(`/api/conversations/${conversation!.id}/messages`, { client_id: `c${Math.random()}`, content });
  assert.equal((await say({ type: 'text', text: 'hola' })).json['code'], 'conversations.window_closed');
  assert.equal((await say({ type: 'template', template_id: 'aviso_de_hora', variables: { 1: 'x' } })).json['code'], 'templates.variables');
  const said = await say({ type: 'template', template_id: 'aviso_de_hora', variables: { 1: 'Eva', 2: 'jueves' } });
  assert.equal(said.status, 201, said.text);
  await waitFor(async () => (await desk.heard('56975000001')).some((text) => text.startsWith('Hola Eva')), { what: 'the template on the phone' });
});

test('when a number fails, a template goes as the other carrier’s own of the same name; what that one does not have waits', async () => {
  twilio = (await desk.sandbox.call('POST', '/sandbox/numbers', { carrier: 'twilio' })).body as unknown as Record<string, string>;
  const installer = new ApiClient(desk.url, await desk.rt.db.shared((tx) => createApiKey(tx, desk.company.id, { name: 'installer', role: 'administrator', platform: true })));
  const added = await installer.post(`/api/accounts/${account}/routes`, { account_type: 'twilio', credentials: { account_sid: twilio['account_sid'], auth_token: twilio['auth_token'], from: twilio['from'], api_url: twilio['api_url'] } });
  assert.equal(added.status, 201, added.text);
  await setFallback(desk.rt, desk.account.accountId, { fallback_threshold_errors: 1, fallback_cooldown_seconds: 300 });
  await api.post('/api/templates/sync', {});
  assert.ok(await named('aviso_de_hora', 'twilio'));
  assert.equal(await named('recien_hecha', 'twilio'), undefined);
  await desk.sandbox.call('POST', '/sandbox/faults', { kind: 'error', code: 131016, times: 1000, phone_number_id: desk.sandbox.config.phone_number_id });
  const both = await send('56975000005', { template_id: 'aviso_de_hora', variables: { 1: 'Sol', 2: 'viernes' } });
  const only = await send('56975000006', { template_id: 'recien_hecha', variables: VALUES });
  assert.ok(both.status < 300 && only.status === 202, both.text + only.text);
  await desk.hears('56975000005', 1);
  const outbox = (await desk.sandbox.call('GET', `/sandbox/outbox?phone_number_id=${twilio['phone_number_id']}`)).body['messages'] as unknown as { text: string; type: string }[];
  assert.deepEqual(outbox.map((m) => m.type), ['template']);
  assert.match(outbox[0]!.text, /^Hola Sol, te recordamos tu hora para el viernes/);
  assert.equal((await api.get<{ status: string }>(`/api/messages/${String(only.json['id'])}`)).status, 'queued');
});
