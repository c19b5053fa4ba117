import type { Database } from '@centralita/platform/database';
import { errors } from './errors.ts';
import { insertReceipts, type NewReceipt } from './store.ts';

/** Receipts in one insert: beyond 200 a larger batch saves nothing any more, and the first of it waits for the last. */
const MOST_ROWS = 200;
const MOST_BYTES = 8 * 1024 * 1024;
/** Bodies waiting in memory for a database that is away. Beyond it webhooks are refused at once; carriers come back. */
const MOST_WAITING_BYTES = 64 * 1024 * 1024;
/** Inserts side by side: one waits for its commit while the next is being collected and sent. */
const LANES = 2;

interface Waiting extends NewReceipt {
  readonly deadline: number;
  readonly done: () => void;
  readonly fail: (error: Error) => void;
}

export interface WriterOptions {
  readonly db: Database;
  /** Longest wait for the commit, in milliseconds; then `intake.busy`, although it may be stored yet. */
  readonly patienceMs: number;
  onBatch?(rows: number): void;
  onStored?(): void;
  onError?(error: Error): void;
}

/**
 * Group commit: the first receipt is written at once, those that come meanwhile share the next insert. A durable answer
 * to many costs one commit.
 */
export class ReceiptWriter {
  readonly #options: WriterOptions;
  #waiting: Waiting[] = [];
  #bytes = 0;
  #writing = 0;
  #planned = false;

  constructor(options: WriterOptions) {
    this.#options = options;
  }

  /** Requests that wait for their commit. Unpacking goes slower while there are many. */
  get pressure(): number {
    return this.#waiting.length;
  }

  /** Resolves when the receipt is committed. Throws `intake.busy` when that was not certain in time. */
  write(receipt: NewReceipt): Promise<void> {
    if (this.#bytes + receipt.body.length > MOST_WAITING_BYTES) this.#dropExpired();
    if (this.#bytes + receipt.body.length > MOST_WAITING_BYTES) return Promise.reject(errors.busy());
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        reject(errors.busy());
      }, this.#options.patienceMs);
      this.#waiting.push({
        ...receipt, deadline: performance.now() + this.#options.patienceMs,
        done: () => {
          clearTimeout(timer);
          resolve();
        },
        fail: (error) => {
          clearTimeout(timer);
          reject(error);
        },
      });
      this.#bytes += receipt.body.length;
      this.#plan();
    });
  }

  /** Requests read in the same turn of the event loop share a batch. */
  #plan(): void {
    if (this.#planned || this.#writing >= LANES || this.#waiting.length === 0) return;
    this.#planned = true;
    setImmediate(() => {
      this.#planned = false;
      void this.#flush();
    });
  }

  async #flush(): Promise<void> {
    const batch = this.#next();
    if (batch.length === 0) return;
    this.#writing += 1;
    this.#options.onBatch?.(batch.length);
    try {
      await insertReceipts(this.#options.db, batch);
      for (const one of batch) one.done();
      this.#options.onStored?.();
    } catch (error) {
      this.#options.onError?.(error as Error);
      for (const one of batch) one.fail(errors.busy());
    } finally {
      this.#writing -= 1;
      this.#plan();
    }
  }

  /** Whose callers have been told to come back takes no room from others. */
  #dropExpired(): void {
    const now = performance.now();
    this.#waiting = this.#waiting.filter((one) => {
      if (one.deadline > now) return true;
      this.#bytes -= one.body.length;
      return false;
    });
  }

  /** The next batch; those whose callers have been told to come back are dropped. */
  #next(): Waiting[] {
    const now = performance.now();
    const batch: Waiting[] = [];
    let bytes = 0;
    let taken = 0;
    for (const one of this.#waiting) {
      if (batch.length === MOST_ROWS || (batch.length > 0 && bytes + one.body.length > MOST_BYTES)) break;
      taken += 1;
      this.#bytes -= one.body.length;
      if (one.deadline <= now) continue;
      batch.push(one);
      bytes += one.body.length;
    }
    this.#waiting = this.#waiting.slice(taken);
    if (this.#waiting.length > 0) this.#plan();
    return batch;
  }
}
