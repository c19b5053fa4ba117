import type { Contact } from '@centralita/contracts';
import { decodeId, encodeId, groupBy } from '@centralita/kernel';
import type { Tx } from '@centralita/platform/database';
import { errors } from './errors.ts';
import { requireLabel, showLabel } from './labels.ts';
import { e164 } from './phone-numbers.ts';
import { livingContacts } from './store-living.ts';
import { labelsOfContacts } from './store-labels.ts';
import { people, peoplePage, type PersonPlace, type PersonRow } from './store-people.ts';
import { searchContacts } from './store-search.ts';

/** Contacts as the API shows them, in the order of `ids`; those that are not there are left out. */
export async function viewContacts(tx: Tx, ids: readonly string[]): Promise<Contact[]> {
  if (ids.length === 0) return [];
  const rows = new Map((await people(tx, ids)).map((row) => [row.id, row]));
  const labels = groupBy(await labelsOfContacts(tx, ids), (label) => label.contact_id);
  return ids.flatMap((id) => {
    const row = rows.get(id);
    return row ? [view(row, (labels.get(id) ?? []).map(showLabel))] : [];
  });
}

function view(row: PersonRow, labels: Contact['labels']): Contact {
  const addresses = row.addresses.map((a) => ({ kind: a.kind, value: a.kind === 'phone' ? e164(a.value) : a.value, added_at: new Date(a.added_at).toISOString() }));
  return {
    id: encodeId('ct', row.id), name: row.name, named_by: row.named_by, phone_number: addresses.find((a) => a.kind === 'phone')?.value ?? null, language: row.language, fields: { ...row.fields },
    addresses, labels, stopped: { ...row.stopped }, last_active_at: row.active_at.toISOString(), created_at: row.created_at.toISOString(), updated_at: row.updated_at.toISOString(),
    erased_at: row.erased_at?.toISOString() ?? null,
  };
}

/** The contact of an id from outside; a merged one is the one it became part of. Throws `contacts.not_found`. */
export async function contactId(tx: Tx, id: string): Promise<string> {
  const uuid = decodeId('ct', id);
  const living = uuid === undefined ? undefined : (await livingContacts(tx, [uuid])).get(uuid);
  if (living === undefined) throw errors.not_found();
  return living;
}

export interface ContactsAsked {
  readonly q?: string | undefined;
  /** As outside. */
  readonly label_id?: string | undefined;
  /** `name:value`. */
  readonly field?: string | undefined;
  readonly active_from?: string | undefined;
  readonly active_to?: string | undefined;
  readonly after?: PersonPlace | undefined;
  readonly limit: number;
  /** See `ContactSearch`. */
  readonly near: readonly string[];
}

/** Ids of a page of contacts, those active last first; `next`: where the following one begins. Throws `contacts.label_not_found`. */
export async function pageOfContacts(tx: Tx, asked: ContactsAsked): Promise<{ ids: string[]; next: PersonPlace | undefined }> {
  const q = asked.q?.trim() ?? '';
  const found = q === '' ? undefined : await searchContacts(tx, { q, near: asked.near });
  const label_id = asked.label_id === undefined ? undefined : (await requireLabel(tx, asked.label_id)).id;
  const colon = asked.field?.indexOf(':') ?? -1;
  const field = asked.field === undefined || colon < 1 ? undefined : { name: asked.field.slice(0, colon).trim(), value: asked.field.slice(colon + 1).trim() };
  const places = await peoplePage(tx, { found, label_id, field, active_from: asked.active_from, active_to: asked.active_to, after: asked.after, limit: asked.limit + 1 });
  const page = places.slice(0, asked.limit);
  return { ids: page.map((p) => p.id), next: places.length > asked.limit ? page.at(-1) : undefined };
}
