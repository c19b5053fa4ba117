import type { CompanyEvent } from '@centralita/contracts';
import { chunk, encodeId } from '@centralita/kernel';
import type { CompanyRef } from '@centralita/platform/database';
import type { Runtime } from '../../runtime.ts';
import { listLabels, viewContacts } from '../contacts/index.ts';
import { accountsOfConversations, conversationsOf, viewNotes } from '../conversations/index.ts';

/** Contacts in one read. */
const BATCH = 200;

interface Changed {
  readonly company: CompanyRef;
  /** The conversations of changed contacts are added: they show their names. */
  readonly conversations: Set<string>;
  readonly contacts: ReadonlySet<string>;
  readonly labels: boolean;
  /** By id, with the conversation of each. */
  readonly notes: ReadonlyMap<string, string>;
  readonly merged: ReadonlyMap<string, string>;
}

/** What screens are told of contacts, labels and notes, as they are now. */
export async function peopleEvents(rt: Runtime, changed: Changed): Promise<CompanyEvent[]> {
  const events: CompanyEvent[] = [...changed.merged].map(([from, into]) => ({ type: 'contact.merged', contact_id: encodeId('ct', from), into: encodeId('ct', into) }));
  for (const ids of chunk([...changed.contacts].filter((id) => !changed.merged.has(id)), BATCH)) {
    await rt.db.withCompany(changed.company, async (tx) => {
      for (const contact of await viewContacts(tx, ids)) events.push({ type: 'contact.updated', contact });
      for (const { id } of await conversationsOf(tx, ids)) changed.conversations.add(id);
    });
  }
  if (changed.labels) events.push({ type: 'labels.updated', labels: await rt.db.withCompany(changed.company, listLabels) });
  if (changed.notes.size > 0) events.push(...await noteEvents(rt, changed));
  return events;
}

function noteEvents(rt: Runtime, { company, notes }: Changed): Promise<CompanyEvent[]> {
  return rt.db.withCompany(company, async (tx) => {
    const shown = new Map((await viewNotes(tx, [...notes.keys()])).map((note) => [note.id, note]));
    const accounts = await accountsOfConversations(tx, [...new Set(notes.values())]);
    return [...notes].flatMap(([id, conversation]): CompanyEvent[] => {
      const note = shown.get(encodeId('note', id));
      const account = accounts.get(conversation);
      if (account === undefined) return [];
      const account_id = encodeId('acc', account);
      return [note ? { type: 'note.updated', note, account_id } : { type: 'note.removed', note_id: encodeId('note', id), conversation_id: encodeId('conv', conversation), account_id }];
    });
  });
}
