import { StartError } from '../start-error.ts';

/** What a person can mend is one line; anything else keeps its stack. */
export function explain(error: unknown): { text: string; exitCode: number } {
  if (error instanceof StartError) return { text: error.message, exitCode: error.exitCode };
  if (error instanceof Error && ['EmbeddedError', 'AppError'].includes(error.name)) return { text: error.message, exitCode: 1 };
  return { text: error instanceof Error ? error.stack ?? error.message : String(error), exitCode: 1 };
}
