import { defineSql, type Database, type Tx } from '@centralita/platform/database';
import type { InboundEvent } from '../../messaging/index.ts';

export interface NewFailure {
  readonly id: string;
  readonly app_id: string;
  readonly request_id: string;
  readonly payload: Buffer;
  readonly message_id: string | null;
  readonly error_message: string;
  readonly error_stack: string | null;
}
export interface NewUnrouted {
  readonly id: string;
  readonly app_id: string;
  readonly event_key: string;
  readonly line: string;
  readonly kind: string;
  readonly summary: string;
  readonly event: unknown;
}
const UNROUTED = defineSql('unrouted_insert', `
  insert into {s}.unrouted (id, app_id, event_key, line, kind, summary, event)
  select * from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::jsonb[]) on conflict do nothing`);

/** Bodies that could not be read, kept whole. */
export async function insertFailures(tx: Tx, rows: readonly NewFailure[]): Promise<void> {
  for (const r of rows) {
    await tx.query('insert into {s}.failed_webhooks (id, app_id, request_id, payload, message_id, error_message, error_stack) values ($1, $2, $3, $4, $5, $6, $7)',
      [r.id, r.app_id, r.request_id, r.payload, r.message_id, r.error_message, r.error_stack]);
  }
}
/** How many are kept and not replayed; of these apps, or of all. */
export const openFailures = async (db: Database, appIds: readonly string[] | null): Promise<number> =>
  (await db.query<{ n: number }>('select count(*)::integer as n from {s}.failed_webhooks where replayed_at is null and ($1::uuid[] is null or app_id = any($1))', [appIds]))[0]!.n;
/** Events that belong to no number of their app; each is there once. */
export async function insertUnrouted(tx: Tx, rows: readonly NewUnrouted[]): Promise<void> {
  await tx.query(UNROUTED, [rows.map((r) => r.id), rows.map((r) => r.app_id), rows.map((r) => r.event_key), rows.map((r) => r.line), rows.map((r) => r.kind),
    rows.map((r) => r.summary), rows.map((r) => JSON.stringify(r.event))]);
}

export interface FailureRow {
  readonly id: string;
  readonly request_id: string;
  readonly message_id: string | null;
  /** The first 64 KiB of the body. */
  readonly payload: Buffer;
  readonly bytes: number;
  readonly error_message: string;
  readonly error_stack: string | null;
  readonly created_at: Date;
  readonly replayed_at: Date | null;
}
export interface Page {
  /** Only what is older than this row. */
  readonly before: string | null;
  readonly limit: number;
}
const SHOWN_BYTES = 65_536;
/** Newest first, of these apps only. */
export const listFailures = (db: Database, apps: readonly string[], page: Page): Promise<FailureRow[]> => db.query(`
  select id, request_id, message_id, substring(payload from 1 for ${SHOWN_BYTES}) as payload, octet_length(payload) as bytes, error_message, error_stack, created_at, replayed_at
    from {s}.failed_webhooks where app_id = any($1) and ($2::uuid is null or id < $2) order by id desc limit $3`, [apps, page.before, page.limit]);
/** One of these apps, locked. */
export const takeFailure = async (tx: Tx, apps: readonly string[], id: string): Promise<{ app_id: string; request_id: string; payload: Buffer; replayed_at: Date | null } | undefined> =>
  (await tx.query<{ app_id: string; request_id: string; payload: Buffer; replayed_at: Date | null }>(
    'select app_id, request_id, payload, replayed_at from {s}.failed_webhooks where id = $2 and app_id = any($1) for update', [apps, id]))[0];
export async function markFailureReplayed(tx: Tx, id: string): Promise<void> {
  await tx.query('update {s}.failed_webhooks set replayed_at = now() where id = $1', [id]);
}

export interface UnroutedRow {
  readonly id: string;
  readonly app_id: string;
  readonly line: string;
  readonly kind: string;
  readonly summary: string;
  readonly event: InboundEvent;
  readonly created_at: Date;
}
const UNROUTED_COLUMNS = 'id, app_id, line, kind, summary, event, created_at';
export const listUnrouted = (db: Database, apps: readonly string[], page: Page): Promise<UnroutedRow[]> => db.query(
  `select ${UNROUTED_COLUMNS} from {s}.unrouted where app_id = any($1) and ($2::uuid is null or id < $2) order by id desc limit $3`, [apps, page.before, page.limit]);
export const unroutedById = async (db: Database, apps: readonly string[], id: string): Promise<UnroutedRow | undefined> =>
  (await db.query<UnroutedRow>(`select ${UNROUTED_COLUMNS} from {s}.unrouted where id = $2 and app_id = any($1)`, [apps, id]))[0];
/** In the order they came, after this row. */
export const unroutedOfApp = (db: Database, appId: string, page: { readonly after: string | null; readonly limit: number }): Promise<UnroutedRow[]> => db.query(
  `select ${UNROUTED_COLUMNS} from {s}.unrouted where app_id = $1 and ($2::uuid is null or id > $2) order by id limit $3`, [appId, page.after, page.limit]);
export async function deleteUnrouted(db: Database, ids: readonly string[]): Promise<void> {
  await db.query('delete from {s}.unrouted where id = any($1)', [ids]);
}
