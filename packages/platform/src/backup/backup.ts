import { copyFile, chmod, mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { systemClock } from '@centralita/kernel';
import pg from 'pg';
import { quoted, readCatalog, type Catalog } from './catalog.ts';
import { writeCopyFile } from './copy-file.ts';
import { hashFile, manifestName, type BackupTable, type Manifest } from './manifest.ts';
import { copyMedia } from './media.ts';
import { findPgProgram, runPgProgram } from './pg-programs.ts';

export interface BackupOptions {
  readonly databaseUrl: string;
  /** The folder to make; must not exist. */
  readonly out: string;
  /** Version of Centralita, for the record. */
  readonly program: string;
  /** The folder of stored files, copied along when given. */
  readonly media?: string;
  /** Names the key the secrets are encrypted with; with `file`, the key itself goes along: who has the backup can then read them. */
  readonly key?: { readonly id: string; readonly file?: string };
  /** `auto`: pg_dump where there is one at least as new as the server (the embedded server brings none), else our own export. */
  readonly method?: 'auto' | 'pg_dump' | 'copy';
}

export interface BackupReport {
  readonly folder: string;
  readonly method: Manifest['method'];
  readonly companies: number;
  readonly tables: number;
  readonly rows: number;
  /** Of the database's part, compressed. */
  readonly bytes: number;
  readonly media: { readonly files: number; readonly bytes: number } | undefined;
}

/**
 * Writes one consistent snapshot of the database into a new folder (mode 700) while the server may go on working: structure comes from the
 * migrations at `restore`, so only rows, sequences and partitions are kept. A killed one leaves `<out>.partial`, never `out`.
 * Throws with a line for people.
 */
export async function backup(options: BackupOptions): Promise<BackupReport> {
  const { out, key } = options;
  if (existsSync(out)) throw new Error(`${out} exists already; name a folder that does not.`);
  const draft = `${out}.partial`;
  await rm(draft, { recursive: true, force: true });
  await mkdir(draft, { recursive: true, mode: 0o700 });
  const client = new pg.Client({ connectionString: options.databaseUrl, application_name: 'centralita-backup' });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query(`begin isolation level repeatable read, read only`);
    await client.query(`set local datestyle = 'ISO'; set local intervalstyle = 'postgres'; set local extra_float_digits = 1; set local statement_timeout = 0`);
    const catalog = await readCatalog(client);
    const data = await writeData(client, { catalog, draft, method: options.method ?? 'auto' });
    await client.query('commit');
    const media = options.media && existsSync(options.media) ? await copyMedia(options.media, join(draft, 'media')) : undefined;
    const extra = key?.file ? [await keepKey(key.file, draft)] : [];
    const files = [...data.files, ...extra];
    const manifest: Manifest = {
      format: 1, method: data.method, pgDump: data.pgDump, createdAt: systemClock.date().toISOString(), program: options.program,
      server: catalog.server, migrations: catalog.migrations, companies: [...catalog.companies], partitions: catalog.partitions,
      tables: data.tables, sequences: catalog.sequences, files, media,
      key: key ? { id: key.id, included: key.file !== undefined } : undefined,
    };
    await writeFile(join(draft, manifestName), `${JSON.stringify(manifest, null, 1)}\n`, { mode: 0o600, flush: true });
    await rename(draft, out);
    return {
      folder: out, method: data.method, companies: catalog.companies.length, tables: data.tables.length,
      rows: data.tables.reduce((sum, table) => sum + table.rows, 0), bytes: data.files.reduce((sum, file) => sum + file.bytes, 0), media,
    };
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    throw error;
  } finally {
    await client.end().catch(() => undefined);
  }
}

interface Data {
  readonly method: Manifest['method'];
  readonly pgDump?: number;
  readonly tables: BackupTable[];
  readonly files: Manifest['files'];
}

async function writeData(client: pg.Client, { catalog, draft, method }: { catalog: Catalog; draft: string; method: 'auto' | 'pg_dump' | 'copy' }): Promise<Data> {
  const program = method === 'copy' ? undefined : findPgProgram('pg_dump', catalog.server);
  if (method === 'pg_dump' && !program) throw new Error(`There is no pg_dump of version ${catalog.server} or newer here. Install postgresql-client-${catalog.server}, or leave the method out.`);
  if (!program) return copyData(client, { catalog, draft });
  const path = 'database.dump';
  const snapshot = await client.query<{ id: string }>('select pg_export_snapshot() as id');
  const args = ['--format=custom', '--no-owner', `--snapshot=${snapshot.rows[0]?.id ?? ''}`, `--file=${join(draft, path)}`, ...catalog.schemas.map((schema) => `--schema=${pg.escapeIdentifier(schema)}`)];
  await runPgProgram(program, args, client);
  await chmod(join(draft, path), 0o600);
  const tables: BackupTable[] = [];
  for (const table of catalog.tables) tables.push({ ...table, rows: await countRows(client, table) });
  return { method: 'pg_dump', pgDump: program.major, tables, files: [await record(draft, path)] };
}

async function copyData(client: pg.Client, { catalog, draft }: { catalog: Catalog; draft: string }): Promise<Data> {
  await mkdir(join(draft, 'data'), { mode: 0o700 });
  const tables: BackupTable[] = [];
  const files: Manifest['files'] = [];
  for (const schema of catalog.schemas) {
    const own = catalog.tables.filter((table) => table.schema === schema);
    const path = `data/${schema}.sql.gz`;
    const counts = await writeCopyFile(client, { path: join(draft, path), tables: own });
    tables.push(...own.map((table, index) => ({ ...table, rows: counts[index] ?? 0 })));
    files.push(await record(draft, path));
  }
  return { method: 'copy', tables, files };
}

export async function countRows(client: pg.Client, table: { readonly schema: string; readonly name: string }): Promise<number> {
  const counted = await client.query<{ n: string }>(`select count(*)::text as n from only ${quoted(table.schema, table.name)}`);
  return Number(counted.rows[0]?.n);
}

async function keepKey(file: string, draft: string): Promise<Manifest['files'][number]> {
  const path = 'encryption.key';
  await copyFile(file, join(draft, path));
  await chmod(join(draft, path), 0o600);
  return record(draft, path);
}

async function record(draft: string, path: string): Promise<Manifest['files'][number]> {
  const full = join(draft, path);
  return { path, bytes: (await stat(full)).size, sha256: await hashFile(full) };
}
