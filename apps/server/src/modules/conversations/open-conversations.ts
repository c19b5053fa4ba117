import { newUuid } from '@centralita/kernel';
import type { Tx } from '@centralita/platform/database';
import { createConversations, lockPairs, type ConversationRow } from './store.ts';

/** A conversation, locked; `isNew`: this transaction made it. */
export type Held = ConversationRow & { readonly isNew: boolean };
export interface Pair {
  readonly account_id: string;
  readonly contact_id: string;
}
export const pairOf = (p: Pair): string => `${p.account_id} ${p.contact_id}`;

/** The conversations of these pairs by `pairOf`, locked; made where there is none, on the route given. */
export async function openConversations(tx: Tx, wanted: readonly (Pair & { readonly route_id: string })[]): Promise<Map<string, Held>> {
  const pairs = [...new Map(wanted.map((w) => [pairOf(w), w])).values()];
  const found = new Map<string, Held>();
  const keep = (rows: readonly ConversationRow[], isNew: boolean): void => {
    for (const row of rows) found.set(pairOf(row), { ...row, isNew });
  };
  keep(await lockPairs(tx, pairs), false);
  const missing = (): typeof pairs => pairs.filter((p) => !found.has(pairOf(p)));
  if (missing().length > 0) keep(await createConversations(tx, missing().map((p) => ({ id: newUuid(), account_id: p.account_id, contact_id: p.contact_id, route_id: p.route_id }))), true);
  // Made in this moment by the receipt of another app.
  if (missing().length > 0) keep(await lockPairs(tx, missing()), false);
  return found;
}
