import { GraphError } from './errors.ts';

export interface Paged<T> {
  readonly data: readonly T[];
  readonly paging?: { readonly cursors: { readonly before: string; readonly after: string }; readonly next?: string };
}

/** Cursors are positions in base64, as opaque as Meta's. */
function position(cursor: string | undefined): number | undefined {
  if (cursor === undefined || cursor === '') return undefined;
  const at = Number(Buffer.from(cursor, 'base64url').toString('latin1'));
  if (!Number.isInteger(at) || at < 0) throw new GraphError(131059, 'The cursor is not one that was handed out.');
  return at;
}

const cursorOf = (at: number): string => Buffer.from(String(at), 'latin1').toString('base64url');

/** One page of a list, with Meta's cursors. */
export function page<T>(items: readonly T[], query: Readonly<Record<string, string | undefined>>): Paged<T> {
  const limit = query['limit'] === undefined ? 25 : Number(query['limit']);
  if (!Number.isInteger(limit) || limit < 1) throw new GraphError(100, 'Param limit must be a positive whole number.');
  const after = position(query['after']);
  const before = position(query['before']);
  const start = after !== undefined ? after + 1 : before !== undefined ? Math.max(0, before - limit) : 0;
  const data = items.slice(start, before !== undefined && after === undefined ? before : start + limit);
  if (data.length === 0) return { data };
  const end = start + data.length - 1;
  return { data, paging: { cursors: { before: cursorOf(start), after: cursorOf(end) }, ...(end < items.length - 1 ? { next: `?after=${cursorOf(end)}&limit=${limit}` } : {}) } };
}
