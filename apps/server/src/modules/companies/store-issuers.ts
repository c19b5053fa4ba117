import type { Role } from '@centralita/contracts';
import type { Database, Tx } from '@centralita/platform/database';

export interface IssuerRow {
  readonly id: string;
  readonly issuer: string;
  readonly name: string;
  readonly jwks_url: string;
  readonly audience: string;
  readonly algorithms: string[];
  readonly default_role: Role | null;
  readonly header_chooses: boolean;
  readonly disabled_at: Date | null;
  readonly created_at: Date;
  /** The companies it speaks for, by its own names for them. */
  readonly tenants: { readonly company_id: string; readonly tenant: string }[];
}
const COLUMNS = `i.id, i.issuer, i.name, i.jwks_url, i.audience, i.algorithms, i.default_role, i.header_chooses, i.disabled_at, i.created_at,
  coalesce((select jsonb_agg(jsonb_build_object('company_id', c.company_id, 'tenant', c.tenant) order by c.tenant) from {s}.token_issuer_companies c where c.issuer_id = i.id), '[]') as tenants`;

export const allIssuers = (db: Pick<Database, 'query'>): Promise<IssuerRow[]> => db.query(`select ${COLUMNS} from {s}.token_issuers i order by lower(i.name), i.id`);
export async function issuerById(tx: Tx, id: string): Promise<IssuerRow | undefined> {
  return (await tx.query<IssuerRow>(`select ${COLUMNS} from {s}.token_issuers i where i.id = $1 for no key update of i`, [id]))[0];
}

export type IssuerWrite = Omit<IssuerRow, 'created_at'>;
/** Replaces the issuer of this id, with its companies. */
export async function putIssuer(tx: Tx, i: IssuerWrite): Promise<void> {
  await tx.query(`insert into {s}.token_issuers (id, issuer, name, jwks_url, audience, algorithms, default_role, header_chooses, disabled_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
    on conflict (id) do update set issuer = excluded.issuer, name = excluded.name, jwks_url = excluded.jwks_url, audience = excluded.audience, algorithms = excluded.algorithms,
      default_role = excluded.default_role, header_chooses = excluded.header_chooses, disabled_at = excluded.disabled_at`,
  [i.id, i.issuer, i.name, i.jwks_url, i.audience, i.algorithms, i.default_role, i.header_chooses, i.disabled_at]);
  await tx.query('delete from {s}.token_issuer_companies where issuer_id = $1', [i.id]);
  await tx.query('insert into {s}.token_issuer_companies (issuer_id, company_id, tenant) select $1, u.c, u.t from unnest($2::uuid[], $3::text[]) as u(c, t)',
    [i.id, i.tenants.map((t) => t.company_id), i.tenants.map((t) => t.tenant)]);
}
export async function deleteIssuer(tx: Tx, id: string): Promise<void> {
  await tx.query('delete from {s}.token_issuers where id = $1', [id]);
}

export interface IamRow {
  readonly company_id: string;
  readonly url: string;
  /** Sealed JSON; null: none. */
  readonly headers: string | null;
  readonly cache_seconds: number;
}
const IAM = 'company_id, url, headers, cache_seconds';
export const allIam = (db: Database): Promise<IamRow[]> => db.query(`select ${IAM} from {s}.iam_services`);
export async function iamOf(db: Pick<Database, 'query'>, companyId: string): Promise<IamRow | undefined> {
  return (await db.query<IamRow>(`select ${IAM} from {s}.iam_services where company_id = $1`, [companyId]))[0];
}
export async function putIam(tx: Tx, r: IamRow): Promise<void> {
  await tx.query(`insert into {s}.iam_services (${IAM}) values ($1, $2, $3, $4) on conflict (company_id) do update set url = excluded.url, headers = excluded.headers,
    cache_seconds = excluded.cache_seconds, updated_at = now()`, [r.company_id, r.url, r.headers, r.cache_seconds]);
}
export async function deleteIam(tx: Tx, companyId: string): Promise<void> {
  await tx.query('delete from {s}.iam_services where company_id = $1', [companyId]);
}
