import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { newUuid } from '@centralita/kernel';
import { withDatabase, type TestDatabase } from '../../../../test/harness/database.ts';
import { waitFor } from '../../../../test/harness/wait.ts';
import { applyCompanyMigrations } from '../database.ts';
import { createLog } from '../log.ts';
import { createLanes, type Lanes } from './lanes.ts';
import { LeaseLost, type Claim } from './claim.ts';

let base: TestDatabase;
const running: Lanes[] = [];
before(async (t) => {
  base = await withDatabase(t as never);
});
after(async () => {
  for (const lanes of running) await lanes.stop();
});

async function owner(leaseMs = 8000): Promise<Lanes> {
  const lanes = createLanes({ db: base.db, databaseUrl: base.url, processId: newUuid(), leaseMs, heartbeatMs: leaseMs / 4, log: createLog('silent') });
  running.push(lanes);
  await lanes.start();
  return lanes;
}
const ring = (lanes: Lanes, kind: string, key: string, count = 1): Promise<void> => base.db.shared((tx) => lanes.ring(tx, kind, [{ key, count }]));
const row = async (kind: string, key: string): Promise<{ pending: number; owner: string | null; attempts: number }> =>
  (await base.db.query<{ pending: number; owner: string | null; attempts: number }>('select pending, owner, attempts from {s}.lanes where kind = $1 and key = $2', [kind, key]))[0]!;

test('work rung in a transaction is done once after its commit, and never after a rollback', async () => {
  const lanes = await owner();
  const done: string[] = [];
  lanes.worker({ kind: 'once', batch: 10, loops: 2, async handle(claims) {
    await base.db.shared((tx) => lanes.finish(tx, 'once', claims.map((claim) => ({ claim, done: 1 }))));
    done.push(...claims.map((c) => c.key));
  } });
  const kept = newUuid();
  await assert.rejects(base.db.shared(async (tx) => {
    await lanes.ring(tx, 'once', [{ key: newUuid() }]);
    throw new Error('no');
  }), /no/);
  await ring(lanes, 'once', kept);
  await waitFor(async () => (await row('once', kept)).pending === 0, { what: 'the lane drained' });
  assert.deepEqual(done, [kept]);
  assert.equal((await row('once', kept)).owner, null);
});

test('one key has one owner at a time, and work rung meanwhile is not lost', async () => {
  const a = await owner();
  const b = await owner();
  const key = newUuid();
  let inside = 0;
  let most = 0;
  let finished = 0;
  for (const lanes of [a, b]) {
    lanes.worker({ kind: 'single', batch: 5, loops: 2, async handle(claims) {
      for (const claim of claims) {
        most = Math.max(most, inside += 1);
        await base.db.shared(async (tx) => {
          await tx.query('select 1');
          inside -= 1;
          await lanes.finish(tx, 'single', [{ claim, done: 1 }]);
        });
        finished += 1;
      }
    } });
  }
  for (let i = 0; i < 200; i++) await ring(i % 2 ? a : b, 'single', key);
  await waitFor(async () => (await row('single', key)).pending === 0, { what: 'two hundred rings worked off' });
  assert.equal(most, 1);
  assert.equal(finished, 200);
});

test('an owner whose lease ran out cannot commit, and says that it is not fresh', async () => {
  const slow = createLanes({ db: base.db, databaseUrl: base.url, processId: newUuid(), leaseMs: 200, heartbeatMs: 60_000, log: createLog('silent') });
  running.push(slow);
  const key = newUuid();
  await ring(slow, 'fenced', key);
  let first: Claim | undefined;
  let release: () => void = () => undefined;
  const held = new Promise<void>((resolve) => { release = resolve; });
  let refused: unknown;
  const worker = slow.worker({ kind: 'fenced', batch: 1, loops: 1, async handle([claim]) {
    first = claim;
    await held;
    try {
      await base.db.shared((tx) => slow.finish(tx, 'fenced', [{ claim: claim!, done: 1 }]));
    } catch (error) {
      refused = error;
    }
  } });
  worker.kick();
  await waitFor(() => first !== undefined, { what: 'the first owner' });
  await waitFor(() => !first!.fresh(), { what: 'the lease to run out' });
  const other = await owner();
  let taken = false;
  other.worker({ kind: 'fenced', batch: 1, loops: 1, async handle([claim]) {
    await base.db.shared((tx) => other.finish(tx, 'fenced', [{ claim: claim!, done: 1 }]));
    taken = true;
  } }).kick();
  await waitFor(() => taken, { what: 'the takeover' });
  release();
  await waitFor(() => refused !== undefined, { what: 'the late owner’s commit' });
  assert.ok(refused instanceof LeaseLost);
  assert.equal((await row('fenced', key)).pending, 0);
});

test('a ring without items is heard, though the owner is about to put the lane off', async () => {
  const lanes = await owner();
  const key = newUuid();
  const until = new Date(Date.now() + 3_600_000);
  let turns = 0;
  lanes.worker({ kind: 'put off', batch: 1, loops: 1, async handle([claim]) {
    turns += 1;
    // The second ring comes after the owner decided, and before it says so.
    if (turns === 1) await base.db.shared((tx) => lanes.ring(tx, 'put off', [{ key, count: 0 }]));
    await base.db.shared((tx) => lanes.finish(tx, 'put off', [{ claim: claim!, done: 0, due: until }]));
  } });
  await ring(lanes, 'put off', key);
  await waitFor(async () => (await row('put off', key)).owner === null && turns === 2, { what: 'the second look' });
  const kept = await base.db.query<{ due_at: Date; pending: number }>("select due_at, pending from {s}.lanes where kind = 'put off'");
  assert.deepEqual(kept, [{ due_at: until, pending: 1 }]);
});

test('failing work is tried again later, and a paused kind waits', async () => {
  const lanes = await owner();
  const key = newUuid();
  let tries = 0;
  lanes.worker({ kind: 'failing', batch: 1, loops: 1, backoff: () => 10, async handle([claim]) {
    tries += 1;
    if (claim!.attempts < 2) throw new Error('not yet');
    await base.db.shared((tx) => lanes.finish(tx, 'failing', [{ claim: claim!, done: 1 }]));
  } });
  await lanes.pause('failing', true);
  await ring(lanes, 'failing', key);
  assert.equal((await row('failing', key)).owner, null);
  assert.equal(tries, 0);
  await lanes.pause('failing', false);
  await waitFor(async () => (await row('failing', key)).pending === 0, { what: 'the third try' });
  assert.equal(tries, 3);
});

test('a lane whose row is locked at every moment, by those who ring it, stays with its owner', async () => {
  const lanes = createLanes({ db: base.db, databaseUrl: base.url, processId: newUuid(), leaseMs: 400, heartbeatMs: 100, log: createLog('silent') });
  running.push(lanes);
  await lanes.start();
  const other = await owner(400);
  const key = newUuid();
  let claims = 0;
  const fresh: boolean[] = [];
  let ended = false;
  const work = { kind: 'hot', batch: 1, loops: 2, async handle([claim]: Claim[]): Promise<void> {
    claims += 1;
    for (let look = 0; look < 30; look++) {
      await new Promise((resolve) => {
        setTimeout(resolve, 50);
      });
      fresh.push(claim!.fresh());
    }
    ended = true;
    await base.db.shared((tx) => lanes.finish(tx, 'hot', [{ claim: claim!, done: claim!.seen }]));
  } };
  lanes.worker(work);
  await ring(lanes, 'hot', key);
  await waitFor(() => claims === 1, { what: 'the first owner' });
  other.worker({ ...work, handle: async () => {
    claims += 1;
  } });
  // As webhooks that come without a pause: whenever one lets the row go, the next has it.
  const ringers = Array.from({ length: 2 }, async () => {
    while (!ended) {
      await base.db.shared(async (tx) => {
        await tx.query("select {s}.ring_lanes('hot', $1::uuid[], array[1], array[null::timestamptz])", [[key]]);
        await tx.query('select pg_sleep(0.03)');
      });
    }
  });
  await waitFor(() => ended, { what: 'the work to end' });
  assert.deepEqual([claims, fresh.every(Boolean)], [1, true]);
  await Promise.all(ringers);
});

test('a transaction of several companies rings, fences and finishes the lanes of each as its own; one lost lease stops its own company only', async () => {
  const lanes = await owner();
  const companies = await Promise.all(Array.from({ length: 5 }, async (_, n) => {
    const id = newUuid();
    const name = `c_${id.replaceAll('-', '').slice(12)}`;
    await base.db.shared(async (tx) => {
      await tx.query('insert into {s}.companies (id, slug, name, schema_name, role_name) values ($1, $2, $2, $3, $3)', [id, `lanes${n}`, name]);
      await applyCompanyMigrations(tx, { id, schema: name, role: name });
    });
    return { id, schema: name, role: name, key: newUuid() };
  }));
  await Promise.all(companies.map((c) => base.db.together(c, (tx) => lanes.ring(tx, 'shared', [{ key: c.key, count: 2 }]))));
  const rows = await base.db.query<{ company_id: string; pending: number }>("select company_id, pending from {s}.lanes where kind = 'shared'");
  assert.deepEqual(new Map(rows.map((r) => [r.company_id, r.pending])), new Map(companies.map((c) => [c.id, 2])));

  const outcomes = new Map<string, unknown>();
  let ended: () => void = () => undefined;
  const end = new Promise<void>((resolve) => {
    ended = resolve;
  });
  lanes.worker({ kind: 'shared', batch: 10, loops: 1, async handle(claims) {
    // Somebody else took one of them over, and has not done its work yet.
    await base.db.query("update {s}.lanes set epoch = epoch + 1, lease_until = now() + interval '1 minute' where kind = 'shared' and key = $1", [companies[1]!.key]);
    await Promise.all(claims.map(async (claim, n) => {
      const company = companies.find((c) => c.id === claim.companyId)!;
      outcomes.set(company.id, await base.db.together(company, async (tx) => {
        await tx.query('select 1');
        await (n % 2 === 0 ? lanes.finish(tx, 'shared', [{ claim, done: 2 }]) : lanes.finish(tx, 'shared', [{ claim, done: 1 }], true));
      }).then(() => 'done', (error: unknown) => error instanceof LeaseLost));
    }));
    if (outcomes.size === companies.length) ended();
  } });
  lanes.kick('shared');
  await end;
  assert.deepEqual(companies.map((c) => outcomes.get(c.id)), ['done', true, 'done', 'done', 'done']);
});
