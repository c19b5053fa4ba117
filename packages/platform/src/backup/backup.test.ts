import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { withDatabase } from '../../../../test/harness/database.ts';
import { startDebianPostgres } from '../../../../test/harness/debian-postgres.ts';
import type { Scope } from '../../../../test/harness/defer.ts';
import { tempFolder } from '../../../../test/harness/folders.ts';
import { requireTool } from '../../../../test/harness/tools.ts';
import { backup, restore } from '../backup.ts';
import { applyCompanyMigrations, type CompanyRef, type Database } from '../database.ts';
import { inDependencyOrder } from './catalog.ts';

const program = '0.0.0-test';
/** What breaks careless exports: COPY's own marks, quotes, line ends, other scripts. */
const nasty = ['\\.', '\\N', 'a\tb', 'line\nline\r\n\\.\nline', '', "it's \"quoted\"", '\\', 'ñandú 🐧 \u0001', 'x'.repeat(100_000)];

async function company(db: Database, slug: string): Promise<CompanyRef> {
  const id = randomUUID();
  const name = `c_${id.replaceAll('-', '')}`;
  const found = { id, schema: name, role: name };
  await db.shared(async (tx) => {
    await tx.query('insert into {s}.companies (id, slug, name, schema_name, role_name) values ($1, $2, $2, $3, $3)', [id, slug, name]);
    await applyCompanyMigrations(tx, found);
  });
  return found;
}

/** Two companies, rows of every awkward kind, a partition, sequences that have moved on. */
async function fill(db: Database): Promise<CompanyRef[]> {
  const companies = [await company(db, 'one'), await company(db, 'two')];
  for (const one of companies) {
    await db.withCompany(one, async (tx) => {
      for (const text of nasty) await tx.query(`insert into {c}.contacts (id, name, stopped) values ($1, $2, $3)`, [randomUUID(), text.replaceAll('\u0000', ''), JSON.stringify({ text })]);
      await tx.query('insert into {c}.contacts (id, name, merged_into) select gen_random_uuid(), null, id from {c}.contacts');
    });
  }
  const app = randomUUID();
  await db.query(`insert into {s}.apps (id, company_id, provider, slug, secrets) values ($1, $2, 'meta', 'main', 'sealed')`, [app, companies[0]?.id]);
  await db.query(`create table {s}.receipts_20261120 partition of {s}.receipts for values from ('2026-11-20') to ('2026-11-21')`);
  await db.query(`insert into {s}.receipts (day, app_id, request_id, body) select '2026-11-20', $1, 'r' || n, decode('00ff5c2e0a', 'hex') from generate_series(1, 500) n`, [app]);
  return companies;
}

/** A hash of every table's rows, by table: equal for equal databases. */
async function contents(db: Database): Promise<Record<string, string>> {
  const tables = await db.query<{ name: string }>(`
    select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'r' and (n.nspname = 'shared' or n.nspname in (select schema_name from {s}.companies)) order by 1`);
  const found: Record<string, string> = {};
  for (const { name } of tables) {
    const [row] = await db.query<{ hash: string }>(`select count(*) || ' ' || coalesce(md5(string_agg(t::text, '|' order by t::text)), '') as hash from ${name} t`);
    found[name] = row?.hash ?? '';
  }
  return found;
}

async function nextReceipt(db: Database): Promise<number> {
  const [row] = await db.query<{ id: number }>(`insert into {s}.receipts (day, app_id, request_id, body) select '2026-11-20', id, 'later', '' from {s}.apps returning id`);
  return row?.id ?? 0;
}

async function roundTrip(t: Scope, { from, to, method }: { from?: string; to?: string; method: 'copy' | 'pg_dump' }): Promise<void> {
  const source = await withDatabase(t, { server: from });
  const companies = await fill(source.db);
  const out = join(tempFolder(t), 'backup');
  const before = await contents(source.db);
  const made = await backup({ databaseUrl: source.url, out, program, method });
  assert.equal(made.method, method);
  assert.equal(made.companies, 2);

  const target = await withDatabase(t, { server: to, empty: true });
  const restored = await restore({ databaseUrl: target.url, from: out });
  assert.equal(restored.rows, made.rows);
  assert.deepEqual(await contents(target.db), before);
  assert.equal(await nextReceipt(target.db), 501, 'sequences go on');
  const [one, two] = companies as [CompanyRef, CompanyRef];
  assert.equal((await target.db.withCompany(one, (tx) => tx.query('select 1 from {c}.contacts'))).length, nasty.length * 2);
  await target.db.withCompany(one, (tx) => tx.query('insert into {c}.contacts (id) values (gen_random_uuid())'));
  await assert.rejects(target.db.withCompany(one, (tx) => tx.query(`select 1 from ${two.schema}.contacts`)), /permission denied/, 'the walls stand again');
  await assert.rejects(target.db.withCompany(one, (tx) => tx.query('insert into {c}.contacts (id, merged_into) values (gen_random_uuid(), gen_random_uuid())')), /foreign key/, 'checks are on again');
}

test('our own export: every row, sequence, partition, role and wall comes back', (t) => roundTrip(t, { method: 'copy' }));

test('from PostgreSQL of Debian by pg_dump, back into it', async (t) => {
  if (!requireTool(t, 'postgresql')) return;
  const server = await startDebianPostgres(t);
  await roundTrip(t, { from: server.url, to: server.url, method: 'pg_dump' });
});

test('from PostgreSQL of Debian into the embedded one and back', async (t) => {
  if (!requireTool(t, 'postgresql')) return;
  const server = await startDebianPostgres(t);
  await roundTrip(t, { from: server.url, method: 'copy' });
  await roundTrip(t, { to: server.url, method: 'copy' });
});

test('by a role that is no superuser: the order of the tables does', async (t) => {
  const source = await withDatabase(t);
  await fill(source.db);
  const out = join(tempFolder(t), 'backup');
  await backup({ databaseUrl: source.url, out, program, method: 'copy' });
  const target = await withDatabase(t, { empty: true });
  const role = `plain_${randomUUID().slice(0, 8)}`;
  await target.db.query(`create role ${role} login createrole`);
  await target.db.query(`alter database ${target.name} owner to ${role}`);
  // The group role of companies exists already in this server, made by the superuser.
  await target.db.query(`grant centralita_company to ${role} with admin option`);
  // As does each company's: elsewhere the restore makes them.
  for (const { role: other } of await source.db.query<{ role: string }>('select role_name as role from {s}.companies')) await target.db.query(`grant ${other} to ${role} with admin option`);
  const url = new URL(target.url);
  url.username = role;
  const restored = await restore({ databaseUrl: url.toString(), from: out });
  assert.equal(restored.companies, 2);
  assert.deepEqual(await contents(target.db), await contents(source.db));
});

test('a snapshot: what is written while the backup runs is in it wholly or not at all', async (t) => {
  const source = await withDatabase(t);
  const [one] = await fill(source.db) as [CompanyRef];
  const state = { going: true, pairs: 0 };
  const writing = (async () => {
    for (; state.going; state.pairs++) {
      await source.db.withCompany(one, async (tx) => {
        const id = randomUUID();
        await tx.query('insert into {c}.contacts (id) values ($1)', [id]);
        await tx.query(`insert into {c}.addresses (kind, value, contact_id) values ('phone', $1, $2)`, [id, id]);
      });
    }
  })();
  const out = join(tempFolder(t), 'backup');
  await backup({ databaseUrl: source.url, out, program, method: 'copy' });
  state.going = false;
  await writing;
  const target = await withDatabase(t, { empty: true });
  await restore({ databaseUrl: target.url, from: out });
  const [pairs] = await target.db.withCompany(one, (tx) => tx.query<{ a: number; b: number }>(`select (select count(*) from {c}.addresses) as a, (select count(*) from {c}.contacts where id in (select contact_id from {c}.addresses)) as b`));
  assert.equal(pairs?.a, pairs?.b);
});

test('files and key go along when asked; the folder is closed to others', async (t) => {
  const source = await withDatabase(t);
  const folder = tempFolder(t);
  const [media, keyFile, out] = [join(folder, 'media'), join(folder, 'encryption.key'), join(folder, 'backup')];
  mkdirSync(join(media, 'c_1/ab'), { recursive: true });
  mkdirSync(join(media, '.incoming'));
  writeFileSync(join(media, 'c_1/ab/med_ab'), 'picture');
  writeFileSync(join(media, '.incoming/half'), 'half');
  writeFileSync(keyFile, 'the key');
  const made = await backup({ databaseUrl: source.url, out, program, method: 'copy', media, key: { id: 'abcd', file: keyFile } });
  assert.deepEqual(made.media, { files: 1, bytes: 7 });
  assert.equal(statSync(out).mode & 0o777, 0o700);
  assert.equal(statSync(join(out, 'encryption.key')).mode & 0o777, 0o600);

  const target = await withDatabase(t, { empty: true });
  const there = { media: join(folder, 'new/media'), keyFile: join(folder, 'new/encryption.key') };
  const restored = await restore({ databaseUrl: target.url, from: out, ...there });
  assert.equal(restored.keyId, 'abcd');
  assert.equal(readFileSync(join(there.media, 'c_1/ab/med_ab'), 'utf8'), 'picture');
  assert.equal(existsSync(join(there.media, '.incoming')), false);
  assert.equal(readFileSync(there.keyFile, 'utf8'), 'the key');
});

test('refused, each with what to do: used database, damaged, unfinished, of a newer version, half upgraded', async (t) => {
  const source = await withDatabase(t);
  const [one] = await fill(source.db) as [CompanyRef];
  const folder = tempFolder(t);
  const out = join(folder, 'backup');
  await backup({ databaseUrl: source.url, out, program, method: 'copy' });
  await assert.rejects(backup({ databaseUrl: source.url, out, program }), /exists already/);
  await assert.rejects(restore({ databaseUrl: source.url, from: out }), /holds companies already\. Restore into an empty one/);
  const target = await withDatabase(t, { empty: true });
  await assert.rejects(backup({ databaseUrl: target.url, out: join(folder, 'none'), program }), /holds no Centralita/);
  await assert.rejects(restore({ databaseUrl: target.url, from: folder }), /not a complete backup/);

  const manifest = join(out, 'manifest.json');
  const good = readFileSync(manifest, 'utf8');
  writeFileSync(manifest, good.replace(/"shared": \d+/, '"shared": 9999'));
  await assert.rejects(restore({ databaseUrl: target.url, from: out }), /made by a newer Centralita/);
  // A count that does not come true: nothing of the restore stays.
  writeFileSync(manifest, good.replace('"rows": 500', '"rows": 501'));
  await assert.rejects(restore({ databaseUrl: target.url, from: out }), /has 500 rows after loading, the backup says 501/);
  assert.deepEqual(await target.db.query(`select nspname from pg_namespace where nspname = 'shared' or nspname like 'c\\_%'`), []);
  writeFileSync(manifest, good);
  appendFileSync(join(out, 'data/shared.sql.gz'), 'x');
  await assert.rejects(restore({ databaseUrl: target.url, from: out }), /missing or damaged/);

  await source.db.query('delete from {s}.migrations where company_id = $1', [one.id]);
  await assert.rejects(backup({ databaseUrl: source.url, out: join(folder, 'half'), program }), /Run "centralita migrate up" first/);
  assert.equal(existsSync(join(folder, 'half')), false);
});

test('the export is a script that psql reads', async (t) => {
  const source = await withDatabase(t);
  await fill(source.db);
  const out = join(tempFolder(t), 'backup');
  await backup({ databaseUrl: source.url, out, program, method: 'copy' });
  const text = gunzipSync(readFileSync(join(out, 'data/shared.sql.gz'))).toString('utf8');
  assert.match(text, /^COPY "shared"\."\w+" \(.*\) FROM stdin;\n/);
  assert.match(text, /\n\\\.\n$/);
  assert.equal(readdirSync(join(out, 'data')).length, 3);
});

test('referenced tables come first; a circle is no endless loop', () => {
  const table = (name: string) => ({ schema: 's', name });
  const order = (references: [string, string][]) => inDependencyOrder([table('a'), table('b'), table('c')], references.map(([from, to]) => ({ from: `s.${from}`, to: `s.${to}` }))).map(({ name }) => name).join('');
  assert.equal(order([]), 'abc');
  assert.equal(order([['a', 'b'], ['b', 'c']]), 'cba');
  assert.equal(order([['a', 'b'], ['b', 'a'], ['a', 'c']]).length, 3);
});
