import pg from 'pg';

/** The server never answered, or the connection broke: whether a statement took effect is not known. */
export function isConnectionError(error: unknown): boolean {
  if (error instanceof pg.DatabaseError) {
    // class 57P: shut down, crashed, not accepting yet · 08: connection exceptions · 53300: too many connections · 25P03: it slept in a
    // transaction for too long and was shut out
    return /^(57P0[1-5]|08|53300|25P03)/.test(error.code ?? '');
  }
  return error instanceof Error;
}

/** SQLSTATE 23505, of this constraint when one is named. */
export function isUniqueViolation(error: unknown, constraint?: string): boolean {
  return error instanceof pg.DatabaseError && error.code === '23505' && (!constraint || error.constraint === constraint);
}

/** Deadlock or serialisation failure: the same transaction may be tried again. */
export function isRetryable(error: unknown): boolean {
  return error instanceof pg.DatabaseError && (error.code === '40P01' || error.code === '40001');
}

// What pg and its pool say, without a code, when the server is away, frozen or shutting down.
const AWAY = /^(Query read timeout|timeout exceeded when trying to connect|timeout expired|Connection terminated|Client has encountered a connection error|Cannot use a pool after calling end|Client was closed)/;

// class 53: disk full, out of memory, too many connections · 58: its disk fails · 25006: it takes no writes (a standby)
const UNABLE = /^(53|58|25006)/;

/**
 * Whether this error says that the database is away or cannot work just now, among errors of every kind: nobody's fault but its own.
 * Work waits for it, and the answer to a request is 503. (`isConnectionError` is for errors that certainly come from the database.)
 */
export function isDatabaseAway(error: unknown): boolean {
  if (error instanceof pg.DatabaseError) return isConnectionError(error) || UNABLE.test(error.code ?? '');
  if (!(error instanceof Error)) return false;
  if (AWAY.test(error.message)) return true;
  if (error instanceof AggregateError) return error.errors.some(isDatabaseAway);
  return 'syscall' in error && error.syscall === 'connect';
}

/** A statement that timed out on our side still runs on its connection, a lost connection answers nothing: drop both. */
export const DOUBTFUL = /^Query read timeout|Connection terminated|terminating connection|not queryable|ECONNRESET|EPIPE/;
/**
 * Throws where a commit was none: of a transaction that an error has aborted, PostgreSQL answers `commit` with ROLLBACK and no error.
 * `command` is the tag of its answer.
 */
export function checkCommitted(command: string | undefined): void {
  if (command !== 'COMMIT') throw new Error(`a transaction was rolled back instead of committed (${command ?? 'no answer'}): the error of one of its statements was caught; let it pass, and catch it outside of the transaction`);
}
/** What a company's role and schema may be called, since they are written into statements. */
export const QUOTED = /^[a-z_][a-z0-9_]*$/;
