import type { Database, Tx } from '@centralita/platform/database';
import type { HealthRow, ProbeNote, RouteNews, RouteProblem } from './route-state.ts';
import type { StatusErrors } from './store.ts';

const COLUMNS = 'route_id, received_at, status_at, accepted_at, failed_at, last_error, failures, unanswered_since, probed_at, probe, probe_at, told';

export const healthRows = (db: Database, routeIds: readonly string[]): Promise<HealthRow[]> =>
  db.query(`select ${COLUMNS} from {s}.route_health where route_id = any($1)`, [routeIds]);

/** Rows for routes that have none; they are probed at once. */
export async function ensureHealth(db: Database, routes: readonly { readonly id: string; readonly company_id: string }[]): Promise<void> {
  await db.query('insert into {s}.route_health (route_id, company_id) select * from unnest($1::uuid[], $2::uuid[]) on conflict do nothing', [routes.map((r) => r.id), routes.map((r) => r.company_id)]);
}

/** Adds what a process has seen of several routes. Somebody looks at those that crossed the line between working and not. */
export async function writeNews(db: Database, news: readonly RouteNews[], { failing, now }: { readonly failing: number; readonly now: Date }): Promise<void> {
  const at = (pick: (n: RouteNews) => number | undefined): (Date | null)[] => news.map((n) => (pick(n) === undefined ? null : new Date(pick(n)!)));
  await db.query(`
    update {s}.route_health h set
        received_at = greatest(h.received_at, u.received), status_at = greatest(h.status_at, u.status), accepted_at = greatest(h.accepted_at, u.accepted), failed_at = greatest(h.failed_at, u.failed),
        last_error = coalesce(u.error, h.last_error), failures = case when u.worked then u.failures else h.failures + u.failures end,
        unanswered_since = case when u.first is not null and u.first > coalesce(greatest(h.status_at, u.status), '-infinity') then case when u.status is null then coalesce(h.unanswered_since, u.first) else u.first end
                                when u.status is not null then null else h.unanswered_since end,
        look_at = case when (case when u.worked then u.failures else h.failures + u.failures end >= $10) <> (h.failures >= $10) or (u.status is not null and h.told @> '[{"code":"silent"}]') then $11 else h.look_at end
      from unnest($1::uuid[], $2::timestamptz[], $3::timestamptz[], $4::timestamptz[], $5::timestamptz[], $6::timestamptz[], $7::jsonb[], $8::integer[], $9::boolean[]) as u(id, received, status, accepted, first, failed, error, failures, worked)
     where h.route_id = u.id`, [
    news.map((n) => n.route_id), at((n) => n.received), at((n) => n.status), at((n) => n.accepted), at((n) => n.first), at((n) => n.failed),
    news.map((n) => (n.error ? JSON.stringify(n.error) : null)), news.map((n) => n.failures), news.map((n) => n.worked), failing, now,
  ]);
}

/** One thing counted: `begun` and `stranger` are what a human-like pace keeps count of, the others outcomes of tries; `failed` is told later, by a status. */
export interface RouteCount {
  readonly route_id: string;
  readonly hour: Date;
  readonly kind: 'accepted' | 'rejected' | 'retry' | 'unknown' | 'failed' | 'begun' | 'stranger';
  readonly code: string;
  readonly title: string | null;
  readonly n: number;
  readonly last_at: Date;
}
export async function addCounts(db: Database, counts: readonly RouteCount[]): Promise<void> {
  await db.query(`
    insert into {s}.route_counts as c (route_id, hour, kind, code, title, n, last_at)
    select * from unnest($1::uuid[], $2::timestamptz[], $3::text[], $4::text[], $5::text[], $6::integer[], $7::timestamptz[])
    on conflict (route_id, hour, kind, code) do update set n = c.n + excluded.n, last_at = greatest(c.last_at, excluded.last_at), title = coalesce(excluded.title, c.title)`, [
    counts.map((c) => c.route_id), counts.map((c) => c.hour), counts.map((c) => c.kind), counts.map((c) => c.code), counts.map((c) => c.title), counts.map((c) => c.n), counts.map((c) => c.last_at),
  ]);
}
/** What was counted since an hour, by route, kind and code. */
export const countsSince = (db: Database, routeIds: readonly string[], since: Date): Promise<Omit<RouteCount, 'hour'>[]> => db.query(`
  select route_id, kind, code, max(title) as title, sum(n)::integer as n, max(last_at) as last_at from {s}.route_counts
   where route_id = any($1) and hour >= $2 group by route_id, kind, code order by n desc`, [routeIds, since]);
/** The same hour by hour, of what a human-like pace counts. */
export const hoursSince = (db: Database, routeId: string, since: Date): Promise<{ kind: 'begun' | 'stranger'; hour: Date; n: number }[]> =>
  db.query("select kind, hour, sum(n)::integer as n from {s}.route_counts where route_id = $1 and hour >= $2 and kind in ('begun', 'stranger') group by kind, hour", [routeId, since]);
export async function forgetCounts(db: Database, before: Date): Promise<void> {
  await db.query('delete from {s}.route_counts where hour < $1', [before]);
}

/** Messages of each route that have not left, unknown ones included; counted to 1000. Routes with none are not in it. */
export const waitingCounts = async (db: Database, routeIds: readonly string[]): Promise<Map<string, number>> => new Map((await db.query<{ id: string; n: number }>(`
  select r.id, (select count(*)::integer from (select 1 from {s}.outbox o where o.route_id = r.id limit 1000) x) as n from unnest($1::uuid[]) as r(id)`, [routeIds]))
  .flatMap((r) => (r.n > 0 ? [[r.id, r.n] as const] : [])));

/** Routes whose carrier shall be asked; the next question of each is put off, so that one process asks. */
export const takeDueProbes = async (db: Database, { limit, now, next }: { limit: number; now: Date; next: Date }): Promise<string[]> => (await db.query<{ id: string }>(`
  update {s}.route_health h set probe_at = $3 from (select route_id from {s}.route_health where probe_at <= $2 order by probe_at limit $1 for update skip locked) due
   where h.route_id = due.route_id returning h.route_id as id`, [limit, now, next])).map((r) => r.id);
export async function writeProbe(db: Database, routeId: string, { probe, now }: { probe: ProbeNote; now: Date }): Promise<void> {
  await db.query('update {s}.route_health set probe = $2, probed_at = $3, look_at = $3 where route_id = $1', [routeId, JSON.stringify(probe), now]);
}
export async function askSooner(db: Database, routeId: string, now: Date): Promise<void> {
  await db.query('update {s}.route_health set probe_at = $2 where route_id = $1', [routeId, now]);
}

/** Somebody shall look at this route: something about it changed. */
export async function lookAt(db: Pick<Tx, 'query'>, routeId: string, when: Date): Promise<void> {
  await db.query('update {s}.route_health set look_at = $2 where route_id = $1', [routeId, when]);
}
/**
 * Routes to look at; those that took messages since `silentSince` without a status of any are among them until that was told. Who does not
 * say `looked`, because it died, leaves them to others at `again`.
 */
export const takeDueLooks = (db: Database, { limit, now, again, silentSince }: { limit: number; now: Date; again: Date; silentSince: Date }): Promise<HealthRow[]> => db.query(`
  update {s}.route_health h set look_at = $4 from (
    select route_id from {s}.route_health where look_at <= $2 or (unanswered_since < $3 and not told @> '[{"code":"silent"}]') limit $1 for update skip locked) due
   where h.route_id = due.route_id returning ${COLUMNS.replaceAll(/\b(\w+)\b/g, 'h.$1')}`, [limit, now, silentSince, again]);
/** It was looked at, and nobody has asked for another look since. */
export async function looked(db: Database, routeId: string, again: Date): Promise<void> {
  await db.query("update {s}.route_health set look_at = 'infinity' where route_id = $1 and look_at = $2", [routeId, again]);
}
/** What was said of a message of ours by its name at the carrier. */
export const statusesByRemote = (tx: Tx, routeId: string, remoteId: string): Promise<{ status: string; at: Date; errors: StatusErrors | null }[]> =>
  tx.query('select status, at, errors from {c}.statuses where route_id = $1 and remote_id = $2 order by at, created_at', [routeId, remoteId]);
/** False: another process told it, or something else. */
export const tellRoute = async (tx: Tx, routeId: string, { before, news }: { before: readonly RouteProblem[]; news: readonly RouteProblem[] }): Promise<boolean> =>
  (await tx.query<{ told: boolean }>('select {s}.tell_route($1, $2::jsonb, $3::jsonb) as told', [routeId, JSON.stringify(before), JSON.stringify(news)]))[0]!.told;
