import { defineSql, type Tx } from '@centralita/platform/database';
import type { Address } from '../../messaging/index.ts';

export interface AddressRow {
  readonly kind: string;
  readonly value: string;
  readonly contact_id: string;
  readonly name: string | null;
  readonly named_by: string;
  readonly created_at: Date;
}

const FIND = defineSql('contact_find', `
  select a.kind, a.value, a.contact_id, c.name, c.named_by, c.created_at
    from unnest($1::text[], $2::text[]) as u(kind, value) join {c}.addresses a using (kind, value) join {c}.contacts c on c.id = a.contact_id`);
const CREATE = defineSql('contact_create', 'insert into {c}.contacts (id, name) select * from unnest($1::uuid[], $2::text[])');
// By the running clock: of two that one transaction brings, the later one is the newer.
const ADDRESS = defineSql('contact_address', `
  insert into {c}.addresses (kind, value, contact_id, created_at) select u.*, clock_timestamp() from unnest($1::text[], $2::text[], $3::uuid[]) as u
  on conflict do nothing returning kind, value, contact_id`);
const RENAME = defineSql('contact_rename', `
  update {c}.contacts c set name = u.name, updated_at = now() from unnest($1::uuid[], $2::text[]) as u(id, name)
   where c.id = u.id and c.named_by = 'carrier' and c.name is distinct from u.name returning c.id`);

export const findAddresses = (tx: Tx, list: readonly Address[]): Promise<AddressRow[]> => tx.query(FIND, [list.map((a) => a.kind), list.map((a) => a.value)]);
export async function insertContacts(tx: Tx, rows: readonly { id: string; name: string | null }[]): Promise<void> {
  await tx.query(CREATE, [rows.map((r) => r.id), rows.map((r) => r.name)]);
}
export const insertAddresses = (tx: Tx, rows: readonly (Address & { contact_id: string })[]): Promise<{ kind: string; value: string; contact_id: string }[]> =>
  tx.query(ADDRESS, [rows.map((r) => r.kind), rows.map((r) => r.value), rows.map((r) => r.contact_id)]);
/** The carrier's newest names; one that an agent gave stays. */
export async function renameContacts(tx: Tx, rows: readonly { id: string; name: string }[]): Promise<void> {
  await tx.query(RENAME, [rows.map((r) => r.id), rows.map((r) => r.name)]);
}
/** Moves every address of `from` to `into` and remembers where it went. What it asked to stop, a name that an agent gave, its fields and its language go along where `into` has none. */
export async function mergeContacts(tx: Tx, from: string, into: string): Promise<void> {
  await tx.query(`
    update {c}.contacts i set stopped = f.stopped || i.stopped, fields = f.fields || i.fields, language = coalesce(i.language, f.language), active_at = greatest(i.active_at, f.active_at), name = case when f.named_by = 'agent' and i.named_by = 'carrier' then f.name else coalesce(i.name, f.name) end,
        named_by = case when 'agent' in (i.named_by, f.named_by) then 'agent' else i.named_by end, updated_at = now()
      from {c}.contacts f where i.id = $2 and f.id = $1`, [from, into]);
  await tx.query('update {c}.addresses set contact_id = $2 where contact_id = $1', [from, into]);
  await tx.query('update {c}.contacts set merged_into = $2, updated_at = now() where id = $1', [from, into]);
}
export async function deleteContacts(tx: Tx, ids: readonly string[]): Promise<void> {
  await tx.query('delete from {c}.contacts where id = any($1)', [ids]);
}
/** From now on this is how the contact is reached. */
export async function preferAddresses(tx: Tx, list: readonly Address[]): Promise<void> {
  await tx.query('update {c}.addresses a set created_at = clock_timestamp() from unnest($1::text[], $2::text[]) as u(kind, value) where a.kind = u.kind and a.value = u.value',
    [list.map((a) => a.kind), list.map((a) => a.value)]);
}
export async function setStopped(tx: Tx, id: string, { category, stopped, at }: { readonly category: string; readonly stopped: boolean; readonly at: string }): Promise<void> {
  await tx.query(stopped ? 'update {c}.contacts set stopped = stopped || jsonb_build_object($2::text, $3::text), updated_at = now() where id = $1'
    : 'update {c}.contacts set stopped = stopped - $2::text, updated_at = now() where id = $1 and $3::text is not null', [id, category, at]);
}

export interface ContactCard {
  readonly id: string;
  readonly name: string | null;
  /** The newest first: after a change of number the old one reaches nobody, or somebody else. */
  readonly addresses: readonly Address[];
}
const CARDS = defineSql('contact_cards', `
  select c.id, c.name, coalesce(jsonb_agg(jsonb_build_object('kind', a.kind, 'value', a.value) order by a.created_at desc, a.kind, a.value) filter (where a.kind is not null), '[]') as addresses
    from {c}.contacts c left join {c}.addresses a on a.contact_id = c.id where c.id = any($1) group by c.id`);
export const contactCards = (tx: Tx, ids: readonly string[]): Promise<ContactCard[]> => tx.query(CARDS, [ids]);
