import type { ChangeBusinessBody, CreateBusinessBody } from '@centralita/contracts';
import { decodeId, encodeId, newUuid } from '@centralita/kernel';
import { isUniqueViolation, type Tx } from '@centralita/platform/database';
import type { z } from 'zod';
import type { Runtime } from '../../runtime.ts';
import { audit, difference } from './audit.ts';
import type { Caller } from './caller-type.ts';
import { errors } from './errors.ts';
import { businessOf, deleteBusiness, isHeldTo, insertBusiness, ownBusinesses, updateBusiness, type BusinessRow } from './store-businesses.ts';

/** The uuids behind `biz_…` ids of this company. Throws `companies.business_not_found` for any other. */
export async function decodeBusinesses(tx: Pick<Tx, 'query'>, companyId: string, ids: readonly string[]): Promise<string[]> {
  const wanted = new Set(ids.map((id) => {
    const uuid = decodeId('biz', id);
    if (uuid === undefined) throw errors.business_not_found(id);
    return uuid;
  }));
  if (wanted.size === 0) return [];
  const own = await ownBusinesses(tx, companyId, [...wanted]);
  const missing = [...wanted].find((id) => !own.includes(id));
  if (missing !== undefined) throw errors.business_not_found(encodeId('biz', missing));
  return own;
}

/**
 * The business an account is given to (null: to none), or a list is filtered by. Who is held to some names one of theirs, and may leave it
 * out where there is only one. Throws `companies.business_not_found`, `companies.whole_company`.
 */
export async function ownBusiness(rt: Runtime, caller: Caller, given: string | null | undefined): Promise<string | null> {
  const { businesses } = caller;
  const id = given === undefined || given === null ? undefined : (await decodeBusinesses(rt.db, caller.company.id, [given]))[0]!;
  if (businesses === null) return id ?? null;
  if (id === undefined) {
    if (given === undefined && businesses.size === 1) return [...businesses][0]!;
    throw errors.whole_company('Say which of your businesses: business_id.');
  }
  if (!businesses.has(id)) throw errors.business_not_found(given ?? undefined);
  return id;
}

export async function createBusiness(rt: Runtime, caller: Caller, body: z.output<typeof CreateBusinessBody>): Promise<BusinessRow> {
  return named(() => rt.db.shared(async (tx) => {
    const made = await insertBusiness(tx, { id: newUuid(), company_id: caller.company.id, ...body });
    await audit(tx, caller, { action: 'business.created', target: target(made), after: told(made) });
    return made;
  }));
}

export async function changeBusiness(rt: Runtime, caller: Caller, { id, body }: { id: string; body: z.output<typeof ChangeBusinessBody> }): Promise<BusinessRow> {
  return named(() => rt.db.shared(async (tx) => {
    const before = await businessOf(tx, caller.company.id, id);
    if (!before) throw errors.business_not_found();
    const after = { ...before, name: body.name ?? before.name, external_id: body.external_id === undefined ? before.external_id : body.external_id };
    await updateBusiness(tx, after);
    const changed = difference(told(before), told(after));
    if (changed) await audit(tx, caller, { action: 'business.changed', target: target(after), ...changed });
    return after;
  }));
}

/** Its accounts then belong to the company as a whole. Throws `companies.business_in_use` while people or keys are held to it. */
export async function removeBusiness(rt: Runtime, caller: Caller, id: string): Promise<void> {
  await rt.db.shared(async (tx) => {
    const before = await businessOf(tx, caller.company.id, id);
    if (!before) throw errors.business_not_found();
    if (await isHeldTo(tx, id)) throw errors.business_in_use();
    await deleteBusiness(tx, id);
    await audit(tx, caller, { action: 'business.removed', target: target(before), before: told(before) });
  });
}

async function named<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (isUniqueViolation(error, 'businesses_name')) throw errors.business_taken('Its name is taken.');
    if (isUniqueViolation(error, 'businesses_company_id_external_id_key')) throw errors.business_taken('Its external id is taken.');
    throw error;
  }
}

const target = (b: BusinessRow): { kind: string; id: string; name: string } => ({ kind: 'business', id: encodeId('biz', b.id), name: b.name });
const told = (b: BusinessRow): { name: string; external_id: string | null } => ({ name: b.name, external_id: b.external_id });
