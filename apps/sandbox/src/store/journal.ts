import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { StatementSync } from 'node:sqlite';
import { SCHEMA, SCHEMA_VERSION, UPGRADES } from './schema.ts';

/**
 * The state on disk. SQLite with a write-ahead log and no fsync: what is committed survives kill -9 of this process
 * (the pages are the kernel's by then), which is the fault the sandbox is a witness of; a power cut it need not survive.
 *
 * Writes of one turn of the event loop share one transaction: 360,000 rows/s instead of 80,000 with a commit each.
 * Whatever is shown to the outside (an HTTP answer, a webhook) waits for `afterCommit`.
 */
export class Journal {
  readonly db: DatabaseSync;
  readonly #waiting: ((failure?: Error) => void)[] = [];
  readonly #beforeCommit: (() => void)[] = [];
  #open = false;
  #closed = false;

  constructor(folder: string) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    this.db = new DatabaseSync(join(folder, 'sandbox.db'));
    try {
      // The exclusive lock keeps a second sandbox out of the same folder and dies with the process.
      this.db.exec('pragma locking_mode = exclusive; pragma journal_mode = wal; pragma synchronous = off; pragma cache_size = -16000; pragma temp_store = memory;');
      this.#migrate(folder);
    } catch (error) {
      this.db.close();
      if (error instanceof Error && /locked|busy/i.test(error.message)) {
        throw new Error(`another sandbox uses ${folder}: stop it, or give this one its own SANDBOX_DATA`);
      }
      throw error;
    }
  }

  #migrate(folder: string): void {
    const version = Number(this.db.prepare('pragma user_version').get()?.['user_version'] ?? 0);
    if (version > SCHEMA_VERSION) {
      throw new Error(`${folder} was written by a newer sandbox (version ${version}, this one knows ${SCHEMA_VERSION}): update, or give another SANDBOX_DATA`);
    }
    if (version === SCHEMA_VERSION) {
      // The lock is only taken by a write.
      this.db.exec(`begin immediate; pragma user_version = ${SCHEMA_VERSION}; commit`);
      return;
    }
    let steps = version === 0 ? SCHEMA : '';
    if (version > 0) for (let from = version; from < SCHEMA_VERSION; from += 1) steps += UPGRADES[from] ?? '';
    this.db.exec(`begin immediate; ${steps}; pragma user_version = ${SCHEMA_VERSION}; commit`);
  }

  prepare(sql: string): StatementSync {
    return this.db.prepare(sql);
  }

  /** Call before every write: opens the transaction of this turn of the event loop when none is open. */
  write(): void {
    if (this.#open) return;
    if (this.#closed) throw new Error('the sandbox is stopping');
    this.db.exec('begin');
    this.#open = true;
    setImmediate(() => this.flush());
  }

  /** `run` is called once everything written so far is on disk, or with the failure that prevented it. */
  afterCommit(run: (failure?: Error) => void): void {
    if (this.#open) this.#waiting.push(run);
    else run();
  }

  committed(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.afterCommit((failure) => (failure === undefined ? resolve() : reject(failure)));
    });
  }

  /** `run` may write counters that are kept in memory between commits. */
  beforeCommit(run: () => void): void {
    this.#beforeCommit.push(run);
  }

  flush(): void {
    if (!this.#open) return;
    let failure: Error | undefined;
    try {
      for (const run of this.#beforeCommit) run();
      this.db.exec('commit');
    } catch (error) {
      failure = error instanceof Error ? error : new Error(String(error));
      if (this.db.isTransaction) this.db.exec('rollback');
    }
    this.#open = false;
    for (const run of this.#waiting.splice(0)) run(failure);
  }

  close(): void {
    if (this.#closed) return;
    this.flush();
    this.#closed = true;
    this.db.close();
  }
}

/** Values of a row as SQLite gives them. */
export type Row = Record<string, unknown>;

export function text(row: Row, column: string): string {
  const value = row[column];
  return typeof value === 'string' ? value : String(value ?? '');
}

export function textOrNull(row: Row, column: string): string | null {
  const value = row[column];
  return typeof value === 'string' ? value : null;
}

export function number(row: Row, column: string): number {
  return Number(row[column] ?? 0);
}

export function numberOrNull(row: Row, column: string): number | null {
  const value = row[column];
  return typeof value === 'number' ? value : null;
}

export function flag(row: Row, column: string): boolean {
  return row[column] === 1;
}
