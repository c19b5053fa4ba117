import { describeConfig, listSettings } from '@centralita/platform/config';
import { readConfig } from './settings.ts';

/** `centralita config`: one block per setting. Holds no secret. */
export function showConfig(): void {
  for (const { env, value, source, help } of describeConfig(readConfig())) {
    process.stdout.write(`${env}=${value}\n    ${help} (${source})\n`);
  }
}

/** `centralita config --example`: what may stand in `.env`, everything commented out. The file of that name at the root is this. */
export function showExample(): void {
  const blocks = listSettings().map(({ env, help, fallback }) => `# ${help}\n# ${env}=${fallback}\n`);
  process.stdout.write(`# Settings of Centralita. Copy this file to .env and take the # away in front of what you change.\n\n${blocks.join('\n')}`);
}
