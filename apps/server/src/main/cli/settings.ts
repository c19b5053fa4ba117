import { loadConfig, type Config } from '@centralita/platform/config';
import { environment } from '@centralita/platform/environment';
import { StartError } from '../start-error.ts';

/** Says a line to people. On stderr, so that stdout is for JSON log lines and the output of commands. */
export function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** The settings of the environment and `.env` in the current folder. Throws StartError with code 2 and a line for each wrong one. */
export function readConfig(): Config {
  const result = loadConfig({ env: environment(), cwd: process.cwd() });
  if (!result.ok) throw new StartError(result.problems.join('\n'), 2);
  for (const warning of result.warnings) say(warning);
  return result.config;
}
