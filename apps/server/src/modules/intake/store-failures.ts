import { defineSql, type Tx } from '@centralita/platform/database';

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
/** Events that belong to no number of their app; each is there once. */
export async function insertUnrouted(tx: Tx, rows: readonly NewUnrouted[]): Promise<void> {
  await tx.query(UNROUTED, [rows.map((r) => r.id), rows.map((r) => r.app_id), rows.map((r) => r.event_key), rows.map((r) => r.line), rows.map((r) => r.kind),
    rows.map((r) => r.summary), rows.map((r) => JSON.stringify(r.event))]);
}
