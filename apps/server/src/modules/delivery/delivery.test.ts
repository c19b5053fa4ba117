import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { encodeId, newUuid, systemClock } from '@centralita/kernel';
import { createLanes } from '@centralita/platform/lanes';
import { createLog } from '@centralita/platform/log';
import { createMetrics } from '@centralita/platform/metrics';
import type { CompanyRef, Tx } from '@centralita/platform/database';
import { withDatabase, type TestDatabase } from '../../../../../test/harness/database.ts';
import { holding as hold, somebodyWaits as somebodyWaitsIn } from '../../../../../test/harness/two.ts';
import { createEvents, type SendOutcome, type StatusUpdate } from '../../messaging/index.ts';
import type { Runtime } from '../../runtime.ts';
import { createCompany } from '../companies/index.ts';
import { applyStatuses, enqueueMessages, giveUpUnknown, settleOutcomes, statusHistory } from './index.ts';
import { ensureHealth, lookAt, looked, takeDueLooks } from './store-health.ts';
import { beginOutbox, deliveryStates, openAttempts, takeOutbox, type DeliveryRow } from './store.ts';

let base: TestDatabase;
let rt: Runtime;
let company: CompanyRef;
let stop: () => Promise<void>;
const route = newUuid();
const contact = newUuid();
const conversation = newUuid();

before(async (t) => {
  base = await withDatabase(t as never);
  const log = createLog('silent');
  const lanes = createLanes({ db: base.db, databaseUrl: base.url, processId: newUuid(), leaseMs: 8000, heartbeatMs: 2000, log });
  stop = () => lanes.stop();
  rt = { db: base.db, lanes, log, clock: systemClock, metrics: createMetrics(), events: createEvents(), config: { retryAttempts: 3, retryFirstSeconds: 1, retryMaxSeconds: 60, unknownWaitSeconds: 60 } } as unknown as Runtime;
  company = await createCompany(rt, { slug: 'prueba', name: 'Prueba' });
  const account = newUuid();
  await base.db.query("insert into {s}.accounts (id, company_id, name) values ($1, $2, 'Línea')", [account, company.id]);
  await base.db.query("insert into {s}.routes (id, company_id, account_id, provider, sender_id, credentials) values ($1, $2, $3, 'meta', '1', '')", [route, company.id, account]);
  await inCompany(async (tx) => {
    await tx.query("insert into {c}.contacts (id, name) values ($1, 'Ana')", [contact]);
    await tx.query('insert into {c}.conversations (id, account_id, contact_id, route_id) values ($1, $2, $3, $4)', [conversation, account, contact, route]);
  });
});
after(() => stop());

const inCompany = <T>(fn: (tx: Tx) => Promise<T>): Promise<T> => base.db.withCompany(company, fn);
const state = async (id: string): Promise<DeliveryRow> => (await inCompany((tx) => deliveryStates(tx, [id])))[0]!;

/** A message in the outbox, taken, with its attempt open. */
async function beingSent(cls: 'otp' | 'reply' = 'reply'): Promise<string> {
  const id = newUuid();
  await inCompany(async (tx) => {
    await tx.query("insert into {c}.messages (id, conversation_id, route_id, direction, author, content, at) values ($1, $2, $3, 'out', 'bot', '{}', now())", [id, conversation, route]);
    await enqueueMessages(rt, tx, [{ message_id: id, conversation_id: conversation, contact_id: contact, route_id: route, class: cls, to: { addresses: [{ kind: 'phone', value: '56911111111' }] }, content: { type: 'text', text: 'hola' } }]);
  });
  await inCompany(async (tx) => {
    const taken = await takeOutbox(tx, [{ route_id: route, wanted: 10 }]);
    assert.deepEqual(taken.map((r) => r.message_id), [id]);
    assert.equal((await openAttempts(tx, [{ message_id: id, route_id: route, epoch: 1 }]))[0]!.request.content.type, 'text');
  });
  return id;
}
const settle = (id: string, outcome: SendOutcome, attempts = 1): Promise<Map<string, number>> => inCompany((tx) => settleOutcomes(rt, tx, [{ message_id: id, route_id: route, attempts, outcome }]));
const word = (id: string, remote: string, status: StatusUpdate['status'], correlated = false): StatusUpdate => ({
  kind: 'status', key: `s:${remote}:${status}`, line: { kind: 'number', id: '1' }, at: '2026-11-21T10:00:00.000Z', remote_id: remote, status,
  correlation: correlated ? encodeId('msg', id) : undefined,
});
const say = (id: string, remote: string, status: StatusUpdate['status'], correlated = false): Promise<void> =>
  inCompany((tx) => applyStatuses(rt, tx, [{ route_id: route, event: word(id, remote, status, correlated) }]));

const holding = (fn: (tx: Tx) => Promise<unknown>): ReturnType<typeof hold> => hold(inCompany, fn);
const somebodyWaits = (): Promise<unknown> => somebodyWaitsIn(base.db);

test('accepted, then statuses in every order end at the same step', async () => {
  const orders = [['sent', 'delivered', 'read'], ['read', 'delivered', 'sent'], ['delivered', 'sent', 'read'], ['sent', 'read', 'delivered']] as const;
  for (const [i, order] of orders.entries()) {
    const id = await beingSent();
    assert.equal((await settle(id, { outcome: 'accepted', remote_id: `wamid.${i}` })).get(route), 1);
    for (const status of order) {
      await say(id, `wamid.${i}`, status);
      await say(id, `wamid.${i}`, status);
    }
    assert.equal((await state(id)).status, 'read');
    assert.equal((await inCompany((tx) => statusHistory(tx, id))).length, 3, 'late steps are recorded, doubles are not');
  }
});

test('a status that comes before the carrier’s answer is kept and matched', async () => {
  const id = await beingSent();
  await say(id, 'wamid.early', 'sent');
  await say(id, 'wamid.early', 'delivered');
  assert.equal((await state(id)).status, 'sending');
  await settle(id, { outcome: 'accepted', remote_id: 'wamid.early' });
  assert.equal((await state(id)).status, 'delivered');
});

test('a status that comes while the answer is being written down is not lost, whoever was first', async () => {
  for (const [first, correlated] of [['answer', false], ['status', false], ['answer', true], ['status', true]] as const) {
    const id = await beingSent();
    const remote = `wamid.same.${first}.${correlated}`;
    const answer = (tx: Tx): Promise<unknown> => settleOutcomes(rt, tx, [{ message_id: id, route_id: route, attempts: 1, outcome: { outcome: 'accepted', remote_id: remote } }]);
    const status = (tx: Tx): Promise<unknown> => applyStatuses(rt, tx, [{ route_id: route, event: word(id, remote, 'delivered', correlated) }]);
    const { early, goOn } = await holding(first === 'answer' ? answer : status);
    const late = inCompany(first === 'answer' ? status : answer);
    await somebodyWaits();
    goOn();
    await Promise.all([early, late]);
    assert.equal((await state(id)).status, 'delivered', `the ${first} first, ${correlated ? 'with' : 'without'} a word of ours`);
  }
});

test('a message that the pump takes while the one before it is settled by a status is not let go a second time', async () => {
  const before = await beingSent();
  await settle(before, { outcome: 'unknown', error: { class: 'unknown', code: 'timeout', title: 'No answer' } });
  const id = newUuid();
  await inCompany(async (tx) => {
    await tx.query("insert into {c}.messages (id, conversation_id, route_id, direction, author, content, at) values ($1, $2, $3, 'out', 'bot', '{}', now())", [id, conversation, route]);
    await enqueueMessages(rt, tx, [{ message_id: id, conversation_id: conversation, contact_id: contact, route_id: route, class: 'reply', to: { addresses: [{ kind: 'phone', value: '56911111111' }] }, content: { type: 'text', text: 'hola' } }]);
  });
  // It was put behind one that was just being settled.
  await base.db.query('update {s}.outbox set state = 3 where message_id = $1', [id]);
  const { early, goOn } = await holding(async (tx) => {
    await beginOutbox(tx, { inherited: [], all: [route] }, 60);
    assert.deepEqual((await takeOutbox(tx, [{ route_id: route, wanted: 10 }])).map((r) => r.message_id), [id]);
  });
  const late = say(before, 'wamid.late', 'sent', true);
  await somebodyWaits();
  goOn();
  await Promise.all([early, late]);
  assert.deepEqual(await inCompany((tx) => takeOutbox(tx, [{ route_id: route, wanted: 10 }])), [], 'it is being sent');
  await settle(id, { outcome: 'accepted', remote_id: 'wamid.next' });
});

test('an attempt a dead owner left open is not sent again; a status with our id settles it', async () => {
  const id = await beingSent();
  assert.deepEqual(await inCompany((tx) => beginOutbox(tx, { inherited: [route], all: [route] }, 60)), []);
  assert.deepEqual(await inCompany((tx) => takeOutbox(tx, [{ route_id: route, wanted: 10 }])), []);
  await say(id, 'wamid.recovered', 'sent', true);
  const row = await state(id);
  assert.equal(row.status, 'sent');
  assert.equal(row.remote_id, 'wamid.recovered');
  assert.equal((await base.db.query('select 1 from {s}.outbox where message_id = $1', [id])).length, 0);
});

test('still unknown after the wait: a reply is shown to a person, a code fails', async () => {
  const reply = await beingSent();
  await settle(reply, { outcome: 'unknown', error: { class: 'unknown', code: 'timeout', title: 'No answer' } });
  await inCompany((tx) => giveUpUnknown(rt, tx, [{ message_id: reply, class: 1 }]));
  assert.equal((await state(reply)).status, 'unknown');
  const code = await beingSent('otp');
  await settle(code, { outcome: 'unknown', error: { class: 'unknown', code: 'timeout', title: 'No answer' } });
  await inCompany((tx) => giveUpUnknown(rt, tx, [{ message_id: code, class: 0 }]));
  const row = await state(code);
  assert.equal(row.status, 'failed');
  assert.equal(row.error?.code, 'outcome_unknown');
});

test('what certainly did not happen waits its turn and is given up after its tries', async () => {
  const id = await beingSent();
  const error = { class: 'retry', code: 'connect', title: 'Not reached' } as const;
  assert.equal((await settle(id, { outcome: 'retry', error, after_ms: 60_000 })).size, 0);
  assert.equal((await state(id)).status, 'queued');
  assert.deepEqual(await inCompany((tx) => takeOutbox(tx, [{ route_id: route, wanted: 10 }])), [], 'not before its time');
  assert.equal((await settle(id, { outcome: 'retry', error }, 3)).get(route), 1);
  assert.equal((await state(id)).status, 'failed');
  const dead = await inCompany((tx) => tx.query<{ kind: string; reason: string }>('select kind, reason from {c}.dead_letters where message_id = $1', [id]));
  assert.deepEqual(dead, [{ kind: 'send', reason: 'connect Not reached' }]);
});

test('news of a route that a process died with are told by another; those of meanwhile are not lost', async () => {
  await ensureHealth(base.db, [{ id: route, company_id: company.id }]);
  const [now, again] = [new Date('2026-11-21T10:00:00Z'), new Date('2026-11-21T10:00:30Z')];
  const due = async (at: Date): Promise<string[]> => (await takeDueLooks(base.db, { limit: 10, now: at, again: new Date(at.getTime() + 30_000), silentSince: new Date(0) })).map((h) => h.route_id);
  await lookAt(base.db, route, now);
  assert.deepEqual([await due(now), await due(now)], [[route], []], 'one process looks');
  assert.deepEqual(await due(again), [route], 'another, where that one died');
  await lookAt(base.db, route, again);
  await looked(base.db, route, new Date(again.getTime() + 30_000));
  assert.deepEqual(await due(again), [route], 'something happened while it looked');
  await looked(base.db, route, new Date(again.getTime() + 30_000));
  assert.deepEqual(await due(new Date('2027-01-01T00:00:00Z')), []);
});
