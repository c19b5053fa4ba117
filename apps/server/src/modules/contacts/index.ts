export { e164, e164OrNull, parsePhone, phoneVariants } from './phone-numbers.ts';
export { resolveContacts } from './resolve-contacts.ts';
export { contactCards, preferAddresses, setStopped, type ContactCard } from './store.ts';
export { searchContacts, type ContactSearch } from './store-search.ts';
