import { defineErrors } from '@centralita/kernel';

export const errors = defineErrors('companies', {
  not_signed_in: { status: 401, text: 'Sign in first, or send an API key in the X-Api-Key header.' },
  wrong_password: { status: 401, text: 'The e-mail or the password is wrong.' },
  wrong_key: { status: 401, text: 'This API key is not valid. Check it, or make a new one.' },
  key_expired: { status: 401, text: 'This API key has expired. Make a new one.' },
  key_address: { status: 403, text: 'This API key may not be used from this address. Add the address to the key, or use another key.' },
  csrf: { status: 403, text: 'The x-csrf-token header is missing or old. Reload the page and try again.' },
  foreign_page: { status: 403, text: 'This page belongs to another site. Open Centralita at its own address, or set PUBLIC_URL to the address you use.' },
  too_many_tries: { status: 429, text: 'Too many wrong passwords.' },
  no_person: { status: 403, text: 'An API key is not a person: this is for people who signed in with e-mail and password.' },
  forbidden: { status: 403, text: 'Your role does not allow this. Ask an administrator of your company.' },
  slug_taken: { status: 409, text: 'A company with this short name exists already. Choose another.' },
  email_taken: { status: 409, text: 'A user with this e-mail exists already.' },
  not_found: { status: 404, text: 'There is no such company.' },
});
