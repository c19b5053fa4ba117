import type { Database, Tx } from '@centralita/platform/database';
import type { AccountRow } from './store.ts';

/** An account with what only its own pages show. */
export interface AccountDetails extends AccountRow {
  readonly business_id: string | null;
  readonly created_at: Date;
  readonly updated_at: Date;
}
const COLUMNS = 'id, company_id, name, phone, status, fallback, business_id, created_at, updated_at';

/** Accounts of a company, the oldest first; `id`: only this one. */
export const accountDetails = (db: Pick<Database, 'query'> | Pick<Tx, 'query'>, companyId: string, id: string | null = null): Promise<AccountDetails[]> =>
  db.query<AccountDetails>(`select ${COLUMNS} from {s}.accounts where company_id = $1 and ($2::uuid is null or id = $2) order by created_at, id`, [companyId, id]);

/** One of them, for a change: others wait. */
export const lockAccount = async (tx: Tx, companyId: string, id: string): Promise<AccountDetails | undefined> =>
  (await tx.query<AccountDetails>(`select ${COLUMNS} from {s}.accounts where company_id = $1 and id = $2 for no key update`, [companyId, id]))[0];
export async function writeAccount(tx: Tx, a: Pick<AccountDetails, 'id' | 'company_id' | 'name' | 'phone' | 'status' | 'business_id'>): Promise<void> {
  await tx.query('update {s}.accounts set name = $3, phone = $4, status = $5, business_id = $6, updated_at = now() where id = $1 and company_id = $2',
    [a.id, a.company_id, a.name, a.phone, a.status, a.business_id]);
}
