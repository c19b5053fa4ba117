import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { isAppError, randomBytesHex, randomToken } from '@centralita/kernel';
import { createApiKey, createCompany, createUser, listCompanies, usersOf, type Company } from '../modules/companies/index.ts';
import type { Runtime } from '../runtime.ts';
import { demoCompany } from './demo.ts';

/** What the first administrator needs; shown once. */
export interface FirstRun {
  readonly email: string;
  readonly password: string;
  readonly api_key: string;
}

export interface Prepared {
  /** The first company; it owns the administrator and the configured API key. */
  readonly company: Company;
  /** Only when this start made the administrator. */
  readonly firstRun?: FirstRun;
}

export const firstRunFile = (rt: Pick<Runtime, 'config'>): string => join(rt.config.data, 'first-run.json');

/**
 * Sees to it that there is a company with an administrator and the configured API key. What is made up is written to `first-run.json`
 * (mode 600) before it is made true, so that a start that is killed in between loses no password: the next one goes on from the file.
 */
export async function prepareFirstRun(rt: Runtime): Promise<Prepared> {
  const company = await firstCompany(rt);
  const users = await usersOf(rt.db, company.id);
  if (users.length > 0) {
    const given = rt.config.apiKey;
    if (given) await rt.db.shared((tx) => createApiKey(tx, company.id, { name: 'CENTRALITA_API_KEY', role: 'administrator', platform: true, given }));
    return { company };
  }
  const firstRun = plan(rt);
  write(firstRunFile(rt), firstRun);
  // The key first: where there is an administrator, everything is there.
  await rt.db.shared((tx) => createApiKey(tx, company.id, { name: 'first', role: 'administrator', platform: true, given: firstRun.api_key }));
  const { email, password } = firstRun;
  await createUser(rt, company.id, { email, password, name: nameOf(email), role: 'administrator', platform: true });
  return { company, firstRun };
}

/** Removes the file: its content was shown. */
export function forgetFirstRun(rt: Runtime): void {
  rmSync(firstRunFile(rt), { force: true });
}

async function firstCompany(rt: Runtime): Promise<Company> {
  const [first] = await listCompanies(rt.db);
  if (first) return first;
  try {
    return await createCompany(rt, rt.config.demo ? demoCompany : { slug: 'main', name: 'Centralita' });
  } catch (error) {
    // Another process of the installation starts for the first time as well.
    const [other] = isAppError(error) ? await listCompanies(rt.db) : [];
    if (other) return other;
    throw error;
  }
}

/** What is configured, else what an interrupted first start had made up, else something new. */
function plan(rt: Runtime): FirstRun {
  const { adminEmail, adminPassword, apiKey } = rt.config;
  const begun = read(firstRunFile(rt));
  return {
    email: adminEmail,
    password: adminPassword ?? begun?.password ?? randomBytesHex(9),
    api_key: apiKey ?? begun?.api_key ?? `ck_${randomToken(30)}`,
  };
}

function read(path: string): Partial<FirstRun> | undefined {
  try {
    return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) as Partial<FirstRun> : undefined;
  } catch {
    return undefined;
  }
}

function write(path: string, value: FirstRun): void {
  mkdirSync(join(path, '..'), { recursive: true, mode: 0o700 });
  const draft = `${path}.draft`;
  const file = openSync(draft, 'w', 0o600);
  try {
    writeSync(file, `${JSON.stringify(value, null, 2)}\n`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(draft, path);
}

function nameOf(email: string): string {
  const name = email.split('@')[0] ?? email;
  return name.charAt(0).toUpperCase() + name.slice(1);
}
