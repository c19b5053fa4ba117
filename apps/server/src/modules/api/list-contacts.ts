import type { Contact } from '@centralita/contracts';
import { decodeId, encodeId } from '@centralita/kernel';
import type { Tx } from '@centralita/platform/database';
import type { Reach } from '../accounts/index.ts';
import { contactErrors, pageOfContacts, viewContacts, type ContactsAsked, type PersonPlace } from '../contacts/index.ts';
import { reachable } from './contact-reach.ts';

const TIME = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?[+-]\d\d(:\d\d)?$/;
/** Whoever is held to a small business does not wait for a walk over all contacts: the page ends early and says where to go on. */
const ROUNDS = 10;

export const encodePlace = (place: PersonPlace): string => Buffer.from(`${place.at}|${encodeId('ct', place.id)}`).toString('base64url');

/** Throws `contacts.bad_cursor`. */
export function decodePlace(cursor: string): PersonPlace {
  const [at = '', given = ''] = Buffer.from(cursor, 'base64url').toString().split('|');
  const id = decodeId('ct', given);
  if (!TIME.test(at) || id === undefined) throw contactErrors.bad_cursor();
  return { at, id };
}

/** A page of contacts that the caller may see. */
export async function listContacts(tx: Tx, reach: Reach, asked: ContactsAsked): Promise<{ contacts: Contact[]; next: PersonPlace | undefined }> {
  const ids: string[] = [];
  let after = asked.after;
  for (let round = 0; round < ROUNDS; round++) {
    const page = await pageOfContacts(tx, { ...asked, after, limit: asked.limit - ids.length });
    ids.push(...await reachable(tx, reach, page.ids));
    after = page.next;
    if (after === undefined || ids.length >= asked.limit) break;
  }
  return { contacts: await viewContacts(tx, ids), next: after };
}
