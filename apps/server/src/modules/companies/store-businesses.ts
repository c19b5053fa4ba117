import type { Database, Tx } from '@centralita/platform/database';

export interface BusinessRow {
  readonly id: string;
  readonly name: string;
  readonly external_id: string | null;
  readonly created_at: Date;
}
const COLUMNS = 'id, name, external_id, created_at';

export const businessesOf = (db: Pick<Database, 'query'>, companyId: string): Promise<BusinessRow[]> =>
  db.query(`select ${COLUMNS} from {s}.businesses where company_id = $1 order by lower(name), id`, [companyId]);

/** Those of the ids that are businesses of this company. */
export async function ownBusinesses(tx: Pick<Tx, 'query'>, companyId: string, ids: readonly string[]): Promise<string[]> {
  return (await tx.query<{ id: string }>('select id from {s}.businesses where company_id = $1 and id = any($2)', [companyId, ids])).map((r) => r.id);
}
/** By id or by what the company's own systems call them. */
export async function businessesCalled(db: Database, companyId: string, { ids, names }: { readonly ids: readonly string[]; readonly names: readonly string[] }): Promise<string[]> {
  return (await db.query<{ id: string }>('select id from {s}.businesses where company_id = $1 and (id = any($2) or external_id = any($3))', [companyId, ids, names])).map((r) => r.id);
}
export async function businessOf(tx: Tx, companyId: string, id: string): Promise<BusinessRow | undefined> {
  return (await tx.query<BusinessRow>(`select ${COLUMNS} from {s}.businesses where company_id = $1 and id = $2 for no key update`, [companyId, id]))[0];
}
export async function insertBusiness(tx: Tx, b: { id: string; company_id: string; name: string; external_id: string | null }): Promise<BusinessRow> {
  return (await tx.query<BusinessRow>(`insert into {s}.businesses (id, company_id, name, external_id) values ($1, $2, $3, $4) returning ${COLUMNS}`, [b.id, b.company_id, b.name, b.external_id]))[0]!;
}
export async function updateBusiness(tx: Tx, b: Pick<BusinessRow, 'id' | 'name' | 'external_id'>): Promise<void> {
  await tx.query('update {s}.businesses set name = $2, external_id = $3 where id = $1', [b.id, b.name, b.external_id]);
}
export async function deleteBusiness(tx: Tx, id: string): Promise<void> {
  await tx.query('delete from {s}.businesses where id = $1', [id]);
}
/** Whether people or keys are held to it. */
export async function isHeldTo(tx: Tx, id: string): Promise<boolean> {
  return (await tx.query(`select 1 from {s}.user_businesses where business_id = $1
    union all select 1 from {s}.key_businesses kb join {s}.api_keys k on k.id = kb.key_id where kb.business_id = $1 and k.revoked_at is null limit 1`, [id])).length > 0;
}
