import type pg from 'pg';
import { Batch, wireValues, type Row, type Statement } from './batch.ts';
import { types } from './connections.ts';
import { checkCommitted, QUOTED } from './errors.ts';
import { prepared, render, type CompanyRef, type Sql, type Tx } from './tx.ts';

interface Asked {
  readonly member: Tx;
  readonly statement: Statement;
  readonly resolve: (rows: Row[]) => void;
  readonly reject: (error: Error) => void;
}

/** The transaction was given up because of another member. */
export class Abandoned extends Error {
  constructor() {
    super('a transaction shared by several companies was given up');
    this.name = 'Abandoned';
  }
}

const plain = (text: string): Statement => ({ name: text, text, values: [] });
const BEGIN = plain('begin');
const NOBODY = plain('set local role none');
const RELAXED = plain('set local synchronous_commit to off');
const COMMIT = plain('commit');
// Shared transactions of several processes must not meet over the rows of two companies: each could hold what the other waits for.
// Who has a company's mark has it alone among them, whoever works for one company only needs none. The number is arbitrary and ours.
const MARK: Omit<Statement, 'values'> = { name: 'companies_mark', text: 'select k from unnest($1::integer[]) as k where pg_try_advisory_xact_lock(724002, k)' };

/**
 * One transaction of several companies on one connection. Whatever its members ask while an answer is under way goes in the next
 * round trip, each statement under the role of its company.
 */
export class Trip {
  readonly #client: pg.PoolClient;
  #asked: Asked[] = [];
  #planned = false;
  #sending = false;
  #begun = false;
  #role: string | undefined;
  /** What ended it early, and whose fault it was; nobody's: undefined. */
  failure: { readonly error: Error; readonly member: Tx | undefined } | undefined;
  relaxed = true;
  readonly last: (() => Promise<void>)[] = [];
  readonly hooks: (() => void)[] = [];

  constructor(client: pg.PoolClient) {
    this.#client = client;
  }

  /** For what it does as the application. */
  readonly whole: Tx = new TripTx(this, undefined);

  /** For one member. It makes the commit wait for the disk, unless it says otherwise. */
  member(company: CompanyRef): TripTx {
    if (!QUOTED.test(company.role)) throw new Error('a company role has letters, digits and _ only');
    return new TripTx(this, company);
  }

  /** Of these companies, those that no other process has in a shared transaction just now. */
  async begin(companies: readonly CompanyRef[]): Promise<CompanyRef[]> {
    if (companies.length === 1) return [...companies];
    const marks = companies.map((c) => Number.parseInt(c.id.slice(-7), 16));
    const rows = await this.ask(this.whole, { ...MARK, values: wireValues([marks]) });
    const got = new Set(rows.map((r) => r['k']));
    return companies.filter((_, i) => got.has(marks[i]));
  }

  /** The last steps of all, then the commit. */
  async commit(): Promise<void> {
    for (const step of this.last) await step();
    checkCommitted((await this.#send(this.relaxed ? [RELAXED, COMMIT] : [COMMIT])).tag);
  }

  /** Throws where the connection is broken. */
  async rollback(): Promise<void> {
    await this.#client.query('rollback');
  }

  fail(error: Error, member: Tx | undefined): void {
    this.failure ??= { error, member };
    const asked = this.#asked;
    this.#asked = [];
    for (const one of asked) one.reject(new Abandoned());
  }

  ask(member: Tx, statement: Statement): Promise<Row[]> {
    if (this.failure) return Promise.reject(new Abandoned());
    return new Promise((resolve, reject) => {
      this.#asked.push({ member, statement, resolve, reject });
      this.#plan();
    });
  }

  /** The other members, which had their answers in the same moment, ask in this one. */
  #plan(): void {
    if (this.#planned || this.#sending) return;
    this.#planned = true;
    setImmediate(() => {
      this.#planned = false;
      if (this.#asked.length > 0) void this.#flush();
    });
  }

  async #flush(): Promise<void> {
    const asked = this.#asked;
    this.#asked = [];
    const statements: Statement[] = [];
    /** Which of the asked each statement is. */
    const owners: (Asked | undefined)[] = [];
    const add = (statement: Statement, owner?: Asked): void => {
      statements.push(statement);
      owners.push(owner);
    };
    if (!this.#begun) add(BEGIN);
    this.#begun = true;
    for (const one of asked) {
      const role = one.member.company?.role;
      if (role !== this.#role) add(role === undefined ? NOBODY : plain(`set local role ${role}`));
      this.#role = role;
      add(one.statement, one);
    }
    this.#sending = true;
    let results: readonly (readonly Row[])[] = [];
    try {
      ({ results } = await this.#send(statements, (answered) => {
        this.fail(answered.error, owners[answered.count]?.member);
        return owners[answered.count];
      }));
    } catch (error) {
      for (const one of asked) one.reject(one.member === this.failure?.member ? error as Error : new Abandoned());
      return;
    } finally {
      this.#sending = false;
    }
    results.forEach((rows, n) => owners[n]?.resolve(rows as Row[]));
    if (this.#asked.length > 0) this.#plan();
  }

  #send(statements: readonly Statement[], onError?: (answered: { error: Error; count: number }) => void): Promise<Batch> {
    return new Promise((resolve, reject) => {
      const batch: Batch = new Batch(statements, { types, done: (error) => {
        if (!error) {
          resolve(batch);
          return;
        }
        onError?.({ error, count: batch.results.length });
        reject(error);
      } });
      this.#client.query(batch);
    });
  }
}

/** What a member, or the whole, sees of it. */
class TripTx implements Tx {
  readonly #trip: Trip;
  readonly company: CompanyRef | undefined;
  relaxed = false;

  constructor(trip: Trip, company: CompanyRef | undefined) {
    this.#trip = trip;
    this.company = company;
  }

  get whole(): Tx {
    return this.#trip.whole;
  }

  async query<R extends object>(sql: Sql | string, values: readonly unknown[] = []): Promise<R[]> {
    const schema = this.company?.schema;
    const { name, text } = typeof sql === 'string' ? { name: '', text: render(sql, schema) } : prepared(sql, schema);
    return await this.#trip.ask(this, { name, text, values: wireValues(values) }) as R[];
  }

  relax(): void {
    this.relaxed = true;
  }

  beforeCommit(fn: () => Promise<void>): void {
    this.#trip.last.push(fn);
  }

  onCommit(fn: () => void): void {
    this.#trip.hooks.push(fn);
  }
}
