import { z } from 'zod';
import {
  AddressBody, ChangeContact, Contact, ContactAddressPage, ContactFilter, ContactList, ContactPage, CreateContact, EraseContact, ErasedContact, ImportedContacts, Label, LabelBody, LabelPage,
  LabelPatch, MergeContacts, Note, NoteBody, NotePage, TypingShown,
} from '../contacts.ts';
import { Conversation } from '../inbox.ts';
import type { Endpoint } from './endpoint.ts';

const label = { id: 'lbl_01kah0s0xbe7rtq1rq7mpv0a6e', name: 'Reclamo', colour: 'red' };
const contact = {
  id: 'ct_01kah0s0xbe7rtq1rq7mpv0a6e', name: 'Ana Soto', named_by: 'carrier', phone_number: '+56911110001', language: 'es', fields: { rut: '12.345.678-5' },
  addresses: [{ kind: 'phone', value: '+56911110001', added_at: '2026-04-10T15:30:45.120Z' }], labels: [label], stopped: {}, last_active_at: '2026-04-11T09:00:00.000Z',
  created_at: '2026-04-10T15:30:45.120Z', updated_at: '2026-04-11T09:00:00.000Z', erased_at: null,
};
const NOT_FOUND = ['contacts.not_found'];
const CONVERSATION = ['conversations.not_found'];
const gone = { description: 'Done.' };
const one = (description: string) => ({ description, schema: Contact, example: contact });
/** As `exportContact` says it; too long to be checked as a whole. */
const Export = z.record(z.string(), z.unknown());
export const NoteQuery = z.object({ cursor: z.string().optional(), limit: z.coerce.number().int().min(1).max(100).default(50) });

export const contactEndpoints: readonly Endpoint[] = [
  {
    id: 'listContacts', method: 'get', path: '/api/contacts', tag: 'contacts', permission: 'whatsapp:read', summary: 'Contacts',
    description: 'Those with whom something was said last first, a page at a time. A page may be shorter than asked for; `next_cursor` says whether there is more.',
    query: ContactList, answers: { 200: { description: 'A page.', schema: ContactPage, example: { contacts: [contact], next_cursor: null } } }, problems: ['contacts.bad_cursor', 'contacts.label_not_found'],
  },
  {
    id: 'createContact', method: 'post', path: '/api/contacts', tag: 'contacts', permission: 'whatsapp:manage_contacts', summary: 'Add a contact',
    description: 'With at least one address. Who writes or is written to becomes a contact by themself.',
    body: { schema: CreateContact, example: { name: 'Ana Soto', phone_number: '+56911110001', language: 'es', fields: { rut: '12.345.678-5' } } },
    answers: { 201: one('The contact.') }, problems: ['contacts.bad_address', 'contacts.no_address', 'contacts.address_taken', 'contacts.too_many_fields'],
  },
  {
    id: 'exportContacts', method: 'get', path: '/api/contacts/export', tag: 'contacts', permission: 'whatsapp:manage_contacts', summary: 'Contacts as CSV',
    description: 'The filters of the list; UTF-8 with a header line, one column for each field in use. It can be imported again.',
    query: ContactFilter, answers: { 200: { description: 'The file.', type: 'text/csv' } }, problems: ['contacts.label_not_found'],
  },
  {
    id: 'importContacts', method: 'post', path: '/api/contacts/import', tag: 'contacts', permission: 'whatsapp:manage_contacts', summary: 'Add and change contacts by CSV',
    description: 'UTF-8, separated by commas or semicolons, a header line with `phone_number` (or `phone`) and any of `name`, `language`, `labels` (separated by |) and `field:…`. Who is known by the number is changed; empty cells change nothing. At most 5,000 lines at a time: lines that are not right are told and left out, the others are done.',
    body: { type: 'text/csv', example: 'phone_number,name,labels,field:rut\n+56911110009,Eva Díaz,Reclamo,9.876.543-2\n' },
    answers: { 200: { description: 'What became of the lines.', schema: ImportedContacts, example: { created: 1, changed: 0, errors: [] } } }, problems: ['contacts.bad_file'],
  },
  {
    id: 'getContact', method: 'get', path: '/api/contacts/{id}', tag: 'contacts', permission: 'whatsapp:read', summary: 'A contact', description: 'One that was merged is answered as the one it became part of.',
    answers: { 200: one('The contact.') }, problems: NOT_FOUND,
  },
  {
    id: 'changeContact', method: 'patch', path: '/api/contacts/{id}', tag: 'contacts', permission: 'whatsapp:manage_contacts', summary: 'Change a contact',
    description: 'What is left out stays, null takes away. A name given here stays whatever the person calls themself; null gives it back to them. Fields are changed one by one.',
    body: { schema: ChangeContact, example: { name: 'Ana Soto Díaz', fields: { rut: '12.345.678-5', plan: null } } }, answers: { 200: one('The contact.') }, problems: [...NOT_FOUND, 'contacts.erased', 'contacts.too_many_fields'],
  },
  {
    id: 'listAddresses', method: 'get', path: '/api/contacts/{id}/addresses', tag: 'contacts', permission: 'whatsapp:read', summary: 'The ways to reach a contact', description: 'The one written to first.',
    answers: { 200: { description: 'All of them.', schema: ContactAddressPage } }, problems: NOT_FOUND,
  },
  {
    id: 'addAddress', method: 'post', path: '/api/contacts/{id}/addresses', tag: 'contacts', permission: 'whatsapp:manage_contacts', summary: 'Add an address',
    description: 'It is the one written to from now on. One that the contact has already is put first. One of another contact is refused: merge the two if they are one person.',
    body: { schema: AddressBody, example: { kind: 'phone', value: '+56911110002' } }, answers: { 200: one('The contact.') },
    problems: [...NOT_FOUND, 'contacts.erased', 'contacts.bad_address', 'contacts.address_taken'],
  },
  {
    id: 'removeAddress', method: 'delete', path: '/api/contacts/{id}/addresses/{kind}/{value}', tag: 'contacts', permission: 'whatsapp:manage_contacts', summary: 'Remove an address', description: 'The last one stays.',
    answers: { 204: gone }, problems: [...NOT_FOUND, 'contacts.address_not_found', 'contacts.last_address'],
  },
  {
    id: 'mergeContacts', method: 'post', path: '/api/contacts/{id}/merge', tag: 'contacts', permission: 'whatsapp:manage_contacts', summary: 'Two contacts are one person',
    description: 'The other’s conversations, messages, addresses, labels, fields and what waits for a bot become this one’s; on each account there is one conversation afterwards. Timelines that have become one are not taken apart again.',
    body: { schema: MergeContacts, example: { contact_id: 'ct_01kah0s1bbe7rtq1rq7mpv0a6e' } }, answers: { 200: one('What they are now.') },
    problems: [...NOT_FOUND, 'contacts.same', 'contacts.erased', 'companies.whole_company'],
  },
  {
    id: 'exportContact', method: 'get', path: '/api/contacts/{id}/export', tag: 'contacts', permission: 'whatsapp:manage_contacts', summary: 'Everything held about a person',
    description: 'One JSON document, made while it is sent: the contact, its addresses and fields, conversations with their labels, notes and messages, files (fetch each at its `url`), where it stands with a bot, and how many copies there are in webhook bodies and kept events.',
    answers: { 200: { description: 'The document.', schema: Export } }, problems: [...NOT_FOUND, 'companies.whole_company'],
  },
  {
    id: 'eraseContact', method: 'post', path: '/api/contacts/{id}/erase', tag: 'contacts', permission: 'whatsapp:erase_contacts', summary: 'Erase what is known about a person',
    description: 'Name, addresses, fields, what every message said, files, notes, copies in webhook bodies, failed webhooks, dead letters and kept events. Timelines keep that something was there and when. What waits to be sent is not sent. It cannot be undone; the audit log says who did it.',
    body: { schema: EraseContact, example: { confirm: 'ct_01kah0s0xbe7rtq1rq7mpv0a6e' } }, answers: { 200: { description: 'What was erased.', schema: ErasedContact } },
    problems: [...NOT_FOUND, 'contacts.not_confirmed', 'contacts.erased', 'contacts.busy', 'companies.whole_company'],
  },
  {
    id: 'labelContact', method: 'put', path: '/api/contacts/{id}/labels/{label}', tag: 'contacts', permission: 'whatsapp:handle_conversations', summary: 'Put a label on a contact',
    answers: { 200: one('The contact.') }, problems: [...NOT_FOUND, 'contacts.erased', 'contacts.label_not_found'],
  },
  {
    id: 'unlabelContact', method: 'delete', path: '/api/contacts/{id}/labels/{label}', tag: 'contacts', permission: 'whatsapp:handle_conversations', summary: 'Take a label off a contact',
    answers: { 200: one('The contact.') }, problems: [...NOT_FOUND, 'contacts.label_not_found'],
  },
];

export const labelEndpoints: readonly Endpoint[] = [
  { id: 'listLabels', method: 'get', path: '/api/labels', tag: 'conversations', permission: 'whatsapp:read', summary: 'Labels', answers: { 200: { description: 'By name.', schema: LabelPage, example: { labels: [label] } } } },
  {
    id: 'createLabel', method: 'post', path: '/api/labels', tag: 'conversations', permission: 'whatsapp:assign_conversations', summary: 'Define a label', body: { schema: LabelBody, example: { name: 'Reclamo', colour: 'red' } },
    answers: { 201: { description: 'The label.', schema: Label, example: label } }, problems: ['contacts.label_taken', 'contacts.too_many_labels'],
  },
  {
    id: 'changeLabel', method: 'patch', path: '/api/labels/{id}', tag: 'conversations', permission: 'whatsapp:assign_conversations', summary: 'Rename or recolour a label', body: { schema: LabelPatch, example: { name: 'Reclamos' } },
    answers: { 200: { description: 'The label.', schema: Label, example: { ...label, name: 'Reclamos' } } }, problems: ['contacts.label_not_found', 'contacts.label_taken'],
  },
  {
    id: 'removeLabel', method: 'delete', path: '/api/labels/{id}', tag: 'conversations', permission: 'whatsapp:assign_conversations', summary: 'Remove a label', description: 'From every conversation and contact, too.',
    answers: { 204: gone }, problems: ['contacts.label_not_found'],
  },
  {
    id: 'labelConversation', method: 'put', path: '/api/conversations/{id}/labels/{label}', tag: 'conversations', permission: 'whatsapp:handle_conversations', summary: 'Put a label on a conversation',
    answers: { 200: { description: 'The conversation.', schema: Conversation } }, problems: [...CONVERSATION, 'contacts.label_not_found'],
  },
  {
    id: 'unlabelConversation', method: 'delete', path: '/api/conversations/{id}/labels/{label}', tag: 'conversations', permission: 'whatsapp:handle_conversations', summary: 'Take a label off a conversation',
    answers: { 200: { description: 'The conversation.', schema: Conversation } }, problems: [...CONVERSATION, 'contacts.label_not_found'],
  },
];

const note = {
  id: 'note_01kah0s0xbe7rtq1rq7mpv0a6e', conversation_id: 'conv_01kah0s0xbe7rtq1rq7mpv0a6e', author: { kind: 'user', user_id: 'usr_01kah0s0xbe7rtq1rq7mpv0a6e', name: 'Lea Rojas' },
  text: 'Llamar el lunes.', created_at: '2026-04-10T15:30:45.120Z', edited_at: null,
};
export const noteEndpoints: readonly Endpoint[] = [
  {
    id: 'listNotes', method: 'get', path: '/api/conversations/{id}/notes', tag: 'conversations', permission: 'whatsapp:read', summary: 'Notes on a conversation', description: 'Newest first. Contacts never see them.',
    query: NoteQuery, answers: { 200: { description: 'A page.', schema: NotePage, example: { notes: [note], next_cursor: null } } }, problems: [...CONVERSATION, 'inbox.bad_cursor'],
  },
  {
    id: 'addNote', method: 'post', path: '/api/conversations/{id}/notes', tag: 'conversations', permission: 'whatsapp:handle_conversations', summary: 'Add a note', body: { schema: NoteBody, example: { text: 'Llamar el lunes.' } },
    answers: { 201: { description: 'The note.', schema: Note, example: note } }, problems: CONVERSATION,
  },
  {
    id: 'editNote', method: 'patch', path: '/api/conversations/{id}/notes/{note}', tag: 'conversations', permission: 'whatsapp:handle_conversations', summary: 'Change one’s own note', body: { schema: NoteBody, example: { text: 'Llamar el martes.' } },
    answers: { 200: { description: 'The note.', schema: Note, example: note } }, problems: [...CONVERSATION, 'conversations.note_not_found', 'conversations.not_your_note'],
  },
  {
    id: 'removeNote', method: 'delete', path: '/api/conversations/{id}/notes/{note}', tag: 'conversations', permission: 'whatsapp:handle_conversations', summary: 'Remove one’s own note',
    answers: { 204: gone }, problems: [...CONVERSATION, 'conversations.note_not_found', 'conversations.not_your_note'],
  },
  {
    id: 'showTyping', method: 'post', path: '/api/conversations/{id}/typing', tag: 'conversations', permission: 'whatsapp:send_message', summary: 'Show that somebody is writing',
    description: 'On the contact’s phone, until something is sent or some 25 seconds have passed; ask again to go on. Carriers show it as the answer to the contact’s last message, which becomes read by it.',
    answers: { 200: { description: 'Whether the carrier took it.', schema: TypingShown, example: { shown: true } } }, problems: [...CONVERSATION, 'inbox.no_typing'],
  },
];
