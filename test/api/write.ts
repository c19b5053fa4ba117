import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../apps/server/src/main/version.ts';
import { generated } from './generate.ts';

for (const [path, text] of Object.entries(await generated())) {
  writeFileSync(join(root, path), text);
  console.log(path);
}
