import type { IamService, IamServiceBody, IamTest, IamTestBody, TokenIssuer, TokenIssuerBody } from '@centralita/contracts';
import { decodeId, encodeId, newUuid } from '@centralita/kernel';
import { isUniqueViolation, type Tx } from '@centralita/platform/database';
import type { z } from 'zod';
import type { Runtime } from '../../runtime.ts';
import { audit, difference } from './audit.ts';
import type { Caller } from './caller-type.ts';
import { errors } from './errors.ts';
import { forgetIam, openHeaders, tryIam } from './iam.ts';
import { allIssuers, deleteIam, deleteIssuer, iamOf, issuerById, putIam, putIssuer, type IamRow, type IssuerRow, type IssuerWrite } from './store-issuers.ts';
import { companiesById } from './store.ts';
import { forgetIssuers } from './tokens.ts';

export async function listIssuers(rt: Runtime): Promise<TokenIssuer[]> {
  return (await allIssuers(rt.db)).map(view);
}

/** Makes an issuer, or replaces the one with this id. Throws `companies.issuer_taken`, `companies.not_https`, `companies.not_found`, `companies.issuer_not_found`. */
export async function saveIssuer(rt: Runtime, caller: Caller, { id, body }: { id?: string; body: z.output<typeof TokenIssuerBody> }): Promise<TokenIssuer> {
  requireHttps(rt, body.jwks_url);
  try {
    const saved = await rt.db.shared(async (tx) => {
      const before = id === undefined ? undefined : await issuerById(tx, id);
      if (id !== undefined && !before) throw errors.issuer_not_found();
      const row: IssuerWrite = {
        id: id ?? newUuid(), issuer: body.issuer, name: body.name, jwks_url: body.jwks_url, audience: body.audience, algorithms: body.algorithms, default_role: body.default_role,
        header_chooses: body.header_chooses, disabled_at: body.disabled ? before?.disabled_at ?? new Date(rt.clock.now()) : null, tenants: await tenantsOf(tx, body.companies),
      };
      await putIssuer(tx, row);
      const after = (await issuerById(tx, row.id))!;
      await audit(tx, caller, { action: before ? 'token_issuer.changed' : 'token_issuer.created', target: target(after), companyId: null, ...(before ? difference(told(before), told(after)) : { after: told(after) }) });
      return after;
    });
    forgetIssuers(rt);
    return view(saved);
  } catch (error) {
    if (isUniqueViolation(error, 'token_issuers_issuer_key')) throw errors.issuer_taken(body.issuer);
    if (isUniqueViolation(error)) throw errors.issuer_taken('Two companies cannot have one name, nor one company two.');
    throw error;
  }
}

export async function removeIssuer(rt: Runtime, caller: Caller, id: string): Promise<void> {
  await rt.db.shared(async (tx) => {
    const before = await issuerById(tx, id);
    if (!before) throw errors.issuer_not_found();
    await deleteIssuer(tx, id);
    await audit(tx, caller, { action: 'token_issuer.removed', target: target(before), before: told(before), companyId: null });
  });
  forgetIssuers(rt);
}

/** Null: the company has none, ours decides. */
export async function viewIam(rt: Runtime, companyId: string): Promise<IamService | null> {
  const row = await iamOf(rt.db, companyId);
  return row ? iamView(rt, row) : null;
}

/** The company's own IAM from now on. Throws `companies.not_https`. */
export async function saveIam(rt: Runtime, caller: Caller, body: z.output<typeof IamServiceBody>): Promise<IamService> {
  requireHttps(rt, body.url);
  const saved = await rt.db.shared(async (tx) => {
    const before = await iamOf(tx, caller.company.id);
    const headers = body.headers === undefined ? before?.headers ?? null : Object.keys(body.headers).length === 0 ? null : rt.sealer.seal(JSON.stringify(body.headers));
    // What was meant for one address is not sent to another.
    const kept = body.headers === undefined && before?.url !== body.url ? null : headers;
    const row: IamRow = { company_id: caller.company.id, url: body.url, headers: kept, cache_seconds: body.cache_seconds };
    await putIam(tx, row);
    await audit(tx, caller, { action: 'iam.changed', target: { kind: 'iam', name: body.url }, before: before ? iamView(rt, before) : null, after: iamView(rt, row) });
    return row;
  });
  forgetIam(rt);
  return iamView(rt, saved);
}

/** Asks an IAM as it would be asked, without keeping anything. Throws `companies.not_https`. */
export async function testIam(rt: Runtime, companyId: string, body: z.output<typeof IamTestBody>): Promise<IamTest> {
  requireHttps(rt, body.url);
  const kept = await iamOf(rt.db, companyId);
  // What was meant for one address is not sent to another.
  const headers = body.headers ?? (kept?.url === body.url ? openHeaders(rt, kept) : {});
  return tryIam(rt, { url: body.url, headers, question: body.question });
}

export async function removeIam(rt: Runtime, caller: Caller): Promise<void> {
  await rt.db.shared(async (tx) => {
    const before = await iamOf(tx, caller.company.id);
    if (!before) return;
    await deleteIam(tx, caller.company.id);
    await audit(tx, caller, { action: 'iam.removed', target: { kind: 'iam', name: before.url }, before: iamView(rt, before) });
  });
  forgetIam(rt);
}

function requireHttps(rt: Runtime, url: string): void {
  const { protocol, hostname, host } = new URL(url);
  if (protocol !== 'https:' && !rt.config.callHttpAllow.includes(hostname) && !rt.config.callHttpAllow.includes(host)) throw errors.not_https(hostname);
}

async function tenantsOf(tx: Tx, given: readonly { company_id: string; tenant: string }[]): Promise<IssuerRow['tenants']> {
  const tenants = given.map(({ company_id, tenant }) => ({ company_id: decodeId('co', company_id), tenant, given: company_id }));
  const known = await companiesById(tx, tenants.flatMap((t) => t.company_id ?? []));
  return tenants.map(({ company_id, tenant, given: asGiven }) => {
    if (company_id === undefined || !known.includes(company_id)) throw errors.not_found(asGiven);
    return { company_id, tenant };
  });
}

const iamView = (rt: Runtime, row: IamRow): IamService => ({
  url: row.url, cache_seconds: row.cache_seconds, header_names: Object.keys(openHeaders(rt, row)),
});

function view(i: IssuerRow): TokenIssuer {
  return { id: encodeId('iss', i.id), created_at: i.created_at.toISOString(), ...told(i) };
}
function told(i: IssuerRow): z.output<typeof TokenIssuerBody> {
  return {
    name: i.name, issuer: i.issuer, jwks_url: i.jwks_url, audience: i.audience, algorithms: i.algorithms as z.output<typeof TokenIssuerBody>['algorithms'], default_role: i.default_role,
    header_chooses: i.header_chooses, disabled: i.disabled_at !== null, companies: i.tenants.map((t) => ({ company_id: encodeId('co', t.company_id), tenant: t.tenant })),
  };
}
const target = (i: IssuerRow): { kind: string; id: string; name: string } => ({ kind: 'token_issuer', id: encodeId('iss', i.id), name: i.name });
