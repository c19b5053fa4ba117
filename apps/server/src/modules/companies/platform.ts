import type { ChangePlatformCompanyBody, CreateCompanyBody, PlatformCompany } from '@centralita/contracts';
import { encodeId } from '@centralita/kernel';
import type { z } from 'zod';
import type { Runtime } from '../../runtime.ts';
import { audit, difference } from './audit.ts';
import type { Caller } from './caller-type.ts';
import { isTimezone } from './company-settings.ts';
import { makeCompany } from './create-company.ts';
import { forgetCompanies } from './directory.ts';
import { errors } from './errors.ts';
import { plainLimits } from './limits.ts';
import { listCompanies, lockCompany, setSuspended, updateCompany, type Company } from './store.ts';
import { usersPerCompany } from './store-users.ts';
import { daysOfAll } from './store-usage.ts';
import { usageOf } from './usage.ts';
import { inviteIn, type MadeLink } from './users.ts';

const DAY_MS = 24 * 3600_000;

/** Every company with what it uses. */
export async function platformCompanies(rt: Runtime): Promise<PlatformCompany[]> {
  const [companies, users] = await Promise.all([listCompanies(rt.db), usersPerCompany(rt.db)]);
  const month = new Map<string, number>();
  for (const day of await daysOfAll(rt.db, new Date(rt.clock.now() - 30 * DAY_MS).toISOString().slice(0, 10))) month.set(day.company_id, (month.get(day.company_id) ?? 0) + day.messages_out);
  return Promise.all(companies.map(async (c) => {
    const today = await usageOf(rt).today(c);
    return {
      id: encodeId('co', c.id), slug: c.slug, name: c.name, timezone: c.timezone, locale: c.locale, limits: c.limits, status: c.suspended_at === null ? 'active' as const : 'suspended' as const,
      suspended_reason: c.suspended_reason, created_at: c.created_at.toISOString(), users: users.get(c.id) ?? 0, messages_in_today: today.messages_in, messages_out_today: today.messages_out,
      messages_out_30_days: Math.max(month.get(c.id) ?? 0, today.messages_out),
    };
  }));
}

/** A company, and the link that lets its first administrator in. Throws `companies.slug_taken`, `companies.email_taken`, `companies.bad_timezone`. */
export async function addCompany(rt: Runtime, caller: Caller, body: z.output<typeof CreateCompanyBody>): Promise<{ company: Company; link: MadeLink | null }> {
  if (!isTimezone(body.timezone)) throw errors.bad_timezone(body.timezone);
  const limits = plainLimits(body.limits);
  const { slug, name, timezone, locale, administrator } = body;
  const made = await rt.db.shared(async (tx) => {
    const company = await makeCompany(tx, { slug, name, timezone, locale, limits });
    const note = { action: 'company.created', target: target(company), after: { slug, name, limits } };
    for (const companyId of [null, company.id]) await audit(tx, caller, { ...note, companyId });
    const invited = administrator === null ? null : await inviteIn(tx, { ...caller, company }, { ...administrator, role: 'administrator', business_ids: [] });
    return { company, link: invited && invited.link };
  });
  forgetCompanies(rt);
  return made;
}

/** Throws `companies.not_found`. A suspended company lets nobody in and sends nothing; what is sent to it is still kept. */
export async function changePlatformCompany(rt: Runtime, caller: Caller, { id, body }: { id: string; body: z.output<typeof ChangePlatformCompanyBody> }): Promise<Company> {
  const changed = await rt.db.shared(async (tx) => {
    const before = await lockCompany(tx, id);
    if (!before) throw errors.not_found();
    const after = { ...before, name: body.name ?? before.name, limits: body.limits === undefined ? before.limits : plainLimits({ ...before.limits, ...body.limits }) };
    await updateCompany(tx, after);
    if (body.suspended_reason !== undefined) await setSuspended(tx, id, body.suspended_reason);
    const now = (await lockCompany(tx, id))!;
    const suspended = now.suspended_at !== null;
    if (suspended !== (before.suspended_at !== null)) await rt.events.emit(tx, 'company.suspended', { company_id: id, suspended });
    const told = difference(tell(before), tell(now));
    if (told) {
      await audit(tx, caller, { action: 'company.changed', target: target(now), companyId: null, ...told });
      await audit(tx, caller, { action: 'company.changed', target: target(now), companyId: id, ...told });
    }
    return now;
  });
  forgetCompanies(rt);
  return changed;
}

const tell = (c: Company): { name: string; limits: Company['limits']; suspended: boolean; suspended_reason: string | null } =>
  ({ name: c.name, limits: c.limits, suspended: c.suspended_at !== null, suspended_reason: c.suspended_reason });
const target = (c: Company): { kind: string; id: string; name: string } => ({ kind: 'company', id: encodeId('co', c.id), name: c.name });
