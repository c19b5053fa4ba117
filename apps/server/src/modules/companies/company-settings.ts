import type { ChangeCompanyBody, CompanyView } from '@centralita/contracts';
import { encodeId } from '@centralita/kernel';
import type { z } from 'zod';
import type { Runtime } from '../../runtime.ts';
import { audit, difference } from './audit.ts';
import type { Caller } from './caller-type.ts';
import { forgetCompanies } from './directory.ts';
import { errors } from './errors.ts';
import { lockCompany, putSettings, settingsOf, updateCompany, type Company } from './store.ts';
import { countUsers } from './store-users.ts';
import { usageOf } from './usage.ts';

const MAX_SETTINGS_BYTES = 64 * 1024;

/** The company as its people see it. */
export async function viewCompany(rt: Runtime, company: Company): Promise<CompanyView> {
  const [settings, users, today] = await Promise.all([companySettings(rt, company), countUsers(rt.db, company.id), usageOf(rt).today(company)]);
  return {
    id: encodeId('co', company.id), slug: company.slug, name: company.name, timezone: company.timezone, locale: company.locale, settings, limits: company.limits,
    usage: { messages_in_today: today.messages_in, messages_out_today: today.messages_out, requests_today: today.requests, users },
    status: company.suspended_at === null ? 'active' : 'suspended', created_at: company.created_at.toISOString(),
  };
}

/** What the company has chosen, by key. Whoever reads a key checks what it holds. */
export async function companySettings(rt: Pick<Runtime, 'db'>, company: Company): Promise<CompanyView['settings']> {
  const rows = await rt.db.withCompany(company, settingsOf);
  return Object.fromEntries(rows.map((r) => [r.key, r.value])) as CompanyView['settings'];
}

/** Throws `companies.bad_timezone`, `companies.bad_locale`, `companies.settings_too_large`. */
export async function changeCompany(rt: Runtime, caller: Caller, body: z.output<typeof ChangeCompanyBody>): Promise<Company> {
  if (body.timezone !== undefined && !isTimezone(body.timezone)) throw errors.bad_timezone(body.timezone);
  if (body.locale !== undefined && !isLocale(body.locale)) throw errors.bad_locale(body.locale);
  const { id } = caller.company;
  await rt.db.shared(async (tx) => {
    const before = await lockCompany(tx, id);
    if (!before) throw errors.not_found();
    const after = { ...before, name: body.name ?? before.name, timezone: body.timezone ?? before.timezone, locale: body.locale ?? before.locale };
    await updateCompany(tx, after);
    const changed = difference(told(before), told(after));
    if (changed) await audit(tx, caller, { action: 'company.changed', target: target(before), ...changed });
  });
  const wanted = Object.entries(body.settings ?? {});
  if (wanted.length > 0) {
    await rt.db.withCompany(caller.company, async (tx) => {
      const before = Object.fromEntries((await settingsOf(tx)).map((r) => [r.key, r.value]));
      await putSettings(tx, wanted);
      const after = Object.fromEntries((await settingsOf(tx)).map((r) => [r.key, r.value]));
      if (Buffer.byteLength(JSON.stringify(after)) > MAX_SETTINGS_BYTES) throw errors.settings_too_large();
      const changed = difference(before, Object.fromEntries(wanted.map(([key]) => [key, after[key] ?? null])));
      if (changed) await audit(tx, caller, { action: 'company.settings_changed', target: target(caller.company), ...changed });
    });
  }
  forgetCompanies(rt);
  const company = await rt.db.shared((tx) => lockCompany(tx, id));
  if (!company) throw errors.not_found();
  return company;
}

const told = (c: Company): { name: string; timezone: string; locale: string } => ({ name: c.name, timezone: c.timezone, locale: c.locale });
const target = (c: Company): { kind: string; id: string; name: string } => ({ kind: 'company', id: encodeId('co', c.id), name: c.name });

export function isTimezone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone.length > 0;
  } catch {
    return false;
  }
}

function isLocale(name: string): boolean {
  try {
    return Intl.getCanonicalLocales(name).length === 1;
  } catch {
    return false;
  }
}
