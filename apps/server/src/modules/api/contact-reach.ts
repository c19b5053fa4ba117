import type { Tx } from '@centralita/platform/database';
import type { Runtime } from '../../runtime.ts';
import { reachOf, requireReach, type Reach } from '../accounts/index.ts';
import type { Caller } from '../companies/index.ts';
import { contactErrors, contactId } from '../contacts/index.ts';
import { contactsBeyond, conversationsOf } from '../conversations/index.ts';

/** Not inside a transaction. */
export const contactReach = (rt: Runtime, caller: Caller): Promise<Reach> => reachOf(rt, caller);

/** Without those whom a caller who is held to some businesses does not know: all they said was said on other lines. */
export async function reachable(tx: Tx, reach: Reach, ids: readonly string[]): Promise<string[]> {
  if (reach === null || ids.length === 0) return [...ids];
  const beyond = await contactsBeyond(tx, ids, [...reach]);
  return ids.filter((id) => !beyond.has(id));
}

/** The contact of an id from outside. Throws `contacts.not_found`. */
export async function knownContact(tx: Tx, reach: Reach, given: string): Promise<string> {
  const id = await contactId(tx, given);
  if ((await reachable(tx, reach, [id])).length === 0) throw contactErrors.not_found();
  return id;
}

/** For what concerns all that was ever said with somebody. Throws `companies.whole_company`. */
export async function requireAllOf(tx: Tx, reach: Reach, contacts: readonly string[]): Promise<void> {
  if (reach !== null) requireReach(reach, (await conversationsOf(tx, contacts)).map((c) => c.account_id));
}
