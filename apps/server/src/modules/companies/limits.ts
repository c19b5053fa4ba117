import type { Limits } from '@centralita/contracts';
import { errors } from './errors.ts';
import type { Company } from './store.ts';

const COUNTED = { users: errors.limit_users, accounts: errors.limit_accounts } as const;

/** Whether the company may have one more. Throws `companies.limit_users` or `companies.limit_accounts` (429). */
export function requireRoom(company: Pick<Company, 'limits'>, what: keyof typeof COUNTED, has: number): void {
  const limit = company.limits[what];
  if (limit !== null && limit !== undefined && has >= limit) throw COUNTED[what](`The limit is ${limit}.`, { limit, used: has });
}

/** Without what means no limit. */
export function plainLimits(limits: Limits): Limits {
  return Object.fromEntries(Object.entries(limits).filter(([, value]) => value !== null && value !== undefined));
}
