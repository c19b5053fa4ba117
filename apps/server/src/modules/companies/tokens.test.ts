import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { before, test } from 'node:test';
import type { FastifyInstance, LightMyRequestResponse } from 'fastify';
import type { JWTPayload } from 'jose';
import type { IamTest } from '@centralita/contracts';
import { encodeId } from '@centralita/kernel';
import { signedIn, startApi, type Agent } from '../../testing/api.ts';
import { startAlone } from '../../testing/runtime.ts';
import type { Runtime } from '../../runtime.ts';
import { addAccount } from '../accounts/index.ts';
import { apiModule } from '../api/module.ts';
import { createApiKey, createCompany, type Company } from './index.ts';
import { companiesModule } from './module.ts';
import { serve, startIssuer, type TestIssuer } from './testing/issuer.ts';

let rt: Runtime;
let app: FastifyInstance;
let one: Company;
let two: Company;
let third: Company;
let issuer: TestIssuer;
let issuerId: string;
let operator: Agent;
let ahead = 0;
const body = {
  name: 'Corporación', issuer: 'https://id.example.test', audience: 'centralita', algorithms: ['RS256'], header_chooses: false, default_role: null as string | null,
};
before(async (t) => {
  const clock = { now: () => Date.now() + ahead, date: () => new Date(Date.now() + ahead) };
  ({ rt } = await startAlone(t as never, { clock, config: { callHttpAllow: ['127.0.0.1'] } }));
  app = await startApi(t as never, rt, [companiesModule, apiModule]);
  const make = (slug: string): Promise<Company> => createCompany(rt, { slug, name: slug });
  [one, two, third] = [await make('uno'), await make('dos'), await make('tres')];
  operator = await signedIn(rt, app, { company: one, name: 'Operadora', role: 'administrator' });
  await rt.db.query("update {s}.users set platform = true where name = 'Operadora'");
  issuer = await startIssuer(t as never);
  issuerId = (await operator.post<{ id: string }>('/api/platform/issuers', { ...body, jwks_url: issuer.jwksUrl, companies: companies() })).id;
});
const companies = (): object[] => [{ company_id: encodeId('co', one.id), tenant: 'company_456' }, { company_id: encodeId('co', two.id), tenant: 'company_457' }];

const told = (answer: LightMyRequestResponse): [number, string] => [answer.statusCode, answer.json<{ code: string }>().code];
const ask = (token: string, { tenant, url = '/api/company' }: { tenant?: string; url?: string } = {}): Promise<LightMyRequestResponse> =>
  app.inject({ url, headers: { authorization: `Bearer ${token}`, ...(tenant !== undefined && { 'x-tenant-id': tenant }) } });
const good = (more: JWTPayload = {}): Promise<string> => issuer.sign({ tenant_id: 'company_456', role: 'agent', ...more });
const slug = (answer: LightMyRequestResponse): string => answer.json<{ slug: string }>().slug;

test('a token of a known issuer is its company and its role', async () => {
  const answer = await ask(await good());
  assert.equal(answer.statusCode, 200, answer.body);
  assert.equal(slug(answer), 'uno');
  assert.deepEqual(told(await ask(await good(), { url: '/api/users' })), [403, 'companies.forbidden']);
  assert.equal((await ask(await good({ role: 'admin' }), { url: '/api/users' })).statusCode, 200);
  assert.equal((await ask(await good({ role: undefined, permissions: ['company:manage_users', 'platform:admin'] }), { url: '/api/users' })).statusCode, 200);
  assert.deepEqual(told(await ask(await good({ permissions: ['platform:admin'] }), { url: '/api/platform/companies' })), [403, 'companies.forbidden'], 'nobody else’s to give');
  assert.deepEqual(told(await ask(await good({ role: undefined, scope: 'openid profile' }))), [403, 'companies.forbidden'], 'no role, no permission');
});

test('a token that is wrong in any way is refused: key, algorithm, audience, issuer, time, owner, form', async (t) => {
  const stranger = await startIssuer(t);
  const claims = { tenant_id: 'company_456', role: 'administrator' };
  const past = Math.floor(Date.now() / 1000) - 120;
  const wrong = {
    'another key under the same name': await stranger.sign(claims),
    'another audience': await good({ aud: 'somebody-else' }),
    'an unknown issuer': await good({ iss: 'https://evil.example' }),
    'it has expired': await good({ exp: past }),
    'it is not valid yet': await good({ nbf: Math.floor(Date.now() / 1000) + 600 }),
    'nobody’s': await good({ sub: '' }),
    'changed afterwards': (await good()).replace(/\.([^.]+)\./, (_all, part: string) => `.${Buffer.from(JSON.stringify({ ...JSON.parse(Buffer.from(part, 'base64url').toString()) as object, role: 'administrator' })).toString('base64url')}.`),
    'an algorithm that was not agreed on': await (await startIssuer(t, 'ES256')).sign(claims),
    'no signature': unsigned({ alg: 'none' }),
    'signed with the public key as if it were a secret': hmac(),
    'no time': await issuer.sign({ ...claims, exp: undefined as never }),
  };
  for (const [name, token] of Object.entries(wrong)) assert.deepEqual(told(await ask(token)), [401, 'companies.wrong_token'], name);
  assert.equal((await ask(`${await good()}x`)).statusCode, 401);
  assert.equal((await ask('eyJ.eyJ.x')).statusCode, 401);
});

function unsigned(header: object): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part(header)}.${part({ iss: body.issuer, aud: body.audience, sub: 'x', exp: Math.floor(Date.now() / 1000) + 60, tenant_id: 'company_456', role: 'administrator' })}.e30`;
}
function hmac(): string {
  const text = unsigned({ alg: 'HS256', kid: 'one' }).split('.').slice(0, 2).join('.');
  return `${text}.${createHmac('sha256', 'public').update(text).digest('base64url')}`;
}

test('the company: from the token, chosen by X-Tenant-ID only among those it names, else 400 and 401 as 7.1 has them', async () => {
  assert.equal(slug(await ask(await good(), { tenant: 'company_456' })), 'uno');
  const foreign = await ask(await good(), { tenant: 'company_457' });
  assert.deepEqual([foreign.statusCode, foreign.json<{ error: string }>().error], [401, 'Invalid tenant']);
  assert.equal((await ask(await good({ tenant_id: 'company_999' }))).statusCode, 401);
  assert.equal((await ask(await good({ tenant_id: encodeId('co', third.id) }))).statusCode, 401, 'the issuer does not speak for it');
  const several = await good({ tenant_id: undefined, company_ids: ['company_456', 'company_457'] });
  const missing = await ask(several);
  assert.deepEqual([missing.statusCode, missing.json<{ error: string }>().error], [400, 'Missing tenant information']);
  assert.equal(slug(await ask(several, { tenant: 'company_457' })), 'dos');
  assert.equal((await ask(several, { tenant: 'tres' })).statusCode, 401);
  const none = await good({ tenant_id: undefined });
  assert.equal((await ask(none)).statusCode, 400);
  assert.equal((await ask(none, { tenant: 'company_457' })).statusCode, 401);
  await operator.raw('PUT', `/api/platform/issuers/${issuerId}`, { ...body, jwks_url: issuer.jwksUrl, companies: companies(), header_chooses: true });
  assert.equal(slug(await ask(none, { tenant: 'company_457' })), 'dos');
});

test('a token may be held to businesses, by our ids or the company’s own names; a name nobody knows opens nothing', async () => {
  const businesses = async (business_ids: string[] | undefined): Promise<string[]> =>
    (await ask(await good({ business_ids }), { url: '/api/businesses' })).json<{ businesses: { name: string }[] }>().businesses.map((b) => b.name);
  const key = await rt.db.shared((tx) => createApiKey(tx, one.id, { name: 'b', role: 'administrator' }));
  const make = async (payload: object): Promise<string> => (await app.inject({ method: 'POST', url: '/api/businesses', headers: { 'x-api-key': key }, payload })).json<{ id: string }>().id;
  await make({ name: 'Norte', external_id: 'business_789' });
  const south = await make({ name: 'Sur' });
  assert.deepEqual(await businesses(undefined), ['Norte', 'Sur']);
  assert.deepEqual(await businesses(['business_789']), ['Norte']);
  assert.deepEqual(await businesses(['business_000', south]), ['Sur']);
  assert.deepEqual(await businesses(['business_000']), []);
  assert.deepEqual(told(await ask(await good({ role: 'administrator', business_ids: ['business_789'] }), { url: '/api/users' })), [403, 'companies.whole_company']);
});

test('X-Tenant-ID beside a key or a cookie: only who runs the installation acts for others', async () => {
  const key = await rt.db.shared((tx) => createApiKey(tx, one.id, { name: 'k', role: 'administrator' }));
  const asKey = (tenant: string): Promise<LightMyRequestResponse> => app.inject({ url: '/api/company', headers: { 'x-api-key': key, 'x-tenant-id': tenant } });
  for (const own of ['uno', encodeId('co', one.id)]) assert.equal((await asKey(own)).statusCode, 200, own);
  for (const other of ['dos', encodeId('co', two.id), 'nobody', '*']) assert.deepEqual(told(await asKey(other)), [401, 'companies.invalid_tenant'], other);
  const there = await app.inject({ url: '/api/company', headers: { ...operator.headers, 'x-tenant-id': 'dos' } });
  assert.equal(slug(there), 'dos');
  assert.equal((await app.inject({ url: '/api/company', headers: { ...operator.headers, 'x-tenant-id': 'nobody' } })).statusCode, 401);
});

test('keys are read once, again for a new key, and not for every invented one; an issuer that is away lets nobody in', async () => {
  await ask(await good());
  const before = issuer.reads();
  await ask(await good());
  assert.equal(issuer.reads(), before);
  ahead += 31_000;
  await issuer.rotate('two');
  assert.equal((await ask(await good())).statusCode, 200);
  assert.equal(issuer.reads(), before + 1);
  for (let i = 0; i < 5; i++) {
    await issuer.rotate(`later-${i}`);
    assert.equal((await ask(await good())).statusCode, 401);
  }
  assert.equal(issuer.reads(), before + 1);
  ahead += 11 * 60_000;
  issuer.fail(500);
  const token = await good({ exp: Math.floor((Date.now() + ahead) / 1000) + 60 });
  assert.deepEqual(told(await ask(token)), [503, 'companies.issuer_away']);
  issuer.fail(undefined);
  assert.equal((await ask(token)).statusCode, 200);
});

test('an address of ours is no issuer: the guard refuses it', async () => {
  const refused = await operator.raw('POST', '/api/platform/issuers', { ...body, issuer: 'https://inside.example', jwks_url: 'http://169.254.169.254/keys', companies: [] });
  assert.deepEqual(told(refused), [400, 'companies.not_https']);
  const made = await operator.post<{ id: string }>('/api/platform/issuers', { ...body, issuer: 'https://inside.example', jwks_url: 'https://169.254.169.254/keys', companies: companies() });
  const token = await good({ iss: 'https://inside.example', exp: Math.floor((Date.now() + ahead) / 1000) + 60 });
  assert.deepEqual(told(await ask(token)), [503, 'companies.issuer_away']);
  assert.deepEqual(told(await operator.raw('POST', '/api/platform/issuers', { ...body, jwks_url: 'https://x.example', companies: [] })), [409, 'companies.issuer_taken']);
  assert.equal((await operator.raw('DELETE', `/api/platform/issuers/${made.id}`)).statusCode, 204);
});

test('a company’s own IAM says what a token may: asked once within its time, and without an answer nobody gets in', async (t) => {
  const asked: { headers: Record<string, unknown>; question: { user_id: string; company_id: string; action: string } }[] = [];
  let answer: object | undefined = { allowed: true, context: { company_id: 'company_456', business_ids: ['business_789'], role: 'agent', permissions: ['whatsapp:read'] } };
  const url = await serve(t, (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => {
      asked.push({ headers: request.headers, question: JSON.parse(Buffer.concat(chunks).toString()) as never });
      response.writeHead(answer ? 200 : 500, { 'content-type': 'application/json' }).end(JSON.stringify(answer ?? {}));
    });
  });
  const saved = await operator.raw('PUT', '/api/company/iam', { url: `${url}/check`, cache_seconds: 60, headers: { Authorization: 'Bearer iam-secret' } });
  assert.deepEqual([saved.statusCode, saved.json<{ iam: object }>().iam], [200, { url: `${url}/check`, cache_seconds: 60, header_names: ['Authorization'] }]);
  const question = { action: 'whatsapp:read', company_id: 'company_456', user_id: 'ana' };
  const tried = await operator.raw('POST', '/api/company/iam/test', { url: `${url}/check`, question });
  assert.deepEqual([tried.json<IamTest>().answer?.allowed, tried.json<IamTest>().reason, asked.pop()?.headers['authorization']], [true, null, 'Bearer iam-secret'], 'with the kept headers');
  const elsewhere = await operator.raw('POST', '/api/company/iam/test', { url: `${url}/other`, question: { ...question, company_id: 'company_457' } });
  assert.match(elsewhere.json<IamTest>().reason ?? '', /another company: company_456/);
  assert.equal(asked.pop()?.headers['authorization'], undefined, 'a secret goes to its own address only');
  const token = (): Promise<string> => good({ role: 'administrator', exp: Math.floor((Date.now() + ahead) / 1000) + 60 });
  assert.equal((await ask(await token())).statusCode, 200);
  assert.equal((await ask(await token())).statusCode, 200);
  assert.equal(asked.length, 1);
  assert.deepEqual(asked[0]?.question, { action: 'whatsapp:read', account_id: null, company_id: 'company_456', user_id: 'user_789' });
  assert.equal(asked[0]?.headers['authorization'], 'Bearer iam-secret');
  answer = { allowed: false, context: { company_id: 'company_456', permissions: ['company:manage_users'] } };
  assert.deepEqual(told(await ask(await token(), { url: '/api/users' })), [403, 'companies.forbidden'], 'the IAM’s no is stronger than the token’s role, and than its own list');
  ahead += 61_000;
  answer = { allowed: true, context: { company_id: 'company_457', permissions: ['whatsapp:read'] } };
  assert.deepEqual(told(await ask(await token())), [503, 'companies.iam_away'], 'it answers about another company');
  answer = undefined;
  assert.deepEqual(told(await ask(await token())), [503, 'companies.iam_away']);
  answer = { allowed: true, context: { company_id: 'company_456', role: 'agent', permissions: [] } };
  assert.equal((await ask(await token())).statusCode, 200, 'a failure is not kept');
  assert.doesNotMatch(JSON.stringify(await operator.get('/api/audit')), /iam-secret/);
  assert.equal((await operator.raw('DELETE', '/api/company/iam')).statusCode, 204);
});

test('a company’s own IAM is asked about the account too, and what it holds to businesses is narrower than the token', async (t) => {
  const account = await addAccount(rt, { companyId: one.id, name: 'Línea', phone: null, provider: 'meta', senderId: '1', wabaId: '1', credentials: {}, appSecret: 'x', appSlug: 'uno' });
  const id = encodeId('acc', account.accountId);
  const questions: { action: string; account_id: string | null }[] = [];
  let businesses: string[] = [];
  const url = await serve(t, (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => {
      const question = JSON.parse(Buffer.concat(chunks).toString()) as (typeof questions)[0];
      questions.push(question);
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({
        allowed: question.account_id === null || question.action === 'whatsapp:read', context: { company_id: 'company_456', business_ids: businesses, role: 'agent', permissions: ['whatsapp:read', 'whatsapp:send_message'] },
      }));
    });
  });
  assert.equal((await operator.raw('PUT', '/api/company/iam', { url, cache_seconds: 0 })).statusCode, 200);
  const token = await good({ exp: Math.floor((Date.now() + ahead) / 1000) + 60 });
  assert.equal((await ask(token, { url: `/api/accounts/${id}` })).statusCode, 200);
  const sent = await app.inject({ method: 'POST', url: '/api/messages', headers: { authorization: `Bearer ${token}` }, payload: { phone_number: '56911111111', content: 'hola' } });
  assert.deepEqual(told(sent), [403, 'companies.forbidden'], 'the only line, unnamed: asked about all the same');
  assert.deepEqual(questions.map((q) => [q.action, q.account_id]), [['whatsapp:read', null], ['whatsapp:read', id], ['whatsapp:send_message', null], ['whatsapp:send_message', id]]);
  businesses = ['business_789'];
  assert.deepEqual(told(await ask(token, { url: `/api/accounts/${id}` })), [404, 'accounts.not_found'], 'a line of no business');
  assert.equal((await operator.raw('DELETE', '/api/company/iam')).statusCode, 204);
});
