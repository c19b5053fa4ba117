import { groupBy } from '@centralita/kernel';
import { defineSql, type Database, type Tx } from '@centralita/platform/database';
import type { RouteSettings } from './route-settings.ts';

export interface AppRow {
  readonly id: string;
  readonly company_id: string;
  readonly provider: string;
  readonly slug: string;
  readonly is_default: boolean;
  readonly secrets: string;
}
export interface AccountRow {
  readonly id: string;
  readonly company_id: string;
  readonly name: string;
  readonly phone: string | null;
  readonly status: 'active' | 'disabled';
  /** The unit of the company it belongs to. */
  readonly business_id?: string | null;
  /** How its chain of routes behaves; absent fields: the defaults of requirement B2. */
  readonly fallback?: { readonly fallback_threshold_errors?: number; readonly fallback_cooldown_seconds?: number };
}
/** `stopped`: its credentials were refused; `paused`: by an operator; `removed`: kept only for what was written over it. */
export type RouteStatus = 'active' | 'paused' | 'stopped' | 'removed';
export interface RouteRow {
  readonly id: string;
  readonly company_id: string;
  readonly account_id: string;
  readonly app_id: string | null;
  readonly provider: string;
  readonly sender_id: string;
  readonly waba_id: string | null;
  readonly position: number;
  readonly credentials: string;
  readonly settings: RouteSettings;
  readonly status: RouteStatus;
  readonly status_reason: string | null;
  readonly created_at: Date;
}

const APP_COLUMNS = 'id, company_id, provider, slug, is_default, secrets';
const ROUTE_COLUMNS = 'id, company_id, account_id, app_id, provider, sender_id, waba_id, position, credentials, settings, status, status_reason';
const EVENT = defineSql('account_event', `
  insert into {c}.account_events (route_id, event_key, field, payload, at)
  select * from unnest($1::uuid[], $2::text[], $3::text[], $4::jsonb[], $5::timestamptz[]) on conflict do nothing returning event_key`);

export const allApps = (db: Database): Promise<AppRow[]> => db.query(`select ${APP_COLUMNS} from {s}.apps`);
export const allAccounts = (db: Database): Promise<AccountRow[]> => db.query('select id, company_id, name, phone, status, fallback, business_id from {s}.accounts');
export const allRoutes = (db: Database): Promise<RouteRow[]> => db.query(`select ${ROUTE_COLUMNS}, created_at from {s}.routes order by position`);
export const routeStatus = async (db: Database, id: string): Promise<RouteStatus | undefined> =>
  (await db.query<{ status: RouteStatus }>('select status from {s}.routes where id = $1', [id]))[0]?.status;
/** By company. */
export const accountsOf = async (db: Database, companyIds: readonly string[]): Promise<Map<string, AccountRow[]>> =>
  groupBy(await db.query<AccountRow>('select id, company_id, name, phone, status, fallback, business_id from {s}.accounts where company_id = any($1) order by created_at, id', [companyIds]), (a) => a.company_id);

export const countAccounts = async (tx: Tx, companyId: string): Promise<number> =>
  (await tx.query<{ n: number }>('select count(*)::integer as n from {s}.accounts where company_id = $1', [companyId]))[0]!.n;
export async function insertApp(tx: Tx, a: AppRow): Promise<void> {
  await tx.query('insert into {s}.apps (id, company_id, provider, slug, is_default, secrets) values ($1, $2, $3, $4, $5, $6)',
    [a.id, a.company_id, a.provider, a.slug, a.is_default, a.secrets]);
}
export async function updateAppSecrets(tx: Tx, id: string, secrets: string): Promise<void> {
  await tx.query('update {s}.apps set secrets = $2 where id = $1', [id, secrets]);
}
export async function insertAccount(tx: Tx, a: AccountRow): Promise<void> {
  await tx.query('insert into {s}.accounts (id, company_id, name, phone, status) values ($1, $2, $3, $4, $5)', [a.id, a.company_id, a.name, a.phone, a.status]);
}
/** Where a further route of an account stands in its chain; undefined: the company has no such account. Locks it. */
export async function nextPosition(tx: Tx, companyId: string, accountId: string): Promise<number | undefined> {
  const account = await tx.query('select id from {s}.accounts where id = $1 and company_id = $2 for update', [accountId, companyId]);
  if (account.length === 0) return undefined;
  return (await tx.query<{ n: number }>('select greatest(coalesce(max(position) + 1, 0), 0)::integer as n from {s}.routes where account_id = $1', [accountId]))[0]!.n;
}
export async function updateFallback(tx: Tx, accountId: string, fallback: NonNullable<AccountRow['fallback']>): Promise<void> {
  await tx.query('update {s}.accounts set fallback = $2, updated_at = now() where id = $1', [accountId, fallback]);
}
export async function insertRoute(tx: Tx, r: Omit<RouteRow, 'created_at'>): Promise<void> {
  await tx.query(`insert into {s}.routes (${ROUTE_COLUMNS}) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    [r.id, r.company_id, r.account_id, r.app_id, r.provider, r.sender_id, r.waba_id, r.position, r.credentials, r.settings, r.status, r.status_reason]);
}
/** New credentials for a sender that is connected already; a stopped route is active again. Settings that are not given stay. */
export async function updateRoute(tx: Tx, r: Pick<RouteRow, 'id' | 'credentials' | 'waba_id' | 'settings'>): Promise<void> {
  await tx.query("update {s}.routes set credentials = $2, waba_id = $3, settings = settings || $4, status = 'active', status_reason = null where id = $1",
    [r.id, r.credentials, r.waba_id, r.settings]);
}
/** A route that must not be used until an operator acts; answers whether it was active before. */
export async function stopRoute(db: Pick<Tx, 'query'>, id: string, reason: string): Promise<boolean> {
  return (await db.query("update {s}.routes set status = 'stopped', status_reason = $2 where id = $1 and status = 'active' returning id", [id, reason])).length > 0;
}

export interface AccountEventRow {
  readonly route_id: string;
  readonly event_key: string;
  readonly field: string;
  readonly payload: unknown;
  readonly at: string;
}
/** Answers the keys that were new. */
export async function insertAccountEvents(tx: Tx, rows: readonly AccountEventRow[]): Promise<string[]> {
  const stored = await tx.query<{ event_key: string }>(EVENT, [rows.map((r) => r.route_id), rows.map((r) => r.event_key), rows.map((r) => r.field),
    rows.map((r) => JSON.stringify(r.payload ?? null)), rows.map((r) => r.at)]);
  return stored.map((r) => r.event_key);
}
