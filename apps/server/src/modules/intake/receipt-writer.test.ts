import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { isAppError, newUuid } from '@centralita/kernel';
import pg from 'pg';
import type { Scope } from '../../../../../test/harness/defer.ts';
import type { TestDatabase } from '../../../../../test/harness/database.ts';
import { waitFor } from '../../../../../test/harness/wait.ts';
import { startAlone } from '../../testing/runtime.ts';
import { tidyPartitions } from './keep-partitions.ts';
import { ReceiptWriter } from './receipt-writer.ts';

let database: TestDatabase;
before(async (t) => {
  const alone = await startAlone(t as unknown as Scope);
  database = alone.database;
  await tidyPartitions(alone.rt);
});

/** A database that takes no receipts until it is let go. */
async function hold(): Promise<() => Promise<void>> {
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  await client.query('begin; lock table shared.receipts_pending in access exclusive mode');
  return () => client.end();
}
/** Inserts that reached the database and wait there. */
const stuck = (n: number): Promise<unknown> => waitFor(async () =>
  (await database.db.query<{ n: number }>("select count(*) as n from pg_locks where not granted and relation = '{s}.receipts_pending'::regclass"))[0]!.n === n, { what: `${n} inserts to wait` });

interface Writing {
  readonly app: string;
  readonly batches: number[];
  write(n: number | string): Promise<void>;
  /** Bodies in the order of receipt. */
  stored(): Promise<string[]>;
}
function writing(patienceMs: number): Writing {
  const app = newUuid();
  const batches: number[] = [];
  const writer = new ReceiptWriter({ db: database.db, patienceMs, onBatch: (rows) => batches.push(rows) });
  return {
    app, batches,
    write: (n) => writer.write({ app_id: app, request_id: `req_${n}`, body: Buffer.from(String(n)) }),
    stored: async () => (await database.db.query<{ body: Buffer }>('select body from {s}.receipts where app_id = $1 order by id', [app])).map((r) => r.body.toString()),
  };
}
const isBusy = (error: unknown): boolean => isAppError(error) && error.code === 'intake.busy' && error.status === 503;

test('the first is written at once; those that come meanwhile share the next commit, in their order', async () => {
  const { app, batches, write, stored } = writing(5000);
  const release = await hold();
  const all = [write(1)];
  await stuck(1);
  all.push(write(2));
  await stuck(2);
  for (let n = 3; n <= 60; n++) all.push(write(n));
  await release();
  await Promise.all(all);
  assert.deepEqual(batches, [1, 1, 58]);
  assert.deepEqual((await stored()).slice(2), Array.from({ length: 58 }, (_, i) => String(i + 3)));
  const [lane] = await database.db.query<{ pending: number }>("select pending from {s}.lanes where kind = 'unpack' and key = $1", [app]);
  assert.equal(lane?.pending, 60);
  assert.equal((await database.db.query('select 1 from {s}.receipts_pending where app_id = $1', [app])).length, 60);
});

test('who could not be sure in time is told to come back, and what had not been sent by then is not stored behind their back', async () => {
  const { write, stored } = writing(150);
  const release = await hold();
  const inFlight = [write('a')];
  await stuck(1);
  inFlight.push(write('b'));
  await stuck(2);
  const waiting = [write('c'), write('d')];
  for (const one of await Promise.allSettled([...inFlight, ...waiting])) assert.ok(one.status === 'rejected' && isBusy(one.reason));
  await release();
  await write('e');
  await waitFor(async () => (await stored()).length === 3, { what: 'the inserts under way' });
  assert.deepEqual((await stored()).sort(), ['a', 'b', 'e']);
});

test('a refusal of the database is a refusal of the webhooks, and the next ones are taken again', async () => {
  const { app, write, stored } = writing(5000);
  await database.db.query(`alter table {s}.receipts_pending add constraint closed check (app_id <> '${app}') not valid`);
  await assert.rejects(write(1), isBusy);
  await database.db.query('alter table {s}.receipts_pending drop constraint closed');
  assert.deepEqual(await stored(), [], 'nothing is stored by halves');
  await write(2);
  assert.deepEqual(await stored(), ['2']);
});

test('a database that is away costs no more memory than 64 MiB: beyond it webhooks are refused at once', async () => {
  const app = newUuid();
  const writer = new ReceiptWriter({ db: database.db, patienceMs: 1000 });
  const body = Buffer.alloc(4 * 1024 * 1024, 32);
  const write = (): Promise<void> => writer.write({ app_id: app, request_id: 'req', body });
  const release = await hold();
  const answers = [write()];
  await stuck(1);
  answers.push(write());
  await stuck(2);
  for (let i = 0; i < 16; i++) answers.push(write());
  assert.equal(writer.pressure, 16);
  const from = performance.now();
  await assert.rejects(write(), isBusy);
  assert.ok(performance.now() - from < 500, 'at once, not after its patience');
  for (const one of await Promise.allSettled(answers)) assert.equal(one.status, 'rejected');
  await release();
  await write();
  assert.equal(writer.pressure, 0);
});
