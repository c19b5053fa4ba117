import { defineErrors } from '@centralita/kernel';

export const errors = defineErrors('bots', {
  not_found: { status: 404, text: 'There is no such bot in your company.' },
  name_missing: { status: 422, text: 'A bot needs a name. Give one of 1 to 120 characters.' },
  flow_refused: { status: 422, text: 'The flow was not published, since it would fail in a conversation. Mend what is listed and publish it again.' },
  account_not_found: { status: 404, text: 'There is no such account in your company.' },
  not_published: { status: 409, text: 'This bot has no flow yet. Publish one, then assign the bot.' },
  secret_name: { status: 422, text: 'The name of a secret is a letter followed by letters, digits or _, at most 64 characters, as flows write it: {{ secrets.API_TOKEN }}.' },
  name_taken: { status: 409, text: 'Another bot of your company has this name. Choose another.' },
  id_taken: { status: 409, text: 'There is a bot with this bot_id already. Change it with PUT /api/bots/{id}.' },
  id_other: { status: 422, text: 'The bot_id in the body is not that of the address. Leave it out.' },
  id_form: { status: 422, text: 'A bot_id is a UUID. Leave it out to have one made.' },
  no_line: { status: 409, text: 'This bot answers on no line. Give it one: its phone_number is that of a connected line.' },
});
