import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { newUuid } from '@centralita/kernel';
import { withDatabase, type TestDatabase } from '../../../../test/harness/database.ts';
import { holding, somebodyWaits } from '../../../../test/harness/two.ts';
import { Connections } from './connections.ts';
import { isDatabaseAway } from './errors.ts';
import { createDatabase } from './pool.ts';

let base: TestDatabase;
before(async (t) => {
  base = await withDatabase(t as never);
});
const open = (max: number, connectTimeoutMs = 5000): Connections => new Connections({ url: base.url, max, queryTimeoutMs: 5000, connectTimeoutMs, applicationName: 'test' });
const pidOf = async (client: Awaited<ReturnType<Connections['acquire']>>): Promise<number> => (await client.query<{ pid: number }>('select pg_backend_pid() as pid')).rows[0]!.pid;

test('a company stays with its connections while they are free, and has all of them when it needs them', async () => {
  const connections = open(6);
  const company = newUuid();
  const seen = new Set<number>();
  for (let i = 0; i < 20; i++) {
    const client = await connections.acquire(company);
    seen.add(await pidOf(client));
    connections.release(client, false);
  }
  assert.equal(seen.size, 1);
  const all = await Promise.all(Array.from({ length: 6 }, () => connections.acquire(company)));
  assert.equal(new Set(await Promise.all(all.map(pidOf))).size, 6);
  for (const client of all) connections.release(client, false);
  await connections.end();
});

test('whoever finds all busy gets the first that is given back, whosever it was; or is told in time', async () => {
  const connections = open(4, 200);
  const held = await Promise.all(Array.from({ length: 4 }, () => connections.acquire(newUuid())));
  await assert.rejects(connections.acquire(undefined), (error) => isDatabaseAway(error));
  const waiting = Array.from({ length: 3 }, () => connections.acquire(newUuid()));
  assert.equal(connections.count().waiting, 3);
  for (const client of held) connections.release(client, false);
  const got = await Promise.all(waiting);
  assert.equal(new Set(await Promise.all(got.map(pidOf))).size, 3);
  for (const client of got) connections.release(client, true);
  await connections.end();
});

test('no connection looks for tables in the schema of its role, which would plan shared statements anew for every company', async () => {
  const [row] = await base.db.query<{ search_path: string }>('show search_path');
  assert.equal(row!.search_path, 'public');
});

test('a transaction that sleeps lets go of what others wait for, and is told so when it wakes', async (t) => {
  const sleeper = createDatabase({ url: base.url, max: 2, queryTimeoutMs: 5000, idleInTransactionMs: 200, applicationName: 'test' });
  t.after(() => sleeper.close());
  const set = "insert into {s}.lane_kinds (kind, completed) values ('sleep', 1) on conflict (kind) do update set completed = lane_kinds.completed + 1";
  const asleep = Promise.withResolvers<void>();
  const woken = Promise.withResolvers<void>();
  const frozen = sleeper.shared(async (tx) => {
    await tx.query(set);
    asleep.resolve();
    await woken.promise;
    await tx.query(set);
  });
  await asleep.promise;
  await base.db.query(set);
  woken.resolve();
  await assert.rejects(frozen, (error) => isDatabaseAway(error));
  await sleeper.shared((tx) => tx.query(set));
  assert.deepEqual(await base.db.query("select completed from {s}.lane_kinds where kind = 'sleep'"), [{ completed: 2 }]);
});

test('a single statement that is chosen to end a deadlock is tried again', async () => {
  await base.db.query("insert into {s}.lane_kinds (kind) values ('one'), ('two')");
  const add = (kind: string): string => `update {s}.lane_kinds set completed = completed + 1 where kind = '${kind}'`;
  const { early, goOn } = await holding((fn) => base.db.shared(async (tx) => {
    await fn(tx);
    await tx.query(add('two'));
  }), async (tx) => {
    // The other one looks for the deadlock first, after its second.
    await tx.query("set local deadlock_timeout = '5s'");
    await tx.query(add('one'));
  });
  const late = base.db.query(`with held as materialized (${add('two')} returning 1), next as (${add('one').replace('where', 'where (select count(*) from held) = 1 and')} returning 1) select (select count(*) from held), (select count(*) from next)`);
  await somebodyWaits(base.db);
  goOn();
  await Promise.all([early, late]);
  assert.deepEqual(await base.db.query("select kind, completed from {s}.lane_kinds where kind in ('one', 'two') order by kind"), [{ kind: 'one', completed: 2 }, { kind: 'two', completed: 2 }]);
});
