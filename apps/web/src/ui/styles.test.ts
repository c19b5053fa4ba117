import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const source = new URL('../', import.meta.url);
const mantine = new URL('./', import.meta.resolve('@mantine/core/styles/Button.layer.css'));

test('every component of Mantine in use has its styles: without them it looks like a bare page of 1995', () => {
  const styles = readFileSync(new URL('styles.ts', import.meta.url), 'utf8');
  for (const name of readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((n) => n.endsWith('.tsx'))) {
    const used = [...readFileSync(new URL(name, source), 'utf8').matchAll(/import \{([^}]*)\} from '@mantine\/core'/g)].flatMap((m) => m[1]!.split(',').map((n) => n.trim()));
    for (const component of used) {
      const file = `${component}.layer.css`;
      if (existsSync(fileURLToPath(new URL(file, mantine)))) assert.ok(styles.includes(`/${file}'`), `${name}: ui/styles.ts does not import ${file}`);
    }
  }
});
