import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';

const Table = z.object({ schema: z.string(), name: z.string(), columns: z.array(z.string()), rows: z.number() });
const Company = z.object({ id: z.uuid(), slug: z.string(), schema: z.string(), role: z.string() });

/** `manifest.json` of a backup: written last, so a folder that has one is whole. */
export const Manifest = z.object({
  format: z.literal(1),
  /** `copy`: `data/<schema>.sql.gz`, COPY statements that psql reads too. `pg_dump`: `database.dump`, pg_dump's custom format. */
  method: z.enum(['copy', 'pg_dump']),
  createdAt: z.iso.datetime(),
  /** Version of Centralita. */
  program: z.string(),
  /** Major version of the PostgreSQL it was taken from, and of pg_dump. */
  server: z.number(),
  pgDump: z.number().optional(),
  /** Newest migration of the shared schema and of every company's. */
  migrations: z.object({ shared: z.number(), company: z.number() }),
  companies: z.array(Company),
  /** Partitions are made as time goes by, not by migrations. `bound` is PostgreSQL's own `FOR VALUES …`. */
  partitions: z.array(z.object({ schema: z.string(), name: z.string(), parent: z.string(), bound: z.string() })),
  /** In the order in which they can be loaded. */
  tables: z.array(Table),
  sequences: z.array(z.object({ schema: z.string(), name: z.string(), last: z.string(), called: z.boolean() })),
  files: z.array(z.object({ path: z.string(), bytes: z.number(), sha256: z.string() })),
  media: z.object({ files: z.number(), bytes: z.number() }).optional(),
  /** The key without which the secrets in the database cannot be read; `included`: as `encryption.key` in the backup. */
  key: z.object({ id: z.string(), included: z.boolean() }).optional(),
});
export type Manifest = z.infer<typeof Manifest>;
export type BackupTable = z.infer<typeof Table>;
export type BackupCompany = z.infer<typeof Company>;

export const manifestName = 'manifest.json';

/** Throws with a line for people when the folder is no backup, or one that is incomplete or damaged. */
export async function readManifest(folder: string): Promise<Manifest> {
  const path = join(folder, manifestName);
  const text = await readFile(path, 'utf8').catch(() => {
    throw new Error(`${folder} is not a complete backup: it has no ${manifestName}. Name the folder that "centralita backup" made.`);
  });
  const parsed = Manifest.safeParse(JSON.parse(text));
  if (!parsed.success) throw new Error(`${path} is not a manifest this version understands: ${z.prettifyError(parsed.error)}`);
  for (const { path: file, bytes, sha256 } of parsed.data.files) {
    const found = await stat(join(folder, file)).catch(() => undefined);
    if (found?.size !== bytes || await hashFile(join(folder, file)) !== sha256) throw new Error(`${join(folder, file)} is missing or damaged. Use another backup.`);
  }
  return parsed.data;
}

export async function hashFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}
