import { decodeId, encodeId } from '@centralita/kernel';
import type { Runtime } from '../../runtime.ts';
import type { Caller } from './caller-type.ts';
import { company, companyBySlug } from './directory.ts';
import { errors } from './errors.ts';
import { askIam, iamService } from './iam.ts';
import { companyOfTenant, knownPermissions, roleOf, verifyToken, type TokenClaims } from './tokens.ts';
import { businessesCalled } from './store-businesses.ts';
import type { Company } from './store.ts';

/** What 7.1 of the source document answers, beside our own words. */
const missing = (): Error => errors.missing_tenant(undefined, { error: 'Missing tenant information' });
const invalid = (detail?: string): Error => errors.invalid_tenant(detail, { error: 'Invalid tenant' });

/**
 * For which company a person or a key acts: its own; who runs the installation may name any (`co_…` or its short name). Throws
 * `companies.invalid_tenant` (401) for every other.
 */
export async function actFor(rt: Runtime, caller: Caller, tenant: string | undefined): Promise<Caller> {
  if (tenant === undefined || isNamed(caller.company, tenant)) return caller;
  if (!caller.permissions.has('platform:admin')) throw invalid('Leave X-Tenant-ID out: this caller has one company.');
  const other = await named(rt, tenant);
  if (!other) throw invalid('There is no such company.');
  return { ...caller, company: other, businesses: null };
}

/**
 * The caller behind a token of another issuer. The company comes from the token; X-Tenant-ID chooses only among those it may act for.
 * Where the company has its own IAM, that says what the caller may do. Throws `companies.wrong_token`, `companies.missing_tenant` (400),
 * `companies.invalid_tenant` (401), `companies.iam_away`.
 */
export async function withToken(rt: Runtime, token: string, { tenant, action }: { tenant: string | undefined; action: string }): Promise<Caller> {
  const claims = await verifyToken(rt, token);
  const { company: acting, name } = await companyOf(rt, claims, tenant);
  const { issuer, subject } = claims;
  const caller: Caller = {
    company: acting, role: claims.role ?? 'read_only', permissions: claims.permissions, businesses: await businessesNamed(rt, acting.id, claims.businesses), token: { issuer: issuer.issuer, subject, name: `${issuer.name}: ${subject}` },
  };
  const iam = await iamService(rt, acting.id);
  if (!iam) return caller;
  const said = await askIam(rt, iam, { action, company_id: name, user_id: subject });
  const permissions = knownPermissions(said.context.permissions);
  const [asked] = knownPermissions(action);
  if (asked !== undefined) {
    if (said.allowed) permissions.add(asked);
    else permissions.delete(asked);
  }
  const businesses = both(caller.businesses, await businessesNamed(rt, acting.id, said.context.business_ids));
  const onAccount = async (accountId: string): Promise<void> => {
    const account_id = encodeId('acc', accountId);
    const on = await askIam(rt, iam, { action, account_id, company_id: name, user_id: subject });
    if (!on.allowed) throw errors.forbidden(`The company’s IAM does not allow ${action} on ${account_id}.`, { permission: action });
  };
  return { ...caller, role: roleOf(said.context.role) ?? 'read_only', permissions, businesses, onAccount };
}

/** Held to by the token and by the IAM: what both allow. */
function both(token: Caller['businesses'], iam: Caller['businesses']): Caller['businesses'] {
  if (token === null || iam === null) return token ?? iam;
  return new Set([...token].filter((id) => iam.has(id)));
}

async function companyOf(rt: Runtime, { issuer, tenants }: TokenClaims, wanted: string | undefined): Promise<{ company: Company; name: string }> {
  const only = tenants.length === 1 ? tenants[0] : tenants.length === 0 && issuer.tenants.length === 1 ? issuer.tenants[0]!.tenant : undefined;
  const choice = wanted ?? only;
  if (choice === undefined) throw missing();
  const id = companyOfTenant(issuer, choice);
  if (id === undefined) throw invalid('Its issuer does not speak for this company.');
  const allowed = tenants.length > 0 ? tenants.some((t) => companyOfTenant(issuer, t) === id) : issuer.header_chooses || issuer.tenants.length === 1;
  if (!allowed) throw invalid('The token is not for this company.');
  return { company: await company(rt, id), name: issuer.tenants.find((t) => t.company_id === id)!.tenant };
}

/** Those that are meant by `biz_…` or by what the company's own systems call them. Names that nobody knows open nothing; none at all: the whole company. */
async function businessesNamed(rt: Runtime, companyId: string, names: readonly string[]): Promise<Caller['businesses']> {
  if (names.length === 0) return null;
  return new Set(await businessesCalled(rt.db, companyId, { ids: names.flatMap((name) => decodeId('biz', name) ?? []), names }));
}

async function named(rt: Runtime, tenant: string): Promise<Company | undefined> {
  const id = decodeId('co', tenant);
  return id === undefined ? companyBySlug(rt, tenant) : company(rt, id).catch(() => undefined);
}

function isNamed(c: Company, tenant: string): boolean {
  return c.slug === tenant || c.id === decodeId('co', tenant);
}

