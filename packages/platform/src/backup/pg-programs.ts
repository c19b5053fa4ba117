import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { Client } from 'pg';

export interface PgProgram {
  readonly path: string;
  readonly major: number;
}

/** The oldest pg_dump or pg_restore here that is at least of version `major`: older ones refuse, newer ones write what older servers do not know. */
export function findPgProgram(name: 'pg_dump' | 'pg_restore', major: number): PgProgram | undefined {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian).map((version) => join(debian, version, 'bin')) : [];
  const folders = new Set([...versions, ...(process.env['PATH'] ?? '').split(delimiter)]);
  return [...folders].flatMap((folder): PgProgram[] => {
    const path = join(folder, name);
    if (!existsSync(path)) return [];
    const answer = spawnSync(path, ['--version'], { encoding: 'utf8', timeout: 10_000 });
    const found = Number(/ (\d+)(\.|\w|$)/.exec(answer.stdout ?? '')?.[1]);
    return answer.status === 0 && found >= major ? [{ path, major: found }] : [];
  }).sort((a, b) => a.major - b.major)[0];
}

/** Runs it against the database `client` is connected to; the password goes by the environment, which other users cannot read. */
export async function runPgProgram(program: PgProgram, args: readonly string[], client: Client): Promise<void> {
  const { host, port, user, password, database, ssl } = client;
  const env = {
    PATH: process.env['PATH'], LC_ALL: 'C', PGHOST: host, PGPORT: String(port), PGUSER: user ?? '', PGDATABASE: database ?? '',
    ...(password ? { PGPASSWORD: password } : {}), ...(ssl ? { PGSSLMODE: 'require' } : {}),
  };
  const child = spawn(program.path, [...args], { env, stdio: ['ignore', 'ignore', 'pipe'] });
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors = (errors + text).slice(-4000);
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code !== 0) throw new Error(`${program.path} failed (${code}): ${errors.trim()}`);
}
