import type { Database } from '@centralita/platform/database';

export type Queue = 'webhook' | 'message';
export interface QueueCount {
  readonly company_id: string;
  readonly queue: Queue;
  readonly completed: number;
}

/** Adds what a process counted. */
export async function addCounts(db: Database, rows: readonly QueueCount[]): Promise<void> {
  await db.query(`
    insert into {s}.queue_counts as q (company_id, queue, completed)
    select u.company, u.queue, u.n from unnest($1::uuid[], $2::text[], $3::bigint[]) as u(company, queue, n) order by 1, 2
    on conflict (company_id, queue) do update set completed = q.completed + excluded.completed`, [rows.map((r) => r.company_id), rows.map((r) => r.queue), rows.map((r) => r.completed)]);
}
/** Of a company, or (null) of all together. */
export const countsOf = (db: Database, companyId: string | null): Promise<{ queue: Queue; completed: number }[]> =>
  db.query('select queue, sum(completed)::bigint as completed from {s}.queue_counts where $1::uuid is null or company_id = $1 group by queue', [companyId]);
