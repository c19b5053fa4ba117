import assert from 'node:assert/strict';
import { before, beforeEach, test } from 'node:test';
import { addAccount, forgetAccounts, setFallback, type AddedAccount } from '../../apps/server/src/modules/accounts/index.ts';
import { say } from '../../apps/server/src/modules/conversations/index.ts';
import { lookAfterRoutes } from '../../apps/server/src/modules/delivery/look-after-routes.ts';
import type { Scope } from '../harness/defer.ts';
import { defer } from '../harness/defer.ts';
import type { SandboxNumber } from '../harness/second-hand.ts';
import { waitFor } from '../harness/wait.ts';
import { openDesk, type Desk } from './desk.ts';

// An account with two numbers: what happens when the first one's carrier fails.
let desk: Desk;
let second: SandboxNumber;
let other: AddedAccount;
const PHONE = '56973000001';
/** Three more: one failing message each is quicker than three tries of one. */
const OTHERS = ['56973000011', '56973000012', '56973000013'];

before(async (t) => {
  desk = await openDesk(t as unknown as Scope, { config: { unknownWaitSeconds: 1, carrierTimeoutSeconds: 1, retryFirstSeconds: 0.05, retryMaxSeconds: 0.2, retryAttempts: 100 } });
  second = (await desk.sandbox.call('POST', '/sandbox/numbers', { name: 'Segunda línea' })).body as unknown as SandboxNumber;
  other = await addAccount(desk.rt, {
    companyId: desk.company.id, accountId: desk.account.accountId, name: 'Segunda línea', phone: second.business_number, provider: 'meta', senderId: second.phone_number_id, wabaId: second.waba_id,
    credentials: { phone_number_id: second.phone_number_id, waba_id: second.waba_id, access_token: second.access_token, app_secret: second.app_secret, graph_url: second.graph_url },
    appSecret: second.app_secret, appSlug: 'demo',
  });
  assert.equal(other.accountId, desk.account.accountId);
  await setFallback(desk.rt, desk.account.accountId, { fallback_threshold_errors: 3, fallback_cooldown_seconds: 1 });
  const stop = await lookAfterRoutes(desk.rt);
  defer(t as unknown as Scope, stop);
  // They have all written to both numbers, last to the first.
  for (const to of [second.business_number, desk.sandbox.config.business_number]) {
    for (const phone of [PHONE, ...OTHERS]) {
      await desk.sandbox.write(phone, { to, type: 'text', text: 'hola' });
      await waitFor(async () => (await desk.sandbox.messages(phone)).every((m) => m['direction'] !== 'out' || m['status'] !== 'sent'), { what: 'the webhook' });
    }
    await desk.settled();
  }
});
beforeEach(async () => {
  await desk.sandbox.call('DELETE', '/sandbox/faults');
  await waitFor(async () => (await desk.database.db.query('select 1 from {s}.breakers')).length === 0, { what: 'breakers to close' });
});

async function conversationOf(phone: string): Promise<string> {
  return (await waitFor(async () => (await desk.inCompany((tx) => tx.query<{ id: string }>(
    "select c.id from {c}.conversations c join {c}.addresses a on a.contact_id = c.contact_id where a.kind = 'phone' and a.value = $1", [phone])))[0], { what: 'the conversation' })).id;
}
async function send(phone: string, ...texts: string[]): Promise<string[]> {
  const id = await conversationOf(phone);
  return (await desk.inCompany((tx) => say(desk.rt, tx, texts.map((text) => ({ conversation_id: id, author: { kind: 'api' as const }, content: { type: 'text' as const, text } }))))).map((s) => s.message_id);
}
const fail = (more: Record<string, unknown>): Promise<unknown> => desk.sandbox.call('POST', '/sandbox/faults', { ...more, phone_number_id: desk.sandbox.config.phone_number_id });
const rowsOf = (ids: readonly string[]): Promise<{ id: string; status: string; route_id: string }[]> => desk.inCompany((tx) => tx.query(
  'select m.id, d.status, m.route_id from {c}.messages m join {c}.deliveries d on d.message_id = m.id where m.id = any($1) order by m.id', [ids]));
const arrived = (ids: readonly string[]): Promise<unknown> => waitFor(async () => (await rowsOf(ids)).every((r) => ['sent', 'delivered', 'read'].includes(r.status)), { what: 'the messages to arrive' });

test('a number that is refused its messages: after the third failure they go by the second one, in order, each once', async () => {
  await fail({ kind: 'error', code: 131016, times: 1000 });
  const texts = Array.from({ length: 6 }, (_, n) => `uno ${n}`);
  const ids = await send(PHONE, ...texts);
  for (const phone of OTHERS) ids.push(...await send(phone, 'uno'));
  const opened = await waitFor(async () => (await desk.database.db.query<{ opened_at: Date }>('select opened_at from {s}.breakers'))[0], { what: 'the breaker to open' });
  await arrived(ids);
  assert.ok((await rowsOf(ids)).every((r) => r.route_id === other.routeId), 'shown with the number they left by');
  assert.deepEqual((await desk.heard(PHONE)).filter((text) => text.startsWith('uno ')), texts);
  const first = await desk.inCompany((tx) => tx.query<{ at: Date }>('select min(started_at) as at from {c}.attempts where route_id = $1 and message_id = any($2)', [other.routeId, ids]));
  assert.ok(first[0]!.at.getTime() - opened.opened_at.getTime() < 2000, 'within two seconds');
});

test('when the probe finds the carrier well again, messages go by the first number again', async () => {
  const ids = await send(PHONE, 'de vuelta');
  await arrived(ids);
  assert.equal((await rowsOf(ids))[0]!.route_id, desk.account.routeId);
});

test('what may have been sent never goes by the other number', async () => {
  await fail({ kind: 'accept_then_drop', times: 1000 });
  await desk.sandbox.call('POST', '/sandbox/faults', { kind: 'silence', drop: true, phone_number_id: desk.sandbox.config.phone_number_id });
  const ids = await send(PHONE, 'dos 0', 'dos 1', 'dos 2', 'dos 3', 'dos 4');
  await waitFor(async () => (await rowsOf(ids)).every((r) => ['sent', 'delivered', 'read', 'unknown'].includes(r.status)), { what: 'an end for each' });
  const texts = (await desk.heard(PHONE)).filter((text) => text.startsWith('dos'));
  assert.equal(new Set(texts).size, texts.length, 'none arrived twice');
  assert.deepEqual(texts.toSorted(), ['dos 0', 'dos 1', 'dos 2', 'dos 3', 'dos 4']);
  const rows = await rowsOf(ids);
  assert.ok(rows.filter((r) => r.status === 'unknown').every((r) => r.route_id === desk.account.routeId));
  assert.ok(rows.filter((r) => r.status === 'unknown').length >= 3);
});

test('somebody who never wrote to the second number cannot be written to from there: the messages wait for the first', async () => {
  const stranger = '56973000002';
  await desk.sandbox.write(stranger, { to: desk.sandbox.config.business_number, type: 'text', text: 'hola' });
  const [warm] = await (async () => {
    await conversationOf(stranger);
    await desk.settled();
    return send(stranger, 'antes');
  })();
  await arrived([warm!]);
  await fail({ kind: 'error', code: 131016, times: 1000 });
  const pushed: string[] = [];
  for (const phone of OTHERS) pushed.push(...await send(phone, 'a'));
  await waitFor(async () => (await desk.database.db.query('select 1 from {s}.breakers')).length > 0, { what: 'the breaker to open' });
  const [waiting] = await send(stranger, 'espera');
  await arrived(pushed);
  assert.deepEqual((await rowsOf([waiting!]))[0], { id: waiting, status: 'queued', route_id: desk.account.routeId });
  await desk.sandbox.call('DELETE', '/sandbox/faults');
  await arrived([waiting!]);
  assert.equal((await rowsOf([waiting!]))[0]!.route_id, desk.account.routeId);
});

test('what the carrier refuses because of the person does not hop to another number of the company', async () => {
  forgetAccounts(desk.rt);
  await fail({ kind: 'error', code: 131049, times: 4 });
  const ids = await send(PHONE, 'publicidad');
  await waitFor(async () => (await rowsOf(ids))[0]!.status === 'failed', { what: 'the refusal' });
  assert.equal((await rowsOf(ids))[0]!.route_id, desk.account.routeId);
  assert.equal((await desk.database.db.query('select 1 from {s}.breakers')).length, 0);
});
