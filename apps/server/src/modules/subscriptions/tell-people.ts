import { encodeId } from '@centralita/kernel';
import type { Tx } from '@centralita/platform/database';
import type { ContactErased, EventMap } from '../../messaging/index.ts';
import type { Runtime } from '../../runtime.ts';
import { viewContacts } from '../contacts/index.ts';
import { accountsOfConversations, wornLabels } from '../conversations/index.ts';
import { anybodyWants, recordEvents, type Fact } from './record-events.ts';
import { eraseEvents } from './store-erase.ts';
import { nowOf, whereOf } from './where.ts';

/** What other systems are told of people and labels. */
export function listenToPeople(rt: Runtime): void {
  rt.events.on('contact.changed', (tx, changed) => tellContacts(rt, tx, changed));
  rt.events.on('contact.merged', (tx, merged) => tellMerged(rt, tx, merged));
  rt.events.on('contact.erased', (tx, erased) => tellErased(rt, tx, erased));
  rt.events.on('conversation.labelled', (tx, { conversations }) => tellLabels(rt, tx, conversations));
}

async function tellContacts(rt: Runtime, tx: Tx, { change, contacts }: EventMap['contact.changed']): Promise<void> {
  const type = change === 'created' ? 'contact_created' : 'contact_updated';
  if (!tx.company || !await anybodyWants(rt, tx, [type])) return;
  const company_id = encodeId('co', tx.company.id);
  // Answered in the order asked for.
  const shown = await viewContacts(tx, contacts);
  await recordEvents(rt, tx, shown.map((contact, n): Fact => ({ type, account_id: null, ordering_key: contacts[n]!, at: nowOf(rt), data: { company_id, contact } })));
}

async function tellMerged(rt: Runtime, tx: Tx, { from, into }: EventMap['contact.merged']): Promise<void> {
  if (!tx.company || !await anybodyWants(rt, tx, ['contact_merged'])) return;
  const [contact] = await viewContacts(tx, [into]);
  if (!contact) return;
  await recordEvents(rt, tx, [{
    type: 'contact_merged', account_id: null, ordering_key: into, at: nowOf(rt), data: { company_id: encodeId('co', tx.company.id), contact, merged_contact_id: encodeId('ct', from) },
  }]);
}

/** Nothing that was told of them is kept, delivered or not. That they are to be forgotten is told. */
async function tellErased(rt: Runtime, tx: Tx, { contacts, conversations }: ContactErased): Promise<void> {
  await eraseEvents(tx, [...contacts, ...conversations]);
  if (!tx.company || contacts[0] === undefined) return;
  await recordEvents(rt, tx, [{
    type: 'contact_erased', account_id: null, ordering_key: contacts[0], at: nowOf(rt),
    data: {
      company_id: encodeId('co', tx.company.id), contact_id: encodeId('ct', contacts[0]), merged_contact_ids: contacts.slice(1).map((id) => encodeId('ct', id)),
      conversation_ids: conversations.map((id) => encodeId('conv', id)),
    },
  }]);
}

async function tellLabels(rt: Runtime, tx: Tx, conversations: readonly string[]): Promise<void> {
  if (!tx.company || !await anybodyWants(rt, tx, ['conversation_labelled'])) return;
  const accounts = await accountsOfConversations(tx, conversations);
  const worn = await wornLabels(tx, conversations);
  const facts: Fact[] = [];
  for (const [id, accountId] of accounts) {
    const { phone: _phone, ...where } = await whereOf(rt, tx, accountId);
    facts.push({ type: 'conversation_labelled', account_id: accountId, ordering_key: id, at: nowOf(rt), data: { ...where, conversation_id: encodeId('conv', id), labels: worn.get(id) ?? [] } });
  }
  await recordEvents(rt, tx, facts);
}
