import { newUuid } from '@centralita/kernel';
import type { Database, Tx } from '@centralita/platform/database';
import type { CarrierError } from '../../messaging/index.ts';
import type { CarrierTemplate, TemplateNews } from '../../providers/templates.ts';

export interface TemplateRow extends CarrierTemplate {
  readonly id: string;
  readonly route_id: string;
  readonly changed_at: Date;
}
const COLUMNS = 'id, route_id, remote_id, name, language, category, status, reason, quality, components, variables, changed_at';

/** What the carrier has now takes the place of what was known; answers how many rows are other than before. */
export async function replaceTemplates(tx: Tx, routeId: string, all: readonly CarrierTemplate[]): Promise<number> {
  // One id twice would be written twice.
  const templates = [...new Map(all.map((t) => [t.remote_id, t])).values()].sort((a, b) => (a.remote_id < b.remote_id ? -1 : 1));
  const gone = await tx.query('delete from {c}.templates where route_id = $1 and not remote_id = any($2) returning id', [routeId, templates.map((t) => t.remote_id)]);
  const written = await tx.query(`
    insert into {c}.templates as t (id, route_id, remote_id, name, language, category, status, reason, quality, components, variables)
    select u.id, $1, u.r, u.n, u.l, u.c, u.s, u.w, u.q, u.k, u.v from unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::jsonb[], $11::jsonb[]) as u(id, r, n, l, c, s, w, q, k, v)
    on conflict (route_id, remote_id) do update set name = excluded.name, language = excluded.language, category = excluded.category, status = excluded.status, reason = excluded.reason,
      quality = excluded.quality, components = excluded.components, variables = excluded.variables, changed_at = now()
     where (t.name, t.language, t.category, t.status, t.reason, t.quality, t.components, t.variables)
       is distinct from (excluded.name, excluded.language, excluded.category, excluded.status, excluded.reason, excluded.quality, excluded.components, excluded.variables)
    returning t.id`, [
    routeId, templates.map(() => newUuid()), templates.map((t) => t.remote_id), templates.map((t) => t.name), templates.map((t) => t.language), templates.map((t) => t.category), templates.map((t) => t.status),
    templates.map((t) => t.reason), templates.map((t) => t.quality), templates.map((t) => JSON.stringify(t.components)), templates.map((t) => JSON.stringify(t.variables)),
  ]);
  return gone.length + written.length;
}

/** On every route that has it: several numbers may share one account at the carrier. Answers the routes. */
export async function applyNews(tx: Tx, { remote_id, status, reason, quality, category }: TemplateNews): Promise<string[]> {
  const rows = status === 'gone'
    ? await tx.query<{ route_id: string }>('delete from {c}.templates where remote_id = $1 returning route_id', [remote_id])
    : await tx.query<{ route_id: string }>(`
      update {c}.templates set status = coalesce($2, status), reason = case when $3 then $4 else reason end, quality = coalesce($5, quality), category = coalesce($6, category), changed_at = now()
       where remote_id = $1 returning route_id`, [remote_id, status ?? null, reason !== undefined, reason ?? null, quality ?? null, category ?? null]);
  return rows.map((r) => r.route_id);
}

export const templatesNamed = (tx: Tx, routeIds: readonly string[], names: readonly string[]): Promise<TemplateRow[]> =>
  tx.query(`select ${COLUMNS} from {c}.templates where route_id = any($1) and name = any($2) order by (status = 'approved') desc, changed_at desc, id`, [routeIds, names]);
export const templatesByIds = (tx: Tx, ids: readonly string[]): Promise<TemplateRow[]> =>
  tx.query(`select ${COLUMNS} from {c}.templates where id = any($1)`, [ids]);

export interface Search {
  readonly routes: readonly string[];
  readonly name?: string | undefined;
  readonly status?: string | undefined;
  readonly language?: string | undefined;
  readonly after?: string | undefined;
  readonly limit: number;
}
/** By name, then language. `name`: a part of it. */
export const listTemplates = (tx: Tx, { routes, name, status, language, after, limit }: Search): Promise<TemplateRow[]> => tx.query(`
  select ${COLUMNS} from {c}.templates
   where route_id = any($1) and ($2::text is null or position(lower($2) in lower(name)) > 0) and ($3::text is null or status = $3) and ($4::text is null or language = $4)
     and ($5::uuid is null or (name, language, id) > (select name, language, id from {c}.templates where id = $5))
   order by name, language, id limit $6`, [routes, name ?? null, status ?? null, language ?? null, after ?? null, limit]);

export interface SyncRow {
  readonly route_id: string;
  readonly tried_at: Date | null;
  readonly synced_at: Date | null;
  readonly error: CarrierError | null;
}
const SYNC = 'route_id, tried_at, synced_at, error';
export const syncRows = (db: Database, routeIds: readonly string[]): Promise<SyncRow[]> => db.query(`select ${SYNC} from {s}.template_syncs where route_id = any($1)`, [routeIds]);
/** Rows for routes that have none; they are due at once. */
export async function ensureSyncs(db: Database, routes: readonly { readonly id: string; readonly company_id: string }[]): Promise<void> {
  await db.query('insert into {s}.template_syncs (route_id, company_id) select * from unnest($1::uuid[], $2::uuid[]) on conflict do nothing', [routes.map((r) => r.id), routes.map((r) => r.company_id)]);
}
/** Routes whose templates shall be read; the next time of each is put off, so that one process reads. */
export const takeDueSyncs = async (db: Database, { limit, now, next }: { limit: number; now: Date; next: Date }): Promise<string[]> => (await db.query<{ id: string }>(`
  update {s}.template_syncs t set due_at = $3 from (select route_id from {s}.template_syncs where due_at <= $2 order by due_at limit $1 for update skip locked) due
   where t.route_id = due.route_id returning t.route_id as id`, [limit, now, next])).map((r) => r.id);
export async function writeSync(db: Database, route: { readonly id: string; readonly company_id: string }, { at, error, next }: { at: Date; error: CarrierError | null; next: Date }): Promise<void> {
  await db.query(`
    insert into {s}.template_syncs as t (route_id, company_id, due_at, tried_at, synced_at, error) values ($1, $2, $3, $4, $5, $6)
    on conflict (route_id) do update set due_at = excluded.due_at, tried_at = excluded.tried_at, synced_at = coalesce(excluded.synced_at, t.synced_at), error = excluded.error`,
  [route.id, route.company_id, next, at, error ? null : at, error ? JSON.stringify(error) : null]);
}
/** Sooner than it was due. */
export async function syncSooner(db: Database, routeIds: readonly string[], when: Date): Promise<void> {
  await db.query('update {s}.template_syncs set due_at = least(due_at, $2) where route_id = any($1)', [routeIds, when]);
}

/** What was made at a carrier, by what it is. Its use is noted once a day at most. */
export const objectOf = async (tx: Tx, routeId: string, key: string): Promise<string | undefined> => {
  const [row] = await tx.query<{ remote_id: string; old: boolean }>("select remote_id, used_at < now() - interval '1 day' as old from {c}.carrier_objects where route_id = $1 and key = $2", [routeId, key]);
  if (row?.old) await tx.query('update {c}.carrier_objects set used_at = now() where route_id = $1 and key = $2', [routeId, key]);
  return row?.remote_id;
};
export async function insertObject(tx: Tx, o: { readonly route_id: string; readonly key: string; readonly remote_id: string }): Promise<void> {
  await tx.query('insert into {c}.carrier_objects (route_id, key, remote_id) values ($1, $2, $3) on conflict (route_id, key) do update set remote_id = excluded.remote_id, used_at = now()', [o.route_id, o.key, o.remote_id]);
}
export async function deleteObject(tx: Tx, routeId: string, remoteId: string): Promise<void> {
  await tx.query('delete from {c}.carrier_objects where route_id = $1 and remote_id = $2', [routeId, remoteId]);
}
export const oldObjects = async (tx: Tx, routeId: string, { days, limit }: { days: number; limit: number }): Promise<string[]> => (await tx.query<{ id: string }>(
  "select remote_id as id from {c}.carrier_objects where route_id = $1 and used_at < now() - $2 * interval '1 day' order by used_at limit $3", [routeId, days, limit])).map((r) => r.id);
