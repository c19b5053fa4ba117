import { createHash, randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { createDatabase, migrateUp, type Database } from '../../packages/platform/src/database.ts';
import { defer, type Scope } from './defer.ts';
import { repository } from './processes.ts';
import { sharedPostgres } from './shared-postgres.ts';

export interface TestDatabase {
  readonly name: string;
  /** As superuser, over the unix socket of the tests' PostgreSQL (or of the server given). */
  readonly url: string;
  /** The application's doors to it; closed with the test. Ten connections, made when used. */
  readonly db: Database;
}

export interface DatabaseChoice {
  /** A server other than the shared one: the address of a superuser, as `startDebianPostgres` gives it. */
  readonly server?: string;
  /** An empty database, for tests of the migrations themselves. */
  readonly empty?: boolean;
}

/**
 * A fresh migrated database, dropped with the test: a clone (some 30 ms) of a template that is migrated once per content of
 * db/migrations. One per test file is the rule; call it in `before` and pass that hook's context, or in the test.
 */
export async function withDatabase(t: Scope, { server, empty = false }: DatabaseChoice = {}): Promise<TestDatabase> {
  const admin = server ?? await sharedPostgres();
  const name = `test_${process.pid}_${randomBytes(4).toString('hex')}`;
  const template = empty ? 'template0' : await ensureTemplate(admin);
  await once(admin, (client) => client.query(`create database ${name} template ${template} strategy file_copy`));
  defer(t, () => once(admin, (client) => client.query(`drop database if exists ${name} with (force)`)));
  const url = named(admin, name);
  const db = open(url);
  defer(t, () => db.close());
  return { name, url, db };
}

/** Connections of its own to the same database, as another process has; closed with the test. */
export function secondPool(t: Scope, database: TestDatabase): TestDatabase {
  const db = open(database.url);
  defer(t, () => db.close());
  return { ...database, db };
}

function open(url: string): Database {
  return createDatabase({ url, max: 10, queryTimeoutMs: 30_000, connectTimeoutMs: 10_000, applicationName: 'centralita-test' });
}

function named(admin: string, name: string): string {
  const url = new URL(admin);
  url.pathname = `/${name}`;
  return url.toString();
}

/** Any number of test files may ask at once: the first migrates, the others wait. */
async function ensureTemplate(admin: string): Promise<string> {
  const name = `template_${migrationsHash()}`;
  await once(admin, async (client) => {
    if (await exists(client, name)) return;
    await client.query('select pg_advisory_lock(724002)');
    if (await exists(client, name)) return;
    await dropOthers(client);
    const draft = `draft_${name}`;
    await client.query(`drop database if exists ${draft} with (force)`);
    await client.query(`create database ${draft}`);
    const db = open(named(admin, draft));
    try {
      await migrateUp(db);
    } finally {
      await db.close();
    }
    await client.query(`alter database ${draft} rename to ${name}`);
  });
  return name;
}

async function exists(client: pg.Client, name: string): Promise<boolean> {
  return ((await client.query('select 1 from pg_database where datname = $1', [name])).rowCount ?? 0) > 0;
}

/** Templates of earlier migrations, and databases of tests that were killed long ago; those in use stay. */
async function dropOthers(client: pg.Client): Promise<void> {
  const found = await client.query<{ datname: string }>(`select datname from pg_database d where datname ~ '^(template|draft|test)_' and not exists (select from pg_stat_activity a where a.datname = d.datname)`);
  for (const { datname } of found.rows) {
    const pid = /^test_(\d+)_/.exec(datname)?.[1];
    if (pid && readdirSync('/proc').includes(pid)) continue;
    await client.query(`drop database if exists ${datname}`).catch(() => undefined);
  }
}

let hash: string | undefined;
function migrationsHash(): string {
  if (hash === undefined) {
    const sum = createHash('sha256');
    const root = join(repository, 'db/migrations');
    // How they are run counts too.
    const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.sql')).sort().map((file) => join(root, file));
    for (const file of [...files, join(repository, 'packages/platform/src/database/migrations.ts')]) sum.update(file).update('\0').update(readFileSync(file)).update('\0');
    hash = sum.digest('hex').slice(0, 16);
  }
  return hash;
}

async function once<T>(admin: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: admin, connectionTimeoutMillis: 10_000 });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
