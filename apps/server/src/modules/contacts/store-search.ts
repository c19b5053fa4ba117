import type { Tx } from '@centralita/platform/database';

export interface ContactSearch {
  readonly q: string;
  /** Numbers of the company: people near them are looked for without their country code too. Digits. */
  readonly near: readonly string[];
}
/** At most this many contacts; whoever gets more must write more. */
const MOST = 200;

/**
 * Contacts one of whose names begins with each of the words, or whose number begins or ends with the digits (at least three);
 * other addresses in full; the fields that a company keeps like names, or as a whole. Each part is a walk along an index
 * (migrations 0003 and 0008), at most 200 contacts in all.
 */
export async function searchContacts(tx: Tx, { q, near }: ContactSearch): Promise<string[]> {
  const words = (q.match(/[\p{L}\p{N}]+/gu) ?? []).map((w) => `${w}:*`).join(' & ');
  const digits = /^[\d\s()+.-]+$/.test(q) ? q.replace(/\D/g, '') : '';
  const heads = digits.length < 3 ? [] : [...new Set(['', ...near.flatMap((n) => [n.slice(0, 1), n.slice(0, 2), n.slice(0, 3)])])].map((code) => `${code}${digits}%`);
  const values: unknown[] = [];
  const value = (v: unknown): string => `$${values.push(v)}`;
  const parts = [
    ...(words === '' ? [] : [`select id from {c}.contacts where to_tsvector('simple', {s}.fold(name)) @@ to_tsquery('simple', {s}.fold(${value(words)}))`]),
    ...heads.map((head) => `select contact_id as id from {c}.addresses where value like ${value(head)} and kind = 'phone'`),
    ...(heads.length === 0 ? [] : [`select contact_id as id from {c}.addresses where reverse(value) like reverse(${value(digits)}) || '%' and kind = 'phone'`]),
    `select contact_id as id from {c}.addresses where value = ${value(q)} and kind <> 'phone'`,
    ...fieldParts(q, words, value),
  ];
  const rows = await tx.query<{ id: string }>(`select id from (${parts.map((part) => `(${part} limit ${MOST})`).join(' union ')}) found limit ${MOST}`, values);
  return rows.map((r) => r.id);
}

const VALUES = "jsonb_path_query_array(fields, '$.*')";
function fieldParts(q: string, words: string, value: (v: unknown) => string): string[] {
  const whole = [q, ...(/^-?\d{1,15}$/.test(q) ? [Number(q)] : [])].map((v) => `${VALUES} @> ${value(JSON.stringify([v]))}::jsonb`);
  return [
    ...whole.map((one) => `select id from {c}.contacts where fields <> '{}' and ${one}`),
    ...(words === '' ? [] : [`select id from {c}.contacts where fields <> '{}' and to_tsvector('simple', {s}.fold(${VALUES}::text)) @@ to_tsquery('simple', {s}.fold(${value(words)}))`]),
  ];
}
