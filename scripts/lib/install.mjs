import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join, sep } from 'node:path';
import { alone } from './lock.mjs';
import { Problem, root, say } from './paths.mjs';

const lockFile = join(root, 'package-lock.json');
const stampFile = join(root, 'node_modules/.centralita-install');

/** Installs what package-lock.json names when it is not there yet. A check that finds nothing to do costs some 5 ms. */
export async function ensureInstalled() {
  if (isInstalled()) return;
  await alone('install', async () => {
    if (isInstalled()) return;
    const first = !existsSync(join(root, 'node_modules'));
    say(first ? 'installing what Centralita needs (the first time; about a minute)' : 'package-lock.json has changed: installing what is new');
    await npmCi();
    writeFileSync(stampFile, lockHash());
  });
}

function isInstalled() {
  const hash = lockHash();
  if (readText(stampFile) === hash) return true;
  // A developer ran npm himself: npm's own record says what it installed.
  if (!recordAgrees()) return false;
  try {
    writeFileSync(stampFile, hash);
  } catch {
    // node_modules of another user: everything is there, only the note is not.
  }
  return true;
}

function lockHash() {
  return createHash('sha256').update(readFileSync(lockFile)).digest('hex');
}

function recordAgrees() {
  const record = readText(join(root, 'node_modules/.package-lock.json'));
  if (record === undefined) return false;
  const installed = JSON.parse(record).packages;
  return Object.entries(JSON.parse(readFileSync(lockFile, 'utf8')).packages).every(([path, entry]) => {
    if (!path.includes('node_modules/')) return true;
    const found = installed[path];
    // Optional packages of other platforms, and what only those need, are not installed.
    if (!found) return entry.optional === true;
    return entry.link === true || (found.version === entry.version && existsSync(join(root, path)));
  });
}

function readText(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

async function npmCi() {
  const begun = Date.now();
  const progress = process.stderr.isTTY ? setInterval(() => process.stderr.write(`\r  ${seconds(begun)} s `), 1000) : undefined;
  // Everything, whatever NODE_ENV or the user's npm settings leave out: vite is a development dependency, Node 24 and PostgreSQL optional ones.
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error', '--include=dev', '--include=optional'];
  const { code, output } = await run('npm', args);
  clearInterval(progress);
  if (progress) process.stderr.write('\r');
  if (code !== 0) {
    throw new Problem(`${output.trim()}\n\nnpm could not install the dependencies (npm ci ended with ${code}). Is there a way to the npm registry? Try again, or run "npm ci" yourself in ${root}.`);
  }
  say(`installed in ${seconds(begun)} s`);
}

function run(command, args) {
  return new Promise((resolve, reject) => {
    // npm replaces node_modules: it must not run on the Node it is about to remove.
    const path = (process.env.PATH ?? '').split(delimiter).filter((part) => !part.includes(`node_modules${sep}.bin`)).join(delimiter);
    const child = spawn(command, args, { cwd: root, env: { ...process.env, PATH: path }, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => {
        output = (output + text).slice(-8000);
      });
    }
    child.once('error', (error) => reject(new Problem(`npm cannot be run (${error.message}). Install Node.js with npm, or run "npm ci" yourself in ${root}.`)));
    child.once('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

function seconds(begun) {
  return Math.round((Date.now() - begun) / 1000);
}
