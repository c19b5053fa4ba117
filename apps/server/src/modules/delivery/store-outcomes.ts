import type { Database, Tx } from '@centralita/platform/database';
import type { DeliveryRequest } from './store.ts';

/** A message whose send was never answered, while it is waited for. */
export interface UnknownRow {
  readonly message_id: string;
  readonly route_id: string;
  readonly attempts: number;
  readonly due_at: Date;
}
export const unknownOnes = (db: Database, routeIds: readonly string[], limit: number): Promise<UnknownRow[]> =>
  db.query('select message_id, route_id, attempts, due_at from {s}.outbox where state = 2 and route_id = any($1) order by due_at limit $2', [routeIds, limit]);

export interface LastTry {
  readonly request: DeliveryRequest;
  readonly number: number;
  readonly started_at: Date;
}
/** What was sent with the last try, and when; undefined: somebody knows already what came of it. */
export const lastTry = async (tx: Tx, messageId: string): Promise<LastTry | undefined> =>
  (await tx.query<LastTry>(`
    select d.request, a.number, a.started_at from {c}.deliveries d join {c}.attempts a on a.message_id = d.message_id
     where d.message_id = $1 and d.status = 'sending' order by a.number desc limit 1`, [messageId]))[0];
