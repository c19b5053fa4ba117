import pg from 'pg';

/**
 * Refuses a transaction-mode pooler in front of PostgreSQL: with one, `set local role`, prepared statements and LISTEN
 * land on whatever server connection is free. Two client connections mark their session in turn; where the first then
 * reads the second's mark, they share one server connection.
 */
export async function refusePooler(url: string): Promise<void> {
  const a = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000 });
  const b = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000 });
  try {
    await a.connect();
    await b.connect();
    const mark = "select set_config('centralita.probe', $1, false)";
    await a.query(mark, ['a']);
    await b.query(mark, ['b']);
    const { rows } = await a.query<{ v: string }>("select current_setting('centralita.probe', true) as v");
    if (rows[0]?.v !== 'a') {
      throw new Error('DATABASE_URL leads to a pooler in transaction mode (PgBouncer pool_mode=transaction?). Connect to PostgreSQL directly or use session mode.');
    }
  } finally {
    await Promise.allSettled([a.end(), b.end()]);
  }
}
