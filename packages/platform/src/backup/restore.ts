import { constants } from 'node:fs';
import { copyFile, chmod, mkdir, readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import pg from 'pg';
import { applyCompanyMigrations, createDatabase, latestVersions, migrateUp, SHARED_SCHEMA } from '../database.ts';
import { countRows } from './backup.ts';
import { quoted, serverVersion } from './catalog.ts';
import { copyStatement, loadCopyFile } from './copy-file.ts';
import { readManifest, type Manifest } from './manifest.ts';
import { copyMedia } from './media.ts';
import { findPgProgram, runPgProgram } from './pg-programs.ts';

export interface RestoreOptions {
  /** An empty database of a role that may create roles and schemas; best a superuser, who can switch checks off while loading. */
  readonly databaseUrl: string;
  /** The folder `backup` made. */
  readonly from: string;
  /** Where stored files go; empty or missing. Without it they are not restored. */
  readonly media?: string;
  /** Where the encryption key goes if the backup has it and no file is there yet. */
  readonly keyFile?: string;
}

export interface RestoreReport {
  readonly companies: number;
  readonly tables: number;
  readonly rows: number;
  readonly media: { readonly files: number; readonly bytes: number } | undefined;
  /** The key the restored secrets want; compare it with `loadEncryptionKey(config).id`. */
  readonly keyId: string | undefined;
  readonly createdAt: string;
}

/**
 * Loads a backup into an empty database: migrations up to the backup's versions, roles and schemas of the companies, rows, sequences; then
 * compares every table's rows with the manifest. The next start migrates further. All or nothing: after a failure the database is as empty
 * as it was. Throws with a line for people.
 */
export async function restore(options: RestoreOptions): Promise<RestoreReport> {
  const manifest = await readManifest(options.from);
  refuseNewer(manifest);
  if (options.media) await refuseFilled(options.media);
  const client = new pg.Client({ connectionString: options.databaseUrl, application_name: 'centralita-restore' });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await refuseUsed(client, manifest);
    try {
      await buildStructure(options.databaseUrl, { manifest, client });
      await loadRows(client, { manifest, from: options.from });
    } catch (error) {
      await empty(client, manifest);
      throw error;
    }
  } finally {
    await client.end().catch(() => undefined);
  }
  const media = options.media && manifest.media ? await copyMedia(join(options.from, 'media'), options.media) : undefined;
  if (options.keyFile && manifest.key?.included) await placeKey(join(options.from, 'encryption.key'), options.keyFile);
  return {
    companies: manifest.companies.length, tables: manifest.tables.length, rows: manifest.tables.reduce((sum, table) => sum + table.rows, 0),
    media, keyId: manifest.key?.id, createdAt: manifest.createdAt,
  };
}

function refuseNewer({ migrations, program }: Manifest): void {
  const latest = latestVersions();
  if (migrations.shared > latest.shared || migrations.company > latest.company) {
    throw new Error(`The backup was made by a newer Centralita (${program}; schema ${migrations.shared}/${migrations.company}, this one knows ${latest.shared}/${latest.company}). Restore it with that version.`);
  }
}

async function refuseFilled(folder: string): Promise<void> {
  const entries = await readdir(folder).catch(() => []);
  if (entries.some((name) => !name.startsWith('.'))) throw new Error(`${folder} holds files already. Restore into an empty folder, or move them away.`);
}

async function refuseUsed(client: pg.Client, manifest: Manifest): Promise<void> {
  const found = await client.query<{ companies: string | null }>('select to_regclass($1)::text as companies', [`${SHARED_SCHEMA}.companies`]);
  if (found.rows[0]?.companies) {
    const counted = await client.query(`select 1 from ${SHARED_SCHEMA}.companies limit 1`);
    if (counted.rowCount) throw new Error('The database holds companies already. Restore into an empty one: a new CENTRALITA_DATA, or a database made with "createdb".');
  }
  const taken = await client.query<{ name: string }>('select nspname as name from pg_namespace where nspname = any($1)', [manifest.companies.map((company) => company.schema)]);
  if (taken.rows[0]) throw new Error(`The database has a schema ${taken.rows[0].name} already. Restore into an empty database.`);
}

async function buildStructure(databaseUrl: string, { manifest, client }: { manifest: Manifest; client: pg.Client }): Promise<void> {
  const db = createDatabase({ url: databaseUrl, max: 2, queryTimeoutMs: 600_000, applicationName: 'centralita-restore' });
  try {
    await migrateUp(db, manifest.migrations);
    for (const { id, schema, role } of manifest.companies) await db.shared((tx) => applyCompanyMigrations(tx, { id, schema, role }, manifest.migrations.company));
  } finally {
    await db.close();
  }
  for (const { schema, name, parent, bound } of manifest.partitions) {
    await client.query(`create table if not exists ${quoted(schema, name)} partition of ${quoted(schema, parent)} ${bound}`);
  }
}

async function loadRows(client: pg.Client, { manifest, from }: { manifest: Manifest; from: string }): Promise<void> {
  const schemas = [...Map.groupBy(manifest.tables, (table) => table.schema).entries()];
  await client.query('begin');
  // Migrations fill some tables themselves (their own record, functions' defaults): the backup's rows replace those.
  for (const [, tables] of schemas) await client.query(`truncate ${tables.map((table) => quoted(table.schema, table.name)).join(', ')} cascade`);
  if (manifest.method === 'pg_dump') {
    await client.query('commit');
    await runPgRestore(client, { manifest, from });
    await client.query('begin');
    for (const table of manifest.tables) expectRows(table, await countRows(client, table));
  } else {
    await switchChecksOff(client);
    for (const [schema, tables] of schemas) {
      const counts = await loadCopyFile(client, { path: join(from, `data/${schema}.sql.gz`), tables });
      for (const table of tables) expectRows(table, counts.get(copyStatement(table, 'FROM stdin')) ?? 0);
    }
  }
  for (const { schema, name, last, called } of manifest.sequences) await client.query('select setval($1::regclass, $2::bigint, $3)', [quoted(schema, name), last, called]);
  await client.query('commit');
  await client.query('analyze');
}

/** Foreign keys and triggers: the rows are one consistent snapshot. Without the right the order of the tables has to do. */
async function switchChecksOff(client: pg.Client): Promise<void> {
  await client.query('savepoint checks');
  await client.query(`set local session_replication_role = 'replica'`).catch((error: unknown) => {
    if ((error as { code?: string }).code !== '42501') throw error;
    return client.query('rollback to savepoint checks');
  });
}

async function runPgRestore(client: pg.Client, { manifest, from }: { manifest: Manifest; from: string }): Promise<void> {
  const major = Math.max(manifest.pgDump ?? 0, await serverVersion(client));
  const program = findPgProgram('pg_restore', major) ?? findPgProgram('pg_restore', manifest.pgDump ?? 0);
  if (!program) throw new Error(`The backup was made with pg_dump ${manifest.pgDump}; there is no pg_restore of that version or newer here. Install postgresql-client-${manifest.pgDump}.`);
  const superuser = await client.query<{ is: string }>(`select current_setting('is_superuser') as is`);
  const args = ['--data-only', '--single-transaction', '--exit-on-error', '--no-owner', ...(superuser.rows[0]?.is === 'on' ? ['--disable-triggers'] : [])];
  await runPgProgram(program, [...args, `--dbname=${client.database ?? ''}`, join(from, 'database.dump')], client);
}

function expectRows(table: { readonly schema: string; readonly name: string; readonly rows: number }, found: number): void {
  if (found !== table.rows) throw new Error(`${table.schema}.${table.name} has ${found} rows after loading, the backup says ${table.rows}.`);
}

/** Takes away what a failed restore has made; the database was empty before. Roles stay: other databases may use them. */
async function empty(client: pg.Client, manifest: Manifest): Promise<void> {
  await client.query('rollback');
  for (const schema of [...manifest.companies.map((company) => company.schema), SHARED_SCHEMA]) await client.query(`drop schema if exists ${pg.escapeIdentifier(schema)} cascade`);
}

async function placeKey(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true, mode: 0o700 });
  await copyFile(from, to, constants.COPYFILE_EXCL).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  });
  await chmod(to, 0o600);
}
