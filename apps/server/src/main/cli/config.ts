import { describeConfig } from '@centralita/platform/config';
import { readConfig } from './settings.ts';

/** `centralita config`: one block per setting. Holds no secret. */
export function showConfig(): void {
  for (const { env, value, source, help } of describeConfig(readConfig())) {
    process.stdout.write(`${env}=${value}\n    ${help} (${source})\n`);
  }
}
