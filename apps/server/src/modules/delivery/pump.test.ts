import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { newUuid } from '@centralita/kernel';
import { waitFor } from '../../../../../test/harness/wait.ts';
import type { StatusUpdate } from '../../messaging/index.ts';
import { forgetAccounts } from '../accounts/index.ts';
import { applyStatuses } from './index.ts';
import { atTheDoors, forgetful, gates, Sender } from './testing/desk.ts';

/** A lease that nobody renews: as of a process that was stopped. */
const ASLEEP = { leaseSeconds: 0.3, leaseHeartbeatSeconds: 60 };
let word = 0;
const status = (id: string, step: StatusUpdate['status']): StatusUpdate =>
  ({ kind: 'status', key: `s:${++word}`, line: { kind: 'number', id: '1' }, at: new Date().toISOString(), remote_id: `wamid.${id}`, status: step, correlation: id });

let sender: Sender;

test('the lease is lost while a message is being sent: its new owner sends it not again, the old one writes nothing, the carrier’s word settles it', async (t) => {
  sender = await Sender.open(t);
  const sleep = gates();
  const a = await sender.pump(t, { config: ASLEEP, around: sleep.around });
  const [first, second] = [await sender.queue(), await sender.queue()];
  await a.carrier.got(first);
  void sleep.asleep.close();
  const b = await sender.pump(t);
  b.carrier.ready = true;
  // The second one follows the first to the same contact: the new owner does not let it wait for an outcome nobody knows.
  await sender.becomes(second, 'accepted');
  a.carrier.answer(first);
  a.carrier.ready = true;
  sleep.asleep.open();
  // Whoever is first has the third one: awake, the old owner is one of two again.
  const third = await sender.queue();
  await sender.becomes(third, 'accepted');
  assert.deepEqual([a.carrier.asked[0], b.carrier.asked[0]], [first, second]);
  assert.deepEqual([...a.carrier.asked, ...b.carrier.asked].toSorted(), [first, second, third].toSorted());
  const row = await sender.state(first);
  assert.deepEqual([row.status, row.remote_id, await sender.outcomes(first)], ['sending', null, [null]], 'nothing of the old owner’s answer');
  await sender.inside((tx) => applyStatuses(b.rt, tx, [{ route_id: sender.route.id, event: status(first, 'sent') }]));
  assert.deepEqual([(await sender.state(first)).status, (await sender.state(first)).remote_id, await sender.outcomes(first)], ['sent', `wamid.${first}`, ['accepted']]);
  await sender.quiet();
});

test('asleep between the commit and the sending, and awake after another took over: it sends nothing and writes nothing', async (t) => {
  sender = await Sender.open(t);
  const sleep = gates();
  const a = await sender.pump(t, { config: ASLEEP, around: sleep.around });
  a.carrier.ready = true;
  const taken = sleep.after.close();
  const id = await sender.queue();
  await taken;
  void sleep.asleep.close();
  assert.equal((await sender.outbox())[0]?.state, 1);
  const b = await sender.pump(t, { config: { unknownWaitSeconds: 1 } });
  await waitFor(async () => (await sender.outbox())[0]?.state === 2, { what: 'the takeover' });
  sleep.asleep.open();
  sleep.after.open();
  await sender.becomes(id, 'unknown');
  assert.deepEqual([a.carrier.asked, b.carrier.asked], [[], []]);
  await sender.quiet();
});

test('asleep, but nobody took over: the message is put back and leaves once', async (t) => {
  sender = await Sender.open(t);
  const sleep = gates();
  const a = await sender.pump(t, { config: ASLEEP, around: sleep.around });
  a.carrier.ready = true;
  const asleep = sleep.after.close();
  const id = await sender.queue();
  await asleep;
  await waitFor(async () => (await sender.database.db.query("select 1 from {s}.lanes where kind = 'delivery' and lease_until < now()")).length === 1, { what: 'the lease to run out' });
  sleep.after.open();
  await sender.becomes(id, 'accepted');
  assert.deepEqual([a.carrier.asked, await sender.outcomes(id)], [[id], ['accepted']], 'a try that never began is no try');
  await sender.quiet();
});

test('stopped while sending: it waits for the answer, writes it down, takes nothing more and gives the route back', async (t) => {
  sender = await Sender.open(t);
  const a = await sender.pump(t);
  const [first, second] = [await sender.queue(), await sender.queue()];
  await a.carrier.got(first);
  let stopped = false;
  const stopping = a.rt.lanes.stop().then(() => {
    stopped = true;
  });
  const third = await sender.queue('reply', newUuid());
  assert.equal(stopped, false);
  a.carrier.answer(first);
  await stopping;
  assert.equal((await sender.state(first)).status, 'accepted');
  assert.deepEqual((await sender.outbox()).map((o) => [o.message_id, o.state]), [[second, 0], [third, 0]]);
  assert.equal((await sender.lane()).owner, null);
  const b = await sender.pump(t);
  b.carrier.ready = true;
  await sender.quiet();
  assert.deepEqual([a.carrier.asked, b.carrier.asked.sort()], [[first], [second, third].sort()]);
});

test('an answer that comes in the middle of the last transaction of a stopping process is written down too', async (t) => {
  sender = await Sender.open(t);
  const hold = gates();
  const a = await sender.pump(t, { around: hold.around });
  const id = await sender.queue();
  await a.carrier.got(id);
  const inside = hold.within.close();
  const stopping = a.rt.lanes.stop();
  await inside;
  a.carrier.answer(id);
  await setImmediate();
  hold.within.open();
  await stopping;
  assert.deepEqual([(await sender.state(id)).status, await sender.outbox()], ['accepted', []]);
});

/** Runs this once at the commit of the transaction that takes a message, as the database itself. */
async function atCommit(statement: string): Promise<void> {
  const { schema, role } = sender.company;
  const { db } = sender.database;
  await db.query(`create sequence ${schema}.mishaps`);
  await db.query(`create function ${schema}.mishap() returns trigger language plpgsql security definer as $$ begin if nextval('${schema}.mishaps') = 1 then ${statement}; end if; return null; end $$`);
  await db.query(`grant execute on function ${schema}.mishap() to ${role}`);
  await db.query(`create constraint trigger mishap after insert on ${schema}.attempts deferrable initially deferred for each row execute function ${schema}.mishap()`);
}

for (const [what, statement] of [['refused', "raise exception 'no'"], ['cut off', 'perform pg_terminate_backend(pg_backend_pid())']] as const) {
  test(`the commit of what was taken is ${what}: it is taken again and leaves once`, async (t) => {
    sender = await Sender.open(t);
    await atCommit(statement);
    const a = await sender.pump(t);
    a.carrier.ready = true;
    const ids = [await sender.queue(), await sender.queue('reply', newUuid())];
    await sender.quiet();
    assert.deepEqual(a.carrier.asked.sort(), ids.sort());
    for (const id of ids) assert.deepEqual([(await sender.state(id)).status, await sender.outcomes(id)], ['accepted', ['accepted']]);
  });
}

test('the commit happened and its answer was lost: what was taken goes back and leaves once, with one try', async (t) => {
  sender = await Sender.open(t);
  const wire = forgetful();
  const a = await sender.pump(t, { around: wire.around });
  a.carrier.ready = true;
  wire.lose(1);
  const id = await sender.queue();
  await sender.quiet();
  assert.deepEqual([a.carrier.asked, await sender.outcomes(id)], [[id], ['accepted']]);
});

test('an outcome whose commit was not answered is written twice and counts once', async (t) => {
  sender = await Sender.open(t);
  const wire = forgetful();
  const a = await sender.pump(t, { around: wire.around, config: { retryAttempts: 2 } });
  const error = { class: 'permanent', code: '131051', title: 'Unsupported' } as const;
  const [bad, slow] = [await sender.queue(), await sender.queue('otp')];
  await Promise.all([a.carrier.got(bad), a.carrier.got(slow)]);
  wire.lose(1);
  a.carrier.answer(bad, { outcome: 'rejected', error });
  await sender.becomes(bad, 'failed');
  wire.lose(1);
  a.carrier.answer(slow, { outcome: 'retry', error: { ...error, class: 'retry' } });
  await waitFor(() => a.carrier.asked.length === 3, { what: 'the second try' });
  a.carrier.answer(slow);
  await sender.quiet();
  assert.deepEqual([await sender.outcomes(bad), await sender.outcomes(slow)], [['rejected'], ['retry', 'accepted']]);
  assert.equal((await sender.inside((tx) => tx.query('select 1 from {c}.dead_letters'))).length, 1);
});

test('a commit that comes after its process gave it up leaves nothing behind as being sent', async (t) => {
  sender = await Sender.open(t);
  let late: Promise<unknown> | undefined;
  let commit: () => void = () => undefined;
  const a = await sender.pump(t, { around: (db) => atTheDoors(db, (open) => async (company, fn) => {
    if (late) return open(company, fn);
    let done: () => void = () => undefined;
    const taken = new Promise<void>((resolve) => {
      done = resolve;
    });
    late = open(company, async (tx) => {
      const value = await fn(tx);
      done();
      await new Promise<void>((resolve) => {
        commit = resolve;
      });
      return value;
    });
    await taken;
    throw new Error('Query read timeout');
  }) });
  a.carrier.ready = true;
  const id = await sender.queue();
  await waitFor(() => late !== undefined, { what: 'the first transaction' });
  // The next one waits for its rows.
  await waitFor(async () => (await sender.database.db.query("select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'")).length > 0, { what: 'the second transaction to wait for the first' });
  commit();
  await late;
  await sender.quiet();
  assert.deepEqual(a.carrier.asked, [id]);
});

test('a route that was stopped keeps its messages; active again, they leave in order', async (t) => {
  sender = await Sender.open(t);
  const a = await sender.pump(t);
  const [first, second] = [await sender.queue(), await sender.queue()];
  await a.carrier.got(first);
  a.carrier.answer(first, { outcome: 'rejected', error: { class: 'credentials', code: '190', title: 'Token expired' } });
  await waitFor(async () => (await sender.database.db.query("select 1 from {s}.routes where status = 'stopped'")).length === 1, { what: 'the route to stop' });
  await waitFor(async () => (await sender.outbox()).every((o) => o.state !== 1), { what: 'the message to be put back' });
  await sender.database.db.query("update {s}.routes set status = 'active', status_reason = null");
  forgetAccounts(a.rt);
  a.carrier.ready = true;
  // As `centralita account add` rings it.
  await sender.inside((tx) => a.rt.lanes.ring(tx, 'delivery', [{ key: sender.route.id, count: 0 }]));
  await sender.quiet();
  assert.deepEqual(a.carrier.asked, [first, first, second]);
});

test('two processes and many messages: each is sent once, in order per contact and class', async (t) => {
  sender = await Sender.open(t);
  const [a, b] = [await sender.pump(t), await sender.pump(t)];
  a.carrier.ready = b.carrier.ready = true;
  const contacts = Array.from({ length: 5 }, () => newUuid());
  const queued = new Map<string, string[]>(contacts.map((c) => [c, []]));
  for (let i = 0; i < 12; i++) for (const contact of contacts) queued.get(contact)!.push(await sender.queue('reply', contact));
  await sender.quiet();
  const begun = await sender.inside((tx) => tx.query<{ message_id: string }>('select message_id from {c}.attempts order by started_at, message_id'));
  assert.equal(begun.length, 60);
  assert.equal(new Set([...a.carrier.asked, ...b.carrier.asked]).size, 60);
  assert.equal(a.carrier.asked.length + b.carrier.asked.length, 60);
  for (const ids of queued.values()) assert.deepEqual(begun.map((r) => r.message_id).filter((id) => ids.includes(id)), ids);
});
