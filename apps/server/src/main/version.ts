import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

/** The checkout this program runs from. */
export const root = resolve(import.meta.dirname, '../../../..');

/** Of Centralita, from the package.json at the root. */
export function version(): string {
  return (JSON.parse(readFileSync(resolve(root, 'package.json'), 'utf8')) as { version: string }).version;
}
