export { e164, e164OrNull, parsePhone, phoneVariants } from './phone-numbers.ts';
export { resolveContacts, type Known } from './resolve-contacts.ts';
export { contactCards, preferAddresses, renameContacts, setStopped, type ContactCard } from './store.ts';
export { findPhones, type PhoneMatch } from './resolve-phones.ts';
export { livingContacts } from './store-living.ts';
export { searchContacts, type ContactSearch } from './store-search.ts';
