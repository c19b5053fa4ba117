import { defineErrors } from '@centralita/kernel';

export const errors = defineErrors('bots', {
  not_found: { status: 404, text: 'There is no such bot in your company.' },
  name_missing: { status: 422, text: 'A bot needs a name. Give one of 1 to 120 characters.' },
  flow_refused: { status: 422, text: 'The flow was not published, since it would fail in a conversation. Mend what is listed and publish it again.' },
  account_not_found: { status: 404, text: 'There is no such account in your company.' },
  not_published: { status: 409, text: 'This bot has no flow yet. Publish one, then assign the bot.' },
  secret_name: { status: 422, text: 'The name of a secret is a letter followed by letters, digits or _, at most 64 characters, as flows write it: {{ secrets.API_TOKEN }}.' },
});
