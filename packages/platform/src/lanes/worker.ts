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

/** Claim, handle, again while there is work; sleeps until kicked. */
export function runWorker(options: WorkerOptions, hooks: Hooks): LaneWorker {
  let stopped = false;
  let wanted = false;
  const running = new Set<Promise<void>>();

  async function loop(): Promise<void> {
    while (!stopped) {
      wanted = false;
      let claims: Claim[];
      try {
        claims = await hooks.claim(options.kind, options.batch);
      } catch (error) {
        // The database is away; the poll kicks again.
        hooks.onError(error);
        return;
      }
      if (claims.length === 0) {
        if (wanted) continue;
        return;
      }
      // A full batch hints at more: let another loop have it meanwhile.
      if (claims.length === options.batch) start();
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
  }

  function start(): void {
    if (stopped || running.size >= options.loops) {
      wanted = true;
      return;
    }
    const run: Promise<void> = loop().finally(() => {
      running.delete(run);
      if (wanted && !stopped) start();
    });
    running.add(run);
  }

  return {
    kick: () => {
      wanted = true;
      if (running.size === 0) start();
      else if (running.size < options.loops) start();
    },
    async stop() {
      stopped = true;
      options.onStop?.();
      await Promise.allSettled(running);
    },
  };
}
