import type { Tx } from '@centralita/platform/database';
import type { RouteRow } from './store.ts';

export type LockedRoute = Pick<RouteRow, 'id' | 'status' | 'status_reason' | 'settings'>;
/** Locks an account's chain: its routes in use, first choice first. Empty: the company has no such account. */
export async function lockChain(tx: Tx, companyId: string, accountId: string): Promise<LockedRoute[]> {
  await tx.query('select id from {s}.accounts where id = $1 and company_id = $2 for update', [accountId, companyId]);
  return tx.query("select id, status, status_reason, settings from {s}.routes where account_id = $1 and company_id = $2 and status <> 'removed' order by position for update", [accountId, companyId]);
}
/** In this order; the places must not collide on the way. */
export async function writeOrder(tx: Tx, ids: readonly string[]): Promise<void> {
  await tx.query('update {s}.routes set position = position + 1000000 where id = any($1)', [ids]);
  await tx.query('update {s}.routes r set position = u.n - 1 from unnest($1::uuid[]) with ordinality as u(id, n) where r.id = u.id', [ids]);
}
export async function placeRoute(tx: Tx, id: string, position: number): Promise<void> {
  await tx.query('update {s}.routes set position = $2 where id = $1', [id, position]);
}
export async function writeRoute(tx: Tx, r: LockedRoute): Promise<void> {
  await tx.query('update {s}.routes set status = $2, status_reason = $3, settings = $4 where id = $1', [r.id, r.status, r.status_reason, r.settings]);
}
/** Out of the chain and without its secrets; what was written over it still finds it. */
export async function buryRoute(tx: Tx, id: string, credentials: string): Promise<void> {
  await tx.query(`
    update {s}.routes set status = 'removed', status_reason = null, credentials = $2,
      position = least(0, (select min(position) from {s}.routes x where x.account_id = routes.account_id)) - 1 where id = $1`, [id, credentials]);
}
/** A removed route gives its sender's name up. */
export async function freeSender(tx: Tx, id: string): Promise<void> {
  await tx.query("update {s}.routes set sender_id = sender_id || '#' || id where id = $1 and status = 'removed'", [id]);
}
/** The number of a route, which an account without one takes too. */
export async function writePhone(tx: Tx, { route_id, account_id, phone }: { route_id: string; account_id: string; phone: string }): Promise<void> {
  await tx.query("update {s}.routes set settings = settings || jsonb_build_object('phone', $2::text) where id = $1", [route_id, phone]);
  await tx.query('update {s}.accounts set phone = $2, updated_at = now() where id = $1 and phone is null', [account_id, phone]);
}
