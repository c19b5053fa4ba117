import type { Database, Tx } from '@centralita/platform/database';
import type { DeliveryRequest } from './store.ts';

export interface BreakerRow {
  readonly route_id: string;
  readonly company_id: string;
  readonly reason: string;
  readonly opened_at: Date;
  readonly probe_at: Date;
}
export const openBreakers = (db: Database): Promise<BreakerRow[]> => db.query('select route_id, company_id, reason, opened_at, probe_at from {s}.breakers');
/** Answers false when it was open already. */
export const insertBreaker = async (db: Database, b: { route_id: string; company_id: string; reason: string; cooldown_ms: number }): Promise<boolean> =>
  (await db.query("insert into {s}.breakers (route_id, company_id, reason, probe_at) values ($1, $2, $3, now() + $4 * interval '1 millisecond') on conflict do nothing returning route_id",
    [b.route_id, b.company_id, b.reason, b.cooldown_ms])).length > 0;
/** The same with the last word: one that was open for another reason is open for this one. Answers false when it was open for it already. */
export const holdBreaker = async (db: Database, b: { route_id: string; company_id: string; reason: string; cooldown_ms: number }): Promise<boolean> =>
  (await db.query(`insert into {s}.breakers as b (route_id, company_id, reason, probe_at) values ($1, $2, $3, now() + $4 * interval '1 millisecond')
      on conflict (route_id) do update set reason = excluded.reason, probe_at = excluded.probe_at where b.reason <> excluded.reason returning route_id`,
  [b.route_id, b.company_id, b.reason, b.cooldown_ms])).length > 0;
/** Answers since when it was open; undefined: it was not. */
export const deleteBreaker = async (db: Database, routeId: string): Promise<Date | undefined> =>
  (await db.query<{ opened_at: Date }>('delete from {s}.breakers where route_id = $1 returning opened_at', [routeId]))[0]?.opened_at;
/** Breakers whose probe is due; the next one of each is put off, so that one process probes. */
export const takeDueBreakers = (db: Database, again: number): Promise<BreakerRow[]> => db.query(`
  update {s}.breakers b set probe_at = now() + $1 * interval '1 millisecond' from (select route_id from {s}.breakers where probe_at <= now() for update skip locked) due
   where b.route_id = due.route_id returning b.route_id, b.company_id, b.reason, b.opened_at, b.probe_at`, [again]);

export async function putOff(db: Database, routeId: string, ms: number): Promise<void> {
  await db.query("update {s}.breakers set probe_at = now() + $2 * interval '1 millisecond' where route_id = $1", [routeId, ms]);
}

export interface Waiting {
  readonly message_id: string;
  readonly conversation_id: string;
  readonly class: number;
  readonly request: DeliveryRequest;
  /** A try by this route may have arrived: sending it by another number could be a second message. */
  readonly doubtful: boolean;
}
const DOUBTFUL = "exists (select 1 from {c}.attempts a where a.message_id = d.message_id and a.route_id = d.route_id and a.error->>'class' = 'unknown') as doubtful";
/** The first messages of a route that wait, with what they say. */
export const waitingOf = (tx: Tx, routeId: string, wanted: number): Promise<Waiting[]> => tx.query(`
  select w.message_id, d.conversation_id, w.class, d.request, ${DOUBTFUL} from {s}.outbox_waiting($1, $2) with ordinality as w(message_id, class, n)
    join {c}.deliveries d on d.message_id = w.message_id order by w.n`, [routeId, wanted]);
/** The same of messages by name. */
export const waitingByIds = (tx: Tx, messageIds: readonly string[]): Promise<Waiting[]> =>
  tx.query(`select d.message_id, d.conversation_id, d.class, d.request, ${DOUBTFUL} from {c}.deliveries d where d.message_id = any($1) order by d.message_id`, [messageIds]);
/** Moves waiting messages to another route; a quote names a message of the first one's number, and is left out. Answers those moved. */
export async function moveWaiting(tx: Tx, messageIds: readonly string[], target: string): Promise<string[]> {
  const moved = (await tx.query<{ id: string }>('select id from {s}.outbox_move($1::uuid[], $2) as id', [messageIds, target])).map((r) => r.id);
  if (moved.length > 0) await tx.query("update {c}.deliveries set route_id = $2, request = request - 'quote', updated_at = now() where message_id = any($1)", [moved, target]);
  return moved;
}
/** Messages that say the same in other words on the route they were moved to. */
export async function rewriteContents(tx: Tx, rows: readonly { readonly message_id: string; readonly content: DeliveryRequest['content'] }[]): Promise<void> {
  await tx.query("update {c}.deliveries d set request = jsonb_set(d.request, '{content}', u.content) from unnest($1::uuid[], $2::jsonb[]) as u(m, content) where d.message_id = u.m",
    [rows.map((r) => r.message_id), rows.map((r) => JSON.stringify(r.content))]);
}
