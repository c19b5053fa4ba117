import { defineErrors } from '@centralita/kernel';

export const errors = defineErrors('accounts', {
  not_found: { status: 404, text: 'There is no such account in your company.' },
  app_unknown: { status: 404, text: 'No app answers at this webhook address. Copy the address that was shown when the account was connected.' },
  provider_unknown: { status: 400, text: 'This provider is not available. Choose one that `centralita account add` lists.' },
  app_taken: { status: 409, text: 'This webhook name belongs to an app with another secret. Choose another webhook name, or check the app secret.' },
  sender_taken: { status: 409, text: 'This number is connected on this app by another company. Remove that account first, or use another app.' },
});
