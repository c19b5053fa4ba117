import type { Tx } from '@centralita/platform/database';
import type { MessageStatus } from '../../messaging/index.ts';

export interface DeliveryFigures {
  readonly statuses: ReadonlyMap<MessageStatus, number>;
  /** Milliseconds from a message's id to the carrier's acceptance; null when nothing was accepted. */
  readonly p50: number | null;
  readonly p95: number | null;
}

/** Where the messages stand that these routes were given in a period (`from` and `to` are ids, which carry their time). */
export async function deliveryFigures(tx: Tx, routeIds: readonly string[], { from, to }: { readonly from: string; readonly to: string }): Promise<DeliveryFigures> {
  const counts = await tx.query<{ status: MessageStatus; n: number }>(`
    select status, count(*)::integer as n from {c}.deliveries where message_id >= $2 and message_id < $3 and route_id = any($1) group by status`, [routeIds, from, to]);
  const [times] = await tx.query<{ p50: number | null; p95: number | null }>(`
    select percentile_cont(0.5) within group (order by ms) as p50, percentile_cont(0.95) within group (order by ms) as p95 from (
      select extract(epoch from accepted_at)::float8 * 1000 - ('x' || substr(replace(message_id::text, '-', ''), 1, 12))::bit(48)::bigint as ms
        from {c}.deliveries where message_id >= $2 and message_id < $3 and route_id = any($1) and accepted_at is not null) accepted`, [routeIds, from, to]);
  return { statuses: new Map(counts.map((r) => [r.status, r.n])), p50: times?.p50 ?? null, p95: times?.p95 ?? null };
}
