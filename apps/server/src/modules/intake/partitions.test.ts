import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import pg from 'pg';
import { withDatabase, type TestDatabase } from '../../../../../test/harness/database.ts';
import type { Scope } from '../../../../../test/harness/defer.ts';
import { waitFor } from '../../../../../test/harness/wait.ts';
import { startProcess } from '../../testing/runtime.ts';
import type { Runtime } from '../../runtime.ts';
import { conversationsModule } from '../conversations/module.ts';
import { tidyPartitions } from './keep-partitions.ts';
import { intakeModule } from './module.ts';
import { Line } from './testing/desk.ts';

const DAY = 86_400_000;
let database: TestDatabase;
let rt: Runtime;
let ahead = 0;
before(async (t) => {
  database = await withDatabase(t as unknown as Scope);
  rt = await startProcess(t as unknown as Scope, { database, clock: { now: () => Date.now() + ahead, date: () => new Date(Date.now() + ahead) }, modules: [conversationsModule, intakeModule], config: { receiptRetentionDays: 30 } });
});

const days = async (): Promise<string[]> => (await database.db.query<{ name: string }>("select inhrelid::regclass::text as name from pg_inherits where inhparent = '{s}.receipts'::regclass order by 1")).map((r) => r.name.slice(-8));
const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10).replaceAll('-', '');

test('days are there from yesterday to three days ahead, whoever makes them, and however many at once', async () => {
  await Promise.all(Array.from({ length: 4 }, () => tidyPartitions(rt)));
  const now = Date.now();
  assert.deepEqual(await days(), [-1, 0, 1, 2, 3].map((n) => dayOf(now + n * DAY)));
  await tidyPartitions(rt);
  assert.equal((await days()).length, 5);
});

test('days beyond the retention go with their receipts, but never one that holds a receipt to be unpacked', async () => {
  const line = await Line.open(rt);
  await line.say('56911170000', 'hecho');
  await line.settled();
  const today = dayOf(Date.now());
  ahead = 29 * DAY;
  await tidyPartitions(rt);
  assert.ok((await days()).includes(today), 'within the retention');

  await rt.lanes.pause('unpack', true);
  await line.say('56911170000', 'pendiente');
  ahead = 40 * DAY;
  await tidyPartitions(rt);
  assert.ok((await days()).includes(today), 'a receipt waits there');
  assert.ok(!(await days()).includes(dayOf(Date.now() + DAY)), 'empty days went');

  await rt.lanes.pause('unpack', false);
  await line.settled();
  assert.deepEqual(await line.timeline('56911170000'), ['hecho', 'pendiente']);
  await tidyPartitions(rt);
  assert.ok(!(await days()).includes(today));
  assert.equal((await database.db.query('select 1 from {s}.receipts')).length, 0);
  ahead = 0;
  await tidyPartitions(rt);
});

test('a long query over receipts puts the dropping off: webhooks wait two seconds at most', async (t) => {
  const line = await Line.open(rt);
  await tidyPartitions(rt);
  await line.say('56911180000', 'uno');
  await line.settled();
  const reader = new pg.Client({ connectionString: database.url });
  await reader.connect();
  t.after(() => reader.end());
  await reader.query('begin; select count(*) from shared.receipts');
  ahead = 40 * DAY;
  const dropping = assert.rejects(tidyPartitions(rt), /lock timeout/);
  await waitFor(async () => (await database.db.query("select 1 from pg_locks where not granted and mode = 'AccessExclusiveLock'")).length > 0, { what: 'the drop to wait' });
  const writing = line.say('56911180000', 'dos');
  await dropping;
  await writing;
  await line.settled();
  assert.deepEqual(await line.timeline('56911180000'), ['uno', 'dos']);
  ahead = 0;
});
