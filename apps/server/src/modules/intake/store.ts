import { defineSql, type Database, type Tx } from '@centralita/platform/database';

/** The lane kind of unpacking; the key is the app. */
export const LANE = 'unpack';

export interface NewReceipt {
  readonly app_id: string;
  readonly request_id: string;
  readonly body: Buffer;
}

// One statement, one commit: bodies, what is pending of them, and the doorbell. All bodies travel as one parameter,
// since an array of bytea is escaped element by element, twice as large as its bytes.
const INSERT = defineSql('receipts_insert', `
  with stored as (
    insert into {s}.receipts (app_id, request_id, body)
    select u.app, u.request, substring($5::bytea from u.at + 1 for u.size)
      from unnest($1::uuid[], $2::text[], $3::integer[], $4::integer[]) with ordinality as u(app, request, at, size, n) order by u.n
    returning id, day, app_id
  ), pending as (
    insert into {s}.receipts_pending (app_id, receipt_id, day) select app_id, id, day from stored
  ), rung as (select app_id, count(*)::integer as n from stored group by app_id order by app_id)
  select {s}.ring_lanes('${LANE}', array_agg(app_id order by app_id), array_agg(n order by app_id), array_agg(null::timestamptz)) from rung`);

/** Stores receipts in this order; without a transaction around it, they are committed when it returns. */
export async function insertReceipts(db: Pick<Tx, 'query'>, rows: readonly NewReceipt[]): Promise<void> {
  let at = 0;
  const offsets = rows.map((r) => {
    const here = at;
    at += r.body.length;
    return here;
  });
  await db.query(INSERT, [rows.map((r) => r.app_id), rows.map((r) => r.request_id), offsets, rows.map((r) => r.body.length),
    rows.length === 1 ? rows[0]!.body : Buffer.concat(rows.map((r) => r.body))]);
}

export interface Receipt {
  readonly id: number;
  readonly app_id: string;
  readonly attempts: number;
  readonly request_id: string;
  readonly received_at: Date;
  readonly body: Buffer;
}
const LOAD = defineSql('receipts_load', `
  select w.id, w.app_id, w.attempts, w.request_id, w.received_at, w.body
    from unnest($1::uuid[]) as a(id)
   cross join lateral (
     select p.receipt_id as id, p.app_id, p.attempts, r.request_id, r.received_at, r.body,
            sum(octet_length(r.body)) over (order by p.receipt_id) - octet_length(r.body) as before
       from (select * from {s}.receipts_pending where app_id = a.id order by receipt_id limit $2) p
       join {s}.receipts r on r.day = p.day and r.id = p.receipt_id) w
   where w.before < $3 order by w.app_id, w.id`);
const DONE = defineSql('receipts_done', `
  delete from {s}.receipts_pending p using unnest($1::uuid[], $2::bigint[]) as u(app, receipt) where p.app_id = u.app and p.receipt_id = u.receipt
  returning p.receipt_id as id`);

/** The oldest receipts of each of these apps that are not unpacked, in the order of receipt: at most so many, and none after so many bytes. */
export const pendingReceipts = (db: Database, appIds: readonly string[], most: { readonly count: number; readonly bytes: number }): Promise<Receipt[]> =>
  db.query(LOAD, [appIds, most.count, most.bytes]);
/** Answers the numbers of those that were still pending. */
export const finishReceipts = async (tx: Tx, receipts: readonly Pick<Receipt, 'app_id' | 'id'>[]): Promise<number[]> =>
  (await tx.query<{ id: number }>(DONE, [receipts.map((r) => r.app_id), receipts.map((r) => r.id)])).map((r) => r.id);
/** One more failed try of a receipt; answers how many there were. */
export const countAttempt = async (db: Database, appId: string, id: number): Promise<number> =>
  (await db.query<{ attempts: number }>('update {s}.receipts_pending set attempts = attempts + 1 where app_id = $1 and receipt_id = $2 returning attempts', [appId, id]))[0]?.attempts ?? 0;
/** Receipts that wait, and those of them that were tried before; of these apps, or of all. */
export const pendingFigures = async (db: Database, appIds: readonly string[] | null): Promise<{ fresh: number; tried: number }> =>
  (await db.query<{ fresh: number; tried: number }>(`
    select count(*) filter (where attempts = 0)::integer as fresh, count(*) filter (where attempts > 0)::integer as tried
      from {s}.receipts_pending where $1::uuid[] is null or app_id = any($1)`, [appIds]))[0]!;
/** How many receipts wait to be unpacked. */
export const countPending = async (db: Database): Promise<number> => (await db.query<{ n: number }>('select count(*)::integer as n from {s}.receipts_pending'))[0]!.n;

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const nameOf = (day: string): string => `receipts_${day.replaceAll('-', '')}`;

/** Makes the partitions of these days (`2026-11-21`, UTC) where they are missing. Attaching does not hold up inserts. */
export async function addPartitions(db: Database, days: readonly string[]): Promise<void> {
  const there = new Set((await db.query<{ day: string }>("select to_char(to_date(right(inhrelid::regclass::text, 8), 'YYYYMMDD'), 'YYYY-MM-DD') as day from pg_inherits where inhparent = '{s}.receipts'::regclass")).map((r) => r.day));
  for (const day of days.filter((d) => DAY.test(d) && !there.has(d))) {
    await db.shared(async (tx) => {
      // Two processes that start at once: the second finds it made.
      await tx.query("select pg_advisory_xact_lock(hashtext('centralita receipts'))");
      if ((await tx.query<{ there: boolean }>(`select to_regclass('{s}.${nameOf(day)}') is not null as there`))[0]!.there) return;
      await tx.query(`create table {s}.${nameOf(day)} (like {s}.receipts including defaults including constraints)`);
      await tx.query(`alter table {s}.${nameOf(day)} add constraint in_day check (day = '${day}')`);
      await tx.query(`alter table {s}.receipts attach partition {s}.${nameOf(day)} for values from ('${day}') to ('${nextDay(day)}')`);
    });
  }
}
/** Drops the partitions of days before this one that hold nothing pending; answers the days dropped. */
export async function dropPartitions(db: Database, before: string): Promise<string[]> {
  const old = await db.query<{ day: string }>(`
    select to_char(d, 'YYYY-MM-DD') as day from (select to_date(right(inhrelid::regclass::text, 8), 'YYYYMMDD') as d from pg_inherits where inhparent = '{s}.receipts'::regclass) p
     where d < $1::date and not exists (select 1 from {s}.receipts_pending where day = d) order by d`, [before]);
  for (const { day } of old) {
    await db.shared(async (tx) => {
      // Behind a long query this would hold up every webhook; better to come back in an hour.
      await tx.query("set local lock_timeout = '2s'");
      await tx.query(`drop table {s}.${nameOf(day)}`);
    });
  }
  return old.map((r) => r.day);
}
const nextDay = (day: string): string => new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
