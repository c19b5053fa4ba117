import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import type { FastifyInstance, LightMyRequestResponse } from 'fastify';
import type { AuditPage, PlatformCompany, User, UserLink } from '@centralita/contracts';
import { encodeId } from '@centralita/kernel';
import { signedIn, startApi, type Agent } from '../../testing/api.ts';
import { companyWithAccount, startAlone } from '../../testing/runtime.ts';
import type { Runtime } from '../../runtime.ts';
import { accountsModule } from '../accounts/module.ts';
import { companiesModule } from './module.ts';
import { createApiKey, usageOf, type Company } from './index.ts';

let rt: Runtime;
let app: FastifyInstance;
let company: Company;
let accountId: string;
let operator: Agent;
let boss: Agent;
before(async (t) => {
  ({ rt } = await startAlone(t as never));
  app = await startApi(t as never, rt, [companiesModule, accountsModule]);
  const made = await companyWithAccount(rt, 'Casa');
  ({ company } = made);
  accountId = made.account.accountId;
  boss = await signedIn(rt, app, { company, name: 'Jefa', role: 'administrator' });
  operator = await signedIn(rt, app, { company, name: 'Operadora', role: 'agent' });
  await rt.db.query("update {s}.users set platform = true where name = 'Operadora'");
});
const refused = (answer: LightMyRequestResponse): [number, string] => [answer.statusCode, answer.json<{ code: string }>().code];

test('who runs the installation makes a company in one call and hands its first administrator a link', async () => {
  const made = await operator.raw('POST', '/api/platform/companies', { slug: 'nueva', name: 'Nueva', administrator: { email: 'rita@nueva.test', name: 'Rita' }, limits: { users: 3 } });
  assert.deepEqual(refused(made), [403, 'companies.forbidden'], 'an agent with the mark gives nobody more than an agent may');
  await rt.db.query("update {s}.users set role = 'administrator' where name = 'Operadora'");
  const { company: created, link } = await operator.post<{ company: PlatformCompany; link: UserLink }>('/api/platform/companies', { slug: 'otra', name: 'Otra', administrator: { email: 'ana@otra.test', name: 'Ana' }, limits: { users: 3, accounts: null } });
  assert.deepEqual([created.limits, created.status, created.users], [{ users: 3 }, 'active', 1]);
  const used = await app.inject({ method: 'POST', url: '/api/links/use', payload: { token: link.url.split('#')[1], password: 'una clave larga' } });
  const me = used.json<{ company: { name: string }; user: { role: string }; permissions: string[] }>();
  assert.deepEqual([me.company.name, me.user.role, me.permissions.includes('platform:admin')], ['Otra', 'administrator', false]);
  assert.deepEqual(refused(await operator.raw('POST', '/api/platform/companies', { slug: 'otra', name: 'Otra' })), [409, 'companies.slug_taken']);
  assert.deepEqual(refused(await boss.raw('GET', '/api/platform/companies')), [403, 'companies.forbidden']);
});

test('a suspended company is out at once, and in again; its limits change; both logs say so', async () => {
  const { companies } = await operator.get<{ companies: PlatformCompany[] }>('/api/platform/companies');
  const otra = companies.find((c) => c.slug === 'otra')!;
  const key = await rt.db.shared(async (tx) => createApiKey(tx, (await tx.query<{ id: string }>("select id from {s}.companies where slug = 'otra'"))[0]!.id, { name: 'k', role: 'administrator' }));
  const asKey = (url = '/api/company'): Promise<LightMyRequestResponse> => app.inject({ url, headers: { 'x-api-key': key } });
  assert.equal((await asKey()).statusCode, 200);
  const suspended = (await operator.raw('PATCH', `/api/platform/companies/${otra.id}`, { suspended_reason: 'No paga', limits: { messages_per_day: 10 } })).json<PlatformCompany>();
  assert.deepEqual([suspended.status, suspended.suspended_reason, suspended.limits], ['suspended', 'No paga', { users: 3, messages_per_day: 10 }]);
  assert.deepEqual(refused(await asKey()), [403, 'companies.suspended']);
  const misspelt = await operator.raw('PATCH', `/api/platform/companies/${otra.id}`, { limits: { messages_a_day: 10 } });
  assert.equal(misspelt.statusCode, 400, 'a limit that is misspelt is not taken for none');
  await operator.raw('PATCH', `/api/platform/companies/${otra.id}`, { suspended_reason: null, limits: { messages_per_day: null } });
  const seen = (await asKey('/api/audit')).json<AuditPage>().entries.filter((e) => e.action === 'company.changed');
  assert.deepEqual(seen.map((e) => e.after?.['suspended']), [false, true]);
  assert.equal((await operator.get<AuditPage>('/api/platform/audit?action=company.')).entries.length, 3, 'one made, two changes; what was refused left nothing');
});

test('iam/check answers as 4.2 prints it, for people and keys, on accounts of their businesses', async () => {
  const norte = await boss.post<{ id: string }>('/api/businesses', { name: 'Norte' });
  const sur = await boss.post<{ id: string }>('/api/businesses', { name: 'Sur' });
  const agent = await signedIn(rt, app, { company, name: 'Ana', role: 'agent' });
  await boss.raw('PATCH', `/api/users/${agent.id}`, { business_ids: [norte.id] });
  const check = async (more: object = {}): Promise<{ allowed: boolean; context: Record<string, unknown> }> =>
    boss.post('/api/iam/check', { action: 'whatsapp:send_message', account_id: encodeId('acc', accountId), company_id: encodeId('co', company.id), user_id: agent.id, ...more });
  const business = (id: string): Promise<object[]> => rt.db.query('update {s}.accounts set business_id = (select id from {s}.businesses where name = $1)', [id]);
  await business('Norte');
  const answer = await check();
  assert.equal(answer.allowed, true);
  assert.deepEqual({ ...answer.context, permissions: undefined }, { company_id: encodeId('co', company.id), business_ids: [norte.id], role: 'agent', permissions: undefined });
  assert.ok((answer.context['permissions'] as string[]).includes('whatsapp:send_message'));
  await business('Sur');
  assert.equal((await check()).allowed, false, 'another business');
  assert.equal((await check({ account_id: null })).allowed, true);
  await boss.raw('PATCH', `/api/users/${agent.id}`, { business_ids: [] });
  assert.equal((await check()).allowed, true, `${sur.id}: who is held to none works for all`);
  assert.equal((await check({ action: 'whatsapp:admin' })).allowed, false);
  assert.equal((await check({ action: 'anything:else' })).allowed, false);
  assert.equal((await check({ user_id: 'nobody@example.test' })).allowed, false);
  assert.equal((await check({ account_id: 'acc_00000000000000000000000000' })).allowed, false);
  const foreign = await companyWithAccount(rt, 'Otra');
  const stranger = await signedIn(rt, app, { company: foreign.company, name: 'Eva', role: 'administrator' });
  assert.deepEqual([(await check({ user_id: stranger.id })).allowed, (await check({ account_id: encodeId('acc', foreign.account.accountId) })).allowed], [false, false]);
  assert.deepEqual(refused(await boss.raw('POST', '/api/iam/check', { action: 'whatsapp:read', company_id: foreign.company.slug, user_id: agent.id })), [401, 'companies.invalid_tenant']);
  await boss.raw('PATCH', `/api/users/${agent.id}`, { disabled: true });
  assert.equal((await check()).allowed, false);
  assert.equal((await boss.post<{ users: User[] }>('/api/iam/check', { action: 'x', company_id: company.slug, user_id: agent.id }).then((a) => JSON.stringify(a))).includes('password'), false);
});

test('messages a day: what is counted is shared between processes, and over the limit people and systems are refused', async () => {
  const limited: Company = { ...company, limits: { messages_per_day: 5 } };
  const usage = usageOf(rt);
  const other = usageOf({ ...rt });
  usage.messages(limited, { received: 2, sent: 3 });
  await usage.requireMessages(limited, 2);
  await assert.rejects(usage.requireMessages(limited, 3), (e: { code: string; status: number }) => e.code === 'companies.limit_messages' && e.status === 429);
  await usage.settle();
  other.messages(limited, { received: 0, sent: 2 });
  await other.settle();
  usage.messages(limited, { received: 1, sent: 0 });
  await usage.settle();
  await assert.rejects(usage.requireMessages(limited, 1), /sent as many messages today/);
  const { companies } = await operator.get<{ companies: PlatformCompany[] }>('/api/platform/companies');
  const row = companies.find((c) => c.slug === company.slug)!;
  assert.deepEqual([row.messages_in_today, row.messages_out_today, row.messages_out_30_days], [3, 5, 5]);
  assert.match(await rt.metrics.registry.metrics(), new RegExp(`centralita_company_messages_total\\{company="${company.slug}",direction="out"\\} 5`));
});
