import type { Tx } from '@centralita/platform/database';
import { phoneVariants } from './phone-numbers.ts';
import { findAddresses } from './store.ts';

/** The contact behind a number, and the number as WhatsApp writes it. */
export interface PhoneMatch {
  readonly contact_id: string;
  readonly phone: string;
}

/** Contacts by the numbers given (digits): under the very number, else under the other way of writing it. Unknown ones are missing. */
export async function findPhones(tx: Tx, phones: readonly string[]): Promise<Map<string, PhoneMatch>> {
  const asked = [...new Set(phones)].map((phone) => ({ phone, variants: phoneVariants(phone) }));
  const values = [...new Set(asked.flatMap((a) => a.variants))];
  if (values.length === 0) return new Map();
  const known = new Map((await findAddresses(tx, values.map((value) => ({ kind: 'phone', value })))).map((row) => [row.value, row.contact_id]));
  return new Map(asked.flatMap(({ phone, variants }) => {
    const match = variants.find((v) => known.has(v));
    return match === undefined ? [] : [[phone, { contact_id: known.get(match)!, phone: match }] as const];
  }));
}
