import type pg from 'pg';

/** A company as the database knows it: its id, its schema, its role. */
export interface CompanyRef {
  readonly id: string;
  readonly schema: string;
  readonly role: string;
}

/** A statement with a name is prepared once per connection and schema. `{c}` is the company's schema, `{s}` the shared one. */
export interface Sql {
  readonly name: string;
  readonly text: string;
}

/** Hot statements are defined once, in a store.ts, and run by name (prepared). */
export function defineSql(name: string, text: string): Sql {
  return { name, text };
}

/** One open transaction, or a connection outside one for single statements. */
export interface Tx {
  /** The company whose role this transaction runs under; undefined: the application's own role. */
  readonly company: CompanyRef | undefined;
  /** The transaction that it is part of: itself, or one of several companies (`Database.together`), whose end this one shares. */
  readonly whole: Tx;
  /** Rows of one statement. A string is run unnamed. */
  query<R extends object>(sql: Sql | string, values?: readonly unknown[]): Promise<R[]>;
  /**
   * Its commit need not wait for the disk. Only for work that is done again when it is lost: a crash of the database host (not of
   * this process) loses commits of the last moments together with everything after them, so that what caused the work is still
   * there. Not before anything outside sees an effect of it; the next durable commit makes this one durable too.
   */
  relax(): void;
  /** Runs inside the transaction as its last statements, in the order given; a throw rolls back. */
  beforeCommit(fn: () => Promise<void>): void;
  /** Runs after the commit, never on rollback. Must not throw. */
  onCommit(fn: () => void): void;
}

const rendered = new Map<string, { name: string; text: string }>();
const SHARED = 'shared';

/** Replaces the schema placeholders. */
export function render(text: string, schema: string | undefined): string {
  const withShared = text.replaceAll('{s}', SHARED);
  if (!withShared.includes('{c}')) return withShared;
  if (!schema) throw new Error(`a company's statement was run outside withCompany: ${text.slice(0, 80)}`);
  return withShared.replaceAll('{c}', schema);
}

/** Its name and text for this schema. */
export function prepared(sql: Sql, schema: string | undefined): { name: string; text: string } {
  const key = schema && sql.text.includes('{c}') ? `${sql.name}@${schema}` : sql.name;
  let hit = rendered.get(key);
  if (!hit) {
    hit = { name: key, text: render(sql.text, schema) };
    rendered.set(key, hit);
  }
  return hit;
}

export class ClientTx implements Tx {
  readonly company: CompanyRef | undefined;
  readonly whole: Tx = this;
  readonly #client: pg.PoolClient;
  relaxed = false;
  readonly last: (() => Promise<void>)[] = [];
  readonly hooks: (() => void)[] = [];

  constructor(client: pg.PoolClient, company: CompanyRef | undefined) {
    this.#client = client;
    this.company = company;
  }

  async query<R extends object>(sql: Sql | string, values: readonly unknown[] = []): Promise<R[]> {
    const schema = this.company?.schema;
    const config = typeof sql === 'string' ? { text: render(sql, schema), values: [...values] } : { ...prepared(sql, schema), values: [...values] };
    const result = await this.#client.query<R & pg.QueryResultRow>(config);
    return result.rows;
  }

  relax(): void {
    this.relaxed = true;
  }

  beforeCommit(fn: () => Promise<void>): void {
    this.last.push(fn);
  }

  onCommit(fn: () => void): void {
    this.hooks.push(fn);
  }
}
