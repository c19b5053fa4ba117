import type { Tx } from '@centralita/platform/database';

/** A time between two ids: UUIDv7 carry theirs. */
export interface IdPeriod {
  readonly from: string;
  readonly to: string;
}
export interface TimelineFigures {
  readonly received: number;
  readonly bot: number;
  readonly agent: number;
  readonly api: number;
  readonly echo: number;
  /** Conversations with a message in the period. */
  readonly active: number;
}

/** Messages of an account by who said them. Ids carry their time: the period is one walk along the primary key. */
export async function timelineFigures(tx: Tx, accountId: string, { from, to }: IdPeriod): Promise<TimelineFigures> {
  const rows = await tx.query<TimelineFigures>(`
    select count(*) filter (where m.author = 'contact')::integer as received, count(*) filter (where m.author = 'bot')::integer as bot,
           count(*) filter (where m.author = 'agent')::integer as agent, count(*) filter (where m.author = 'api')::integer as api,
           count(*) filter (where m.author = 'echo')::integer as echo, count(distinct m.conversation_id)::integer as active
      from {c}.messages m join {c}.conversations c on c.id = m.conversation_id
     where c.account_id = $1 and m.id >= $2 and m.id < $3`, [accountId, from, to]);
  return rows[0]!;
}

/** Messages with a carrier's id since this one: what comes again is told by them. */
export const knownSince = async (tx: Tx, id: string): Promise<number> =>
  (await tx.query<{ n: number }>('select count(*)::integer as n from {c}.messages where id >= $1 and remote_id is not null', [id]))[0]!.n;

export interface ConversationFigures {
  readonly total: number;
  readonly open: number;
  readonly started: number;
  readonly waiting: number;
}
export async function conversationFigures(tx: Tx, accountId: string, { from, to }: { readonly from: Date; readonly to: Date }): Promise<ConversationFigures> {
  const rows = await tx.query<ConversationFigures>(`
    select count(*)::integer as total, count(*) filter (where status = 'open')::integer as open,
           count(*) filter (where created_at >= $2 and created_at < $3)::integer as started,
           count(*) filter (where status = 'open' and holder = 'nobody')::integer as waiting
      from {c}.conversations where account_id = $1`, [accountId, from, to]);
  return rows[0]!;
}
