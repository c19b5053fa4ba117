import { globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { checkStructure } from './structure/check.ts';

// Floors, faces, cycles (types included), tables, globals, file length: design §2 and rule 11.
const root = resolve(import.meta.dirname, '..');
const patterns = ['{apps,packages}/*/{src,page}/**/*.{ts,tsx}', 'apps/*/*.ts', '{scripts,test,bench}/**/*.{ts,mjs}'];
const paths = patterns.flatMap((pattern) => globSync(pattern, { cwd: root, exclude: (name) => /(^|\/)(node_modules|dist)$/.test(name) })).filter((path) => !path.endsWith('.d.ts')).sort();
const files = new Map(paths.map((path) => [path, readFileSync(join(root, path), 'utf8')]));

const tables = new Set(globSync('db/migrations/*/*.up.sql', { cwd: root }).flatMap((path) =>
  [...readFileSync(join(root, path), 'utf8').matchAll(/create\s+(?:unlogged\s+)?table\s+(?:if\s+not\s+exists\s+)?\{([sc])\}\.([a-z_0-9]+)/gi)].map(([, schema, name]) => `${schema}.${name}`)));

const problems = checkStructure({ files, tables });
for (const problem of problems) process.stderr.write(`${problem}\n`);
process.stdout.write(`${files.size} files, ${tables.size} tables: ${problems.length === 0 ? 'in order' : `${problems.length} problems`}\n`);
process.exitCode = problems.length === 0 ? 0 : 1;
