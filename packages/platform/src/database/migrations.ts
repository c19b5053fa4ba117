import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import type { Database } from './pool.ts';
import { render, type CompanyRef, type Tx } from './tx.ts';

/** The schema of the shared tables. */
export const SHARED_SCHEMA = 'shared';
/** Every company role is a member: what it may call in the shared schema is granted once. */
const GROUP_ROLE = 'centralita_company';
const DIRECTORY = fileURLToPath(new URL('../../../../db/migrations', import.meta.url));

type Scope = 'shared' | 'company';
interface Migration {
  readonly version: number;
  readonly name: string;
  readonly up: string;
  readonly down: string;
  readonly sha256: string;
}
export interface MigrationReport {
  readonly from: number;
  readonly to: number;
  readonly companies: number;
}

const cache = new Map<Scope, Migration[]>();

function migrationsOf(scope: Scope): Migration[] {
  let list = cache.get(scope);
  if (!list) {
    const dir = join(DIRECTORY, scope);
    list = readdirSync(dir).filter((f) => f.endsWith('.up.sql')).sort().map((file) => {
      const up = readFileSync(join(dir, file), 'utf8');
      return {
        version: Number(file.slice(0, 4)), name: file.replace('.up.sql', ''), up,
        down: readFileSync(join(dir, file.replace('.up.', '.down.')), 'utf8'),
        sha256: createHash('sha256').update(up).digest('hex'),
      };
    });
    cache.set(scope, list);
  }
  return list;
}

/** Newest versions this program knows. */
export function latestVersions(): Record<Scope, number> {
  return { shared: migrationsOf('shared').at(-1)!.version, company: migrationsOf('company').at(-1)!.version };
}

const BOOTSTRAP = `
  create schema if not exists {s};
  create table if not exists {s}.migrations (
    scope text not null, company_id uuid not null default '00000000-0000-0000-0000-000000000000', version integer not null,
    name text not null, sha256 text not null, applied_at timestamptz not null default now(), primary key (scope, company_id, version));
  do $$ begin create role ${GROUP_ROLE} nologin; exception when duplicate_object or unique_violation then null; end $$;
  grant ${GROUP_ROLE} to current_user;
  grant usage on schema {s} to ${GROUP_ROLE};`;
const GRANT_FUNCTIONS = `
  do $$ begin execute (select string_agg(format('grant execute on function %s to ${GROUP_ROLE}', p.oid::regprocedure), ';')
    from pg_proc p where p.pronamespace = '{s}'::regnamespace and p.prosecdef); end $$;`;
const NOBODY = '00000000-0000-0000-0000-000000000000';
// One migrator at a time per database; the number is arbitrary and ours.
const LOCK = 'select pg_advisory_xact_lock(724001)';

async function appliedTo(tx: Tx, scope: Scope, companyId: string): Promise<number> {
  const rows = await tx.query<{ version: number; name: string; sha256: string }>(
    'select version, name, sha256 from {s}.migrations where scope = $1 and company_id = $2 order by version', [scope, companyId]);
  const known = migrationsOf(scope);
  const last = rows.at(-1)?.version ?? 0;
  const newest = known.at(-1)!.version;
  if (last > newest) {
    throw new Error(`The database is of a newer Centralita (${scope} schema ${last}, this program knows ${newest}). Start that version, or restore a backup made by this one.`);
  }
  for (const row of rows) {
    const mine = known.find((m) => m.version === row.version);
    if (mine && mine.sha256 !== row.sha256) throw new Error(`Migration ${row.name} was changed after it was applied; migrations are append-only.`);
  }
  return last;
}

async function record(tx: Tx, scope: Scope, companyId: string, m: Migration): Promise<void> {
  await tx.query('insert into {s}.migrations (scope, company_id, version, name, sha256) values ($1, $2, $3, $4, $5)', [scope, companyId, m.version, m.name, m.sha256]);
}

/** Brings the shared schema, then every company's, to the newest version (or to `to`). Safe to run from several processes at once. */
export async function migrateUp(db: Database, to: Partial<Record<Scope, number>> = {}): Promise<MigrationReport> {
  const { from, latest } = await db.shared(async (tx) => {
    await tx.query(LOCK);
    await runScript(tx, BOOTSTRAP, undefined);
    const at = await appliedTo(tx, 'shared', NOBODY);
    const due = migrationsOf('shared').filter((m) => m.version > at && m.version <= (to.shared ?? Infinity));
    for (const m of due) {
      await runScript(tx, m.up, undefined);
      await record(tx, 'shared', NOBODY, m);
    }
    if (due.length > 0) await runScript(tx, GRANT_FUNCTIONS, undefined);
    return { from: at, latest: due.at(-1)?.version ?? at };
  });
  const companies = await db.query<CompanyRef>('select id, schema_name as schema, role_name as role from {s}.companies order by id');
  const queue = [...companies];
  // Resumable: each company is its own transaction and remembers its own version. Four at once, the rest waits.
  await Promise.all(Array.from({ length: 4 }, async () => {
    for (let company = queue.shift(); company; company = queue.shift()) {
      const one = company;
      await db.shared((tx) => applyCompanyMigrations(tx, one, to.company));
    }
  }));
  return { from, to: latest, companies: companies.length };
}

/** Creates what is missing of one company's role, schema and tables, inside the caller's transaction (application role). */
export async function applyCompanyMigrations(tx: Tx, company: CompanyRef, to = Infinity): Promise<void> {
  const at = await appliedTo(tx, 'company', company.id);
  if (at === 0) {
    await tx.query(`do $$ begin create role ${company.role} nologin; exception when duplicate_object or unique_violation then null; end $$`);
    await tx.query(`grant ${company.role} to current_user`);
    await tx.query(`grant ${GROUP_ROLE} to ${company.role}`);
    await tx.query(`create schema if not exists ${company.schema}`);
    await tx.query(`grant usage on schema ${company.schema} to ${company.role}`);
    await tx.query(`alter default privileges in schema ${company.schema} grant select, insert, update, delete on tables to ${company.role}`);
  }
  for (const m of migrationsOf('company')) {
    if (m.version <= at || m.version > to) continue;
    await runScript(tx, m.up, company.schema);
    await record(tx, 'company', company.id, m);
  }
}

/** Takes one step back: the newest company migration of every company, or the newest shared one where no company is left above its floor. */
export async function migrateDown(db: Database, scope: Scope): Promise<void> {
  await db.shared(async (tx) => {
    await tx.query(LOCK);
    const targets = scope === 'shared' ? [{ id: NOBODY, schema: '' }]
      : await tx.query<{ id: string; schema: string }>('select id, schema_name as schema from {s}.companies order by id');
    for (const target of targets) {
      const at = await appliedTo(tx, scope, target.id);
      const m = migrationsOf(scope).find((x) => x.version === at);
      if (!m) continue;
      await runScript(tx, m.down, target.schema || undefined);
      await tx.query('delete from {s}.migrations where scope = $1 and company_id = $2 and version = $3', [scope, target.id, at]);
    }
  });
}

/** Removes a company's schema and role, with everything in it. */
export async function dropCompanySchema(tx: Tx, company: CompanyRef): Promise<void> {
  await tx.query(`drop schema if exists ${company.schema} cascade`);
  await tx.query('delete from {s}.migrations where scope = $1 and company_id = $2', ['company', company.id]);
  await tx.query(`drop owned by ${company.role}`);
  await tx.query(`drop role if exists ${company.role}`);
}

/** A script of several statements goes as one simple query: no parameters, all or nothing inside the transaction. */
async function runScript(tx: Tx, script: string, schema: string | undefined): Promise<void> {
  await tx.query(render(script, schema));
}
