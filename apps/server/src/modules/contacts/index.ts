export { e164, e164OrNull, parsePhone, phoneVariants } from './phone-numbers.ts';
export { resolveContacts, type Known } from './resolve-contacts.ts';
export { contactCards, preferAddresses, renameContacts, setStopped, type ContactCard } from './store.ts';
export { searchContacts, type ContactSearch } from './store-search.ts';
