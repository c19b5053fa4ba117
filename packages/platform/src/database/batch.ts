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
  readonly #results: Row[][] = [];
  #rows: Row[] = [];
  #shape: Shape | undefined;
  #known: Prepared | undefined;
  /** Called once, by pg too, when an answer is late. */
  callback: (error: Error | null) => void;

  constructor(statements: readonly Statement[], { types, done }: { types: typeof pg.types; done(error: Error | null): void }) {
    this.#statements = statements;
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
        if (!shape && (name === '' || !fresh.has(name))) {
          if (known.doubtful.delete(name)) wire.close({ type: 'S', name });
          wire.parse({ name, text });
          fresh.add(name);
        }
        wire.bind({ statement: name, values });
        if (!shape) wire.describe({ type: 'P', name: '' });
        wire.execute({ portal: '' });
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

  handleCommandComplete(): void {
    const { name } = this.#statements[this.#results.length]!;
    if (name !== '' && !this.#known!.shapes.has(name)) this.#known!.shapes.set(name, this.#shape ?? []);
    this.#results.push(this.#rows);
    this.#rows = [];
    this.#shape = undefined;
  }

  handleError(error: Error): void {
    const name = this.#statements[this.#results.length]?.name ?? '';
    if (name !== '' && !this.#known?.shapes.has(name)) this.#known?.doubtful.add(name);
    this.callback(error);
  }

  handleReadyForQuery(): void {
    this.callback(null);
  }
}
