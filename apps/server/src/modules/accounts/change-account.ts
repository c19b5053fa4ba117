import type { Tx } from '@centralita/platform/database';
import type { Runtime } from '../../runtime.ts';
import { forgetAccounts } from './directory.ts';
import { errors } from './errors.ts';
import { accountDetails, lockAccount, writeAccount, type AccountDetails } from './store-details.ts';

export interface AccountChange {
  readonly name?: string;
  /** Digits. */
  readonly phone?: string | null;
  readonly status?: 'active' | 'disabled';
  /** A business of the company. */
  readonly business_id?: string | null;
}

/** Changes an account of the company, and lets `note` write down what it was and is, in the same transaction. Throws `accounts.not_found`. */
export async function changeAccount(rt: Runtime, companyId: string, { id, change, note }: { id: string; change: AccountChange; note(tx: Tx, before: AccountDetails, after: AccountDetails): Promise<void> }): Promise<AccountDetails> {
  const after = await rt.db.shared(async (tx) => {
    const before = await lockAccount(tx, companyId, id);
    if (!before) throw errors.not_found();
    await writeAccount(tx, {
      ...before, name: change.name ?? before.name, phone: change.phone === undefined ? before.phone : change.phone, status: change.status ?? before.status,
      business_id: change.business_id === undefined ? before.business_id : change.business_id,
    });
    const [now] = await accountDetails(tx, companyId, id);
    await note(tx, before, now!);
    return now!;
  });
  forgetAccounts(rt);
  return after;
}
