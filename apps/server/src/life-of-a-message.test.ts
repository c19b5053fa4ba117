import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { test } from 'node:test';

// docs/life-of-a-message.md is worth nothing once it names what is not there any more.
const repository = resolve(import.meta.dirname, '../../..');
const essay = readFileSync(join(repository, 'docs/life-of-a-message.md'), 'utf8');
const code = [...essay.replaceAll(/```[\s\S]*?```/g, '').matchAll(/`([^`\n]+)`/g)].map(([, words = '']) => words);
const migrations = globSync('db/migrations/*/*.up.sql', { cwd: repository }).map((path) => readFileSync(join(repository, path), 'utf8')).join('\n');

function find(path: string): string | undefined {
  return [path, join('apps/server/src/modules', path)].find((p) => existsSync(join(repository, p)));
}
const paths = code.filter((words) => /^[\w.-]+(\/[\w.-]+)+\.(ts|sql|md|json)$/.test(words));

test('every file it names is there', () => {
  assert.ok(paths.length > 30, String(paths.length));
  assert.deepEqual(paths.filter((path) => !find(path)), []);
});

test('every function it names is defined in a file it names', () => {
  const sources = [...new Set(paths)].filter((path) => path.endsWith('.ts')).map((path) => readFileSync(join(repository, find(path)!), 'utf8')).join('\n');
  const functions = code.filter((words) => words.endsWith('()')).map((words) => words.slice(0, -2));
  assert.ok(functions.length > 20, String(functions.length));
  const defined = (name: string): boolean => new RegExp(`(function|const|class) ${name}\\b|^\\s+(async )?${name}(<\\w+>)?\\(`, 'm').test(sources);
  assert.deepEqual(functions.filter((name) => !defined(name)), []);
  for (const name of ['Pump', 'LeaseLost']) assert.ok(defined(name) && code.includes(name), name);
});

test('every table and every setting it names exists', () => {
  const tables = code.filter((words) => /^\{[sc]\}\.\w+$/.test(words));
  assert.ok(tables.length > 8);
  assert.deepEqual(tables.filter((name) => !migrations.includes(`create table ${name} (`)), []);
  const settings = code.filter((words) => /^[A-Z]+(_[A-Z]+)+$/.test(words));
  assert.ok(settings.length > 5);
  const known = readFileSync(join(repository, 'packages/platform/src/config/fields.ts'), 'utf8');
  assert.deepEqual(settings.filter((name) => !known.includes(`'${name}'`)), []);
});

test('its figures are those of the code', () => {
  const says = (file: string, pattern: RegExp): string => pattern.exec(readFileSync(join(repository, 'apps/server/src/modules', file), 'utf8'))![1]!;
  const figures = [
    [says('intake/receipt-writer.ts', /MOST_ROWS = (\d+)/), 'up to # rows'], [says('intake/receipt-writer.ts', /MOST_WAITING_BYTES = (\d+) \*/), '# MiB of waiting'],
    [says('intake/http.ts', /BODY_LIMIT = (\d+) \*/), 'at most # MiB'], [says('intake/unpack.ts', /AT_ONCE = (\d+)/), 'up to # receipts'], [says('bots/run-turns.ts', /batch: (\d+)/), 'up to # of them'],
  ];
  for (const [figure = '', phrase = ''] of figures) assert.ok(essay.includes(phrase.replace('#', figure)), phrase.replace('#', figure));
  assert.match(says('intake/unpack.ts', /TRIES = (\d+)/), /^5$/, 'the essay says five');
});

test('it can be read in one sitting', () => {
  assert.ok(essay.split('\n').length <= 250);
  assert.ok(statSync(join(repository, 'docs/life-of-a-message.md')).size < 25_000);
});
