import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { newUuid } from '@centralita/kernel';
import { withDatabase, type TestDatabase } from '../../../../test/harness/database.ts';
import { applyCompanyMigrations } from './migrations.ts';
import type { CompanyRef } from './tx.ts';

let base: TestDatabase;
let one: CompanyRef;
let two: CompanyRef;
before(async (t) => {
  base = await withDatabase(t as never);
  const make = async (slug: string): Promise<CompanyRef> => {
    const id = newUuid();
    const name = `c_${id.replaceAll('-', '').slice(12)}`;
    await base.db.shared(async (tx) => {
      await tx.query('insert into {s}.companies (id, slug, name, schema_name, role_name) values ($1, $2, $2, $3, $3)', [id, slug, name]);
      await applyCompanyMigrations(tx, { id, schema: name, role: name });
    });
    return { id, schema: name, role: name };
  };
  one = await make('one');
  two = await make('two');
});

test('a company’s role reaches no table of a neighbour and no shared table', async () => {
  const tables = await base.db.query<{ schema: string; name: string }>(
    'select schemaname as schema, tablename as name from pg_tables where schemaname = any($1)', [[two.schema, 'shared']]);
  assert.ok(tables.length > 30);
  for (const { schema, name } of tables) {
    await assert.rejects(base.db.withCompany(one, (tx) => tx.query(`select 1 from ${schema}.${name} limit 1`)), /permission denied/, `${schema}.${name}`);
  }
  const own = await base.db.query<{ name: string }>('select tablename as name from pg_tables where schemaname = $1', [one.schema]);
  for (const { name } of own) await base.db.withCompany(one, (tx) => tx.query(`select 1 from {c}.${name} limit 1`));
});

test('the outbox takes messages only for routes of the company whose role asks', async () => {
  const account = newUuid();
  const route = newUuid();
  await base.db.query("insert into {s}.accounts (id, company_id, name) values ($1, $2, 'a')", [account, two.id]);
  await base.db.query("insert into {s}.routes (id, company_id, account_id, provider, sender_id, credentials) values ($1, $2, $3, 'meta', '1', '')", [route, two.id, account]);
  const put = (company: CompanyRef, message: string): Promise<{ n: number }[]> => base.db.withCompany(company, (tx) =>
    tx.query<{ n: number }>('select {s}.outbox_put($1::uuid[], $2::uuid[], $3::uuid[], $4::smallint[]) as n', [[message], [route], [newUuid()], [1]]));
  assert.equal((await put(one, newUuid()))[0]!.n, 0);
  const message = newUuid();
  assert.equal((await put(two, message))[0]!.n, 1);
  const take = (company: CompanyRef): Promise<{ message_id: string }[]> => base.db.withCompany(company, (tx) =>
    tx.query<{ message_id: string }>('select message_id from {s}.outbox_take($1, 10)', [route]));
  assert.deepEqual(await take(one), []);
  assert.deepEqual((await take(two)).map((r) => r.message_id), [message]);
  assert.deepEqual(await take(two), [], 'what is being sent is not taken twice');
});

test('messages of one contact leave in order, classes before age', async () => {
  const account = newUuid();
  const route = newUuid();
  await base.db.query("insert into {s}.accounts (id, company_id, name) values ($1, $2, 'b')", [account, one.id]);
  await base.db.query("insert into {s}.routes (id, company_id, account_id, provider, sender_id, credentials) values ($1, $2, $3, 'meta', '2', '')", [route, one.id, account]);
  const [ann, bob] = [newUuid(), newUuid()];
  const [bulk, first, second, other, code] = Array.from({ length: 5 }, () => newUuid());
  await base.db.withCompany(one, (tx) => tx.query('select {s}.outbox_put($1::uuid[], $2::uuid[], $3::uuid[], $4::smallint[])',
    [[bulk, first, second, other, code], Array(5).fill(route), [ann, ann, ann, bob, bob], [2, 1, 1, 1, 0]]));
  const take = async (wanted: number): Promise<string[]> => (await base.db.withCompany(one, (tx) =>
    tx.query<{ message_id: string }>('select message_id from {s}.outbox_take($1, $2)', [route, wanted]))).map((r) => r.message_id);
  assert.deepEqual(await take(3), [code, first, other]);
  assert.deepEqual(await take(3), [bulk], 'the second reply waits for the first');
  await base.db.withCompany(one, (tx) => tx.query('select {s}.outbox_settle($1::uuid[], $2::smallint[], $3::timestamptz[])', [[first], [9], [new Date()]]));
  await base.db.withCompany(one, (tx) => tx.query('select {s}.outbox_promote($1::uuid[], $2::uuid[], $3::smallint[])', [[route], [ann], [1]]));
  assert.deepEqual(await take(3), [second]);
});
