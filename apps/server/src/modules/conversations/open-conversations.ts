import { newUuid } from '@centralita/kernel';
import type { Tx } from '@centralita/platform/database';
import { livingContacts } from '../contacts/index.ts';
import { createConversations, lockPairs, removeConversations, type ConversationRow } from './store.ts';

/** A conversation, locked; `isNew`: this transaction made it. */
export type Held = ConversationRow & { readonly isNew: boolean };
export interface Pair {
  readonly account_id: string;
  readonly contact_id: string;
}
export const pairOf = (p: Pair): string => `${p.account_id} ${p.contact_id}`;

/**
 * The conversations of these pairs by `pairOf`, locked; made where there is none, on the route given. Of a contact that was merged in this
 * moment it is the conversation of the one it is part of now. `locked`: those that the caller holds already.
 */
export async function openConversations(tx: Tx, wanted: readonly (Pair & { readonly route_id: string })[], locked: readonly ConversationRow[] = []): Promise<Map<string, Held>> {
  const pairs = [...new Map(wanted.map((w) => [pairOf(w), w])).values()];
  const found = new Map<string, Held>();
  const keep = (rows: readonly ConversationRow[], isNew: boolean): void => {
    for (const row of rows) found.set(pairOf(row), { ...row, isNew });
  };
  const missing = (): typeof pairs => pairs.filter((p) => !found.has(pairOf(p)));
  keep(locked, false);
  if (missing().length > 0) keep(await lockPairs(tx, missing()), false);
  if (missing().length > 0) {
    const made = await createConversations(tx, missing().map((p) => ({ id: newUuid(), account_id: p.account_id, contact_id: p.contact_id, route_id: p.route_id })));
    const moved = await partsOfOthers(tx, made);
    keep(made.filter((c) => !moved.has(c.contact_id)), true);
    const theirs = pairs.flatMap((asked) => (!found.has(pairOf(asked)) && moved.has(asked.contact_id) ? [{ asked, pair: { ...asked, contact_id: moved.get(asked.contact_id)! } }] : []));
    const whole = theirs.length === 0 ? new Map<string, Held>() : await openConversations(tx, theirs.map((t) => t.pair));
    for (const { asked, pair } of theirs) found.set(pairOf(asked), whole.get(pairOf(pair))!);
  }
  // Made in this moment by the receipt of another app.
  if (missing().length > 0) keep(await lockPairs(tx, missing()), false);
  return found;
}

/** From the making of a conversation on its contact is held; if it was merged before that, the conversation would be nobody's and goes again. */
async function partsOfOthers(tx: Tx, made: readonly ConversationRow[]): Promise<Map<string, string>> {
  if (made.length === 0) return new Map();
  const moved = new Map([...await livingContacts(tx, made.map((c) => c.contact_id))].filter(([asked, id]) => asked !== id));
  if (moved.size > 0) await removeConversations(tx, made.filter((c) => moved.has(c.contact_id)).map((c) => c.id));
  return moved;
}
