import { defineErrors } from '@centralita/kernel';

export const errors = defineErrors('inbox', {
  bad_cursor: { status: 400, text: 'This cursor is not one of ours. Start again from the first page.' },
  held_by_other: { status: 409, text: 'Another person has this conversation now. Take it first.' },
  file_not_found: { status: 404, text: 'There is no such file in your company. Attach it again.' },
  file_not_ready: { status: 409, text: 'This file cannot be sent yet.' },
  no_typing: { status: 409, text: 'Nobody can be shown that somebody is writing here.' },
  not_at_carrier: { status: 409, text: 'That message has not reached WhatsApp, so nothing can refer to it.' },
});
