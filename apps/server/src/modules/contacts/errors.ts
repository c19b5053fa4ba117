import { defineErrors } from '@centralita/kernel';

export const errors = defineErrors('contacts', {
  not_found: { status: 404, text: 'There is no such contact in your company.' },
  bad_cursor: { status: 400, text: 'This cursor is not one of ours. Start again from the first page.' },
  bad_address: { status: 422, text: 'This is not an address of that kind. A phone is given with its country code, as digits (593987654321) or as E.164 (+593987654321).' },
  no_address: { status: 422, text: 'A contact needs at least one address. Give phone_number or addresses.' },
  address_taken: { status: 409, text: 'This address belongs to another contact, told in contact_id. If they are one person, merge the two.' },
  address_not_found: { status: 404, text: 'The contact has no such address.' },
  last_address: { status: 409, text: 'This is the only address of the contact: without it nobody could be reached. Add another one first, or erase the contact.' },
  too_many_fields: { status: 422, text: 'A contact has at most 100 fields. Take some away with null.' },
  same: { status: 409, text: 'They are one contact already.' },
  erased: { status: 409, text: 'What was known about this contact was erased; nothing can be added to it. Who writes again is a new contact.' },
  not_confirmed: { status: 422, text: 'To erase a contact, give its id as confirm. Nothing of it can be undone.' },
  busy: { status: 409, text: 'A message to this contact is just being sent. Try again in a moment.' },
  bad_file: { status: 422, text: 'This file cannot be imported. It is CSV in UTF-8 with a header line that names phone_number.' },
  label_not_found: { status: 404, text: 'There is no such label in your company.' },
  label_taken: { status: 409, text: 'There is a label of this name already.' },
  too_many_labels: { status: 409, text: 'A company has at most 200 labels. Remove one that nobody needs.' },
});
