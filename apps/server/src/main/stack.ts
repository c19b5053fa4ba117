import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '@centralita/platform/log';

interface Step {
  readonly name: string;
  readonly end: () => unknown;
}

/** What was started, to be ended the other way round, each step within the time that is left. */
export class Stack {
  readonly #steps: Step[] = [];

  push(name: string, end: () => unknown): void {
    this.#steps.push({ name, end });
  }

  /** Ends everything. Steps that take longer than the time left are given up, so that the later ones get their turn. */
  async unwind(log: Logger, milliseconds: number): Promise<void> {
    const until = performance.now() + milliseconds;
    for (let step = this.#steps.pop(); step; step = this.#steps.pop()) {
      const { name, end } = step;
      const left = Math.max(250, until - performance.now());
      const timer = new AbortController();
      const ended = await Promise.race([
        Promise.resolve().then(end).then(() => true, (error: Error) => {
          log.warn({ step: name, error: error.message }, 'something did not stop as it should');
          return true;
        }),
        sleep(left, false, { signal: timer.signal }).catch(() => false),
      ]);
      timer.abort();
      if (!ended) log.warn({ step: name, ms: Math.round(left) }, 'gave up waiting for something to stop');
    }
  }
}
