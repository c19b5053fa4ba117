import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { isAppError, newUuid } from '@centralita/kernel';
import type { Scope } from '../../../../../test/harness/defer.ts';
import { secondPool, type TestDatabase } from '../../../../../test/harness/database.ts';
import { startAlone, startProcess } from '../../testing/runtime.ts';
import type { Runtime } from '../../runtime.ts';
import { createCompany, type Company } from '../companies/index.ts';
import {
  accountsOfCompany, addAccount, appById, findApp, forgetAccounts, insertAccountEvents, routeById, routeOfSender, routeOfWaba, routesOfAccount, stopRoute, suggestWebhook, type AddedAccount, type NewAccount,
} from './index.ts';

let rt: Runtime;
let database: TestDatabase;
let one: Company;
let two: Company;
let ahead = 0;
const clock = { now: () => Date.now() + ahead, date: () => new Date(Date.now() + ahead) };
before(async (t) => {
  ({ rt, database } = await startAlone(t as unknown as Scope, { clock }));
  one = await createCompany(rt, { slug: 'una', name: 'Una' });
  two = await createCompany(rt, { slug: 'dos', name: 'Dos' });
});

const add = (company: Company, more: Partial<NewAccount> = {}): Promise<AddedAccount> => addAccount(rt, {
  companyId: company.id, name: 'Línea', phone: '56220000000', provider: 'meta', senderId: newUuid(), wabaId: null, credentials: { access_token: 'token', phone_number_id: '1' },
  appSecret: 'secreto', appSlug: newUuid(), ...more,
});
const isError = (code: string) => (error: unknown): boolean => isAppError(error) && error.code === `accounts.${code}`;

test('a number is found by its sender and its business account, only through its own app', async () => {
  const [a, b] = [await add(one, { senderId: 's1', wabaId: 'w1', appSlug: 'a' }), await add(two, { senderId: 's1', wabaId: 'w1', appSlug: 'b' })];
  assert.notEqual(a.appId, b.appId);
  assert.equal((await routeOfSender(rt, a.appId, 's1'))?.company_id, one.id);
  assert.equal((await routeOfSender(rt, b.appId, 's1'))?.company_id, two.id);
  assert.equal((await routeOfWaba(rt, b.appId, 'w1'))?.id, b.routeId);
  for (const found of [await routeOfSender(rt, a.appId, 's2'), await routeOfSender(rt, newUuid(), 's1'), await routeOfWaba(rt, a.appId, 'w2'), await routeOfWaba(rt, a.appId, 's1')]) assert.equal(found, undefined);
  assert.deepEqual((await routesOfAccount(rt, a.accountId)).map((r) => r.id), [a.routeId]);
  assert.deepEqual((await accountsOfCompany(rt, one.id)).map((r) => r.id), [a.accountId]);
});

test('the first app of a carrier is its default; others are found by name only', async () => {
  assert.equal((await findApp(rt, 'meta', undefined))?.slug, 'a');
  assert.equal((await findApp(rt, 'meta', 'b'))?.company_id, two.id);
  assert.equal(await findApp(rt, 'twilio', 'a'), undefined);
  assert.equal(await findApp(rt, 'meta', 'z'), undefined);
  const app = await appById(rt, (await findApp(rt, 'meta', 'b'))!.id);
  assert.deepEqual([app?.secrets.appSecret, app!.secrets.verifyToken.length > 20], ['secreto', true]);
});

test('an app with the same secret is shared, by companies too; each number keeps to its company', async () => {
  const [a, b] = [await add(one, { appSlug: 'comun', senderId: 'c1' }), await add(two, { appSlug: 'comun', senderId: 'c2' })];
  assert.equal(a.appId, b.appId);
  assert.equal(a.verifyToken, b.verifyToken);
  assert.deepEqual([(await routeOfSender(rt, a.appId, 'c1'))?.company_id, (await routeOfSender(rt, a.appId, 'c2'))?.company_id], [one.id, two.id]);
  await assert.rejects(add(two, { appSlug: 'comun', senderId: 'c1' }), isError('sender_taken'));
  await assert.rejects(add(two, { appSlug: 'comun', senderId: 'c3', appSecret: 'otro' }), isError('app_taken'));
  await assert.rejects(add(one, { appSlug: 'comun', senderId: 'c3', appSecret: 'otro' }), isError('app_taken'), 'nor by its own company for a new number');
  await assert.rejects(add(two, { appSlug: 'comun', senderId: 'c2', appSecret: 'otro' }), isError('app_taken'));
  assert.equal((await findApp(rt, 'meta', 'comun'))?.secrets.appSecret, 'secreto');
});

test('numbers that are connected to a new app at the same moment share it', async () => {
  const added = await Promise.all(Array.from({ length: 6 }, () => add(one, { appSlug: 'juntos', provider: 'twilio' })));
  assert.equal(new Set(added.map((a) => a.appId)).size, 1);
  assert.equal(new Set(added.map((a) => a.accountId)).size, 6);
});

test('connected again, a number has its new credentials and secret, and goes on where it was stopped', async () => {
  const first = await add(one, { appSlug: 'otra-vez', senderId: 'r1', limits: { perSecond: 7 } });
  assert.equal(await stopRoute(rt.db, first.routeId, '190: expired'), true);
  assert.equal(await stopRoute(rt.db, first.routeId, 'again'), false, 'told once');
  forgetAccounts(rt);
  const stopped = await routeById(rt, first.routeId);
  assert.deepEqual([stopped?.status, stopped?.status_reason], ['stopped', '190: expired']);
  assert.equal((await routeOfSender(rt, first.appId, 'r1'))?.id, first.routeId, 'what is written to it is received all the same');
  const again = await add(one, { appSlug: 'otra-vez', senderId: 'r1', appSecret: 'nuevo', credentials: { access_token: 'fresco', phone_number_id: '1' } });
  assert.deepEqual([again.renewed, again.accountId, again.routeId, again.verifyToken], [true, first.accountId, first.routeId, first.verifyToken]);
  const route = await routeById(rt, first.routeId);
  assert.deepEqual([route?.status, route?.status_reason, route?.credentials['access_token'], route?.limits.perSecond], ['active', null, 'fresco', 7]);
  assert.equal((await findApp(rt, 'meta', 'otra-vez'))?.secrets.appSecret, 'nuevo');
});

test('neither tokens nor secrets are in the database as they are', async () => {
  await add(one, { appSecret: 'secreto-de-app', credentials: { access_token: 'EAAG-token' } });
  const rows = JSON.stringify([await database.db.query('select * from {s}.apps'), await database.db.query('select * from {s}.routes')]);
  assert.doesNotMatch(rows, /secreto-de-app|EAAG-token/);
});

test('a carrier that is not there is refused; limits of the route go before those of its carrier', async () => {
  await assert.rejects(add(one, { provider: 'carrier-pigeon' }), isError('provider_unknown'));
  const { routeId } = await add(one, { limits: { perSecond: 3 } });
  const route = await routeById(rt, routeId);
  assert.deepEqual([route?.limits.perSecond, route?.limits.inFlight], [3, rt.providers['meta']!.limits.inFlight]);
});

test('the name suggested for a webhook: the number’s own, that of the app with this secret, a free one', async () => {
  const wish = { companyId: two.id, provider: 'meta', senderId: 'v1', appSecret: 'v-secreto', base: 'dos' };
  assert.equal(await suggestWebhook(rt, wish), 'dos');
  await add(one, { appSlug: 'dos', appSecret: 'v-secreto' });
  assert.equal(await suggestWebhook(rt, wish), 'dos-2', 'that of another company is not offered');
  await add(two, { appSlug: 'dos-2', appSecret: 'v-secreto' });
  assert.equal(await suggestWebhook(rt, wish), 'dos-2');
  await add(two, { appSlug: 'aparte', appSecret: 'w-secreto', senderId: 'v1' });
  assert.equal(await suggestWebhook(rt, wish), 'aparte');
});

test('what another process added is known here: at the first question when it is new, within five seconds when it changed', async (t) => {
  const cli = await startProcess(t, { database: secondPool(t, database), clock });
  // A look at what is there, not long ago.
  assert.equal(await findApp(rt, 'meta', 'tarde'), undefined);
  ahead += 600;
  const added = await addAccount(cli, {
    companyId: one.id, name: 'Línea', phone: null, provider: 'meta', senderId: 't1', wabaId: null, credentials: {}, appSecret: 's', appSlug: 'tarde',
  });
  assert.equal((await findApp(rt, 'meta', 'tarde'))?.id, added.appId);
  assert.equal((await routeOfSender(rt, added.appId, 't1'))?.id, added.routeId);
  await stopRoute(cli.db, added.routeId, 'by hand');
  ahead += 5001;
  await routeById(rt, added.routeId);
  // The stale one answered at once; the new one is being read.
  await database.db.query('select 1');
  await findApp(rt, 'meta', 'nada');
  assert.equal((await routeById(rt, added.routeId))?.status, 'stopped');
});

test('an account event is kept once', async () => {
  const { routeId } = await add(one);
  const event = { route_id: routeId, event_key: 'a:1', field: 'phone_number_quality_update', payload: { event: 'FLAGGED' }, at: '2026-11-21T10:00:00Z' };
  const put = (): Promise<string[]> => rt.db.withCompany(one, (tx) => insertAccountEvents(tx, [event, event, { ...event, event_key: 'a:2', payload: null }]));
  assert.deepEqual([await put(), await put()], [['a:1', 'a:2'], []]);
});
