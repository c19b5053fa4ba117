import { defineErrors } from '@centralita/kernel';

export const errors = defineErrors('subscriptions', {
  not_found: { status: 404, text: 'There is no such subscription in your company. List them with GET /api/subscriptions.' },
  event_not_found: { status: 404, text: 'This event is not kept any more, or never was: only what happens while the company has a subscription is kept, for EVENT_RETENTION_DAYS.' },
  account_unknown: { status: 400, text: 'An account to listen to is not one of your company. Take the ids of GET /api/accounts.' },
  accounts_needed: { status: 422, text: 'You are held to some businesses of the company: say with account_ids which of their accounts you want to hear of.' },
  no_broker: { status: 409, text: 'This installation has no RabbitMQ. Ask its operator to set AMQP_URL, or use a subscription over HTTP.' },
  address_refused: { status: 400, text: 'Events cannot be sent to this address.' },
  only_http: { status: 409, text: 'Only subscriptions over HTTP have an address and a secret.' },
  too_many: { status: 409, text: 'A company has at most 50 subscriptions. Remove one that is not used.' },
  command_invalid: { status: 400, text: 'This command does not have the form it should have: {"command": "send_message", "data": {…}}, data as the body of POST /api/messages; or "publish_event", data as that of POST /api/events.' },
  command_key: { status: 401, text: 'A command carries an API key in its header x-api-key.' },
  command_id: { status: 400, text: 'A command carries a message_id of 1 to 200 printable characters, its own for each: sent again with the same one, it is done once.' },
  bad_cursor: { status: 400, text: 'This cursor is not one of ours. Begin again without it.' },
});
