import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { isAppError, newUuid } from '@centralita/kernel';
import type { Scope } from '../../../../../test/harness/defer.ts';
import type { TestDatabase } from '../../../../../test/harness/database.ts';
import { holding, somebodyWaits } from '../../../../../test/harness/two.ts';
import { startAlone } from '../../testing/runtime.ts';
import type { Runtime } from '../../runtime.ts';
import { createCompany, type Company } from '../companies/index.ts';
import { accountsOf } from './store.ts';
import { addAccount, changeAccount, changeRoute, chainOf, forgetAccounts, orderRoutes, removeRoute, routeById, routeOfSender, routesOfAccount, stopRoute, type AddedAccount, type NewAccount } from './index.ts';

let rt: Runtime;
let database: TestDatabase;
let company: Company;
before(async (t) => {
  ({ rt, database } = await startAlone(t as unknown as Scope));
  company = await createCompany(rt, { slug: 'una', name: 'Una' });
});
const add = (more: Partial<NewAccount> = {}): Promise<AddedAccount> => addAccount(rt, {
  companyId: company.id, name: 'Línea', phone: '56220000000', provider: 'meta', senderId: newUuid(), wabaId: null, credentials: { access_token: 'token' }, appSecret: 's', appSlug: 'una', ...more,
});
const isError = (code: string) => (error: unknown): boolean => isAppError(error) && error.code === `accounts.${code}`;

/** An account with three routes, and the words to change them. */
async function chain(): Promise<{ account: AddedAccount; ids: string[]; wish: (routeId: string) => { companyId: string; accountId: string; routeId: string }; now: () => Promise<string[]> }> {
  const account = await add();
  const ids = [account.routeId];
  for (const phone of ['56220000001', '56220000002']) ids.push((await add({ accountId: account.accountId, phone })).routeId);
  return {
    account, ids, wish: (routeId) => ({ companyId: company.id, accountId: account.accountId, routeId }),
    now: async () => (await routesOfAccount(rt, account.accountId)).map((r) => r.id),
  };
}

test('routes stand in the order they were connected, each with its own number, until somebody orders them anew', async () => {
  const { account, ids: [a, b, c], now } = await chain();
  assert.deepEqual(await now(), [a, b, c]);
  assert.deepEqual((await routesOfAccount(rt, account.accountId)).map((r) => r.phone), ['56220000000', '56220000001', '56220000002']);
  await orderRoutes(rt, { companyId: company.id, accountId: account.accountId, routeIds: [c!, a!, b!] });
  assert.deepEqual(await now(), [c, a, b]);
  for (const routeIds of [[a!, b!], [a!, b!, b!], [a!, b!, newUuid()], []]) await assert.rejects(orderRoutes(rt, { companyId: company.id, accountId: account.accountId, routeIds }), isError('route_order'));
  await assert.rejects(orderRoutes(rt, { companyId: newUuid(), accountId: account.accountId, routeIds: [a!, b!, c!] }), isError('route_order'), 'of another company');
  assert.deepEqual(await now(), [c, a, b]);
});

test('a paused route is passed over until it goes on; a stopped one goes on when told', async () => {
  const { account, ids: [a, b, c], wish } = await chain();
  await changeRoute(rt, wish(a!), { status: 'paused' });
  assert.deepEqual((await chainOf(rt, account.accountId)).routes.map((r) => r.id), [b, c]);
  await changeRoute(rt, wish(a!), { status: 'active' });
  await stopRoute(rt.db, b!, '190: expired');
  forgetAccounts(rt);
  await changeRoute(rt, wish(b!), { pace: 'human' });
  assert.deepEqual([(await routeById(rt, b!))?.status, (await routeById(rt, b!))?.status_reason], ['stopped', '190: expired'], 'another change leaves the stop');
  await changeRoute(rt, wish(b!), { status: 'active' });
  assert.deepEqual([(await routeById(rt, b!))?.status, (await routeById(rt, b!))?.status_reason], ['active', null]);
  assert.equal((await chainOf(rt, account.accountId)).routes.length, 3);
});

test('a route sends like a person when it is told to, and as fast as its carrier when told otherwise', async () => {
  const { ids: [a], wish } = await chain();
  assert.equal((await routeById(rt, a!))?.limits.human, undefined);
  await changeRoute(rt, wish(a!), { pace: 'human', per_day: 200, number_since: '2024-01-01' });
  assert.equal((await routeById(rt, a!))?.limits.human?.perDay, 200);
  await changeRoute(rt, wish(a!), { per_day: null });
  assert.equal((await routeById(rt, a!))?.limits.human?.perDay, 1000);
  assert.equal((await routeById(rt, a!))?.settings.number_since, '2024-01-01');
  await changeRoute(rt, wish(a!), { pace: 'plain' });
  assert.equal((await routeById(rt, a!))?.limits.human, undefined);
});

test('a removed route leaves the chain and loses its secrets; what was written over it still finds it', async () => {
  const { account, ids: [a, b, c], wish, now } = await chain();
  const sender = (await routeById(rt, a!))!.sender_id;
  await removeRoute(rt, wish(a!));
  assert.deepEqual(await now(), [b, c]);
  const gone = await routeById(rt, a!);
  assert.deepEqual([gone?.status, gone?.credentials, gone?.phone], ['removed', {}, '56220000000']);
  assert.equal((await routeOfSender(rt, account.appId, sender))?.id, a, 'late statuses');
  await assert.rejects(removeRoute(rt, wish(a!)), isError('route_not_found'));
  await assert.rejects(changeRoute(rt, wish(a!), { status: 'active' }), isError('route_not_found'));

  const again = await add({ accountId: account.accountId, senderId: sender });
  assert.deepEqual([again.routeId, again.renewed], [a, true]);
  assert.deepEqual(await now(), [b, c, a], 'connected again it is the last one');
  assert.equal((await routeById(rt, a!))?.credentials['access_token'], 'token');

  for (const id of [a!, b!, c!]) await removeRoute(rt, wish(id));
  assert.deepEqual(await now(), []);
  const elsewhere = await add({ senderId: sender });
  assert.notEqual(elsewhere.routeId, a, 'another line gets a route of its own');
  assert.notEqual(elsewhere.accountId, account.accountId);
  const back = await add({ accountId: account.accountId });
  assert.deepEqual(await now(), [back.routeId]);
  await assert.rejects(add({ accountId: account.accountId, senderId: sender }), isError('sender_elsewhere'));
});

test('nobody changes the routes of another company or account', async () => {
  const [one, two] = [await chain(), await chain()];
  for (const wish of [{ ...one.wish(one.ids[0]!), companyId: newUuid() }, { ...one.wish(one.ids[0]!), accountId: two.account.accountId }]) {
    await assert.rejects(changeRoute(rt, wish, { status: 'paused' }), isError('route_not_found'));
    await assert.rejects(removeRoute(rt, wish), isError('route_not_found'));
  }
  assert.equal((await database.db.query("select 1 from {s}.routes where status = 'paused'")).length, 0);
});

test('what somebody else changes of a route, an account or an app in the same moment is not written over', async () => {
  const { account, ids: [a], wish } = await chain();
  await routeById(rt, a!);
  const routeChange = await holding((fn) => database.db.shared(fn), (tx) => tx.query("update {s}.routes set settings = settings || '{\"pace\":\"human\"}', status = 'stopped', status_reason = 'expired' where id = $1", [a]));
  const perDay = changeRoute(rt, wish(a!), { per_day: 50 });
  await somebodyWaits(database.db);
  routeChange.goOn();
  await Promise.all([routeChange.early, perDay]);
  const route = await routeById(rt, a!);
  assert.deepEqual([route?.settings.pace, route?.settings.per_day, route?.status, route?.status_reason], ['human', 50, 'stopped', 'expired']);

  const accountChange = await holding((fn) => database.db.shared(fn), (tx) => tx.query("update {s}.accounts set name = 'Nueva' where id = $1", [account.accountId]));
  const phone = changeAccount(rt, company.id, { id: account.accountId, change: { phone: '56227777777' }, note: () => Promise.resolve() });
  await somebodyWaits(database.db);
  accountChange.goOn();
  await Promise.all([accountChange.early, phone]);
  const now = (await accountsOf(rt.db, [company.id])).get(company.id)!.find((x) => x.id === account.accountId);
  assert.deepEqual([now?.name, now?.phone], ['Nueva', '56227777777']);

  // A new secret is being written while another number is connected to the same app.
  const secretsNow = async (): Promise<string> => (await database.db.query<{ secrets: string }>('select secrets from {s}.apps where id = $1', [account.appId]))[0]!.secrets;
  const secrets = await secretsNow();
  const appChange = await holding((fn) => database.db.shared(fn), (tx) => tx.query("update {s}.apps set secrets = 'new' where id = $1", [account.appId]));
  const added = add();
  await Promise.race([added, somebodyWaits(database.db)]);
  appChange.goOn();
  await Promise.all([appChange.early, added]);
  assert.equal(await secretsNow(), 'new');
  await database.db.query('update {s}.apps set secrets = $2 where id = $1', [account.appId, secrets]);
});
