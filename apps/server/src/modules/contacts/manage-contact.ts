import type { FieldValue } from '@centralita/contracts';
import { encodeId, newUuid } from '@centralita/kernel';
import type { Tx } from '@centralita/platform/database';
import type { Address } from '../../messaging/index.ts';
import type { Runtime } from '../../runtime.ts';
import { errors } from './errors.ts';
import { requireLabel } from './labels.ts';
import { mergePeople } from './merge-people.ts';
import { parsePhone, phoneVariants } from './phone-numbers.ts';
import { findPhones } from './resolve-phones.ts';
import { findAddresses, insertAddresses, insertContacts, preferAddresses } from './store.ts';
import { dropContactLabel, putContactLabel } from './store-labels.ts';
import { changePerson, deleteAddress, lockContacts, people, type PersonChange } from './store-people.ts';

const MOST_FIELDS = 100;

export interface ContactWish extends PersonChange {
  readonly addresses: readonly Address[];
}

/** An address as it was given. Throws `contacts.bad_address`. */
export function parseAddress({ kind, value }: { readonly kind: Address['kind']; readonly value: string }): Address {
  if (kind !== 'phone') return { kind, value: value.trim() };
  const digits = parsePhone(value);
  if (digits === undefined) throw errors.bad_address(`“${value}”`);
  return { kind, value: digits };
}

/** Throws `contacts.no_address`, `contacts.address_taken` (with `contact_id`), `contacts.too_many_fields`. */
export async function createContact(rt: Runtime, tx: Tx, wish: ContactWish): Promise<string> {
  if (wish.addresses.length === 0) throw errors.no_address();
  await requireFree(tx, wish.addresses, null);
  requireFew(wish.fields ?? {});
  const id = newUuid();
  await insertContacts(tx, [{ id, name: null }]);
  await changePerson(tx, id, wish);
  await attach(tx, id, wish.addresses);
  await rt.events.emit(tx, 'contact.changed', { change: 'created', contacts: [id] });
  return id;
}

/** Throws `contacts.not_found`, `contacts.erased`, `contacts.too_many_fields`. */
export async function changeContact(rt: Runtime, tx: Tx, { id, change }: { readonly id: string; readonly change: PersonChange }): Promise<void> {
  await lockLiving(tx, [id]);
  const [before] = await people(tx, [id]);
  requireFew({ ...before?.fields, ...change.fields });
  await changePerson(tx, id, change);
  await updated(rt, tx, id);
}

/** From now on this is the one written to. Throws `contacts.not_found`, `contacts.erased`, `contacts.address_taken`. */
export async function addAddress(rt: Runtime, tx: Tx, { id, address }: { readonly id: string; readonly address: Address }): Promise<void> {
  await lockLiving(tx, [id]);
  await requireFree(tx, [address], id);
  const known = await findAddresses(tx, [address]);
  if (known.some((row) => row.contact_id === id)) await preferAddresses(tx, [address]);
  else await attach(tx, id, [address]);
  await updated(rt, tx, id);
}

/** Throws `contacts.not_found`, `contacts.address_not_found`, `contacts.last_address`. */
export async function removeAddress(rt: Runtime, tx: Tx, { id, address }: { readonly id: string; readonly address: Address }): Promise<void> {
  await lockLiving(tx, [id]);
  const [person] = await people(tx, [id]);
  if (!person?.addresses.some((a) => a.kind === address.kind && a.value === address.value)) throw errors.address_not_found();
  if (person.addresses.length === 1) throw errors.last_address();
  await deleteAddress(tx, address);
  await updated(rt, tx, id);
}

/** Somebody says that two contacts are one person. Throws `contacts.not_found`, `contacts.same`, `contacts.erased`. */
export async function joinContacts(rt: Runtime, tx: Tx, { from, into }: { readonly from: string; readonly into: string }): Promise<void> {
  if (from === into) throw errors.same();
  await lockLiving(tx, [from, into]);
  await mergePeople(rt, tx, { from, into });
  await updated(rt, tx, into);
}

/** Throws `contacts.not_found`, `contacts.erased`, `contacts.label_not_found`. */
export async function labelContact(rt: Runtime, tx: Tx, { id, label, on }: { readonly id: string; readonly label: string; readonly on: boolean }): Promise<void> {
  await lockLiving(tx, [id]);
  const { id: labelId } = await requireLabel(tx, label);
  if (on ? await putContactLabel(tx, id, labelId) : await dropContactLabel(tx, id, labelId)) await updated(rt, tx, id);
}

const updated = (rt: Runtime, tx: Tx, id: string): Promise<void> => rt.events.emit(tx, 'contact.changed', { change: 'updated', contacts: [id] });

/** Locks contacts that may be changed. */
export async function lockLiving(tx: Tx, ids: readonly string[]): Promise<void> {
  const locked = await lockContacts(tx, ids);
  for (const id of ids) {
    const one = locked.get(id);
    if (!one) throw errors.not_found();
    if (one.erased) throw errors.erased();
  }
}

function requireFew(fields: Readonly<Record<string, FieldValue | null>>): void {
  if (Object.values(fields).filter((v) => v !== null).length > MOST_FIELDS) throw errors.too_many_fields();
}

/** Nobody else has one of them, in whatever way its country writes it. */
async function requireFree(tx: Tx, addresses: readonly Address[], id: string | null): Promise<void> {
  const phones = await findPhones(tx, addresses.filter((a) => a.kind === 'phone').map((a) => a.value));
  const others = await findAddresses(tx, addresses.filter((a) => a.kind !== 'phone'));
  const owner = [...phones.values(), ...others].find((match) => match.contact_id !== id)?.contact_id;
  if (owner !== undefined) throw errors.address_taken(undefined, { contact_id: encodeId('ct', owner) });
}

async function attach(tx: Tx, id: string, addresses: readonly Address[]): Promise<void> {
  // The first one given is the one written to, so it is put last. Two ways of writing one number are one.
  const own = [...new Map(addresses.map((a) => [`${a.kind}:${a.kind === 'phone' ? phoneVariants(a.value).sort()[0] : a.value}`, a])).values()].reverse();
  for (const address of own) {
    // Brought by a message in this very moment.
    if ((await insertAddresses(tx, [{ ...address, contact_id: id }])).length === 0) await requireFree(tx, [address], id);
  }
}
