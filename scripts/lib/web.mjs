import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { alone } from './lock.mjs';
import { findNode, Problem, root, say } from './paths.mjs';

const web = join(root, 'apps/web');
const dist = join(web, 'dist');
const stampFile = join(dist, '.stamp');
/** What the pages are made of. */
const sources = ['apps/web', 'packages/sdk/src/index.ts', 'packages/contracts/src', 'packages/contracts/package.json', 'package-lock.json'];

/** Builds the web UI when its sources are not those it was built from. A check that finds nothing to do costs some 15 ms. */
export async function ensureWebBuilt() {
  if (!existsSync(join(web, 'index.html')) || isBuilt()) return;
  await alone('web', async () => {
    if (!isBuilt()) build();
  });
}

function isBuilt() {
  return existsSync(stampFile) && readFileSync(stampFile, 'utf8') === hashSources();
}

function build() {
  const begun = Date.now();
  say('building the web UI');
  const hash = hashSources();
  // Beside the old one and then exchanged: a server that is running goes on serving whole pages.
  const draft = join(root, 'node_modules/.cache/centralita-web');
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(join(draft, '..'), { recursive: true });
  const vite = join(root, 'node_modules/vite/bin/vite.js');
  const result = spawnSync(findNode(), [vite, 'build', '--logLevel', 'warn', '--outDir', draft, '--emptyOutDir'], { cwd: web, encoding: 'utf8', env: { ...process.env, NODE_ENV: 'production' } });
  if (result.status !== 0) throw new Problem(`${result.stdout ?? ''}${result.stderr ?? ''}\nThe web UI could not be built.`);
  writeFileSync(join(draft, '.stamp'), hash);
  const old = `${draft}-old`;
  rmSync(old, { recursive: true, force: true });
  if (existsSync(dist)) renameSync(dist, old);
  renameSync(draft, dist);
  rmSync(old, { recursive: true, force: true });
  say(`built in ${((Date.now() - begun) / 1000).toFixed(1)} s`);
}

function hashSources() {
  const hash = createHash('sha256');
  for (const source of sources) hashPath(hash, source);
  return hash.digest('hex');
}

function hashPath(hash, path) {
  const full = join(root, path);
  let entries;
  try {
    entries = readdirSync(full, { withFileTypes: true });
  } catch (error) {
    if (error.code !== 'ENOTDIR') throw error;
    hash.update(`${path}\0`).update(readFileSync(full)).update('\0');
    return;
  }
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.name === 'dist' || entry.name === 'node_modules' || entry.name.includes('.test.')) continue;
    hashPath(hash, `${path}/${entry.name}`);
  }
}
