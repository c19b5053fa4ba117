import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { TestContext } from 'node:test';

/** Programs of Debian that some tests need; `npm test` installs them when it may. */
export const tools = {
  chromium: { packages: 'chromium', find: () => existing('/usr/bin/chromium') },
  rabbitmq: { packages: 'rabbitmq-server', find: () => existing('/usr/lib/rabbitmq/bin/rabbitmq-server') },
  postgresql: { packages: 'postgresql', find: debianPostgresBin },
} as const;
export type Tool = keyof typeof tools;

/** Where the tool is. Without it the test is skipped (undefined) on a developer's machine and fails with CI=true. */
export function requireTool(t: Pick<TestContext, 'skip'>, tool: Tool): string | undefined {
  const found = tools[tool].find();
  if (found) return found;
  const message = `needs ${tool}: apt-get install -y --no-install-recommends ${tools[tool].packages}`;
  if (process.env['CI'] === 'true') throw new Error(message);
  t.skip(message);
  return undefined;
}

/** The folder of Debian's PostgreSQL programs: 15 if it is there (the oldest we promise), else the newest. */
function debianPostgresBin(): string | undefined {
  const base = '/usr/lib/postgresql';
  if (!existsSync(base)) return undefined;
  const versions = readdirSync(base).map(Number).filter((version) => version >= 15 && existsSync(join(base, String(version), 'bin/postgres'))).sort((a, b) => b - a);
  const chosen = versions.includes(15) ? 15 : versions[0];
  return chosen === undefined ? undefined : join(base, String(chosen), 'bin');
}

function existing(path: string): string | undefined {
  return existsSync(path) ? path : undefined;
}
