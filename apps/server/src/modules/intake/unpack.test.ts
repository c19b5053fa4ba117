import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { secondPool, withDatabase, type TestDatabase } from '../../../../../test/harness/database.ts';
import type { Scope } from '../../../../../test/harness/defer.ts';
import { startProcess } from '../../testing/runtime.ts';
import type { Module, Runtime } from '../../runtime.ts';
import { forgetAccounts } from '../accounts/index.ts';
import { conversationsModule } from '../conversations/module.ts';
import { tidyPartitions } from './keep-partitions.ts';
import { intakeModule } from './module.ts';
import { pendingReceipts } from './store.ts';
import { body, Line, text } from './testing/desk.ts';

/** A room above that stumbles over some messages. */
const clumsy: Module = {
  name: 'clumsy',
  subscribe(rt) {
    rt.events.on('conversation.changed', async (tx, { messages }) => {
      const rows = await tx.query('select 1 from {c}.messages where id = any($1) and text = $2', [messages, 'tropiezo']);
      if (rows.length > 0) throw new TypeError('cannot read properties of undefined');
    });
  },
};
const modules = [conversationsModule, clumsy, intakeModule];
let database: TestDatabase;
let first: Runtime;
before(async (t) => {
  database = await withDatabase(t as unknown as Scope);
  first = await startProcess(t as unknown as Scope, { database, modules });
  await tidyPartitions(first);
});

/** Receipts that were unpacked by this process. */
const unpacked = async (rt: Runtime): Promise<number> => (await rt.metrics.unpackLag.get()).values.find((v) => v.metricName?.endsWith('_count'))?.value ?? 0;

test('a receipt that the database refuses is set aside with its reason; those before and behind it go on, in order', async () => {
  const line = await Line.open(first);
  const { schema } = line.company;
  await line.say('56911110000', 'antes');
  await line.settled();
  // A fault that only this receipt meets, below everything of ours.
  await database.db.query(`create function ${schema}.refuse() returns trigger language plpgsql as $$ begin if new.text like '%veneno%' then raise exception 'poison in %', new.text; end if; return new; end $$`);
  await database.db.query(`create trigger refuse before insert on ${schema}.messages for each row execute function ${schema}.refuse()`);
  await first.lanes.pause('unpack', true);
  const poison = body(line.route.sender_id, [text('56911110000', 'tres'), text('56911110000', 'veneno')]);
  for (const words of ['uno', 'dos']) await line.say('56911110000', words);
  await line.post(poison);
  await line.say('56911110001', 'otra persona');
  for (const words of ['cuatro', 'cinco']) await line.say('56911110000', words);
  await first.lanes.pause('unpack', false);
  await line.settled();
  assert.deepEqual(await line.timeline('56911110000'), ['antes', 'uno', 'dos', 'cuatro', 'cinco']);
  assert.deepEqual(await line.timeline('56911110001'), ['otra persona']);
  const failed = await line.failed();
  assert.deepEqual(failed.map((f) => f.payload), [poison], 'whole, so that it can be replayed');
  assert.match(failed[0]!.error_message, /poison in veneno/);
});

test('a fault of our own on one receipt is set aside in the same way', async () => {
  const line = await Line.open(first);
  await first.lanes.pause('unpack', true);
  for (const words of ['uno', 'tropiezo', 'dos']) await line.say('56911120000', words);
  await first.lanes.pause('unpack', false);
  await line.settled();
  assert.deepEqual(await line.timeline('56911120000'), ['uno', 'dos']);
  assert.match((await line.failed())[0]!.error_message, /cannot read properties/);
});

test('what the database cannot do just now is nobody’s fault: the receipt waits for it', async () => {
  const line = await Line.open(first);
  const { schema } = line.company;
  await database.db.query(`create sequence ${schema}.refusals`);
  await database.db.query(`grant usage on sequence ${schema}.refusals to ${line.company.role}`);
  await database.db.query(`create function ${schema}.full() returns trigger language plpgsql as $$ begin if nextval('${schema}.refusals') <= 2 then raise exception using errcode = '53100', message = 'no space left on device'; end if; return new; end $$`);
  await database.db.query(`create trigger full_disk before insert on ${schema}.messages for each row execute function ${schema}.full()`);
  await line.say('56911130000', 'paciencia');
  await line.settled();
  assert.deepEqual(await line.timeline('56911130000'), ['paciencia']);
  assert.deepEqual(await line.failed(), []);
});

test('a body for two companies, one of which cannot take it: the other has it; replayed, both have it once', async () => {
  const [one, two] = [await Line.open(first), await Line.open(first)];
  // Both numbers on the app of the first, as a solution provider has them.
  await database.db.query('update {s}.routes set app_id = $2 where id = $1', [two.route.id, one.account.appId]);
  forgetAccounts(first);
  await database.db.query(`alter table ${two.company.schema}.messages add constraint closed check (text <> 'para dos') not valid`);
  const [a, b] = [body(one.route.sender_id, [text('56911140000', 'para uno')]), body(two.route.sender_id, [text('56911140000', 'para dos')])].map((raw) => JSON.parse(raw.toString()) as { entry: unknown[] });
  await one.post(Buffer.from(JSON.stringify({ object: 'whatsapp_business_account', entry: [...b!.entry, ...a!.entry] })));
  await one.say('56911140000', 'y otra cosa');
  await one.settled();
  const all = ['para uno', 'y otra cosa'];
  assert.deepEqual(await one.timeline('56911140000'), all);
  const [failed] = await one.failed();
  await database.db.query(`alter table ${two.company.schema}.messages drop constraint closed`);
  // Replayed.
  for (let i = 0; i < 2; i++) await one.post(failed!.payload);
  await one.settled();
  assert.deepEqual(await one.timeline('56911140000'), all);
  assert.deepEqual(await two.timeline('56911140000'), ['para dos']);
});

test('two processes that take turns at one app keep the order of every sender, and nothing is there twice', async (t) => {
  const second = await startProcess(t, { database: secondPool(t, database), modules });
  const line = await Line.open(first);
  const phones = Array.from({ length: 30 }, (_, i) => `569111500${i + 10}`);
  const before = await unpacked(first);
  const rounds = Array.from({ length: 10 }, (_, i) => String(i));
  // By one, by the other, by both at once; what is left to unpack is left to whoever comes.
  const takers = [[first], [second], [first, second]];
  for (const round of rounds) {
    const by = takers[Number(round) % 3]!;
    if (by.length === 1) await line.settled();
    await Promise.all(phones.map((phone, i) => line.say(phone, round, by[i % by.length])));
  }
  await line.settled();
  for (const phone of phones) assert.deepEqual(await line.timeline(phone), rounds);
  assert.deepEqual(await line.failed(), []);
  const counts = [await unpacked(first) - before, await unpacked(second)];
  assert.ok(counts.every((n) => n > 0), `both worked: ${counts.join(', ')}`);
});

test('times that are missing or lie in the future are not believed', async () => {
  const line = await Line.open(first);
  const before = Date.now();
  await line.post(body(line.route.sender_id, [text('56911160000', 'mañana', { timestamp: String(Math.floor(before / 1000) + 86_400) }), text('56911160000', 'nunca', { timestamp: undefined })]));
  await line.settled();
  const rows = await line.inside((tx) => tx.query<{ at: Date }>('select at from {c}.messages'));
  for (const { at } of rows) assert.ok(Math.abs(at.getTime() - before) < 60_000, at.toISOString());
});

test('large bodies are read a few at a time, of several apps too, and one that is larger than the share still comes', async () => {
  const lines = [await Line.open(first), await Line.open(first)] as const;
  await first.lanes.pause('unpack', true);
  const filler = 'x'.repeat(1024 * 1024);
  for (const line of lines) {
    for (const words of ['uno', 'dos', 'tres', 'cuatro']) await line.post(body(line.route.sender_id, [text('56911160000', words)], { filler }));
  }
  const apps = lines.map((line) => line.account.appId);
  const loaded = async (bytes: number): Promise<number[]> => {
    const receipts = await pendingReceipts(first.db, apps, { count: 100, bytes });
    return apps.map((id) => receipts.filter((r) => r.app_id === id).length);
  };
  assert.deepEqual([await loaded(1), await loaded(2 * 1024 * 1024), await loaded(64 * 1024 * 1024)], [[1, 1], [2, 2], [4, 4]]);
  await first.lanes.pause('unpack', false);
  await lines[0].settled();
  for (const line of lines) assert.deepEqual(await line.timeline('56911160000'), ['uno', 'dos', 'tres', 'cuatro']);
});

test('webhooks of three apps that wait together are unpacked together', async () => {
  const lines = await Promise.all(Array.from({ length: 3 }, () => Line.open(first)));
  await first.lanes.pause('unpack', true);
  for (const line of lines) await line.say('56911113333', 'hola');
  await first.lanes.pause('unpack', false);
  for (const line of lines) {
    await line.settled();
    assert.deepEqual(await line.timeline('56911113333'), ['hola']);
  }
});
