import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import type { FastifyInstance, LightMyRequestResponse } from 'fastify';
import type { ApiKey, AuditPage, CompanyView, User, UserLink } from '@centralita/contracts';
import { holding, somebodyWaits } from '../../../../../test/harness/two.ts';
import { signedIn, startApi, type Agent } from '../../testing/api.ts';
import { startAlone } from '../../testing/runtime.ts';
import type { Runtime } from '../../runtime.ts';
import { createCompany, forgetCompanies, signIn, type Company } from './index.ts';
import { companiesModule } from './module.ts';
import { insertLogin, setPassword, userByEmail } from './store.ts';
import { endLogins, setUserPassword } from './store-users.ts';

let rt: Runtime;
let app: FastifyInstance;
let company: Company;
let boss: Agent;
before(async (t) => {
  ({ rt } = await startAlone(t as never));
  app = await startApi(t as never, rt, [companiesModule]);
  company = await createCompany(rt, { slug: 'casa', name: 'Casa' });
  boss = await signedIn(rt, app, { company, name: 'Jefa', role: 'administrator' });
});

const refused = (answer: LightMyRequestResponse): [number, string] => [answer.statusCode, answer.json<{ code: string }>().code];
const token = (link: UserLink): string => link.url.split('#')[1] ?? '';
const patch = async (who: Agent, url: string, body: unknown): Promise<LightMyRequestResponse> => who.raw('PATCH', url, body);
const anybody = (url: string, body: object): Promise<LightMyRequestResponse> => app.inject({ method: 'POST', url, payload: body });
const asKey = (key: string, url: string, more: { method?: 'GET' | 'POST'; body?: object; ip?: string } = {}): Promise<LightMyRequestResponse> =>
  app.inject({ method: more.method ?? 'GET', url, headers: { 'x-api-key': key }, remoteAddress: more.ip ?? '127.0.0.1', ...(more.body && { payload: more.body }) });

test('an invitation is a link that works once; its holder chooses a password and is in', async () => {
  const { user, link } = await boss.post<{ user: User; link: UserLink }>('/api/users', { email: 'lea@example.test', name: 'Lea', role: 'supervisor' });
  assert.deepEqual([user.status, user.role, link.purpose], ['invited', 'supervisor', 'invitation']);
  assert.ok(!new URL(link.url).search.includes(token(link)) && !new URL(link.url).pathname.includes(token(link)), 'no server sees the token in an address');
  assert.deepEqual((await anybody('/api/links/look', { token: token(link) })).json(), { purpose: 'invitation', name: 'Lea', email: 'lea@example.test', company: 'Casa' });
  assert.equal((await anybody('/api/links/use', { token: token(link), password: 'corta' })).statusCode, 400);
  const used = await anybody('/api/links/use', { token: token(link), password: 'una clave larga' });
  assert.equal(used.statusCode, 200, used.body);
  assert.match(String(used.headers['set-cookie']), /^centralita=.+HttpOnly/);
  assert.deepEqual(refused(await anybody('/api/links/use', { token: token(link), password: 'otra clave larga' })), [410, 'companies.link_gone']);
  await signIn(rt, 'lea@example.test', 'una clave larga');
  assert.equal((await boss.raw('POST', '/api/users', { email: 'uno@example.test', name: 'Uno', role: 'agent', busines_ids: ['biz_x'] })).statusCode, 400, 'misspelt, it would reach the whole company');
  assert.deepEqual(refused(await boss.raw('POST', '/api/users', { email: 'LEA@example.test', name: 'Lea', role: 'agent' })), [409, 'companies.email_taken']);
});

test('a link for a new password ends the links and the logins before it', async () => {
  const ana = await signedIn(rt, app, { company, name: 'Ana', role: 'agent' });
  const first = await boss.post<UserLink>(`/api/users/${ana.id}/link`);
  const second = await boss.post<UserLink>(`/api/users/${ana.id}/link`);
  assert.equal(second.purpose, 'password');
  assert.deepEqual(refused(await anybody('/api/links/look', { token: token(first) })), [410, 'companies.link_gone']);
  assert.equal((await anybody('/api/links/use', { token: token(second), password: 'clave nueva larga' })).statusCode, 200);
  assert.equal((await ana.raw('GET', '/api/me')).statusCode, 401);
});

test('nobody stays signed in with a password that is changed in the same moment, whoever was first', async () => {
  const eli = await signedIn(rt, app, { company, name: 'Eli', role: 'agent' });
  const { user: { email } } = await eli.get<{ user: { email: string } }>('/api/me');
  const { id, password_hash: hash } = (await userByEmail(rt.db, email))!;
  const logins = async (): Promise<number> => (await rt.db.query('select 1 from {s}.logins where user_id = $1', [id])).length;
  const login = { token_hash: Buffer.from('eli'), user_id: id, csrf: '', hours: 1, password_hash: hash! };

  const signing = await holding((fn) => rt.db.shared(fn), (tx) => insertLogin(tx, login));
  const changed = setPassword(rt.db, id, hash!);
  await somebodyWaits(rt.db);
  signing.goOn();
  await Promise.all([signing.early, changed]);
  assert.equal(await logins(), 0);

  const changing = await holding((fn) => rt.db.shared(fn), async (tx) => {
    await setUserPassword(tx, id, 'another');
    await endLogins(tx, id);
  });
  const old = assert.rejects(signIn(rt, email, 'contraseña segura'), { code: 'companies.wrong_password' });
  await somebodyWaits(rt.db);
  changing.goOn();
  await Promise.all([changing.early, old]);
  assert.equal(await logins(), 0);
});

test('one changes one’s own password and stays; other logins end; the old one must be right', async () => {
  const eva = await signedIn(rt, app, { company, name: 'Eva', role: 'agent' });
  const { user } = (await eva.get<{ user: { email: string } }>('/api/me'));
  const elsewhere = await signIn(rt, user.email, 'contraseña segura');
  assert.deepEqual(refused(await eva.raw('POST', '/api/me/password', { current: 'no es esta', password: 'una clave nueva' })), [401, 'companies.wrong_password']);
  assert.equal((await eva.raw('POST', '/api/me/password', { current: 'contraseña segura', password: 'una clave nueva' })).statusCode, 204);
  assert.equal((await eva.raw('GET', '/api/me')).statusCode, 200);
  assert.equal((await app.inject({ url: '/api/me', headers: { cookie: `centralita=${elsewhere.token}` } })).statusCode, 401);
});

test('a role changes what one may at once; who is disabled is out; the last administrator stays', async () => {
  const leo = await signedIn(rt, app, { company, name: 'Leo', role: 'agent' });
  assert.deepEqual(refused(await leo.raw('GET', '/api/users')), [403, 'companies.forbidden']);
  assert.match((await leo.raw('GET', '/api/users')).body, /company:manage_users/);
  await patch(boss, `/api/users/${leo.id}`, { role: 'administrator' });
  assert.equal((await leo.raw('GET', '/api/users')).statusCode, 200);
  assert.deepEqual(refused(await patch(leo, `/api/users/${leo.id}`, { role: 'agent' })), [409, 'companies.own_user']);
  await patch(leo, `/api/users/${boss.id}`, { role: 'agent' });
  assert.deepEqual(refused(await boss.raw('GET', '/api/users')), [403, 'companies.forbidden']);
  await patch(leo, `/api/users/${boss.id}`, { role: 'administrator' });
  assert.equal((await patch(boss, `/api/users/${leo.id}`, { disabled: true })).json<User>().status, 'disabled');
  assert.equal((await leo.raw('GET', '/api/me')).statusCode, 401);
  assert.deepEqual(refused(await boss.raw('POST', `/api/users/${leo.id}/link`)), [409, 'companies.user_disabled']);
  const { key } = await boss.post<{ key: string }>('/api/api-keys', { name: 'jefa', role: 'administrator' });
  const demote = await app.inject({ method: 'PATCH', url: `/api/users/${boss.id}`, headers: { 'x-api-key': key }, payload: { role: 'agent' } });
  assert.deepEqual(refused(demote), [409, 'companies.last_administrator']);
});

test('nobody gives or takes over more than they may themselves', async () => {
  const dev = await signedIn(rt, app, { company, name: 'Dev', role: 'developer' });
  assert.deepEqual(refused(await dev.raw('POST', '/api/api-keys', { name: 'x', role: 'administrator' })), [403, 'companies.forbidden']);
  assert.deepEqual(refused(await dev.raw('POST', '/api/api-keys', { name: 'x', role: 'developer', platform: true })), [403, 'companies.forbidden']);
  const { key } = await boss.post<{ key: string }>('/api/api-keys', { name: 'solo personas', role: 'administrator', scopes: ['company:manage_users'] });
  const invite = await asKey(key, '/api/users', { method: 'POST', body: { email: 'colado@example.test', name: 'Colado', role: 'administrator' } });
  assert.deepEqual(refused(invite), [403, 'companies.forbidden']);
  assert.deepEqual(refused(await asKey(key, `/api/users/${boss.id}/link`, { method: 'POST' })), [403, 'companies.forbidden'], 'a link would make it her');
  await rt.db.query("update {s}.users set platform = true where name = 'Dev'");
  assert.deepEqual(refused(await boss.raw('POST', `/api/users/${dev.id}/link`)), [403, 'companies.forbidden'], 'who runs the installation is nobody’s to take over');
  assert.deepEqual(refused(await patch(boss, `/api/users/${boss.id}`, { platform: true })), [409, 'companies.own_user']);
});

test('a key is shown once, held to its scopes, its networks and its time, and ends when it is revoked', async () => {
  const made = await boss.post<{ key: string; api_key: ApiKey }>('/api/api-keys', { name: 'lector', role: 'agent', scopes: ['whatsapp:read', 'company:manage_users'], allowed_ips: ['198.51.100.0/24', '2001:db8::/32'] });
  assert.ok(made.key.startsWith(made.api_key.prefix) && !JSON.stringify(await boss.get('/api/api-keys')).includes(made.key));
  for (const ip of ['198.51.100.9', '::ffff:198.51.100.9', '2001:db8::7']) assert.equal((await asKey(made.key, '/api/company', { ip })).statusCode, 200, ip);
  assert.deepEqual(refused(await asKey(made.key, '/api/company', { ip: '203.0.113.1' })), [403, 'companies.key_address']);
  assert.deepEqual(refused(await asKey(made.key, '/api/users', { ip: '198.51.100.9' })), [403, 'companies.forbidden'], 'a scope adds nothing to a role');
  const { api_keys } = await boss.get<{ api_keys: ApiKey[] }>('/api/api-keys');
  const listed = api_keys.find((k) => k.id === made.api_key.id);
  assert.ok(listed?.last_used_at && listed.last_used_ip === '198.51.100.9' && listed.created_by?.name === 'Jefa');
  await rt.db.query("update {s}.api_keys set expires_at = now() - interval '1 s' where name = 'lector'");
  assert.deepEqual(refused(await asKey(made.key, '/api/company', { ip: '198.51.100.9' })), [401, 'companies.key_expired']);
  assert.equal((await patch(boss, `/api/api-keys/${made.api_key.id}`, { expires_at: null, allowed_ips: [] })).statusCode, 200);
  assert.equal((await asKey(made.key, '/api/company', { ip: '203.0.113.1' })).statusCode, 200);
  assert.equal((await boss.raw('DELETE', `/api/api-keys/${made.api_key.id}`)).statusCode, 204);
  assert.deepEqual(refused(await asKey(made.key, '/api/company')), [401, 'companies.wrong_key']);
  assert.equal((await boss.raw('POST', '/api/api-keys', { name: 'x', role: 'agent', ip_allowlist: ['10.0.0.0/8'] })).statusCode, 400, 'an allowlist under another name is not taken for none');
  for (const wrong of ['nothing', '10.0.0.0/33', '10.0.0.0/8/8']) assert.deepEqual(refused(await boss.raw('POST', '/api/api-keys', { name: 'x', role: 'agent', allowed_ips: [wrong] })), [400, 'companies.bad_network'], wrong);
  assert.deepEqual(refused(await boss.raw('POST', '/api/api-keys', { name: 'x', role: 'agent', expires_at: '2020-01-01T00:00:00Z' })), [400, 'companies.past_expiry']);
});

test('settings are merged by key, checked, and seen by everybody of the company', async () => {
  const view = (await patch(boss, '/api/company', { name: 'Casa Nueva', timezone: 'America/Bogota', locale: 'pt-BR', settings: { 'inbox.sound': true, 'x.y': [1] } })).json<CompanyView>();
  assert.deepEqual([view.name, view.timezone, view.locale, view.settings], ['Casa Nueva', 'America/Bogota', 'pt-BR', { 'inbox.sound': true, 'x.y': [1] }]);
  assert.deepEqual((await patch(boss, '/api/company', { settings: { 'x.y': null } })).json<CompanyView>().settings, { 'inbox.sound': true });
  assert.deepEqual(refused(await patch(boss, '/api/company', { timezone: 'Mars/Olympus' })), [400, 'companies.bad_timezone']);
  assert.deepEqual(refused(await patch(boss, '/api/company', { locale: 'not a language' })), [400, 'companies.bad_locale']);
  assert.deepEqual(refused(await patch(boss, '/api/company', { settings: { big: 'x'.repeat(70_000) } })), [413, 'companies.settings_too_large']);
});

test('businesses: people held to some; one with people stays', async () => {
  const centro = await boss.post<{ id: string }>('/api/businesses', { name: 'Centro', external_id: 'business_789' });
  assert.deepEqual(refused(await boss.raw('POST', '/api/businesses', { name: 'CENTRO' })), [409, 'companies.business_taken']);
  const { user } = await boss.post<{ user: User }>('/api/users', { email: 'sol@example.test', name: 'Sol', role: 'agent', business_ids: [centro.id] });
  assert.deepEqual(user.business_ids, [centro.id]);
  assert.deepEqual(refused(await boss.raw('DELETE', `/api/businesses/${centro.id}`)), [409, 'companies.business_in_use']);
  assert.deepEqual((await patch(boss, `/api/users/${user.id}`, { business_ids: [] })).json<User>().business_ids, []);
  assert.equal((await patch(boss, `/api/businesses/${centro.id}`, { name: 'Norte' })).json<{ name: string }>().name, 'Norte');
  assert.equal((await boss.raw('DELETE', `/api/businesses/${centro.id}`)).statusCode, 204);
});

test('the audit log has every change with who, what, before and after, and no secret; page by page', async () => {
  const all: AuditPage['entries'] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const page: AuditPage = await boss.get<AuditPage>(`/api/audit?limit=7${cursor === '' ? '' : `&cursor=${cursor}`}`);
    all.push(...page.entries);
    cursor = page.next_cursor;
  }
  const actions = new Set(all.map((e) => e.action));
  for (const action of ['user.invited', 'user.joined', 'user.changed', 'user.password_link_made', 'user.password_changed', 'api_key.created', 'api_key.changed', 'api_key.revoked', 'company.changed', 'company.settings_changed', 'business.created', 'business.changed', 'business.removed']) assert.ok(actions.has(action), action);
  const renamed = all.find((e) => e.action === 'company.changed');
  assert.deepEqual([renamed?.actor.name, renamed?.before, renamed?.after], ['Jefa', { name: 'Casa', timezone: 'America/Santiago', locale: 'es' }, { name: 'Casa Nueva', timezone: 'America/Bogota', locale: 'pt-BR' }]);
  assert.ok(all.every((e) => e.actor.kind === 'system' || (e.ip !== null && e.request_id !== null)));
  assert.doesNotMatch(JSON.stringify(all), /ck_[\w-]{20}|clave|#|password_hash/);
  assert.ok((await boss.get<AuditPage>('/api/audit?action=api_key.')).entries.every((e) => e.action.startsWith('api_key.')));
  const agent = await signedIn(rt, app, { company, name: 'Curioso', role: 'supervisor' });
  assert.deepEqual(refused(await agent.raw('GET', '/api/audit')), [403, 'companies.forbidden']);
});

test('limits: users, requests a minute with headers, a clear 429', async () => {
  const small = await createCompany(rt, { slug: 'chica', name: 'Chica', limits: { users: 2, requests_per_minute: 5 } });
  const owner = await signedIn(rt, app, { company: small, name: 'Dueña', role: 'administrator' });
  await owner.post('/api/users', { email: 'uno@chica.test', name: 'Uno', role: 'agent' });
  const full = await owner.raw('POST', '/api/users', { email: 'dos@chica.test', name: 'Dos', role: 'agent' });
  assert.deepEqual(refused(full), [429, 'companies.limit_users']);
  const answers = [];
  for (let i = 0; i < 12; i++) answers.push(await owner.raw('GET', '/api/me'));
  // Twelve: six of them are in one minute for certain.
  const last = answers.find((a) => a.statusCode === 429)!;
  assert.deepEqual(refused(last), [429, 'companies.limit_requests']);
  assert.deepEqual([last.headers['ratelimit-limit'], last.headers['ratelimit-remaining']], ['5', '0']);
  assert.ok(Number(last.headers['ratelimit-reset']) <= 60 && Number(last.headers['retry-after']) >= 1);
  assert.equal((await boss.raw('GET', '/api/me')).headers['ratelimit-limit'], undefined, 'no limit, no headers');
  assert.match(await rt.metrics.registry.metrics(), /centralita_company_refusals_total\{company="chica",limit="requests_per_minute"\} \d/);
});

test('a suspended company lets nobody in', async () => {
  const shut = await createCompany(rt, { slug: 'cerrada', name: 'Cerrada' });
  const owner = await signedIn(rt, app, { company: shut, name: 'Dueño', role: 'administrator' });
  await rt.db.query("update {s}.companies set suspended_at = now() where slug = 'cerrada'");
  forgetCompanies(rt);
  assert.deepEqual(refused(await owner.raw('GET', '/api/me')), [403, 'companies.suspended']);
});

test('who guesses keys is held back; a system at the same address whose key is right goes on', async () => {
  const { key } = await boss.post<{ key: string }>('/api/api-keys', { name: 'vecino', role: 'agent' });
  const { key: fresh } = await boss.post<{ key: string }>('/api/api-keys', { name: 'nuevo', role: 'agent' });
  const ip = '198.51.100.77';
  assert.equal((await asKey(key, '/api/company', { ip })).statusCode, 200);
  for (let i = 0; i < 100; i++) assert.equal((await asKey(`ck_guess_${i}`, '/api/company', { ip })).statusCode, 401);
  const held = await asKey('ck_guess_100', '/api/company', { ip });
  assert.deepEqual(refused(held), [429, 'companies.too_many_keys']);
  assert.ok(Number(held.headers['retry-after']) > 0);
  assert.equal((await asKey(key, '/api/company', { ip })).statusCode, 200);
  assert.equal((await asKey(fresh, '/api/company', { ip })).statusCode, 429, 'a right guess is not told apart');
  assert.equal((await asKey(fresh, '/api/company', { ip: '198.51.100.78' })).statusCode, 200);
});
