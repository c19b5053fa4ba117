import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { test } from 'node:test';

const repository = resolve(import.meta.dirname, '../../../..');

test('the guide names files that exist', () => {
  const guide = readFileSync(resolve(repository, 'docs/adding-a-provider.md'), 'utf8');
  const named = [...guide.matchAll(/`((?:apps|packages)\/[\w./-]+)`/g)].map((m) => m[1]!);
  assert.ok(named.length > 15);
  for (const path of named) assert.ok(existsSync(resolve(repository, path)), path);
});
