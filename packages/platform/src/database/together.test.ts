import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { newUuid } from '@centralita/kernel';
import pg from 'pg';
import { secondPool, withDatabase, type TestDatabase } from '../../../../test/harness/database.ts';
import type { Scope } from '../../../../test/harness/defer.ts';
import { Batch, type Row } from './batch.ts';
import { applyCompanyMigrations } from './migrations.ts';
import type { CompanyRef, Tx } from './tx.ts';

let base: TestDatabase;
let companies: CompanyRef[];
before(async (t) => {
  base = await withDatabase(t as unknown as Scope);
  companies = [];
  for (let n = 0; n < 6; n++) {
    const id = newUuid();
    const name = `c_${id.replaceAll('-', '').slice(12)}`;
    await base.db.shared(async (tx) => {
      await tx.query('insert into {s}.companies (id, slug, name, schema_name, role_name) values ($1, $2, $2, $3, $3)', [id, `c${n}`, name]);
      await applyCompanyMigrations(tx, { id, schema: name, role: name });
    });
    companies.push({ id, schema: name, role: name });
  }
});

const set = (tx: Tx, key: string, value: unknown): Promise<unknown> =>
  tx.query('insert into {c}.settings (key, value) values ($1, $2) on conflict (key) do update set value = excluded.value', [key, JSON.stringify(value)]);
const values = (company: CompanyRef, key: string): Promise<{ value: unknown }[]> => base.db.withCompany(company, (tx) => tx.query('select value from {c}.settings where key = $1', [key]));

test('what many companies have to do at once shares transactions, each statement under its own role and in its own schema', async () => {
  const answers = await Promise.all(companies.map((company, n) => base.db.together(company, async (tx) => {
    await set(tx, 'own', n);
    const [row] = await tx.query<{ role: string; path: string; xid: string; value: number }>("select current_setting('role') as role, current_setting('search_path') as path, pg_current_xact_id()::text as xid, value from {c}.settings where key = 'own'");
    return row!;
  })));
  assert.deepEqual(answers.map((a) => [a.role, a.path, a.value]), companies.map((c, n) => [c.role, 'public', n]));
  assert.ok(new Set(answers.map((a) => a.xid)).size <= 2, 'one transaction for each of the two connections kept for it');
  for (const [n, company] of companies.entries()) assert.deepEqual(await values(company, 'own'), [{ value: n }]);
});

test('who reaches for a neighbour, or throws, or breaks the commit, fails alone; the work of the others is done', async () => {
  const hooks: number[] = [];
  const jobs = companies.map((company, n) => base.db.together(company, async (tx) => {
    await set(tx, 'walls', n);
    tx.onCommit(() => hooks.push(n));
    if (n === 1) await tx.query(`select 1 from ${companies[2]!.schema}.settings`);
    if (n === 3) throw new TypeError('a fault of ours');
    if (n === 4) tx.beforeCommit(() => Promise.reject(new Error('refused at the end')));
    await set(tx, 'walls', n * 10);
  }));
  const results = await Promise.allSettled(jobs);
  assert.deepEqual(results.map((r) => (r.status === 'rejected' ? String((r.reason as Error).message).slice(0, 17) : 'done')),
    ['done', 'permission denied', 'done', 'a fault of ours', 'refused at the en', 'done']);
  for (const [n, company] of companies.entries()) assert.deepEqual(await values(company, 'walls'), [1, 3, 4].includes(n) ? [] : [{ value: n * 10 }], String(n));
  assert.deepEqual(hooks.toSorted((a, b) => a - b), [0, 2, 5], 'told once, and only of what was committed');
});

test('no statement of a failed transaction is prepared wrongly, nor a role left behind', async () => {
  for (let i = 0; i < 3; i++) {
    const results = await Promise.allSettled(companies.map((company, n) => base.db.together(company, async (tx) => {
      if (n % 2 === 0) await tx.query({ name: `odd_${i}`, text: 'select nothing_like_this from {c}.settings' });
      return (await tx.query<{ role: string }>({ name: 'whose', text: "select current_setting('role') as role, count(*)::integer as n from {c}.settings" }))[0]!.role;
    })));
    results.forEach((r, n) => assert.equal(r.status === 'fulfilled' ? r.value : 'failed', n % 2 === 0 ? 'failed' : companies[n]!.role));
  }
});

test('two processes whose shared transactions take the rows of the same companies in opposite order do not end each other', async (t) => {
  const other = secondPool(t, base);
  for (const company of companies) await base.db.withCompany(company, (tx) => set(tx, 'count', 0));
  const deadlocks = async (): Promise<number> => (await base.db.query<{ n: number }>('select deadlocks as n from pg_stat_database where datname = current_database()'))[0]!.n;
  const before = await deadlocks();
  const add = (tx: Tx): Promise<unknown> => tx.query("update {c}.settings set value = to_jsonb(value::integer + 1) where key = 'count'");
  await Promise.all([[base.db, companies] as const, [other.db, companies.toReversed()] as const].map(async ([db, list]) => {
    for (let i = 0; i < 20; i++) {
      await Promise.all(list.map((company, n) => db.together(company, async (tx) => {
        for (let wait = 0; wait < n; wait++) await tx.query('select 1');
        await add(tx);
      })));
    }
  }));
  for (const company of companies) assert.deepEqual(await values(company, 'count'), [{ value: 40 }]);
  await base.db.query('select pg_stat_force_next_flush()');
  assert.equal(await deadlocks(), before);
});

test('a connection keeps so many prepared statements and no more, and prepares again what it let go', async (t) => {
  const client = new pg.Client({ connectionString: base.url });
  await client.connect();
  t.after(() => client.end());
  const run = (numbers: readonly number[]): Promise<readonly (readonly Row[])[]> => new Promise((resolve, reject) => {
    const batch: Batch = new Batch(numbers.map((n) => ({ name: `s${n}`, text: `select ${n} / ${n === 99 ? 0 : 1} as n, $1::text as v`, values: ['v'] })), {
      types: pg.types, mostKept: 5, done: (error) => (error ? reject(error) : resolve(batch.results)),
    });
    client.query(batch);
  });
  for (let n = 0; n < 12; n++) assert.deepEqual(await run([n, 0]), [[{ n, v: 'v' }], [{ n: 0, v: 'v' }]]);
  const kept = async (): Promise<string[]> => (await client.query<{ name: string }>('select name from pg_prepared_statements order by prepare_time')).rows.map((r) => r.name);
  assert.ok((await kept()).length <= 7 && (await kept()).includes('s0'), (await kept()).join());
  // One that fails while others are let go: they are still there, and are prepared again all the same.
  await run([20, 21, 22, 23, 24, 25]);
  await run([26]);
  await assert.rejects(run([99]), /division by zero/);
  assert.deepEqual((await run([20, 21, 22, 23, 24, 25, 26])).map((rows) => rows[0]!['n']), [20, 21, 22, 23, 24, 25, 26]);
  assert.deepEqual(await run([1, 2, 1]), [[{ n: 1, v: 'v' }], [{ n: 2, v: 'v' }], [{ n: 1, v: 'v' }]]);
});

test('a transaction whose failed statement was caught is not taken for committed, alone or with others', async () => {
  const [company, other] = companies as [CompanyRef, CompanyRef];
  const spoilt = async (tx: Tx): Promise<string> => {
    await set(tx, 'spoilt', 1);
    tx.onCommit(() => assert.fail('nothing was committed'));
    await tx.query('select 1/0').catch(() => undefined);
    return 'done';
  };
  const relaxed = (tx: Tx): Promise<string> => {
    tx.relax();
    return spoilt(tx);
  };
  await assert.rejects(base.db.withCompany(company, spoilt), /rolled back instead of committed/);
  await assert.rejects(base.db.withCompany(company, relaxed), /aborted/);
  const [lost, kept] = await Promise.allSettled([base.db.together(company, spoilt), base.db.together(other, (tx) => set(tx, 'spoilt', 2))]);
  assert.match(String((lost as PromiseRejectedResult).reason), /rolled back instead of committed/);
  assert.equal(kept.status, 'fulfilled');
  assert.deepEqual([await values(company, 'spoilt'), await values(other, 'spoilt')], [[], [{ value: 2 }]]);
});
