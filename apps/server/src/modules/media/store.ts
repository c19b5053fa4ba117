import { defineSql, type Tx } from '@centralita/platform/database';

export interface MediaRow {
  readonly id: string;
  readonly message_id: string | null;
  readonly route_id: string | null;
  readonly remote_id: string | null;
  readonly state: 'pending' | 'ready' | 'failed';
  readonly reason: string | null;
  readonly mime_type: string | null;
  readonly declared_type: string | null;
  readonly filename: string | null;
  readonly size: number | null;
  readonly blob: string | null;
  readonly uploads: Readonly<Record<string, { id: string; at: string }>>;
}
const COLUMNS = 'id, message_id, route_id, remote_id, state, reason, mime_type, declared_type, filename, size, blob, uploads';
const INSERT = defineSql('media_insert', `
  insert into {c}.media (id, message_id, route_id, remote_id, state, declared_type, filename)
  select u.id, u.m, u.r, u.remote, 'pending', u.mime, u.filename from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::text[]) as u(id, m, r, remote, mime, filename)`);
const BY_ID = defineSql('media_by_id', `select ${COLUMNS} from {c}.media where id = any($1)`);

export interface NewMedia {
  readonly id: string;
  readonly message_id: string;
  readonly route_id: string;
  readonly remote_id: string;
  readonly mime_type: string | null;
  readonly filename: string | null;
}
export async function insertPending(tx: Tx, rows: readonly NewMedia[]): Promise<void> {
  await tx.query(INSERT, [rows.map((r) => r.id), rows.map((r) => r.message_id), rows.map((r) => r.route_id), rows.map((r) => r.remote_id), rows.map((r) => r.mime_type), rows.map((r) => r.filename)]);
}
export async function insertReady(tx: Tx, r: { id: string; mime_type: string; filename: string | null; size: number; sha256: string; blob: string; created_by: string | null }): Promise<void> {
  await tx.query(`insert into {c}.media (id, state, mime_type, filename, size, sha256, blob, created_by) values ($1, 'ready', $2, $3, $4, $5, $6, $7)`,
    [r.id, r.mime_type, r.filename, r.size, r.sha256, r.blob, r.created_by]);
}
export const mediaByIds = (tx: Tx, ids: readonly string[]): Promise<MediaRow[]> => tx.query(BY_ID, [ids]);
/** False: it is not waited for any more (it was erased). */
export const markReady = async (tx: Tx, id: string, f: { mime_type: string; size: number; sha256: string; blob: string }): Promise<boolean> =>
  (await tx.query("update {c}.media set state = 'ready', reason = null, mime_type = $2, size = $3, sha256 = $4, blob = $5, updated_at = now() where id = $1 and state = 'pending' returning id",
    [id, f.mime_type, f.size, f.sha256, f.blob])).length > 0;
/** The same. */
export const markFailed = async (tx: Tx, id: string, reason: string): Promise<boolean> =>
  (await tx.query("update {c}.media set state = 'failed', reason = $2, updated_at = now() where id = $1 and state = 'pending' returning id", [id, reason])).length > 0;
export async function noteUpload(tx: Tx, id: string, routeId: string, remoteId: string): Promise<void> {
  await tx.query("update {c}.media set uploads = uploads || jsonb_build_object($2::text, jsonb_build_object('id', $3::text, 'at', now())), updated_at = now() where id = $1 and state = 'ready'", [id, routeId, remoteId]);
}

/** Whoever fetches one of them is waited for, or finds it erased. Answers those that there are. */
export const eraseMedia = (tx: Tx, ids: readonly string[]): Promise<{ id: string }[]> => tx.query(`
  update {c}.media set state = 'failed', reason = 'It was erased.', filename = null, declared_type = null, sha256 = null, blob = null, remote_id = null, uploads = '{}', size = null, updated_at = now()
   where id = any($1) returning id`, [ids]);

/** What is shown of a file. */
export type MediaFile = Pick<MediaRow, 'id' | 'state' | 'reason' | 'mime_type' | 'filename' | 'size'>;
export const mediaFiles = (tx: Tx, ids: readonly string[]): Promise<MediaFile[]> =>
  tx.query('select id, state, reason, coalesce(mime_type, declared_type) as mime_type, filename, size from {c}.media where id = any($1)', [ids]);
