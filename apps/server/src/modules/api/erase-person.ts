import type { ErasedContact } from '@centralita/contracts';
import { encodeId } from '@centralita/kernel';
import type { Tx } from '@centralita/platform/database';
import type { Runtime } from '../../runtime.ts';
import { eraseSessions } from '../bots/index.ts';
import { audit, type Caller } from '../companies/index.ts';
import { contactErrors, eraseContact, wholePerson } from '../contacts/index.ts';
import { conversationsOf, eraseConversations, filesOf, lockConversations, sentIn } from '../conversations/index.ts';
import { eraseDeliveries } from '../delivery/index.ts';
import { eraseCopies } from '../intake/index.ts';
import { eraseFiles } from '../media/index.ts';

/**
 * Erases what is known about a person, in every room and in one transaction; timelines keep that something was there. Rooms above hear
 * `contact.erased` in it. Throws `contacts.not_found`, `contacts.erased`, `contacts.busy`.
 */
export async function erasePerson(rt: Runtime, tx: Tx, { caller, id }: { readonly caller: Caller; readonly id: string }): Promise<ErasedContact> {
  const person = await wholePerson(tx, id);
  const conversations = (await conversationsOf(tx, person.ids)).map((c) => c.id);
  // Outcomes and statuses lock a delivery before its conversation, so this does too.
  if (!await eraseDeliveries(rt, tx, { messages: await sentIn(tx, conversations), conversations })) throw contactErrors.busy();
  await lockConversations(tx, conversations);
  await eraseSessions(tx, conversations);
  const files = await filesOf(tx, conversations);
  const said = await eraseConversations(rt, tx, conversations);
  const copies = await eraseCopies(tx, { contact: encodeId('ct', id), addresses: person.addresses });
  const addresses = await eraseContact(tx, person);
  const erased = { messages: said.messages, files: files.length, notes: said.notes, addresses, copies };
  await rt.events.emit(tx, 'contact.erased', { contacts: person.ids, conversations, addresses: person.addresses });
  await audit(tx, caller, { action: 'contact.erased', target: { kind: 'contact', id: encodeId('ct', id) }, after: erased });
  // Last: nothing after it is likely to fail, and a file that is gone cannot be brought back.
  await eraseFiles(rt, tx, files);
  return { id: encodeId('ct', id), erased_at: new Date(rt.clock.now()).toISOString(), ...erased };
}
