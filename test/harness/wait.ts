import { setTimeout as sleep } from 'node:timers/promises';
import { inspect } from 'node:util';

export interface WaitOptions {
  /** Milliseconds; default 30 s: three times what a machine that does four things at once was seen to need. */
  readonly timeout?: number;
  /** Finishes the sentence "waited N s for …". */
  readonly what: string;
  /** Milliseconds between two looks; default 20. */
  readonly every?: number;
}

/**
 * Looks again and again until `look` gives something truthy, and returns that. `look` may throw or reject: that counts as not yet.
 * On timeout the error says what was waited for and what the last look gave.
 */
export async function waitFor<T>(look: () => T | Promise<T>, { timeout = 30_000, what, every = 20 }: WaitOptions): Promise<NonNullable<Exclude<T, false | 0 | ''>>> {
  const start = performance.now();
  for (;;) {
    let last: unknown;
    try {
      const found = await look();
      if (found) return found as NonNullable<Exclude<T, false | 0 | ''>>;
      last = found;
    } catch (error) {
      last = error;
    }
    if (performance.now() - start > timeout) {
      const shown = last instanceof Error ? `it failed with: ${last.message}` : `it gave ${inspect(last, { depth: 4, breakLength: 120 })}`;
      throw new Error(`waited ${timeout / 1000} s for ${what}; at the last look ${shown}`);
    }
    await sleep(every);
  }
}
