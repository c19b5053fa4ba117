import type { Claim } from './claim.ts';

export interface WorkerOptions {
  readonly kind: string;
  /** Lanes claimed at once. */
  readonly batch: number;
  /** Batches worked on side by side. */
  readonly loops: number;
  /** Works on the claims and finishes each (`lanes.finish`). What it leaves unfinished, or all of it when it throws, is tried again later. */
  handle(claims: Claim[]): Promise<void>;
  /** Delay before the next try after this many failures, in milliseconds. Default 1 s doubling up to 60 s. */
  backoff?(attempts: number): number;
  /** The worker is being stopped: handlers that go on for long should come to an end. */
  onStop?(): void;
}

export interface LaneWorker {
  /** There may be work now. */
  kick(): void;
  /** Resolves when nothing is being worked on. Claims nothing any more. */
  stop(): Promise<void>;
}

interface Hooks {
  claim(kind: string, limit: number): Promise<Claim[]>;
  /** Gives up claims that were not finished. */
  settle(claims: Claim[], error: unknown, options: WorkerOptions): Promise<void>;
  onError(error: unknown): void;
}

/**
 * Claim, handle, again while there is work; sleeps until kicked. One claim at a time, whatever the number of kicks: those
 * that come meanwhile are answered by the next, which finds all that was rung.
 */
export function runWorker(options: WorkerOptions, hooks: Hooks): LaneWorker {
  let stopped = false;
  let wanted = false;
  let claiming = false;
  const running = new Set<Promise<void>>();

  async function claim(): Promise<void> {
    claiming = true;
    try {
      while (wanted && !stopped && running.size < options.loops) {
        wanted = false;
        const claims = await hooks.claim(options.kind, options.batch);
        if (claims.length === 0) continue;
        if (stopped) {
          await hooks.settle(claims, undefined, options);
          return;
        }
        // A full batch hints at more.
        if (claims.length === options.batch) wanted = true;
        const run: Promise<void> = work(claims).finally(() => {
          running.delete(run);
          // Somebody may have rung one of them while it was worked on.
          kick();
        });
        running.add(run);
      }
    } catch (error) {
      // The database is away; the poll kicks again.
      hooks.onError(error);
    } finally {
      claiming = false;
    }
  }

  async function work(claims: Claim[]): Promise<void> {
    let failure: unknown;
    try {
      await options.handle(claims);
    } catch (error) {
      failure = error;
    }
    try {
      await hooks.settle(claims, failure, options);
    } catch (error) {
      hooks.onError(error);
    }
  }

  let latest: Promise<void> = Promise.resolve();
  function kick(): void {
    wanted = true;
    if (!stopped && !claiming) latest = claim();
  }

  return {
    kick,
    async stop() {
      stopped = true;
      options.onStop?.();
      await latest;
      await Promise.allSettled(running);
    },
  };
}
