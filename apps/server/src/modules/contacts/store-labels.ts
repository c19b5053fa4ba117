import { defineSql, type Tx } from '@centralita/platform/database';
import type { LabelColour } from '@centralita/contracts';

export interface LabelRow {
  readonly id: string;
  readonly name: string;
  readonly colour: LabelColour;
}
const OF_CONTACTS = defineSql('labels_of_contacts', `
  select p.contact_id, l.id, l.name, l.colour from {c}.contact_labels p join {c}.labels l on l.id = p.label_id where p.contact_id = any($1) order by {s}.fold(l.name)`);

/** By name. */
export const allLabels = (tx: Tx): Promise<LabelRow[]> => tx.query('select id, name, colour from {c}.labels order by {s}.fold(name)');
/** Of a label that is there; a share lock keeps it from being removed meanwhile. */
export const labelById = async (tx: Tx, id: string): Promise<LabelRow | undefined> =>
  (await tx.query<LabelRow>('select id, name, colour from {c}.labels where id = $1 for share', [id]))[0];
/** Other than `except`; capitals and accents make no other name. */
export const labelNamed = async (tx: Tx, name: string, except: string | null): Promise<LabelRow | undefined> =>
  (await tx.query<LabelRow>('select id, name, colour from {c}.labels where {s}.fold(name) = {s}.fold($1) and id is distinct from $2::uuid', [name, except]))[0];
export const countLabels = async (tx: Tx): Promise<number> => (await tx.query<{ n: number }>('select count(*)::integer as n from {c}.labels'))[0]!.n;
export async function insertLabel(tx: Tx, label: LabelRow): Promise<void> {
  await tx.query('insert into {c}.labels (id, name, colour) values ($1, $2, $3)', [label.id, label.name, label.colour]);
}
export async function updateLabel(tx: Tx, label: LabelRow): Promise<void> {
  await tx.query('update {c}.labels set name = $2, colour = $3 where id = $1', [label.id, label.name, label.colour]);
}
/** Takes it off everything, too. Answers whether it was there. */
export const deleteLabel = async (tx: Tx, id: string): Promise<boolean> => (await tx.query('delete from {c}.labels where id = $1 returning id', [id])).length > 0;

export const labelsOfContacts = (tx: Tx, ids: readonly string[]): Promise<(LabelRow & { contact_id: string })[]> => tx.query(OF_CONTACTS, [ids]);
/** Answers whether it was not there. */
export const putContactLabel = async (tx: Tx, contactId: string, labelId: string): Promise<boolean> =>
  (await tx.query('insert into {c}.contact_labels (contact_id, label_id) values ($1, $2) on conflict do nothing returning label_id', [contactId, labelId])).length > 0;
export const dropContactLabel = async (tx: Tx, contactId: string, labelId: string): Promise<boolean> =>
  (await tx.query('delete from {c}.contact_labels where contact_id = $1 and label_id = $2 returning label_id', [contactId, labelId])).length > 0;
export async function moveContactLabels(tx: Tx, from: string, into: string): Promise<void> {
  await tx.query('insert into {c}.contact_labels (contact_id, label_id, created_at) select $2, label_id, created_at from {c}.contact_labels where contact_id = $1 on conflict do nothing', [from, into]);
  await tx.query('delete from {c}.contact_labels where contact_id = $1', [from]);
}
