import { defineErrors } from '@centralita/kernel';

export const errors = defineErrors('api', {
  phone_number: { status: 422, text: 'This is not a phone number. Give it with its country code, as digits (593987654321) or as E.164 (+593987654321).' },
  recipient: { status: 422, text: 'Say whom the message is for: phone_number or contact_id, one of the two.' },
  contact_not_found: { status: 404, text: 'There is no such contact in your company.' },
  content: { status: 422, text: 'The content does not fit the type of the message.' },
  file_not_found: { status: 404, text: 'There is no such file in your company. Upload it again.' },
  file_not_ready: { status: 409, text: 'This file cannot be sent yet.' },
  account_needed: { status: 422, text: 'Your company has several lines. Say which one with account_id; GET /api/accounts lists them.' },
  no_account: { status: 409, text: 'Your company has no line on WhatsApp yet. Connect one first (POST /api/accounts).' },
  account_disabled: { status: 409, text: 'This line is disabled. Enable it first (PUT /api/accounts/{id} with status active).' },
  no_route: { status: 409, text: 'This line has no carrier yet. Connect one first.' },
  refused_by_carrier: { status: 422, text: 'WhatsApp did not take this message.' },
  key_reused: { status: 422, text: 'This Idempotency-Key was used for another request. Use a new key for each thing to be sent.' },
  key_invalid: { status: 400, text: 'An Idempotency-Key has 1 to 255 printable characters.' },
  bad_cursor: { status: 400, text: 'This cursor is not one of ours. Start again from the first page.' },
  nothing_said: { status: 422, text: 'There is nothing in it. Give a message, attachments, or both.' },
  attachment: { status: 422, text: 'An attachment could not be taken.' },
});
