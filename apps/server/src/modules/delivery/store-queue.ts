import type { Database, Tx } from '@centralita/platform/database';

export interface OutboxFigures {
  /** Could be sent now, or wait behind another of their contact. */
  readonly waiting: number;
  readonly sending: number;
  /** Tried and due later, or their outcome is awaited. */
  readonly delayed: number;
}
/** What is in the outbox of a company, or (null) of all. */
export async function outboxFigures(db: Database, companyId: string | null): Promise<OutboxFigures> {
  const [row] = await db.query<OutboxFigures>(`
    select count(*) filter (where state = 3 or (state = 0 and due_at <= now()))::integer as waiting, count(*) filter (where state = 1)::integer as sending,
           count(*) filter (where state = 2 or (state = 0 and due_at > now()))::integer as delayed
      from {s}.outbox where $1::uuid is null or company_id = $1`, [companyId]);
  return row!;
}

export const waitingMessages = async (tx: Tx, limit: number): Promise<string[]> =>
  (await tx.query<{ id: string }>('select id from {s}.outbox_waiting($1) as id', [limit])).map((r) => r.id);
/** Answers those that nobody is sending and that are out now. */
export const takeOutOfOutbox = async (tx: Tx, ids: readonly string[]): Promise<Set<string>> =>
  new Set((await tx.query<{ id: string }>('select id from {s}.outbox_clear($1::uuid[]) as id', [ids])).map((r) => r.id));

/** Sends that were set aside and not replayed. */
export const openDeadLetters = async (tx: Tx): Promise<number> =>
  (await tx.query<{ n: number }>('select count(*)::integer as n from {c}.dead_letters where kind = \'send\' and replayed_at is null'))[0]!.n;
