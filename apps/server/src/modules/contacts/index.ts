export { resolveContacts } from './resolve-contacts.ts';
export { contactCards, preferAddresses, searchContacts, setStopped, type ContactCard } from './store.ts';
