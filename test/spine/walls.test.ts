import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { newUuid } from '@centralita/kernel';
import type { CompanyRef, Tx } from '@centralita/platform/database';
import { withDatabase, type TestDatabase } from '../harness/database.ts';
import type { Scope } from '../harness/defer.ts';
import { receiveMessages, say } from '../../apps/server/src/modules/conversations/index.ts';
import { tidyPartitions } from '../../apps/server/src/modules/intake/index.ts';
import { companyWithAccount, inbound, startProcess } from '../../apps/server/src/testing/runtime.ts';
import type { Runtime } from '../../apps/server/src/runtime.ts';

// What a company's transaction reaches: its own rows, and of its neighbour nothing, by whatever door.
let database: TestDatabase;
let rt: Runtime;
type Busy = CompanyRef & { route: string; messages: string[]; contact: string };
let one: Busy;
let two: Busy;
before(async (t) => {
  database = await withDatabase(t as unknown as Scope);
  rt = await startProcess(t as unknown as Scope, { database });
  const busy = async (name: string): Promise<Busy> => {
    const { company, route } = await companyWithAccount(rt, name);
    return rt.db.withCompany(company, async (tx) => {
      const [received] = await receiveMessages(rt, tx, [{ route, event: inbound('56911110000', `secreto de ${name}`) }]);
      const said = await say(rt, tx, ['uno', 'dos'].map((text) => ({ conversation_id: received!.conversation_id, author: { kind: 'api' as const }, content: { type: 'text' as const, text: `${text} de ${name}` } })));
      return { ...company, route: route.id, messages: said.map((s) => s.message_id), contact: received!.contact_id };
    });
  };
  [one, two] = [await busy('Una'), await busy('Dos')];
});

const as = <T>(company: CompanyRef, fn: (tx: Tx) => Promise<T>): Promise<T> => database.db.withCompany(company, fn);
const denied = /permission denied|must be owner/;

test('no table of a neighbour, and no shared one, can be read, written or changed', async () => {
  const tables = await database.db.query<{ name: string; column: string }>(`
    select c.oid::regclass::text as name, (select attname from pg_attribute where attrelid = c.oid and attnum = 1) as column from pg_class c
     where relkind in ('r', 'p', 'v', 'm') and relnamespace::regnamespace::text in ($1, 'shared')`, [two.schema]);
  assert.ok(tables.length > 35, String(tables.length));
  for (const { name, column } of tables) {
    for (const statement of [`select * from ${name}`, `insert into ${name} default values`, `update ${name} set ${column} = default`, `delete from ${name}`, `truncate ${name}`, `alter table ${name} disable trigger all`, `drop table ${name}`, `lock table ${name}`]) {
      await assert.rejects(as(one, (tx) => tx.query(statement)), denied, statement);
    }
  }
});

test('a company can neither make tables nor roles, nor reach the machine', async () => {
  for (const statement of ['create table {c}.mine (id integer)', 'create schema mine', "select pg_read_file('/etc/passwd')", 'create role mine', `grant ${two.role} to ${one.role}`,
    "copy (select 1) to program 'true'", `alter role ${one.role} superuser`]) {
    await assert.rejects(as(one, (tx) => tx.query(statement)), /permission denied|must be/, statement);
  }
});

test('its own tables are its own: the same statements see one company’s rows', async () => {
  for (const [company, name] of [[one, 'Una'], [two, 'Dos']] as const) {
    const texts = await as(company, (tx) => tx.query<{ text: string }>('select text from {c}.messages order by id'));
    assert.deepEqual(texts.map((r) => r.text), [`secreto de ${name}`, `uno de ${name}`, `dos de ${name}`]);
  }
});

/** What the neighbour's carrier told, as it came. */
async function keepBodies(): Promise<void> {
  const [app] = await database.db.query<{ id: string }>('select id from {s}.apps where company_id = $1', [two.id]);
  await tidyPartitions(rt);
  const body = Buffer.from('{"from":"56911110000"}');
  await database.db.query("insert into {s}.receipts (app_id, request_id, body) values ($1, 'req', $2)", [app!.id, body]);
  await database.db.query("insert into {s}.failed_webhooks (id, app_id, request_id, payload, error_message) values ($1, $2, 'req', $3, 'x')", [newUuid(), app!.id, body]);
}

/** Each function a company may call, called with what is another's. Whoever adds one adds its case. */
const calls: Readonly<Record<string, (tx: Tx) => Promise<unknown>>> = {
  current_company: async (tx) => assert.deepEqual(await tx.query('select {s}.current_company() as id'), [{ id: one.id }]),
  ring_lanes: (tx) => tx.query("select {s}.ring_lanes('delivery', $1::uuid[], array[5], array[null::timestamptz])", [[two.route]]),
  finish_lanes: async (tx) => assert.deepEqual(await tx.query("select {s}.finish_lanes('delivery', $1::uuid[], array[7::bigint], array[9], array[9], array[null::timestamptz], array[true]) as n", [[two.route]]), [{ n: 0 }]),
  lane_held: async (tx) => assert.deepEqual(await tx.query("select {s}.lane_held('delivery', $1, 7) as held", [two.route]), [{ held: false }]),
  lanes_lost: async (tx) => assert.equal((await tx.query("select {s}.lanes_lost('delivery', $1::uuid[], array[7::bigint])", [[two.route]])).length, 1),
  outbox_put: async (tx) => assert.deepEqual(await tx.query('select {s}.outbox_put($1::uuid[], $2::uuid[], $3::uuid[], array[1::smallint]) as n', [[newUuid()], [two.route], [two.contact]]), [{ n: 0 }]),
  outbox_take: async (tx) => assert.deepEqual(await tx.query('select * from {s}.outbox_take($1, 10)', [two.route]), []),
  outbox_settle: async (tx) => assert.deepEqual(await tx.query('select * from {s}.outbox_settle($1::uuid[], array[9::smallint], array[now()])', [[two.messages[0]]]), []),
  outbox_promote: (tx) => tx.query('select {s}.outbox_promote($1::uuid[], $2::uuid[], array[1::smallint])', [[two.route], [two.contact]]),
  outbox_begin: async (tx) => assert.deepEqual(await tx.query("select {s}.outbox_begin($1::uuid[], $1::uuid[], '1 second')", [[two.route]]), []),
  outbox_end: async (tx) => assert.deepEqual(await tx.query("select ready, due from {s}.outbox_end($1::uuid[], '1 second')", [[two.route]]), [{ ready: false, due: null }]),
  outbox_sweep: async (tx) => assert.deepEqual(await tx.query('select {s}.outbox_sweep($1::uuid[])', [[two.route]]), []),
  outbox_recover: async (tx) => assert.deepEqual(await tx.query("select {s}.outbox_recover($1, '1 second')", [two.route]), []),
  outbox_expired: async (tx) => assert.deepEqual(await tx.query('select {s}.outbox_expired($1)', [two.route]), []),
  outbox_clear: async (tx) => assert.deepEqual(await tx.query('select {s}.outbox_clear($1::uuid[])', [two.messages]), []),
  outbox_return: (tx) => tx.query('select {s}.outbox_return($1::uuid[], array[now()])', [[two.messages[0]]]),
  outbox_waiting: async (tx) => {
    assert.deepEqual(await tx.query('select * from {s}.outbox_waiting($1, 10)', [two.route]), []);
    const ours = new Set(one.messages);
    for (const row of await tx.query<{ message_id: string }>('select w as message_id from {s}.outbox_waiting(100) as w')) assert.ok(ours.has(row.message_id));
  },
  // Neither taken from the neighbour nor put upon it.
  outbox_move: async (tx) => {
    assert.deepEqual(await tx.query('select {s}.outbox_move($1::uuid[], $2)', [[two.messages[0]], one.route]), []);
    assert.deepEqual(await tx.query('select {s}.outbox_move($1::uuid[], $2)', [one.messages, two.route]), []);
  },
  audit_add: async (tx) => {
    await tx.query('select {s}.audit_add($1, $2)', [two.id, { id: newUuid(), actor_kind: 'user', actor_id: 'x', actor_name: 'x', action: 'x', target_kind: 'x', target_id: 'x', target_name: 'x' }]);
    assert.deepEqual(await database.db.query('select 1 from {s}.audit where company_id = $1', [two.id]), []);
  },
  // The same person writes to both: a webhook body of the neighbour about them is neither counted nor emptied.
  person_copies: async (tx) => {
    await keepBodies();
    assert.deepEqual(await tx.query("select kind from {s}.person_copies(array['56911110000']) where copies > 0"), []);
  },
  person_erase: async (tx) => {
    await keepBodies();
    await tx.query("select * from {s}.person_erase('ct_x', array['56911110000'])");
    const kept = await database.db.query<{ n: number }>(`
      select (select count(*) from {s}.receipts r join {s}.apps a on a.id = r.app_id where a.company_id = $1 and position('56911110000'::bytea in r.body) > 0)
           + (select count(*) from {s}.failed_webhooks f join {s}.apps a on a.id = f.app_id where a.company_id = $1) as n`, [two.id]);
    assert.ok(kept[0]!.n >= 2);
  },
  tell_route: async (tx) => {
    await database.db.query("insert into {s}.route_health (route_id, company_id, told) values ($1, $2, '{}') on conflict do nothing", [two.route, two.id]);
    assert.deepEqual(await tx.query("select {s}.tell_route($1, '{}', '{\"down\": true}') as told", [two.route]), [{ told: false }]);
  },
  outbox_next_due: async (tx) => assert.deepEqual(await tx.query('select {s}.outbox_next_due($1) as due', [two.route]), [{ due: null }]),
};

test('what a transaction of several companies does for all of them is the application’s', async () => {
  await assert.rejects(as(one, (tx) => tx.query("select {s}.ring_lanes_of('delivery', $1::uuid[], array[1], array[null::timestamptz], $2::uuid[])", [[two.route], [two.id]])), denied);
});

test('the functions that reach shared tables do nothing for another’s ids', async () => {
  // As if a process had the neighbour's lane, and messages in every state.
  await database.db.query("update {s}.lanes set owner = $2, epoch = 7, lease_until = now() + interval '1 hour' where kind = 'delivery' and key = $1", [two.route, newUuid()]);
  const all = (): Promise<unknown[]> => database.db.query('select l.*, (select jsonb_agg(o order by o.id) from {s}.outbox o where o.company_id = $1) as outbox from {s}.lanes l where company_id = $1 order by kind, key', [two.id]);
  const functions = await database.db.query<{ name: string }>("select distinct proname as name from pg_proc where pronamespace = '{s}'::regnamespace and prosecdef and has_function_privilege('centralita_company', oid, 'execute') order by 1");
  assert.deepEqual(functions.map((f) => f.name).filter((name) => !(name in calls)), [], 'a function that companies may call has no case here');
  for (const state of [0, 1, 2, 3]) {
    await database.db.query("update {s}.outbox set state = $2, due_at = now() - interval '1 hour' where company_id = $1", [two.id, state]);
    const before = await all();
    for (const { name } of functions) {
      await as(one, (tx) => calls[name]!(tx));
      assert.deepEqual(await all(), before, `${name}, state ${state}`);
    }
  }
});
