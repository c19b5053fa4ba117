import { encodeId } from '@centralita/kernel';
import type { Tx } from '@centralita/platform/database';
import type { Runtime } from '../../runtime.ts';
import { accountById } from '../accounts/index.ts';

/** E.164, of digits. */
export const phoneOf = (value: string | null | undefined): string | null => (value ? `+${value.replace(/^\+/, '')}` : null);
export const nowOf = (rt: Runtime): string => new Date(rt.clock.now()).toISOString();

/** Company, business and account of an event, as they are told; and the account's number. */
export async function whereOf(rt: Runtime, tx: Tx, accountId: string): Promise<{ company_id: string; business_id: string | null; account_id: string; phone: string | null }> {
  const account = await accountById(rt, accountId);
  return { company_id: encodeId('co', tx.company!.id), business_id: account?.business_id ? encodeId('biz', account.business_id) : null, account_id: encodeId('acc', accountId), phone: phoneOf(account?.phone) };
}
