import type { Runtime } from '../../runtime.ts';
import { companyErrors, type Caller } from '../companies/index.ts';
import { accountsOfCompany } from './directory.ts';
import type { AccountRow } from './store.ts';

/** Whoever is held to businesses, or not. */
export type Bound = Pick<Caller, 'company' | 'businesses' | 'onAccount'>;

/** The accounts a caller may see and use; null: every one of the company. */
export type Reach = ReadonlySet<string> | null;

/** Whether a caller may see and use an account: of their company, and of their businesses where they are held to some. */
export const mayReach = ({ company, businesses }: Bound, account: Pick<AccountRow, 'company_id' | 'business_id'>): boolean =>
  account.company_id === company.id && (businesses === null || (account.business_id != null && businesses.has(account.business_id)));

/** Not inside a transaction. `business`: only the accounts of this one of theirs. */
export async function reachOf(rt: Runtime, caller: Bound, business?: string): Promise<Reach> {
  if (caller.businesses === null && business === undefined) return null;
  const own = (await accountsOfCompany(rt, caller.company.id)).filter((a) => mayReach(caller, a));
  return new Set(own.filter((a) => business === undefined || a.business_id === business).map((a) => a.id));
}

/** The accounts of the company that a caller may see and use. */
export async function accountsWithin(rt: Runtime, caller: Bound): Promise<AccountRow[]> {
  return (await accountsOfCompany(rt, caller.company.id)).filter((a) => mayReach(caller, a));
}

/** Throws `companies.whole_company` for who is held to some businesses: this concerns accounts they do not reach. */
export function requireReach(reach: Reach, accounts: readonly string[]): void {
  if (reach !== null && !accounts.every((id) => reach.has(id))) throw companyErrors.whole_company();
}
