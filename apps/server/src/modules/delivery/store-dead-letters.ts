import type { Tx } from '@centralita/platform/database';

export interface DeadLetterRow {
  readonly id: string;
  readonly kind: string;
  readonly reason: string;
  readonly detail: string | null;
  readonly conversation_id: string | null;
  readonly message_id: string | null;
  readonly attempts: number;
  readonly created_at: Date;
  readonly replayed_at: Date | null;
}
const COLUMNS = 'id, kind, reason, detail, conversation_id, message_id, attempts, created_at, replayed_at';

export async function insertDeadLetters(tx: Tx, rows: readonly Omit<DeadLetterRow, 'created_at' | 'replayed_at'>[]): Promise<void> {
  await tx.query(`insert into {c}.dead_letters (id, kind, reason, detail, conversation_id, message_id, attempts)
    select * from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::uuid[], $6::uuid[], $7::integer[])`,
  [rows.map((r) => r.id), rows.map((r) => r.kind), rows.map((r) => r.reason), rows.map((r) => r.detail), rows.map((r) => r.conversation_id), rows.map((r) => r.message_id), rows.map((r) => r.attempts)]);
}
/** Newest first. */
export const listDeadLetters = (tx: Tx, page: { readonly before: string | null; readonly limit: number }): Promise<DeadLetterRow[]> =>
  tx.query(`select ${COLUMNS} from {c}.dead_letters where $1::uuid is null or id < $1 order by id desc limit $2`, [page.before, page.limit]);
export const lockDeadLetter = async (tx: Tx, id: string): Promise<DeadLetterRow | undefined> =>
  (await tx.query<DeadLetterRow>(`select ${COLUMNS} from {c}.dead_letters where id = $1 for update`, [id]))[0];
export async function setReplayed(tx: Tx, id: string): Promise<void> {
  await tx.query('update {c}.dead_letters set replayed_at = now() where id = $1', [id]);
}
