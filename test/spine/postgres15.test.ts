import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dropCompanySchema, latestVersions, migrateDown, migrateUp } from '../../packages/platform/src/database.ts';
import { createCompany } from '../../apps/server/src/modules/companies/index.ts';
import { withDatabase } from '../harness/database.ts';
import { startDebianPostgres } from '../harness/debian-postgres.ts';
import { requireTool } from '../harness/tools.ts';
import { bodyOf, MUNICIPALITY, openDesk } from './desk.ts';

// The oldest PostgreSQL that is promised, as Debian packages it; the other tests run on the embedded one.
test('PostgreSQL 15: migrated, a webhook taken, a turn, an answer sent, its ticks', { timeout: 120_000 }, async (t) => {
  if (!requireTool(t, 'postgresql')) return;
  const postgres = await startDebianPostgres(t);
  t.diagnostic(`PostgreSQL ${postgres.version}`);
  const desk = await openDesk(t, { server: postgres.url, bot: MUNICIPALITY });
  const phone = '56961234567';
  await desk.write(phone, 'Hola');
  const [welcome] = await desk.hears(phone, 1);
  assert.match(String(welcome!['text']), /Municipalidad Demo/);
  const body = bodyOf(desk.sandbox.config.phone_number_id, [{ from: '56961234568', text: 'Buenas' }]);
  assert.deepEqual([await desk.post(body), await desk.post(body)], [200, 200]);
  await desk.hears('56961234568', 1);
  await desk.settled();
  const rows = await desk.inCompany((tx) => tx.query<{ author: string; status: string | null }>(
    'select m.author, d.status from {c}.messages m join {c}.conversations c on c.id = m.conversation_id left join {c}.deliveries d on d.message_id = m.id order by c.id, m.id'));
  assert.deepEqual(rows.map((r) => r.author), ['contact', 'bot', 'contact', 'bot']);
  await assert.rejects(desk.inCompany((tx) => tx.query('select 1 from {s}.receipts')), /permission denied/);
});

test('PostgreSQL 15: every step of the schema goes up, down and up again', { timeout: 120_000 }, async (t) => {
  if (!requireTool(t, 'postgresql')) return;
  const { db } = await withDatabase(t, { server: (await startDebianPostgres(t)).url, empty: true });
  const tables = async (): Promise<string[]> => (await db.query<{ name: string }>("select tablename as name from pg_tables where schemaname = 'shared' order by 1")).map((r) => r.name);
  await migrateUp(db);
  const full = await tables();
  const company = await createCompany({ db }, { slug: 'prueba', name: 'Prueba' });
  const own = async (): Promise<unknown[]> => db.query('select table_name, column_name, data_type from information_schema.columns where table_schema = $1 order by 1, 2', [company.schema]);
  const columns = await own();
  for (let n = latestVersions().company; n > 0; n--) await migrateDown(db, 'company');
  assert.deepEqual(await own(), []);
  await migrateUp(db);
  assert.deepEqual(await own(), columns);
  await db.shared(async (tx) => {
    await dropCompanySchema(tx, company);
    await tx.query('delete from {s}.companies');
  });
  for (let n = latestVersions().shared; n > 0; n--) await migrateDown(db, 'shared');
  assert.deepEqual(await tables(), ['migrations']);
  assert.equal((await migrateUp(db)).to, latestVersions().shared);
  assert.deepEqual(await tables(), full);
});
