import { uuidTime } from '@centralita/kernel';
import type { Module } from '../../runtime.ts';
import { touchContacts } from './store-people.ts';

const HOUR_MS = 3_600_000;
/** Contacts known to have been active within the hour; forgotten all at once beyond this many. */
const MOST_KNOWN = 100_000;

export const contactsModule: Module = {
  name: 'contacts',
  subscribe(rt) {
    const known = new Map<string, number>();
    rt.events.on('message.added', async (tx, added) => {
      const now = rt.clock.now();
      const stale = [...new Set(added.map((m) => m.contact_id))].filter((id) => isStale(known, id, now));
      if (stale.length === 0) return;
      await touchContacts(tx, stale);
      tx.onCommit(() => {
        if (known.size > MOST_KNOWN) known.clear();
        for (const id of stale) known.set(id, now);
      });
    });
  },
};

/** Somebody made a moment ago is active since then: their id says when. */
function isStale(known: ReadonlyMap<string, number>, id: string, now: number): boolean {
  return now - Math.max(uuidTime(id), known.get(id) ?? 0) >= HOUR_MS;
}

