import { defineSql, type Tx } from '@centralita/platform/database';
import type { CarrierError, MessageStatus, OutboundContent, Peer } from '../../messaging/index.ts';

/** Everything a pump needs to send a message, kept with it. */
export interface DeliveryRequest {
  readonly to: Peer;
  /** To a group instead of `to`. */
  readonly group?: string;
  readonly content: OutboundContent;
  readonly quote?: string;
}
export interface DeliveryRow {
  readonly message_id: string;
  readonly conversation_id: string;
  readonly contact_id: string;
  readonly route_id: string;
  readonly class: number;
  readonly status: MessageStatus;
  readonly remote_id: string | null;
  readonly error: CarrierError | null;
  readonly resent_as: string | null;
  readonly sent_at: Date | null;
  readonly delivered_at: Date | null;
  readonly read_at: Date | null;
  readonly accepted_at: Date | null;
  readonly updated_at: Date;
}
const COLUMNS = 'message_id, conversation_id, contact_id, route_id, class, status, remote_id, error, resent_as, sent_at, delivered_at, read_at, accepted_at, updated_at';

const INSERT = defineSql('delivery_insert', `
  insert into {c}.deliveries (message_id, conversation_id, contact_id, route_id, class, request)
  select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::smallint[], $6::jsonb[])`);
const PUT = defineSql('outbox_put', 'select {s}.outbox_put($1::uuid[], $2::uuid[], $3::uuid[], $4::smallint[]) as n');
const TAKE = defineSql('outbox_take', `
  select r.id as route_id, t.message_id, t.contact_id, t.class, t.attempts
    from unnest($1::uuid[], $2::integer[]) as r(id, wanted) cross join lateral {s}.outbox_take(r.id, r.wanted) t`);
const OPEN = defineSql('attempt_open', `
  with a as (
    insert into {c}.attempts (message_id, number, route_id, epoch)
    select u.m, coalesce((select max(number) from {c}.attempts x where x.message_id = u.m), 0) + 1, u.r, u.e from unnest($1::uuid[], $2::uuid[], $3::bigint[]) as u(m, r, e)
    returning message_id, number)
  update {c}.deliveries d set status = 'sending', updated_at = now() from a where d.message_id = a.message_id
  returning d.message_id, d.conversation_id, d.request, a.number`);
// Closing the tries and moving the messages touch different tables, so one statement does both. It also takes the name that the carrier
// gave a message: a status that comes just now, in a transaction that does not see the name yet, waits for it (`holdNames`).
const MOVE = defineSql('delivery_move', `
  with named as materialized (
    select pg_advisory_xact_lock(k) from (select distinct hashtextextended(u.remote_id, 0) as k from unnest($2::text[], $3::text[]) as u(status, remote_id)
     where u.status = 'accepted' and u.remote_id is not null order by k) as keys
  ), closed as (
    update {c}.attempts a set outcome = u.outcome, error = u.error, finished_at = now()
      from unnest($8::uuid[], $9::text[], $10::jsonb[]) as u(m, outcome, error)
     where a.message_id = u.m and a.number = (select max(number) from {c}.attempts x where x.message_id = u.m))
  update {c}.deliveries d set status = u.status, remote_id = coalesce(u.remote_id, d.remote_id), error = u.error, updated_at = now(),
      accepted_at = case when u.status = 'accepted' then now() else d.accepted_at end,
      sent_at = coalesce(d.sent_at, u.sent), delivered_at = coalesce(d.delivered_at, u.delivered), read_at = coalesce(d.read_at, u.read)
    from unnest($1::uuid[], $2::text[], $3::text[], $4::jsonb[], $5::timestamptz[], $6::timestamptz[], $7::timestamptz[]) as u(m, status, remote_id, error, sent, delivered, read)
   where d.message_id = u.m and (select count(*) from named) >= 0`);
const HOLD = defineSql('remote_hold', 'select pg_advisory_xact_lock(k) from (select distinct hashtextextended(u.remote_id, 0) as k from unnest($1::text[]) as u(remote_id) order by k) as keys');
const LOCK = defineSql('delivery_lock', `select ${COLUMNS} from {c}.deliveries where message_id = any($1) order by message_id for no key update`);
// Which ones is settled before anything is locked: where a row has to be waited for, PostgreSQL looks anew whether it is meant, and by a
// plan that joins it with a union it found that it was not. The statuses of that message were then kept as of nobody.
const LOCK_TOLD = defineSql('delivery_lock_told', `
  select ${COLUMNS} from {c}.deliveries where message_id = any (array(
    select d.message_id from unnest($1::uuid[], $2::text[]) as u(route_id, remote_id) join {c}.deliveries d on d.route_id = u.route_id and d.remote_id = u.remote_id
     union all select * from unnest($3::uuid[]))) order by message_id for no key update`);
const MATCH = defineSql('delivery_match', `
  select d.message_id, d.remote_id, d.route_id from unnest($1::uuid[], $2::text[]) as u(route_id, remote_id)
    join {c}.deliveries d on d.route_id = u.route_id and d.remote_id = u.remote_id`);
const STATUS = defineSql('status_insert', `
  insert into {c}.statuses (route_id, remote_id, status, participant, message_id, at, errors, pricing, extra)
  select * from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::uuid[], $6::timestamptz[], $7::jsonb[], $8::jsonb[], $9::jsonb[])
  on conflict do nothing returning route_id, remote_id, status, participant`);
const EARLY = defineSql('status_early', `
  update {c}.statuses s set message_id = u.m from unnest($1::uuid[], $2::uuid[], $3::text[]) as u(m, route_id, remote_id)
   where s.route_id = u.route_id and s.remote_id = u.remote_id and s.message_id is null
  returning s.message_id, s.remote_id, s.status, s.at, s.errors`);
const SETTLE = defineSql('outbox_settle', 'select route_id, gone from {s}.outbox_settle($1::uuid[], $2::smallint[], $3::timestamptz[])');
const BEGIN = defineSql('outbox_begin', "select route_id, message_id, class from {s}.outbox_begin($1::uuid[], $2::uuid[], $3 * interval '1 second')");
const END = defineSql('outbox_end', "select route_id, ready, due from {s}.outbox_end($1::uuid[], $2 * interval '1 second')");
const SWEEP = defineSql('outbox_sweep', 'select id from {s}.outbox_sweep($1::uuid[]) as id');
const STATES = defineSql('delivery_states', `select ${COLUMNS} from {c}.deliveries where message_id = any($1)`);

export interface NewDelivery {
  readonly message_id: string;
  readonly conversation_id: string;
  readonly contact_id: string;
  readonly route_id: string;
  readonly class: number;
  readonly request: DeliveryRequest;
}
export async function insertDeliveries(tx: Tx, rows: readonly NewDelivery[]): Promise<void> {
  await tx.query(INSERT, [rows.map((r) => r.message_id), rows.map((r) => r.conversation_id), rows.map((r) => r.contact_id), rows.map((r) => r.route_id),
    rows.map((r) => r.class), rows.map((r) => JSON.stringify(r.request))]);
}
/** Puts messages (back) into the outbox; answers how many were not in it already. */
export async function putOutbox(tx: Tx, rows: readonly Omit<NewDelivery, 'request' | 'conversation_id'>[]): Promise<number> {
  return (await tx.query<{ n: number }>(PUT, [rows.map((r) => r.message_id), rows.map((r) => r.route_id), rows.map((r) => r.contact_id), rows.map((r) => r.class)]))[0]!.n;
}
export interface Taken {
  readonly route_id: string;
  readonly message_id: string;
  readonly contact_id: string;
  readonly class: number;
  /** Tries so far, this one included. */
  readonly attempts: number;
}
/** The next messages of each route, by class and in order, one per contact and class. */
export const takeOutbox = (tx: Tx, routes: readonly { route_id: string; wanted: number }[]): Promise<Taken[]> =>
  tx.query(TAKE, [routes.map((r) => r.route_id), routes.map((r) => r.wanted)]);
/** Puts messages back that were taken and certainly not tried. */
export async function returnOutbox(tx: Tx, rows: readonly { message_id: string; due: Date }[]): Promise<void> {
  await tx.query('select {s}.outbox_return($1::uuid[], $2::timestamptz[])', [rows.map((r) => r.message_id), rows.map((r) => r.due)]);
}
/** Writes down that a try begins, before it does. `number` counts every try of the message. */
export const openAttempts = (tx: Tx, rows: readonly { message_id: string; route_id: string; epoch: number }[]): Promise<{ message_id: string; conversation_id: string; request: DeliveryRequest; number: number }[]> =>
  tx.query(OPEN, [rows.map((r) => r.message_id), rows.map((r) => r.route_id), rows.map((r) => r.epoch)]);
/** What the carrier will call them, known before they leave. */
export async function nameDeliveries(tx: Tx, rows: readonly { message_id: string; remote_id: string }[]): Promise<void> {
  await tx.query('update {c}.deliveries d set remote_id = u.remote_id from unnest($1::uuid[], $2::text[]) as u(m, remote_id) where d.message_id = u.m', [rows.map((r) => r.message_id), rows.map((r) => r.remote_id)]);
}
/** Tries that were written down and certainly never began. */
export async function forgetAttempts(tx: Tx, rows: readonly { message_id: string; number: number }[]): Promise<void> {
  await tx.query('delete from {c}.attempts a using unnest($1::uuid[], $2::integer[]) as u(m, n) where a.message_id = u.m and a.number = u.n and a.outcome is null',
    [rows.map((r) => r.message_id), rows.map((r) => r.number)]);
}
/** What came of the last try of a message. */
export interface Closing {
  readonly message_id: string;
  readonly outcome: string;
  readonly error?: unknown;
}
export interface Move {
  readonly message_id: string;
  readonly status: MessageStatus;
  readonly remote_id?: string;
  readonly error?: CarrierError | null;
  readonly sent?: string;
  readonly delivered?: string;
  readonly read?: string;
}
/** Where messages stand now, and how the last tries of some of them ended. */
export async function moveDeliveries(tx: Tx, rows: readonly Move[], closing: readonly Closing[] = []): Promise<void> {
  await tx.query(MOVE, [rows.map((r) => r.message_id), rows.map((r) => r.status), rows.map((r) => r.remote_id ?? null), rows.map((r) => (r.error ? JSON.stringify(r.error) : null)),
    rows.map((r) => r.sent ?? null), rows.map((r) => r.delivered ?? null), rows.map((r) => r.read ?? null),
    closing.map((r) => r.message_id), closing.map((r) => r.outcome), closing.map((r) => (r.error ? JSON.stringify(r.error) : null))]);
}
export const lockDeliveries = (tx: Tx, ids: readonly string[]): Promise<DeliveryRow[]> => tx.query(LOCK, [ids]);
/** Those that a carrier calls by these names, and these of ours. */
export const lockTold = (tx: Tx, names: readonly { route_id: string; remote_id: string }[], ids: readonly string[]): Promise<DeliveryRow[]> =>
  tx.query(LOCK_TOLD, [names.map((n) => n.route_id), names.map((n) => n.remote_id), ids]);
/** Until the end of the transaction nobody learns that these are names of messages, or has learnt it and committed. */
export const holdNames = async (tx: Tx, remoteIds: readonly string[]): Promise<void> => void await tx.query(HOLD, [remoteIds]);
export const deliveryStates = (tx: Tx, ids: readonly string[]): Promise<DeliveryRow[]> => tx.query(STATES, [ids]);
export const matchRemote = (tx: Tx, rows: readonly { route_id: string; remote_id: string }[]): Promise<{ message_id: string; remote_id: string; route_id: string }[]> =>
  tx.query(MATCH, [rows.map((r) => r.route_id), rows.map((r) => r.remote_id)]);

export interface StatusRow {
  readonly route_id: string;
  readonly remote_id: string;
  readonly status: string;
  readonly participant: string;
  readonly message_id: string | null;
  readonly at: string;
  readonly errors?: unknown;
  readonly pricing?: unknown;
  readonly extra?: unknown;
}
/** Answers those that were new. */
export const insertStatuses = (tx: Tx, rows: readonly StatusRow[]): Promise<{ route_id: string; remote_id: string; status: string; participant: string }[]> => {
  const json = (v: unknown): string | null => (v === undefined || v === null ? null : JSON.stringify(v));
  return tx.query(STATUS, [rows.map((r) => r.route_id), rows.map((r) => r.remote_id), rows.map((r) => r.status), rows.map((r) => r.participant), rows.map((r) => r.message_id),
    rows.map((r) => r.at), rows.map((r) => json(r.errors)), rows.map((r) => json(r.pricing)), rows.map((r) => json(r.extra))]);
};
export interface EarlyStatus {
  readonly message_id: string;
  readonly remote_id: string;
  readonly status: string;
  readonly at: Date;
  readonly errors: StatusErrors | null;
}
export type StatusErrors = readonly { code: string; title?: string; detail?: string }[];
/** Statuses that came before the carrier's answer: now they know their message. */
export const claimEarlyStatuses = (tx: Tx, rows: readonly { message_id: string; route_id: string; remote_id: string }[]): Promise<EarlyStatus[]> =>
  tx.query(EARLY, [rows.map((r) => r.message_id), rows.map((r) => r.route_id), rows.map((r) => r.remote_id)]);

/** `gone`: leaves the outbox · `waiting`: again from `due` on · `unknown`: watched until `due`. */
export interface Settlement {
  readonly message_id: string;
  readonly state: 'gone' | 'waiting' | 'unknown';
  readonly due?: Date;
}
const STATE = { gone: 9, waiting: 0, unknown: 2 } as const;
/** Answers how many left the outbox, by route; those behind them may go now. */
export async function settleOutbox(tx: Tx, rows: readonly Settlement[]): Promise<Map<string, number>> {
  const settled = await tx.query<{ route_id: string; gone: boolean }>(
    SETTLE, [rows.map((r) => r.message_id), rows.map((r) => STATE[r.state]), rows.map((r) => r.due ?? new Date(0))]);
  const left = new Map<string, number>();
  for (const { route_id, gone } of settled) if (gone) left.set(route_id, (left.get(route_id) ?? 0) + 1);
  return left;
}
/** Messages that were put behind one that was just going: lets them go. Answers the routes that have something to send now. */
export const sweepOutbox = async (tx: Tx, routes: readonly string[]): Promise<Set<string>> =>
  new Set((await tx.query<{ id: string }>(SWEEP, [routes])).map((r) => r.id));
/**
 * At the beginning with a route, and now and then: what dead owners of `inherited` left being sent is unknown for `waitSeconds` from
 * now; what was left behind may go. Answers the unknown ones that have waited long enough: they left the outbox.
 */
export const beginOutbox = (tx: Tx, routes: { readonly inherited: readonly string[]; readonly all: readonly string[] }, waitSeconds: number): Promise<{ route_id: string; message_id: string; class: number }[]> =>
  tx.query(BEGIN, [routes.inherited, routes.all, waitSeconds]);
/** Before routes are given back: whether something may be sent now after all, and when there is something to do next (null: empty). */
export const endOutbox = (tx: Tx, routes: readonly string[], waitSeconds: number): Promise<{ route_id: string; ready: boolean; due: Date | null }[]> =>
  tx.query(END, [routes, waitSeconds]);

export const statusHistory = (tx: Tx, messageId: string): Promise<{ status: string; at: Date; errors: StatusErrors | null }[]> =>
  tx.query('select status, at, errors from {c}.statuses where message_id = $1 order by at, created_at', [messageId]);
export const attemptHistory = (tx: Tx, messageId: string): Promise<{ number: number; started_at: Date; outcome: string | null; error: CarrierError | null; finished_at: Date | null }[]> =>
  tx.query('select number, started_at, outcome, error, finished_at from {c}.attempts where message_id = $1 order by number', [messageId]);
export const requestOf = async (tx: Tx, messageId: string): Promise<(DeliveryRow & { request: DeliveryRequest }) | undefined> =>
  (await tx.query<DeliveryRow & { request: DeliveryRequest }>(`select ${COLUMNS}, request from {c}.deliveries where message_id = $1 for no key update`, [messageId]))[0];
export async function markResent(tx: Tx, messageId: string, as: string): Promise<void> {
  await tx.query('update {c}.deliveries set resent_as = $2 where message_id = $1', [messageId, as]);
}
/** Messages follow their conversation when two contacts turn out to be one person. What waits in an outbox keeps its order as it was put. */
export async function rehomeDeliveries(tx: Tx, messageIds: readonly string[], to: { readonly conversation_id: string; readonly contact_id: string }): Promise<void> {
  if (messageIds.length === 0) return;
  await tx.query('update {c}.deliveries set conversation_id = $2, contact_id = $3 where message_id = any($1)', [messageIds, to.conversation_id, to.contact_id]);
}
