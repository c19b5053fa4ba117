import pg from 'pg';

/** The server never answered, or the connection broke: whether a statement took effect is not known. */
export function isConnectionError(error: unknown): boolean {
  if (error instanceof pg.DatabaseError) {
    // class 57P: shut down, crashed, not accepting yet · 08: connection exceptions · 53300: too many connections
    return /^(57P0[1-5]|08|53300)/.test(error.code ?? '');
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
