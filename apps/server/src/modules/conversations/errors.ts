import { defineErrors } from '@centralita/kernel';

export const errors = defineErrors('conversations', {
  not_found: { status: 404, text: 'There is no such conversation in your company.' },
  message_not_found: { status: 404, text: 'There is no such message in your company.' },
  note_not_found: { status: 404, text: 'There is no such note on this conversation.' },
  not_your_note: { status: 403, text: 'Only who wrote a note may change or remove it.' },
  content_refused: { status: 422, text: 'WhatsApp would refuse this message. Change it as told and send it again.' },
  cannot_resend: { status: 409, text: 'Only messages that failed, or whose outcome is unknown, can be sent again.' },
  window_closed: { status: 409, text: 'The 24-hour window of WhatsApp is closed: until the contact writes again, only an approved template can be sent.' },
  no_route: { status: 409, text: 'The number of this conversation is not connected any more. Connect it again to go on writing.' },
});
