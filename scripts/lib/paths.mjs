import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout these scripts belong to. Plain JavaScript for Node 20.19: they run before anything is installed. */
export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

const wanted = 24;

/** The Node that runs our TypeScript: the pinned one npm brought, else this one if it is new enough. Call after the install. */
export function findNode() {
  const pinned = join(root, 'node_modules/.bin/node');
  if (existsSync(pinned)) return pinned;
  if (Number(process.versions.node.split('.')[0]) >= wanted) return process.execPath;
  throw new Problem(`Centralita needs Node ${wanted} or newer here: npm has none for ${process.platform} ${process.arch}, and this is Node ${process.versions.node}. Install it from https://nodejs.org.`);
}

/** Something a person can mend: printed as it is, without a stack. */
export class Problem extends Error {}

/** Prints a line for people; on stderr, so that the output of a command stays its own. */
export function say(line) {
  process.stderr.write(`${line}\n`);
}
