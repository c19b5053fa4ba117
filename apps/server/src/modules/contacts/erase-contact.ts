import type { Tx } from '@centralita/platform/database';
import type { Address } from '../../messaging/index.ts';
import { lockLiving } from './manage-contact.ts';
import { erasePeople, mergedInto, people } from './store-people.ts';

/** A person with every contact that became part of them, and the words by which copies of their data are found. */
export interface WholePerson {
  /** The living one first. */
  readonly ids: readonly string[];
  readonly addresses: readonly Address[];
}
/** Throws `contacts.not_found`, `contacts.erased`. Locks the contact. */
export async function wholePerson(tx: Tx, id: string): Promise<WholePerson> {
  await lockLiving(tx, [id]);
  return readPerson(tx, id);
}
/** The same without a lock. */
export async function readPerson(tx: Tx, id: string): Promise<WholePerson> {
  const ids = [id, ...await mergedInto(tx, id)];
  return { ids, addresses: (await people(tx, ids)).flatMap((p) => p.addresses.map(({ kind, value }) => ({ kind, value }))) };
}
/** Takes the person's own data away. Answers how many addresses there were. */
export const eraseContact = (tx: Tx, person: WholePerson): Promise<number> => erasePeople(tx, person.ids);
