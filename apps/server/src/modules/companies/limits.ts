import type { Limits } from '@centralita/contracts';
import type { Tx } from '@centralita/platform/database';
import { errors } from './errors.ts';
import { lockCompany, type Company } from './store.ts';

const COUNTED = { users: errors.limit_users, accounts: errors.limit_accounts } as const;

/** Whether the company may have one more. Throws `companies.limit_users` or `companies.limit_accounts` (429). */
function requireRoom(company: Pick<Company, 'limits'>, what: keyof typeof COUNTED, has: number): void {
  const limit = company.limits[what];
  if (limit !== null && limit !== undefined && has >= limit) throw COUNTED[what](`The limit is ${limit}.`, { limit, used: has });
}

/** The same where one more is being made: two at once are counted one after the other, by the limits as they are now. */
export async function takeRoom(tx: Tx, companyId: string, { what, has }: { readonly what: keyof typeof COUNTED; has(): Promise<number> }): Promise<void> {
  const company = await lockCompany(tx, companyId);
  if (!company) throw errors.not_found();
  requireRoom(company, what, await has());
}

/** Without what means no limit. */
export function plainLimits(limits: Limits): Limits {
  return Object.fromEntries(Object.entries(limits).filter(([, value]) => value !== null && value !== undefined));
}
