import { defineErrors } from '@centralita/kernel';

export const errors = defineErrors('media', {
  not_found: { status: 404, text: 'There is no such file in your company.' },
  pending: { status: 409, text: 'This file is still being fetched from WhatsApp. Try again in a moment.' },
  failed: { status: 410, text: 'This file could not be fetched from WhatsApp. Ask for it to be sent again.' },
  lost: { status: 410, text: 'This file is not in the store any more. If a backup was restored, restore its media folder too.' },
  too_large: { status: 413, text: 'The file is too large.' },
  cut_off: { status: 400, text: 'The upload ended before the file did. Send it again.' },
  empty: { status: 400, text: 'The file is empty. Choose another one.' },
  range: { status: 416, text: 'The file does not have this part.' },
});
