import type { Tx } from '@centralita/platform/database';
import type { Runtime } from '../../runtime.ts';
import { mergeContacts } from './store.ts';
import { moveContactLabels } from './store-labels.ts';
import { livingContacts } from './store-living.ts';
import { lockWhole } from './store-people.ts';

/**
 * Two contacts are one person: `from` becomes part of `into`, and upper rooms bring together what they keep of them. Where others have merged
 * one of them in this moment, it is whoever that is by now. Answers who the person is.
 */
export async function mergePeople(rt: Runtime, tx: Tx, merged: { readonly from: string; readonly into: string }): Promise<string> {
  let { from, into } = merged;
  for (;;) {
    await lockWhole(tx, [from, into]);
    const living = await livingContacts(tx, [from, into]);
    const now = { from: living.get(from) ?? from, into: living.get(into) ?? into };
    if (now.from === now.into) return now.into;
    if (now.from === from && now.into === into) break;
    ({ from, into } = now);
  }
  await mergeContacts(tx, from, into);
  await moveContactLabels(tx, from, into);
  await rt.events.emit(tx, 'contact.merged', { from, into });
  return into;
}
