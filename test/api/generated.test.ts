import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { generated } from './generate.ts';
import { root } from '../../apps/server/src/main/version.ts';

test('what is made from the descriptions of the API is as they are now', async () => {
  for (const [path, text] of Object.entries(await generated())) assert.ok(readFileSync(join(root, path), 'utf8') === text, `${path} is old: run \`npm run api\` and commit it`);
});
