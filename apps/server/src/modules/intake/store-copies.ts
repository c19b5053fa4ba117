import type { Tx } from '@centralita/platform/database';

interface Copies {
  readonly kind: string;
  readonly copies: number;
}
/** They look through all that is kept of the company: seconds for a million bodies. */
export const copiesOf = (tx: Tx, words: readonly string[]): Promise<Copies[]> => tx.query('select kind, copies from {s}.person_copies($1)', [words]);
export const eraseCopiesOf = (tx: Tx, contact: string, words: readonly string[]): Promise<Copies[]> => tx.query('select kind, copies from {s}.person_erase($1, $2)', [contact, words]);
