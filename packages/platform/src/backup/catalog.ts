import pg from 'pg';
import { SHARED_SCHEMA } from '../database.ts';
import type { BackupCompany, Manifest } from './manifest.ts';

/** What one snapshot of the database holds, read from PostgreSQL's catalogues. */
export interface Catalog {
  readonly server: number;
  readonly migrations: Manifest['migrations'];
  readonly companies: readonly BackupCompany[];
  readonly schemas: readonly string[];
  readonly partitions: Manifest['partitions'];
  /** In dependency order: what is referenced comes first; schema by schema, the shared one first. */
  readonly tables: readonly { readonly schema: string; readonly name: string; readonly columns: string[] }[];
  readonly sequences: Manifest['sequences'];
}

type Client = pg.ClientBase;

export const quoted = (schema: string, name: string): string => `${pg.escapeIdentifier(schema)}.${pg.escapeIdentifier(name)}`;

async function rows<R extends object>(client: Client, text: string, values: unknown[] = []): Promise<R[]> {
  return (await client.query<R & pg.QueryResultRow>(text, values)).rows;
}

/** Major version: 15, 18. */
export async function serverVersion(client: Client): Promise<number> {
  const [row] = await rows<{ version: string }>(client, `select current_setting('server_version_num') as version`);
  return Math.floor(Number(row?.version) / 10_000);
}

/** Call it inside the transaction whose snapshot is backed up; the tables cannot be dropped until that ends. */
export async function readCatalog(client: Client): Promise<Catalog> {
  const [present] = await rows<{ there: boolean }>(client, `select to_regclass($1) is not null as there`, [`${SHARED_SCHEMA}.migrations`]);
  if (!present?.there) throw new Error('This database holds no Centralita: there is nothing to back up. Check DATABASE_URL.');
  const companies = await rows<BackupCompany>(client, `select id, slug, schema_name as schema, role_name as role from ${SHARED_SCHEMA}.companies order by id`);
  const schemas = [SHARED_SCHEMA, ...companies.map((company) => company.schema)];
  const tables = await readTables(client, schemas);
  for (const schema of schemas) {
    const names = tables.filter((table) => table.schema === schema).map((table) => quoted(table.schema, table.name));
    if (names.length > 0) await client.query(`lock table ${names.join(', ')} in access share mode`);
  }
  return {
    server: await serverVersion(client), migrations: await readVersions(client, companies.length), companies, schemas, tables,
    partitions: await readPartitions(client, schemas), sequences: await readSequences(client, schemas),
  };
}

async function readVersions(client: Client, companies: number): Promise<Manifest['migrations']> {
  const found = await rows<{ scope: string; version: number; holders: number }>(client, `
    select scope, version, count(*)::int as holders from (
      select scope, company_id, max(version) as version from ${SHARED_SCHEMA}.migrations group by scope, company_id) newest
    group by scope, version order by version`);
  const shared = found.filter((row) => row.scope === 'shared');
  const company = found.filter((row) => row.scope === 'company');
  if (shared.length !== 1 || company.length > 1 || (company[0]?.holders ?? 0) !== companies) {
    throw new Error('An upgrade of this database was interrupted: some companies are at another version than others. Run "centralita migrate up" first, then make the backup.');
  }
  return { shared: shared[0]?.version ?? 0, company: company[0]?.version ?? 0 };
}

/** Ordinary tables and leaves of partitioned ones, with the columns that hold something of their own. */
async function readTables(client: Client, schemas: readonly string[]): Promise<Catalog['tables']> {
  const found = await rows<{ schema: string; name: string; columns: string[] }>(client, `
    select n.nspname as schema, c.relname as name, array(
      select a.attname::text from pg_attribute a
      where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' order by a.attnum) as columns
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'r' and n.nspname = any($1) order by n.nspname, c.relname`, [schemas]);
  const references = await rows<{ from: string; to: string }>(client, `
    select distinct format('%s.%s', n.nspname, c.relname) as "from", format('%s.%s', tn.nspname, t.relname) as "to"
    from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
      join pg_class t on t.oid = k.confrelid join pg_namespace tn on tn.oid = t.relnamespace
    where k.contype = 'f' and k.conrelid <> k.confrelid and n.nspname = any($1)`, [schemas]);
  const ordered = inDependencyOrder(found, references);
  const byName = Map.groupBy(ordered, (table) => table.schema);
  return schemas.flatMap((schema) => byName.get(schema) ?? []);
}

/** Referenced tables first. Tables that reference each other in a circle come as they are: loading those needs a superuser, who can switch the checks off. */
export function inDependencyOrder<T extends { readonly schema: string; readonly name: string }>(tables: readonly T[], references: readonly { readonly from: string; readonly to: string }[]): T[] {
  const byKey = new Map(tables.map((table) => [`${table.schema}.${table.name}`, table]));
  const targets = Map.groupBy(references, (reference) => reference.from);
  const ordered = new Set<T>();
  const open = new Set<string>();
  const visit = (key: string): void => {
    const table = byKey.get(key);
    if (!table || ordered.has(table) || open.has(key)) return;
    open.add(key);
    for (const { to } of targets.get(key) ?? []) visit(to);
    ordered.add(table);
  };
  for (const key of byKey.keys()) visit(key);
  return [...ordered];
}

function readPartitions(client: Client, schemas: readonly string[]): Promise<Manifest['partitions']> {
  return rows(client, `
    select n.nspname as schema, c.relname as name, p.relname as parent, pg_get_expr(c.relpartbound, c.oid) as bound
    from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_inherits i on i.inhrelid = c.oid join pg_class p on p.oid = i.inhparent
    where c.relispartition and c.relkind = 'r' and n.nspname = any($1) order by 1, 2`, [schemas]);
}

async function readSequences(client: Client, schemas: readonly string[]): Promise<Manifest['sequences']> {
  const names = await rows<{ schema: string; name: string }>(client, `select schemaname as schema, sequencename as name from pg_sequences where schemaname = any($1) order by 1, 2`, [schemas]);
  const sequences: Manifest['sequences'] = [];
  for (const { schema, name } of names) {
    const [row] = await rows<{ last: string; called: boolean }>(client, `select last_value::text as last, is_called as called from ${quoted(schema, name)}`);
    if (row) sequences.push({ schema, name, ...row });
  }
  return sequences;
}
