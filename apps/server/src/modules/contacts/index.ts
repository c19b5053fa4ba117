export { resolveContacts } from './resolve-contacts.ts';
export { contactCards, searchContacts, setStopped, type ContactCard } from './store.ts';
