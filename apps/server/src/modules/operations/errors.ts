import { defineErrors } from '@centralita/kernel';

export const errors = defineErrors('operations', {
  bad_cursor: { status: 400, text: 'This cursor is not one of ours. Start again from the first page.' },
  held: { status: 409, text: 'A person has this conversation. It goes back to the bot when they release it.' },
  gone: { status: 409, text: 'The conversation is closed, or not there any more. The bot begins anew when the contact writes.' },
  no_bot: { status: 409, text: 'No bot answers on this account now. Give it one first.' },
  kind: { status: 409, text: 'This kind of work cannot be tried again from here.' },
  confirm: { status: 400, text: 'Clearing takes everything that waits out of the queue. Ask again with confirm=true if that is what you want.' },
});
