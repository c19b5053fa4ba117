import type { FieldValue } from '@centralita/contracts';
import { defineSql, type Tx } from '@centralita/platform/database';
import type { Address } from '../../messaging/index.ts';

export interface PersonRow {
  readonly id: string;
  readonly name: string | null;
  readonly named_by: 'carrier' | 'agent';
  readonly language: string | null;
  readonly fields: Readonly<Record<string, FieldValue>>;
  readonly stopped: Readonly<Record<string, string>>;
  readonly active_at: Date;
  readonly created_at: Date;
  readonly updated_at: Date;
  readonly erased_at: Date | null;
  /** The one in use first. */
  readonly addresses: readonly (Address & { readonly added_at: string })[];
}
const PERSON = 'p.id, p.name, p.named_by, p.language, p.fields, p.stopped, p.active_at, p.created_at, p.updated_at, p.erased_at';
const PEOPLE = defineSql('contact_people', `
  select ${PERSON}, coalesce((select jsonb_agg(jsonb_build_object('kind', a.kind, 'value', a.value, 'added_at', a.created_at) order by a.created_at desc, a.kind, a.value)
      from {c}.addresses a where a.contact_id = p.id), '[]') as addresses
    from {c}.contacts p where p.id = any($1)`);
// Never waits: whoever holds the row writes about the same person in this moment.
const TOUCH = defineSql('contact_touch', `
  update {c}.contacts set active_at = now() where id in (
    select id from {c}.contacts where id = any($1) and active_at < now() - interval '1 hour' for no key update skip locked)`);

export const people = (tx: Tx, ids: readonly string[]): Promise<PersonRow[]> => tx.query(PEOPLE, [ids]);
export async function touchContacts(tx: Tx, ids: readonly string[]): Promise<void> {
  await tx.query(TOUCH, [ids]);
}
/** In the order of their ids, as everybody locks several. Answers those that live. */
export const lockContacts = async (tx: Tx, ids: readonly string[]): Promise<Map<string, { readonly erased: boolean }>> =>
  new Map((await tx.query<{ id: string; erased: boolean }>('select id, erased_at is not null as erased from {c}.contacts where id = any($1) and merged_into is null order by id for no key update', [ids]))
    .map((r) => [r.id, { erased: r.erased }]));
/** The same, whoever they are; and nobody makes a conversation of one of them meanwhile (its foreign key holds the contact). */
export async function lockWhole(tx: Tx, ids: readonly string[]): Promise<void> {
  await tx.query('select id from {c}.contacts where id = any($1) order by id for update', [ids]);
}
/** Contacts that became part of this one, over any number of steps. */
export const mergedInto = async (tx: Tx, id: string): Promise<string[]> => (await tx.query<{ id: string }>(`
  with recursive part as (select id from {c}.contacts where merged_into = $1 union select p.id from {c}.contacts p join part on p.merged_into = part.id) select id from part`, [id])).map((r) => r.id);

export interface PersonChange {
  readonly name?: string | null | undefined;
  readonly language?: string | null | undefined;
  /** Null takes a field away. */
  readonly fields?: Readonly<Record<string, FieldValue | null>> | undefined;
}
/** A name given by the company stays; without one the person's own comes with their next message. */
export async function changePerson(tx: Tx, id: string, c: PersonChange): Promise<void> {
  await tx.query(`
    update {c}.contacts set name = case when $2 then $3 else name end, named_by = case when $2 then case when $3::text is null then 'carrier' else 'agent' end else named_by end,
           language = case when $4 then $5 else language end, fields = jsonb_strip_nulls(fields || $6::jsonb), updated_at = now() where id = $1`,
  [id, c.name !== undefined, c.name ?? null, c.language !== undefined, c.language ?? null, JSON.stringify(c.fields ?? {})]);
}
export async function deleteAddress(tx: Tx, a: Address): Promise<void> {
  await tx.query('delete from {c}.addresses where kind = $1 and value = $2', [a.kind, a.value]);
}

export interface PersonPlace {
  /** Microseconds matter, so it stays text. */
  readonly at: string;
  readonly id: string;
}
export interface PeopleQuery {
  readonly found?: readonly string[] | undefined;
  readonly label_id?: string | undefined;
  readonly field?: { readonly name: string; readonly value: string } | undefined;
  readonly active_from?: string | undefined;
  readonly active_to?: string | undefined;
  readonly after?: PersonPlace | undefined;
  readonly limit: number;
}
/** One walk along `contacts_active` (migration 0008), newest first. */
export async function peoplePage(tx: Tx, query: PeopleQuery): Promise<PersonPlace[]> {
  const values: unknown[] = [query.limit];
  const value = (v: unknown): string => `$${values.push(v)}`;
  const where = ['merged_into is null', 'erased_at is null'];
  if (query.found) where.push(`id = any(${value(query.found)}::uuid[])`);
  if (query.label_id) where.push(`exists (select 1 from {c}.contact_labels l where l.contact_id = p.id and l.label_id = ${value(query.label_id)})`);
  if (query.field) where.push(fieldSql(query.field, value));
  if (query.active_from) where.push(`active_at >= ${value(query.active_from)}::timestamptz`);
  if (query.active_to) where.push(`active_at < ${value(query.active_to)}::timestamptz`);
  if (query.after) where.push(`(active_at, id) < (${value(query.after.at)}::timestamptz, ${value(query.after.id)}::uuid)`);
  return tx.query(`select id, active_at::text as at from {c}.contacts p where ${where.join(' and ')} order by active_at desc, id desc limit $1`, values);
}
/** A number or a yes or no is found by how it is written. */
function fieldSql({ name, value: wanted }: { readonly name: string; readonly value: string }, value: (v: unknown) => string): string {
  const alike = [wanted, ...(/^-?\d+(\.\d+)?$/.test(wanted) ? [Number(wanted)] : []), ...(wanted === 'true' ? [true] : wanted === 'false' ? [false] : [])];
  return `fields <> '{}' and (${alike.map((v) => `fields @> ${value(JSON.stringify({ [name]: v }))}::jsonb`).join(' or ')})`;
}
/** Names of the fields in use, at most 200. */
export const fieldNames = async (tx: Tx): Promise<string[]> => (await tx.query<{ name: string }>(`
  select distinct k as name from {c}.contacts p cross join lateral jsonb_object_keys(p.fields) as k where p.fields <> '{}' and merged_into is null and erased_at is null order by 1 limit 200`)).map((r) => r.name);

/** Nothing of a person is left but that there was one; the contacts that became part of it too. Answers how many addresses went. */
export async function erasePeople(tx: Tx, ids: readonly string[]): Promise<number> {
  const gone = await tx.query('delete from {c}.addresses where contact_id = any($1) returning kind', [ids]);
  await tx.query('delete from {c}.contact_labels where contact_id = any($1)', [ids]);
  await tx.query("update {c}.contacts set name = null, named_by = 'carrier', language = null, fields = '{}', stopped = '{}', erased_at = now(), updated_at = now() where id = any($1)", [ids]);
  return gone.length;
}
