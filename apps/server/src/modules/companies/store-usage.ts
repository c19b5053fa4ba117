import type { Database } from '@centralita/platform/database';

export interface DayUsage {
  readonly company_id: string;
  /** `2026-07-01`, in the company's own time zone. */
  readonly day: string;
  readonly messages_in: number;
  readonly messages_out: number;
  readonly requests: number;
}
export interface MinuteUsage {
  readonly company_id: string;
  readonly minute: Date;
  readonly requests: number;
}

/** Adds what this process counted; answers the totals of the installation. Companies that are gone count for nothing. */
export function addDays(db: Database, rows: readonly DayUsage[]): Promise<DayUsage[]> {
  return db.query(`
    insert into {s}.usage_days as d (company_id, day, messages_in, messages_out, requests)
    select u.company, u.day, u.i, u.o, u.r from unnest($1::uuid[], $2::date[], $3::bigint[], $4::bigint[], $5::bigint[]) as u(company, day, i, o, r)
      join {s}.companies c on c.id = u.company order by u.company, u.day
    on conflict (company_id, day) do update set messages_in = d.messages_in + excluded.messages_in, messages_out = d.messages_out + excluded.messages_out, requests = d.requests + excluded.requests
    returning company_id, day::text as day, messages_in, messages_out, requests`,
  [rows.map((r) => r.company_id), rows.map((r) => r.day), rows.map((r) => r.messages_in), rows.map((r) => r.messages_out), rows.map((r) => r.requests)]);
}

/** The same for minutes; those of the last hour but one are forgotten. */
export async function addMinutes(db: Database, rows: readonly MinuteUsage[]): Promise<MinuteUsage[]> {
  return db.query(`
    with old as (delete from {s}.usage_minutes where minute < now() - interval '1 hour')
    insert into {s}.usage_minutes as m (company_id, minute, requests)
    select u.company, u.minute, u.r from unnest($1::uuid[], $2::timestamptz[], $3::integer[]) as u(company, minute, r)
      join {s}.companies c on c.id = u.company order by u.company, u.minute
    on conflict (company_id, minute) do update set requests = m.requests + excluded.requests
    returning company_id, minute, requests`,
  [rows.map((r) => r.company_id), rows.map((r) => r.minute), rows.map((r) => r.requests)]);
}

export async function dayOf(db: Database, companyId: string, day: string): Promise<DayUsage> {
  const [row] = await db.query<DayUsage>('select company_id, day::text as day, messages_in, messages_out, requests from {s}.usage_days where company_id = $1 and day = $2', [companyId, day]);
  return row ?? { company_id: companyId, day, messages_in: 0, messages_out: 0, requests: 0 };
}

export function daysOfAll(db: Database, since: string): Promise<DayUsage[]> {
  return db.query('select company_id, day::text as day, messages_in, messages_out, requests from {s}.usage_days where day >= $1 order by company_id, day', [since]);
}
