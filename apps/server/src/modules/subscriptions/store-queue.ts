import { defineSql, type Tx } from '@centralita/platform/database';

export interface NewEvent {
  readonly id: string;
  readonly type: string;
  readonly account_id: string | null;
  readonly ordering_key: string;
  readonly body: string;
}
/** An event in the hands of whoever sends it. */
export interface Waiting {
  readonly number: number;
  readonly ordering_key: string;
  readonly id: string;
  readonly type: string;
  readonly body: string;
  /** Tries until now, and when the first was. */
  readonly attempts: number;
  readonly first_at: Date | null;
}

// Numbers ascend in the order given. Those of one conversation ascend over transactions too: facts about it are written under
// its lock (or that of the message they are about).
const INSERT = defineSql('event_insert', `
  with e as (
    insert into {c}.events (id, type, account_id, ordering_key, body)
    select u.id, u.type, u.account, u.key, u.body
      from unnest($1::uuid[], $2::text[], $3::uuid[], $4::uuid[], $5::text[]) with ordinality as u(id, type, account, key, body, i) order by u.i
    returning number, id, ordering_key)
  insert into {c}.event_queue (subscription_id, ordering_key, number)
  select q.s, e.ordering_key, e.number from unnest($6::uuid[], $7::uuid[]) as q(s, event) join e on e.id = q.event`);
const EVENT = 'e.number, q.ordering_key, e.id, e.type, e.body';
/** $2: keys in hand, $3: numbers in hand. First what is to be tried again, then what was not tried yet, in order. */
const TAKE = defineSql('event_take', `
  (select ${EVENT}, s.attempts, s.first_at, false as stalled, s.ordering_key as key
     from (select ordering_key, attempts, first_at from {c}.event_stalls
            where subscription_id = $1 and due_at <= now() and ordering_key <> all($2::uuid[]) order by due_at limit $4) s
     left join lateral (select number, ordering_key from {c}.event_queue where subscription_id = $1 and ordering_key = s.ordering_key order by number limit 1) q on true
     left join {c}.events e on e.number = q.number)
  union all
  (select ${EVENT}, 0, null, s.ordering_key is not null, q.ordering_key
     from (select number, ordering_key from {c}.event_queue where subscription_id = $1 and not parked and number <> all($3::bigint[]) order by number limit $4) q
     left join {c}.event_stalls s on s.subscription_id = $1 and s.ordering_key = q.ordering_key
     join {c}.events e on e.number = q.number order by q.number)`);
const HOLD_STALLS = defineSql('event_stall_hold', 'select ordering_key from {c}.event_stalls where subscription_id = $1 and ordering_key = any($2) order by ordering_key for key share');
const PARK = defineSql('event_park', `
  update {c}.event_queue q set parked = true from unnest($2::uuid[], $3::bigint[]) as u(key, number)
   where q.subscription_id = $1 and q.ordering_key = u.key and q.number = u.number`);
const DONE = defineSql('event_done', `
  delete from {c}.event_queue q using unnest($2::uuid[], $3::bigint[]) as u(key, number)
   where q.subscription_id = $1 and q.ordering_key = u.key and q.number = u.number returning q.number`);
const CLEAR = defineSql('event_stall_clear', 'delete from {c}.event_stalls where subscription_id = $1 and ordering_key = any($2)');
const UNPARK = defineSql('event_unpark', 'update {c}.event_queue set parked = false where subscription_id = $1 and ordering_key = any($2) and parked');
// A confirmation may be faster than this transaction: what it removed is not waited for. Both take the row's lock first.
const STALL = defineSql('event_stall', `
  with still as (
    select q.ordering_key from {c}.event_queue q join unnest($2::uuid[], $3::bigint[]) as u(key, number) on q.ordering_key = u.key and q.number = u.number
     where q.subscription_id = $1 order by q.ordering_key for update of q)
  insert into {c}.event_stalls (subscription_id, ordering_key, attempts, first_at, due_at, awaits)
  select $1, u.key, u.attempts, u.first_at, now() + u.ms * interval '1 millisecond', u.awaits
    from unnest($2::uuid[], $4::integer[], $5::timestamptz[], $6::float8[], $7::boolean[]) as u(key, attempts, first_at, ms, awaits) join still on still.ordering_key = u.key
  on conflict (subscription_id, ordering_key) do update set attempts = excluded.attempts, first_at = excluded.first_at, due_at = excluded.due_at, awaits = excluded.awaits`);
const NEXT = defineSql('event_next', 'select min(due_at) as due from {c}.event_stalls where subscription_id = $1');

/** Writes events and puts each into the queues of its subscribers. */
export async function insertEvents(tx: Tx, events: readonly NewEvent[], queued: readonly { subscription_id: string; event_id: string }[]): Promise<void> {
  await tx.query(INSERT, [events.map((e) => e.id), events.map((e) => e.type), events.map((e) => e.account_id), events.map((e) => e.ordering_key), events.map((e) => e.body),
    queued.map((q) => q.subscription_id), queued.map((q) => q.event_id)]);
}

interface TakenRow extends Omit<Waiting, 'number' | 'id'> {
  readonly number: number | null;
  readonly id: string | null;
  readonly stalled: boolean;
  readonly key: string;
}
/**
 * The next events of a subscription: those due again, then new ones in order; at most `limit` of each. What stands behind one
 * that is tried later is parked: met once, it is not met again until that one is through.
 */
export async function takeEvents(tx: Tx, subscriptionId: string, { keys, numbers, limit }: { readonly keys: readonly string[]; readonly numbers: readonly number[]; readonly limit: number }): Promise<{ events: Waiting[]; met: number }> {
  const rows = await tx.query<TakenRow>(TAKE, [subscriptionId, keys, numbers, limit]);
  await park(tx, subscriptionId, rows.filter((r) => r.stalled));
  // Nothing is left behind it: taken off by a confirmation, or too old to be kept.
  const empty = rows.filter((r) => !r.stalled && r.number === null).map((r) => r.key);
  if (empty.length > 0) await clearStalls(tx, subscriptionId, empty);
  return { events: rows.filter((r): r is TakenRow & Waiting => !r.stalled && r.number !== null && r.id !== null), met: rows.length };
}

/** A confirmation may just now let them go: who goes first holds the other up, and what is parked is always seen by who unparks. */
async function park(tx: Tx, subscriptionId: string, rows: readonly TakenRow[]): Promise<void> {
  if (rows.length === 0) return;
  const held = new Set((await tx.query<{ ordering_key: string }>(HOLD_STALLS, [subscriptionId, [...new Set(rows.map((r) => r.key))]])).map((r) => r.ordering_key));
  const behind = rows.filter((r) => held.has(r.key));
  if (behind.length > 0) await tx.query(PARK, [subscriptionId, behind.map((r) => r.key), behind.map((r) => r.number)]);
}

interface Place {
  readonly ordering_key: string;
  readonly number: number;
}
/** Takes events off the queue; answers how many were there. */
export const removeQueued = async (tx: Tx, subscriptionId: string, places: readonly Place[]): Promise<number> =>
  (await tx.query(DONE, [subscriptionId, places.map((p) => p.ordering_key), places.map((p) => p.number)])).length;
/** What stood behind these keys' first events goes on. */
export async function clearStalls(tx: Tx, subscriptionId: string, keys: readonly string[]): Promise<void> {
  await tx.query(CLEAR, [subscriptionId, keys]);
  await tx.query(UNPARK, [subscriptionId, keys]);
}
export interface Stall extends Place {
  readonly attempts: number;
  readonly first_at: Date;
  /** When it is tried again, from now. */
  readonly wait_ms: number;
  /** It came and is being processed. */
  readonly awaits: boolean;
}
export async function stall(tx: Tx, subscriptionId: string, stalls: readonly Stall[]): Promise<void> {
  await tx.query(STALL, [subscriptionId, stalls.map((s) => s.ordering_key), stalls.map((s) => s.number), stalls.map((s) => s.attempts), stalls.map((s) => s.first_at),
    stalls.map((s) => s.wait_ms), stalls.map((s) => s.awaits)]);
}
/** When something is to be tried again; undefined: nothing is. */
export const nextDue = async (tx: Tx, subscriptionId: string): Promise<Date | undefined> => (await tx.query<{ due: Date | null }>(NEXT, [subscriptionId]))[0]?.due ?? undefined;

/** Makes everything of a subscription due now. */
export async function hurryStalls(tx: Tx, subscriptionId: string): Promise<void> {
  await tx.query('update {c}.event_stalls set due_at = now() where subscription_id = $1 and not awaits', [subscriptionId]);
}
/** How many wait, by subscription, counted up to 10,000. */
export const waitingCounts = async (tx: Tx, ids: readonly string[]): Promise<Map<string, number>> =>
  new Map((await tx.query<{ id: string; n: number }>(`
    select s.id, (select count(*)::integer from (select 1 from {c}.event_queue q where q.subscription_id = s.id limit 10000) x) as n from unnest($1::uuid[]) as s(id)`, [ids])).map((r) => [r.id, r.n]));

export interface EventRow {
  readonly number: number;
  readonly id: string;
  readonly type: string;
  readonly ordering_key: string;
  readonly body: string;
}
export const eventById = async (tx: Tx, id: string): Promise<(EventRow & { account_id: string | null }) | undefined> =>
  (await tx.query<EventRow & { account_id: string | null }>('select number, id, type, ordering_key, body, account_id from {c}.events where id = $1', [id]))[0];
const REPLAY = `
  with again as (
    insert into {c}.event_queue (subscription_id, ordering_key, number)
    select $1, e.ordering_key, e.number from {c}.events e where WHERE order by e.number
    on conflict (subscription_id, ordering_key, number) do update set parked = event_queue.parked returning 1)
  select count(*)::integer as n from again`;
export const requeueEvent = async (tx: Tx, subscriptionId: string, eventId: string): Promise<number> =>
  (await tx.query<{ n: number }>(REPLAY.replace('WHERE', 'e.id = $2'), [subscriptionId, eventId]))[0]!.n;
export const requeueRange = async (tx: Tx, subscriptionId: string, range: { from: Date; to: Date; types: readonly string[] | null; accounts: readonly string[] | null }): Promise<number> =>
  (await tx.query<{ n: number }>(REPLAY.replace('WHERE', `e.created_at >= $2 and e.created_at <= $3 and ($4::text[] is null or e.type = any($4))
      and ($5::uuid[] is null or e.account_id is null or e.account_id = any($5))`), [subscriptionId, range.from, range.to, range.types, range.accounts]))[0]!.n;

/** Confirmed events leave the queue, when they are the ones waited for or not; answers those that were there. */
export const acknowledged = (tx: Tx, subscriptionId: string, eventIds: readonly string[]): Promise<EventRow[]> => tx.query(`
  delete from {c}.event_queue q using {c}.events e where q.subscription_id = $1 and e.id = any($2) and e.ordering_key = q.ordering_key and e.number = q.number
  returning e.number, e.id, e.type, e.ordering_key, '' as body`, [subscriptionId, eventIds]);
/** Those of these events that are being waited for. */
export const awaited = (tx: Tx, subscriptionId: string, eventIds: readonly string[]): Promise<(EventRow & { attempts: number; first_at: Date })[]> => tx.query(`
  select e.number, e.id, e.type, e.ordering_key, '' as body, s.attempts, s.first_at from {c}.events e
    join {c}.event_queue q on q.subscription_id = $1 and q.ordering_key = e.ordering_key and q.number = e.number
    join {c}.event_stalls s on s.subscription_id = $1 and s.ordering_key = e.ordering_key and s.awaits where e.id = any($2)`, [subscriptionId, eventIds]);

/**
 * Removes events older than this, at most `limit`; answers how many. `waiting`: wherever they still wait too; else only what every
 * subscriber has.
 */
export async function dropEvents(tx: Tx, { before, waiting, limit }: { readonly before: Date; readonly waiting: boolean; readonly limit: number }): Promise<number> {
  const gone = await tx.query<{ number: number; ordering_key: string }>(`
    delete from {c}.events where number in (select e.number from {c}.events e where e.created_at < $1 and ($3 or not exists (
      select 1 from {c}.subscriptions s join {c}.event_queue q on q.subscription_id = s.id and q.ordering_key = e.ordering_key and q.number = e.number)) order by e.created_at limit $2)
    returning number, ordering_key`, [before, limit, waiting]);
  if (gone.length > 0) {
    await tx.query(`
      delete from {c}.event_queue q using {c}.subscriptions s, unnest($1::uuid[], $2::bigint[]) as u(key, number)
       where q.subscription_id = s.id and q.ordering_key = u.key and q.number = u.number`,
      [gone.map((g) => g.ordering_key), gone.map((g) => g.number)]);
  }
  return gone.length;
}
/** What a fact put into the queue of a subscription in the moment it was removed. */
export async function dropOrphans(tx: Tx): Promise<void> {
  await tx.query('delete from {c}.event_queue q where not exists (select 1 from {c}.subscriptions s where s.id = q.subscription_id)');
  await tx.query('delete from {c}.event_stalls t where not exists (select 1 from {c}.subscriptions s where s.id = t.subscription_id)');
}
