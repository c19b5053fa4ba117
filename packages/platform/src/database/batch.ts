import pg from 'pg';

/** A statement as it goes over the wire: a named one is prepared once per connection; values are what the database reads. */
export interface Statement {
  readonly name: string;
  readonly text: string;
  readonly values: readonly (string | Buffer | null)[];
}
export type Row = Record<string, unknown>;
type Parser = (value: string) => unknown;
/** Columns of a result, as the first answer of a statement named them. */
type Shape = readonly { readonly name: string; readonly parse: Parser }[];

/** The part of pg's connection that its own queries use. */
interface Wire {
  readonly stream: { cork(): void; uncork(): void };
  parse(message: { name: string; text: string }): void;
  bind(message: { statement: string; values: readonly unknown[] }): void;
  describe(message: { type: 'P'; name: string }): void;
  execute(message: { portal: string }): void;
  close(message: { type: 'S'; name: string }): void;
  sync(): void;
}
/** What a connection has prepared by batches. */
interface Prepared {
  readonly shapes: Map<string, Shape>;
  /** A failed batch does not tell whether its statement was prepared before it failed. */
  readonly doubtful: Set<string>;
}
const prepared = new WeakMap<Wire, Prepared>();
/**
 * Statements that a connection keeps, the least recently used go first: some 45 kB of the server's memory each, about 45 for a
 * company. More than 220 companies busy at once on one connection are better served by a larger DATABASE_POOL.
 */
const MOST_KEPT = 10_000;
const { prepareValue } = (pg as unknown as { utils: { prepareValue(value: unknown): string | Buffer | null } }).utils;

/** Values as text, or bytes. Throws where a value cannot be written. */
export const wireValues = (values: readonly unknown[]): (string | Buffer | null)[] => values.map((v) => prepareValue(v));

/**
 * Several statements in one round trip: what pg's own queries do, with one synchronisation at the end. The first error ends it, and
 * nothing behind it is executed. For a connection that runs its prepared statements through batches only.
 */
export class Batch implements pg.Submittable {
  readonly #statements: readonly Statement[];
  readonly #types: typeof pg.types;
  readonly #mostKept: number;
  readonly #letGo: string[] = [];
  readonly #results: Row[][] = [];
  #rows: Row[] = [];
  #shape: Shape | undefined;
  #known: Prepared | undefined;
  /** Of the statement that was answered last, as COMMIT or `INSERT 0 1`. */
  tag: string | undefined;
  /** Called once, by pg too, when an answer is late. */
  callback: (error: Error | null) => void;

  constructor(statements: readonly Statement[], { types, done, mostKept = MOST_KEPT }: { types: typeof pg.types; done(error: Error | null): void; mostKept?: number }) {
    this.#statements = statements;
    this.#mostKept = mostKept;
    this.#types = types;
    this.callback = done;
  }

  /** Rows of each statement, as far as they were answered. */
  get results(): readonly (readonly Row[])[] {
    return this.#results;
  }

  submit(connection: unknown): undefined {
    const wire = connection as Wire;
    let known = prepared.get(wire);
    if (!known) prepared.set(wire, known = { shapes: new Map(), doubtful: new Set() });
    this.#known = known;
    const fresh = new Set<string>();
    wire.stream.cork();
    try {
      for (const { name, text, values } of this.#statements) {
        const shape = name === '' ? undefined : known.shapes.get(name);
        if (shape) {
          // Most recently used goes last.
          known.shapes.delete(name);
          known.shapes.set(name, shape);
        }
        if (!shape && (name === '' || !fresh.has(name))) {
          if (known.doubtful.delete(name)) wire.close({ type: 'S', name });
          wire.parse({ name, text });
          fresh.add(name);
        }
        wire.bind({ statement: name, values });
        if (!shape) wire.describe({ type: 'P', name: '' });
        wire.execute({ portal: '' });
      }
      const all = this.#statements.length;
      for (const name of known.shapes.keys()) {
        if (known.shapes.size <= Math.max(this.#mostKept, all)) break;
        wire.close({ type: 'S', name });
        known.shapes.delete(name);
        this.#letGo.push(name);
      }
      wire.sync();
    } finally {
      wire.stream.uncork();
    }
  }

  handleRowDescription({ fields }: { fields: readonly { name: string; dataTypeID: number }[] }): void {
    this.#shape = fields.map((f) => ({ name: f.name, parse: this.#types.getTypeParser(f.dataTypeID, 'text') as Parser }));
  }

  handleDataRow({ fields }: { fields: readonly (string | null)[] }): void {
    const shape = this.#shape ?? this.#known!.shapes.get(this.#statements[this.#results.length]!.name)!;
    const row: Row = {};
    for (let i = 0; i < shape.length; i++) {
      const value = fields[i]!;
      row[shape[i]!.name] = value === null ? null : shape[i]!.parse(value);
    }
    this.#rows.push(row);
  }

  handleCommandComplete({ text }: { text: string }): void {
    this.tag = text;
    const { name } = this.#statements[this.#results.length]!;
    if (name !== '' && !this.#known!.shapes.has(name)) this.#known!.shapes.set(name, this.#shape ?? []);
    this.#results.push(this.#rows);
    this.#rows = [];
    this.#shape = undefined;
  }

  handleError(error: Error): void {
    const name = this.#statements[this.#results.length]?.name ?? '';
    if (name !== '' && !this.#known?.shapes.has(name)) this.#known?.doubtful.add(name);
    // What is behind the error is not done.
    for (const kept of this.#letGo) this.#known?.doubtful.add(kept);
    this.callback(error);
  }

  handleReadyForQuery(): void {
    this.callback(null);
  }
}
