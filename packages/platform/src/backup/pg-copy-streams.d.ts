declare module 'pg-copy-streams' {
  import type { Readable, Writable } from 'node:stream';
  import type { Submittable } from 'pg';

  /** Rows of a COPY … TO stdout; `rowCount` is known at its end. */
  export function to(statement: string): Readable & Submittable & { readonly rowCount: number | null };
  /** Takes the rows of a COPY … FROM stdin; 'finish' comes after the database has taken them all. */
  export function from(statement: string): Writable & Submittable & { readonly rowCount: number };
}
