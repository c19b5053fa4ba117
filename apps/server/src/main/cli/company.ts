import { encodeId, randomBytesHex } from '@centralita/kernel';
import { createApiKey, createCompany, createUser, listCompanies, usersOf } from '../../modules/companies/index.ts';
import { StartError } from '../start-error.ts';
import { withRuntime } from './open.ts';

export interface CompanyOptions {
  readonly name?: string;
  readonly timezone?: string;
  readonly locale?: string;
  readonly adminEmail?: string;
}

const SLUG = /^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/;

/** `centralita company create`: a company with its walls; with `--admin-email` also its first administrator and an API key, shown once. */
export async function addCompany(slug: string, options: CompanyOptions): Promise<void> {
  if (!SLUG.test(slug)) throw new StartError('The short name has 1 to 40 small letters, digits and hyphens, such as: municipalidad');
  const { timezone, locale } = options;
  if (timezone !== undefined && !isTimezone(timezone)) throw new StartError(`--timezone: “${timezone}” is no time zone; use one such as America/Santiago.`);
  await withRuntime(async (rt) => {
    const company = await createCompany(rt, { slug, name: options.name ?? slug, timezone, locale });
    const lines = [`Company “${company.name}” (${company.slug}, ${encodeId('co', company.id)}) is made.`];
    if (options.adminEmail !== undefined) {
      const password = randomBytesHex(9);
      const email = options.adminEmail;
      await createUser(rt, company.id, { email, password, name: email.split('@')[0] ?? email, role: 'administrator' });
      const key = await rt.db.shared((tx) => createApiKey(tx, company.id, { name: 'first', role: 'administrator' }));
      lines.push('Its administrator (shown once, keep it):', `  e-mail    ${email}`, `  password  ${password}`, `  API key   ${key}`);
    }
    process.stdout.write(`${lines.join('\n')}\n`);
  });
}

/** `centralita company list` */
export async function showCompanies(): Promise<void> {
  await withRuntime(async (rt) => {
    for (const company of await listCompanies(rt.db)) {
      const users = await usersOf(rt.db, company.id);
      process.stdout.write(`${company.slug}  ${encodeId('co', company.id)}  ${company.name}  ${company.timezone}  ${users.map((u) => u.email).join(' ') || '(nobody)'}\n`);
    }
  });
}

function isTimezone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone.length > 0;
  } catch {
    return false;
  }
}
