import type { Tx } from '@centralita/platform/database';
import { copiesOf, eraseCopiesOf } from './store-copies.ts';

/** Addresses shorter than this are found in too many places that are not about the person. */
const LEAST_LENGTH = 6;
type Addresses = readonly { readonly kind: string; readonly value: string }[];
const words = (addresses: Addresses): string[] => addresses.filter((a) => a.kind !== 'username' && a.value.length >= LEAST_LENGTH).map((a) => a.value);

/** How many copies of a person's data there are in what carriers sent, by where: webhook bodies as they came, unreadable ones, events of no line, web sessions. */
export const personCopies = (tx: Tx, addresses: Addresses): Promise<{ kind: string; copies: number }[]> => copiesOf(tx, words(addresses));

/**
 * Takes a person out of the shared tables: bodies that were unpacked are emptied, failed webhooks and unrouted events that name one
 * of the addresses removed, and audit entries about the contact (its id as outside) lose what they say of it. Answers how many.
 */
export const eraseCopies = async (tx: Tx, { contact, addresses }: { readonly contact: string; readonly addresses: Addresses }): Promise<number> =>
  (await eraseCopiesOf(tx, contact, words(addresses))).reduce((sum, row) => sum + row.copies, 0);
