import { defineErrors } from '@centralita/kernel';

export const errors = defineErrors('templates', {
  not_found: { status: 404, text: 'There is no such template. GET /api/templates lists those of your lines; a new one is known here within a minute.' },
  not_approved: { status: 422, text: 'WhatsApp has not approved this template, or holds it back: it cannot be sent now.' },
  variables: { status: 422, text: 'The variables do not fit the template.' },
  language: { status: 422, text: 'The template is not there in this language. Say which one with language.' },
  no_templates: { status: 409, text: 'This number has no templates: its carrier needs none. Send the text itself.' },
  not_synced: { status: 503, text: 'The templates of this line could not be read from its carrier yet. Try again in a minute; POST /api/templates/sync says what is wrong.' },
  bad_cursor: { status: 400, text: 'This cursor is not one of ours. Start again from the first page.' },
});
