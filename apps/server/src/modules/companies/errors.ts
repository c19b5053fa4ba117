import { defineErrors } from '@centralita/kernel';

export const errors = defineErrors('companies', {
  not_signed_in: { status: 401, text: 'Sign in first, or send an API key in the X-Api-Key header.' },
  wrong_password: { status: 401, text: 'The e-mail or the password is wrong.' },
  wrong_key: { status: 401, text: 'This API key is not valid. Check it, or make a new one.' },
  csrf: { status: 403, text: 'The x-csrf-token header is missing or old. Reload the page and try again.' },
  forbidden: { status: 403, text: 'Your role does not allow this. Ask an administrator of your company.' },
  slug_taken: { status: 409, text: 'A company with this short name exists already. Choose another.' },
  email_taken: { status: 409, text: 'A user with this e-mail exists already.' },
  not_found: { status: 404, text: 'There is no such company.' },
});
