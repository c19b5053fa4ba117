import type { Label, LabelColour } from '@centralita/contracts';
import { decodeId, encodeId, newUuid } from '@centralita/kernel';
import { isUniqueViolation, type Tx } from '@centralita/platform/database';
import type { Runtime } from '../../runtime.ts';
import { errors } from './errors.ts';
import { allLabels, countLabels, deleteLabel, insertLabel, labelById, labelNamed, updateLabel, type LabelRow } from './store-labels.ts';

/** More than these nobody finds their way in. */
const MOST = 200;

export const showLabel = (row: LabelRow): Label => ({ id: encodeId('lbl', row.id), name: row.name, colour: row.colour });

/** The label of an id from outside. Throws `contacts.label_not_found`. */
export async function requireLabel(tx: Tx, id: string): Promise<LabelRow> {
  const uuid = decodeId('lbl', id);
  const label = uuid === undefined ? undefined : await labelById(tx, uuid);
  if (!label) throw errors.label_not_found();
  return label;
}

export const listLabels = async (tx: Tx): Promise<Label[]> => (await allLabels(tx)).map(showLabel);

/** Throws `contacts.label_taken`, `contacts.too_many_labels`. */
export async function createLabel(rt: Runtime, tx: Tx, wish: { readonly name: string; readonly colour: LabelColour }): Promise<LabelRow> {
  if (await labelNamed(tx, wish.name, null)) throw errors.label_taken();
  if (await countLabels(tx) >= MOST) throw errors.too_many_labels();
  const label = { id: newUuid(), ...wish };
  await insertLabel(tx, label).catch(taken);
  await rt.events.emit(tx, 'labels.changed', {});
  return label;
}

/** Throws `contacts.label_not_found`, `contacts.label_taken`. */
export async function changeLabel(rt: Runtime, tx: Tx, { id, wish }: { readonly id: string; readonly wish: { readonly name?: string | undefined; readonly colour?: LabelColour | undefined } }): Promise<LabelRow> {
  const before = await requireLabel(tx, id);
  const label = { id: before.id, name: wish.name ?? before.name, colour: wish.colour ?? before.colour };
  if (await labelNamed(tx, label.name, label.id)) throw errors.label_taken();
  await updateLabel(tx, label).catch(taken);
  await rt.events.emit(tx, 'labels.changed', {});
  return label;
}

/** Throws `contacts.label_not_found`. */
export async function removeLabel(rt: Runtime, tx: Tx, id: string): Promise<LabelRow> {
  const label = await requireLabel(tx, id);
  await deleteLabel(tx, label.id);
  await rt.events.emit(tx, 'labels.changed', {});
  return label;
}

/** Somebody else was a moment faster. */
function taken(error: unknown): never {
  if (isUniqueViolation(error, 'labels_name')) throw errors.label_taken();
  throw error;
}
