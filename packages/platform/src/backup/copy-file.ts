import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import pg, { type ClientBase } from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { quoted } from './catalog.ts';

interface TableRef {
  readonly schema: string;
  readonly name: string;
  readonly columns: readonly string[];
}

/** `COPY "shared"."users" ("id", …) FROM stdin;`, as psql wants it. */
export function copyStatement(table: TableRef, direction: 'FROM stdin' | 'TO stdout'): string {
  return `COPY ${quoted(table.schema, table.name)} (${table.columns.map((column) => pg.escapeIdentifier(column)).join(', ')}) ${direction}`;
}

/** Writes tables as a gzipped script of COPY statements. Gives the number of rows of each. */
export async function writeCopyFile(client: ClientBase, { path, tables }: { path: string; tables: readonly TableRef[] }): Promise<number[]> {
  const gzip = createGzip({ level: 4 });
  const written = pipeline(gzip, createWriteStream(path, { mode: 0o600, flush: true }));
  written.catch(() => undefined);
  const counts: number[] = [];
  const put = async (data: string | Buffer): Promise<void> => {
    if (!gzip.write(data)) await Promise.race([once(gzip, 'drain'), written]);
  };
  try {
    for (const table of tables) {
      const stream = client.query(copyTo(copyStatement(table, 'TO stdout')));
      let begun = false;
      for await (const chunk of stream) {
        if (!begun) await put(`${copyStatement(table, 'FROM stdin')};\n`);
        begun = true;
        await put(chunk as Buffer);
      }
      if (begun) await put('\\.\n');
      counts.push(stream.rowCount ?? 0);
    }
  } finally {
    gzip.end();
  }
  await written;
  return counts;
}

/** Loads such a script. Only the statements of `tables` are run: a file that was tampered with runs nothing else. Gives rows by statement. */
export async function loadCopyFile(client: ClientBase, { path, tables }: { path: string; tables: readonly TableRef[] }): Promise<Map<string, number>> {
  const known = new Set(tables.map((table) => copyStatement(table, 'FROM stdin')));
  const counts = new Map<string, number>();
  const file = createReadStream(path).pipe(createGunzip());
  let rest: Buffer = Buffer.alloc(0);
  let sink: Sink | undefined;
  for await (const chunk of file) {
    let buffer = Buffer.concat([rest, chunk as Buffer]);
    for (;;) {
      if (sink) {
        const end = endOfRows(buffer);
        await sink.write(buffer.subarray(0, end.rows));
        buffer = buffer.subarray(end.rows + end.skip);
        if (end.skip === 0) break;
        counts.set(sink.statement, await sink.end());
        sink = undefined;
      } else {
        const newline = buffer.indexOf(10);
        if (newline < 0) break;
        const statement = buffer.subarray(0, newline).toString('utf8').replace(/;$/, '');
        buffer = buffer.subarray(newline + 1);
        if (!known.has(statement)) throw new Error(`${path} holds a statement the manifest does not know; it was changed after it was made.`);
        sink = new Sink(client, statement);
      }
    }
    rest = buffer;
  }
  if (sink || rest.length > 0) throw new Error(`${path} ends in the middle of a table.`);
  return counts;
}

/** How many bytes at the start are whole rows, and how many after them are the end mark. The buffer starts at the start of a line. */
function endOfRows(buffer: Buffer): { readonly rows: number; readonly skip: number } {
  if (buffer.subarray(0, 3).equals(endMark)) return { rows: 0, skip: 3 };
  const mark = buffer.indexOf(lineWithMark);
  if (mark >= 0) return { rows: mark + 1, skip: 3 };
  return { rows: buffer.lastIndexOf(10) + 1, skip: 0 };
}

// Inside a row a newline is written \n and a backslash \\, so a line of these two characters is never data.
const endMark = Buffer.from('\\.\n');
const lineWithMark = Buffer.from('\n\\.\n');

class Sink {
  readonly statement: string;
  readonly #stream;
  readonly #done: Promise<unknown>;

  constructor(client: ClientBase, statement: string) {
    this.statement = statement;
    this.#stream = client.query(copyFrom(statement));
    this.#done = once(this.#stream, 'finish');
    this.#done.catch(() => undefined);
  }

  async write(data: Buffer): Promise<void> {
    if (data.length > 0 && !this.#stream.write(data)) await Promise.race([once(this.#stream, 'drain'), this.#done]);
  }

  async end(): Promise<number> {
    this.#stream.end();
    await this.#done;
    return this.#stream.rowCount;
  }
}
