import { defineErrors } from '@centralita/kernel';

export const errors = defineErrors('accounts', {
  not_found: { status: 404, text: 'There is no such account in your company.' },
  app_unknown: { status: 404, text: 'No app answers at this webhook address. Copy the address that was shown when the account was connected.' },
  provider_unknown: { status: 400, text: 'This provider is not available. Choose one that `centralita account add` lists.' },
  app_taken: { status: 409, text: 'This webhook name belongs to an app with another secret. Choose another webhook name, or check the app secret.' },
  sender_elsewhere: { status: 409, text: 'This number belongs to another line of your company. Remove it there first.' },
  route_not_found: { status: 404, text: 'This line has no such number.' },
  route_busy: { status: 409, text: 'Messages wait on this number. Pause it, so that the others of the line take them, or wait until they have left.' },
  route_order: { status: 422, text: 'The new order must name every number of the line, each once.' },
  sender_taken: { status: 409, text: 'This number is connected on this app by another company. Remove that account first, or use another app.' },
});
