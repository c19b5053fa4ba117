import type { Tx } from '@centralita/platform/database';
import type { Runtime } from '../../runtime.ts';
import { mergeContacts } from './store.ts';
import { moveContactLabels } from './store-labels.ts';

/** Two contacts are one person: `from` becomes part of `into`, and upper rooms bring together what they keep of them. */
export async function mergePeople(rt: Runtime, tx: Tx, merged: { readonly from: string; readonly into: string }): Promise<void> {
  await mergeContacts(tx, merged.from, merged.into);
  await moveContactLabels(tx, merged.from, merged.into);
  await rt.events.emit(tx, 'contact.merged', merged);
}
