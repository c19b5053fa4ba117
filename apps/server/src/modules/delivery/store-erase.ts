import type { Tx } from '@centralita/platform/database';

/** The steps a message reached stay with their times; requests, attempts, the carriers' words and dead letters go. */
export async function eraseRequests(tx: Tx, messages: readonly string[], conversations: readonly string[]): Promise<void> {
  await tx.query('delete from {c}.statuses where message_id = any($1)', [messages]);
  await tx.query('delete from {c}.attempts where message_id = any($1)', [messages]);
  await tx.query(`
    update {c}.deliveries set request = '{}', remote_id = null,
           error = case when error is null then null else jsonb_build_object('class', error->>'class', 'code', error->>'code', 'title', error->>'title') end
     where message_id = any($1)`, [messages]);
  await tx.query('delete from {c}.dead_letters where conversation_id = any($1)', [conversations]);
}
