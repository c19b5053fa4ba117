import type { SubscriptionSettings } from '@centralita/contracts';
import { defineSql, type Tx } from '@centralita/platform/database';

export interface SubscriptionRow {
  readonly id: string;
  readonly name: string;
  readonly kind: 'http' | 'rabbitmq';
  readonly url: string | null;
  /** Sealed. */
  readonly secret: string | null;
  readonly previous_secret: string | null;
  readonly previous_until: Date | null;
  /** Null: all. */
  readonly events: readonly string[] | null;
  readonly accounts: readonly string[] | null;
  readonly settings: SubscriptionSettings;
  readonly status: 'active' | 'paused' | 'disabled';
  readonly reason: string | null;
  readonly failing_since: Date | null;
  readonly last_error: string | null;
  readonly created_at: Date;
  readonly updated_at: Date;
}
/** What is asked for with every fact. */
export type Listener = Pick<SubscriptionRow, 'id' | 'events' | 'accounts' | 'status'>;

const COLUMNS = 'id, name, kind, url, secret, previous_secret, previous_until, events, accounts, settings, status, reason, failing_since, last_error, created_at, updated_at';
const LISTENERS = defineSql('subscription_listeners', 'select id, events, accounts, status from {c}.subscriptions');
const BY_ID = defineSql('subscription_by_id', `select ${COLUMNS} from {c}.subscriptions where id = $1`);
const HEALTH = defineSql('subscription_health', `
  update {c}.subscriptions set failing_since = case when $2 then null else coalesce(failing_since, now()) end, last_error = case when $2 then null else $3 end
   where id = $1 and (case when $2 then failing_since is not null else failing_since is null or last_error is distinct from $3 end) returning failing_since`);

export const listeners = (tx: Tx): Promise<Listener[]> => tx.query(LISTENERS);
export const listSubscriptions = (tx: Tx): Promise<SubscriptionRow[]> => tx.query(`select ${COLUMNS} from {c}.subscriptions order by created_at, id`);
export const subscriptionById = async (tx: Tx, id: string): Promise<SubscriptionRow | undefined> => (await tx.query<SubscriptionRow>(BY_ID, [id]))[0];
export const lockSubscription = async (tx: Tx, id: string): Promise<SubscriptionRow | undefined> =>
  (await tx.query<SubscriptionRow>(`select ${COLUMNS} from {c}.subscriptions where id = $1 for no key update`, [id]))[0];

export type NewSubscription = Pick<SubscriptionRow, 'id' | 'name' | 'kind' | 'url' | 'secret' | 'events' | 'accounts' | 'settings'>;
export async function insertSubscription(tx: Tx, s: NewSubscription): Promise<void> {
  await tx.query('insert into {c}.subscriptions (id, name, kind, url, secret, events, accounts, settings) values ($1, $2, $3, $4, $5, $6, $7, $8)',
    [s.id, s.name, s.kind, s.url, s.secret, s.events, s.accounts, s.settings]);
}
export async function updateSubscription(tx: Tx, s: Pick<SubscriptionRow, 'id' | 'name' | 'url' | 'events' | 'accounts' | 'settings' | 'status'>): Promise<void> {
  await tx.query(`
    update {c}.subscriptions set name = $2, url = $3, events = $4, accounts = $5, settings = $6, status = $7, updated_at = now(),
        reason = case when $7 = 'disabled' then reason end, failing_since = case when $7 = status then failing_since end where id = $1`,
  [s.id, s.name, s.url, s.events, s.accounts, s.settings, s.status]);
}
export async function updateSecrets(tx: Tx, s: { id: string; secret: string; previous: string | null; hours: number }): Promise<void> {
  await tx.query("update {c}.subscriptions set secret = $2, previous_secret = $3, previous_until = now() + $4 * interval '1 hour', updated_at = now() where id = $1",
    [s.id, s.secret, s.previous, s.hours]);
}
/** With what waited for it and what it answered. Whoever sends to it just now finds it gone. */
export async function deleteSubscription(tx: Tx, id: string): Promise<void> {
  await tx.query('delete from {c}.subscriptions where id = $1', [id]);
  await tx.query('delete from {c}.event_queue where subscription_id = $1', [id]);
  await tx.query('delete from {c}.event_stalls where subscription_id = $1', [id]);
  await tx.query('delete from {c}.event_log where subscription_id = $1', [id]);
}
/** Something was taken (`ok`), or nothing although it was tried; answers since when, if that changed. */
export async function noteHealth(tx: Tx, id: string, health: { readonly ok: boolean; readonly error: string | null }): Promise<void> {
  await tx.query(HEALTH, [id, health.ok, health.error]);
}
/** Whether it was not disabled before. */
export const disable = async (tx: Tx, id: string, reason: string): Promise<boolean> =>
  (await tx.query("update {c}.subscriptions set status = 'disabled', reason = $2, updated_at = now() where id = $1 and status <> 'disabled' returning id", [id, reason])).length > 0;

export interface LogRow {
  readonly id: number;
  readonly event_id: string;
  readonly event_type: string;
  readonly attempt: number;
  readonly outcome: 'delivered' | 'failed' | 'awaiting_acknowledgement' | 'acknowledged' | 'unrouted' | 'given_up';
  readonly status: number | null;
  readonly duration_ms: number | null;
  readonly error: string | null;
  readonly response: string | null;
  readonly created_at: Date;
}
export type NewLog = Omit<LogRow, 'id' | 'created_at'>;
const LOG_COLUMNS = 'id, event_id, event_type, attempt, outcome, status, duration_ms, error, response, created_at';
const LOG = defineSql('event_log_insert', `
  insert into {c}.event_log (subscription_id, event_id, event_type, attempt, outcome, status, duration_ms, error, response)
  select $1, * from unnest($2::uuid[], $3::text[], $4::integer[], $5::text[], $6::integer[], $7::integer[], $8::text[], $9::text[]) returning ${LOG_COLUMNS}`);

export const insertLog = (tx: Tx, subscriptionId: string, rows: readonly NewLog[]): Promise<LogRow[]> =>
  tx.query(LOG, [subscriptionId, rows.map((r) => r.event_id), rows.map((r) => r.event_type), rows.map((r) => r.attempt), rows.map((r) => r.outcome), rows.map((r) => r.status),
    rows.map((r) => r.duration_ms), rows.map((r) => r.error), rows.map((r) => r.response)]);
/** Newest first, older than `before`. */
export const logPage = (tx: Tx, subscriptionId: string, page: { before: number | null; limit: number }): Promise<LogRow[]> =>
  tx.query(`select ${LOG_COLUMNS} from {c}.event_log where subscription_id = $1 and ($2::bigint is null or id < $2) order by id desc limit $3`, [subscriptionId, page.before, page.limit]);
/** Removes tries made before this, of one subscription or (null) of all, at most `limit`; answers how many. */
export const dropLog = async (tx: Tx, subscriptionId: string | null, { before, limit }: { readonly before: Date; readonly limit: number }): Promise<number> =>
  (await tx.query('delete from {c}.event_log where id in (select id from {c}.event_log where created_at < $2 and ($1::uuid is null or subscription_id = $1) limit $3) returning id', [subscriptionId, before, limit])).length;
/** Keeps the newest tries of each subscription, none older than these days. */
export async function trimLog(tx: Tx, keep: { readonly newest: number; readonly days: number }): Promise<void> {
  for (const { id } of await tx.query<{ id: string }>('select id from {c}.subscriptions')) {
    const [last] = await tx.query<{ id: number }>('select id from {c}.event_log where subscription_id = $1 order by id desc offset $2 limit 1', [id, keep.newest]);
    await tx.query("delete from {c}.event_log where subscription_id = $1 and (id <= $2 or created_at < now() - $3 * interval '1 day')", [id, last?.id ?? 0, keep.days]);
  }
}
