import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import argon2 from 'argon2';
import type { FastifyInstance, LightMyRequestResponse } from 'fastify';
import { isAppError, randomToken } from '@centralita/kernel';
import type { Scope } from '../../../../../test/harness/defer.ts';
import { startApi } from '../../testing/api.ts';
import { startAlone } from '../../testing/runtime.ts';
import type { Runtime } from '../../runtime.ts';
import {
  authenticate, callerOf, checkCsrf, createApiKey, createCompany, createUser, listCompanies, requireAdministrator, setPassword, signIn, userNames, type Caller, type Company, type User,
} from './index.ts';
import { LoginLimit } from './login-limit.ts';
import { companiesModule } from './module.ts';
import { isOwnOrigin } from './origin.ts';

let rt: Runtime;
let app: FastifyInstance;
let company: Company;
let ana: User;
let ahead = 0;
const password = 'clave de ana';
before(async (t) => {
  const scope = t as unknown as Scope;
  ({ rt } = await startAlone(scope, { clock: { now: () => Date.now() + ahead, date: () => new Date(Date.now() + ahead) } }));
  app = await startApi(scope, rt, [companiesModule, { name: 'rooms', http(api) {
    api.get('/api/who', async (request) => describe(await callerOf(rt, request)));
    api.post('/api/change', async (request) => describe(await callerOf(rt, request)));
    api.post('/api/administer', async (request) => {
      const caller = await callerOf(rt, request);
      requireAdministrator(caller);
      return describe(caller);
    });
  } }]);
  company = await createCompany(rt, { slug: 'prueba', name: 'Prueba' });
  ana = await createUser(rt, company.id, { email: 'Ana.Soto@example.test', name: 'Ana Soto', role: 'agent', password });
});

const describe = (caller: Caller): unknown => ({ company: caller.company.slug, role: caller.role, user: caller.user?.name ?? null });
const isError = (code: string) => (error: unknown): boolean => isAppError(error) && error.code === `companies.${code}`;
const login = (body: object, from = '192.0.2.1'): Promise<LightMyRequestResponse> => app.inject({ method: 'POST', url: '/api/login', payload: body, remoteAddress: from });
const ask = (method: 'GET' | 'POST', url: string, headers: Record<string, string>): Promise<LightMyRequestResponse> => app.inject({ method, url, headers });
const cookieOf = (answer: LightMyRequestResponse): string => String(answer.headers['set-cookie']).split(';')[0]!;
const problem = (answer: LightMyRequestResponse): unknown[] => [answer.statusCode, answer.json<{ code: string }>().code];

test('signed in by e-mail (however it is written) and password; an unknown e-mail is refused in the same words', async () => {
  const good = await login({ email: 'ana.soto@EXAMPLE.test', password });
  assert.equal(good.statusCode, 200);
  const me = good.json<{ user: { name: string; role: string }; company: { name: string }; csrf: string }>();
  assert.deepEqual([me.user.name, me.user.role, me.company.name], ['Ana Soto', 'agent', 'Prueba']);
  assert.doesNotMatch(good.body, /password|argon2/);
  const [wrong, unknown] = [await login({ email: 'ana.soto@example.test', password: 'otra' }), await login({ email: 'nadie@example.test', password })];
  for (const answer of [wrong, unknown]) {
    assert.deepEqual(problem(answer), [401, 'companies.wrong_password']);
    assert.equal(answer.headers['set-cookie'], undefined);
  }
  assert.equal(wrong.json<{ title: string }>().title, unknown.json<{ title: string }>().title);
});

test('a login ends with signing out, with a new password, with the user, and with time', async () => {
  const enter = async (): Promise<{ cookie: string; csrf: string }> => {
    const answer = await login({ email: ana.email, password });
    return { cookie: cookieOf(answer), csrf: answer.json<{ csrf: string }>().csrf };
  };
  const status = async (cookie: string): Promise<number> => (await ask('GET', '/api/me', { cookie })).statusCode;
  const [a, b] = [await enter(), await enter()];
  const out = await ask('POST', '/api/logout', { cookie: a.cookie, 'x-csrf-token': a.csrf });
  assert.equal(out.statusCode, 204);
  assert.match(String(out.headers['set-cookie']), /^centralita=; Max-Age=0/);
  assert.deepEqual([await status(a.cookie), await status(b.cookie)], [401, 200]);
  assert.equal((await ask('POST', '/api/logout', { cookie: a.cookie })).statusCode, 204, 'twice is no error');

  await setPassword(rt.db, ana.id, await argon2.hash(password));
  assert.equal(await status(b.cookie), 401);
  const c = await enter();
  await rt.db.query('update {s}.users set disabled_at = now() where id = $1', [ana.id]);
  assert.equal(await status(c.cookie), 401);
  assert.deepEqual(problem(await login({ email: ana.email, password })), [401, 'companies.wrong_password']);
  await rt.db.query('update {s}.users set disabled_at = null where id = $1', [ana.id]);
  assert.equal(await status(c.cookie), 200);
  await rt.db.query("update {s}.logins set expires_at = now() - interval '1 second' where user_id = $1", [ana.id]);
  assert.equal(await status(c.cookie), 401);
});

test('neither tokens nor keys are in the database as they are', async () => {
  const { token } = await signIn(rt, ana.email, password);
  const key = await rt.db.shared((tx) => createApiKey(tx, company.id, { name: 'k', role: 'agent' }));
  const rows = JSON.stringify([await rt.db.query("select encode(token_hash, 'escape') from {s}.logins"), await rt.db.query("select *, encode(key_hash, 'escape') from {s}.api_keys"), await rt.db.query('select * from {s}.users')]);
  for (const secret of [token, key, password]) assert.ok(!rows.includes(secret));
});

test('ten wrong passwords of one e-mail close it for five minutes, from wherever; a right one before that forgets them', async () => {
  const email = 'beto@example.test';
  await createUser(rt, company.id, { email, name: 'Beto', role: 'agent', password });
  for (let i = 0; i < 9; i++) assert.equal((await login({ email, password: `no ${i}` }, `198.51.100.${i}`)).statusCode, 401);
  assert.equal((await login({ email, password }, '198.51.100.20')).statusCode, 200);
  // All at once gain nothing.
  const many = await Promise.all(Array.from({ length: 16 }, (_, i) => login({ email: email.toUpperCase(), password: 'no' }, `198.51.100.${i}`)));
  assert.deepEqual(many.map((a) => a.statusCode).sort((a, b) => a - b), [...Array<number>(10).fill(401), ...Array<number>(6).fill(429)]);
  const refused = await login({ email, password }, '198.51.100.30');
  assert.deepEqual(problem(refused), [429, 'companies.too_many_tries']);
  const seconds = Number(refused.headers['retry-after']);
  assert.ok(seconds > 200 && seconds <= 300, String(seconds));
  assert.equal((await login({ email: ana.email, password }, '198.51.100.30')).statusCode, 200, 'others are let in');
  ahead += 5 * 60_000;
  assert.equal((await login({ email, password }, '198.51.100.30')).statusCode, 200);
});

test('thirty wrong passwords close an address, a /64 of IPv6 being one; invented e-mails do not fill the memory', () => {
  const limit = new LoginLimit(rt.clock);
  for (let i = 0; i < 30; i++) limit.begin(`2001:db8:1:2::${i.toString(16)}`, `${i}@example.test`);
  assert.throws(() => limit.begin('2001:db8:1:2:ffff::1', 'x@example.test'), isError('too_many_tries'));
  limit.begin('2001:db8:1:3::1', 'x@example.test');
  for (let i = 0; i < 30; i++) limit.begin('::ffff:203.0.113.1', `${i}@v4.example.test`);
  assert.throws(() => limit.begin('::ffff:203.0.113.1', 'y@example.test'), isError('too_many_tries'));
  limit.begin('::ffff:203.0.113.2', 'y@example.test');
  // A right password costs its address nothing.
  for (let i = 0; i < 100; i++) limit.begin('203.0.113.3', 'z@example.test')();
});

test('a key is its company and its role, in either header, before any cookie, and needs no token; a revoked one is none', async () => {
  const keyOf = (role: 'administrator' | 'agent'): Promise<string> => rt.db.shared((tx) => createApiKey(tx, company.id, { name: role, role }));
  const [boss, agent] = [await keyOf('administrator'), await keyOf('agent')];
  assert.deepEqual((await ask('POST', '/api/change', { 'x-api-key': agent })).json(), { company: 'prueba', role: 'agent', user: null });
  assert.deepEqual((await ask('POST', '/api/administer', { authorization: `Bearer ${boss}` })).json(), { company: 'prueba', role: 'administrator', user: null });
  assert.deepEqual(problem(await ask('POST', '/api/administer', { 'x-api-key': agent })), [403, 'companies.forbidden']);
  const { token } = await signIn(rt, ana.email, password);
  const cookie = `centralita=${token}`;
  assert.equal((await ask('GET', '/api/who', { cookie, 'x-api-key': boss })).json<{ role: string }>().role, 'administrator');
  assert.deepEqual(problem(await ask('GET', '/api/who', { cookie, 'x-api-key': `${boss}x` })), [401, 'companies.wrong_key'], 'a wrong key is not made good by a cookie');
  assert.deepEqual(problem(await ask('GET', '/api/me', { 'x-api-key': boss })), [403, 'companies.no_person']);
  await rt.db.query('update {s}.api_keys set revoked_at = now() where prefix = $1', [boss.slice(0, 7)]);
  assert.deepEqual(problem(await ask('GET', '/api/who', { 'x-api-key': boss })), [401, 'companies.wrong_key']);
});

test('a changing request with a cookie needs the token of that very login', async () => {
  const [one, two] = [await signIn(rt, ana.email, password), await signIn(rt, ana.email, password)];
  const cookie = `otra=1; centralita=${one.token}`;
  assert.equal((await ask('GET', '/api/who', { cookie })).statusCode, 200);
  assert.deepEqual(problem(await ask('POST', '/api/change', { cookie })), [403, 'companies.csrf']);
  for (const token of ['', two.caller.csrf!, `${one.caller.csrf}x`]) assert.deepEqual(problem(await ask('POST', '/api/change', { cookie, 'x-csrf-token': token })), [403, 'companies.csrf']);
  assert.equal((await ask('POST', '/api/change', { cookie, 'x-csrf-token': one.caller.csrf! })).statusCode, 200);
  assert.throws(() => checkCsrf(one.caller, undefined), isError('csrf'));
  checkCsrf({}, undefined);
  for (const given of [{}, { cookie: '' }, { cookie: randomToken(32) }]) await assert.rejects(authenticate(rt, given), isError('not_signed_in'));
});

test('a page of ours is one of PUBLIC_URL or of the host it calls', () => {
  const own = (origin: string | undefined, host = 'desk.example.test:8080'): boolean => isOwnOrigin('https://centralita.example.test', { origin, host });
  for (const origin of [undefined, 'https://centralita.example.test', 'http://desk.example.test:8080']) assert.ok(own(origin), origin);
  assert.ok(own('http://desk.example.test:8080', 'DESK.example.test:8080'));
  for (const origin of ['null', '', 'https://evil.example', 'https://centralita.example.test.evil.example', 'http://centralita.example.test', 'http://desk.example.test']) assert.ok(!own(origin), origin);
});

test('companies are told apart: a name taken leaves nothing behind, users and keys are of one company', async () => {
  const roles = async (): Promise<number> => (await rt.db.query("select 1 from pg_roles where pg_has_role(rolname, 'centralita_company', 'member') and rolname in (select role_name from {s}.companies)")).length;
  const before = await roles();
  await assert.rejects(createCompany(rt, { slug: 'prueba', name: 'Otra' }), isError('slug_taken'));
  assert.equal(await roles(), before);
  const schemas = await rt.db.query("select 1 from pg_namespace where nspname like 'c\\_%' and nspname not in (select schema_name from {s}.companies)");
  assert.equal(schemas.length, 0);

  const other = await createCompany(rt, { slug: 'otra', name: 'Otra' });
  await assert.rejects(createUser(rt, other.id, { email: 'ANA.soto@example.test', name: 'Ana', role: 'administrator', password }), isError('email_taken'));
  const eva = await createUser(rt, other.id, { email: 'eva@example.test', name: 'Eva', role: 'administrator', password });
  assert.deepEqual([...(await userNames(rt, other.id)).values()], ['Eva']);
  assert.ok(!(await userNames(rt, company.id)).has(eva.id));
  assert.equal((await signIn(rt, eva.email, password)).caller.company.id, other.id);
  assert.deepEqual((await listCompanies(rt.db)).map((c) => c.slug), ['prueba', 'otra']);
  for (const table of ['users', 'logins', 'api_keys', 'companies']) await assert.rejects(rt.db.withCompany(other, (tx) => tx.query(`select 1 from {s}.${table}`)), /permission denied/);
});
