import { defineErrors } from '@centralita/kernel';

export const errors = defineErrors('intake', {
  app_unknown: { status: 404, text: 'There is no webhook at this address. Compare it with the one shown when the number was added.' },
  signature: { status: 401, text: 'The signature does not belong to this body: compare the app secret with the one stored for this webhook.' },
  not_found: { status: 404, text: 'There is no such entry among the webhooks of your company.' },
  handshake: { status: 403, text: 'The verify token is not the one of this webhook.' },
  too_large: { status: 413, text: 'A webhook has at most 4 MiB.' },
  busy: { status: 503, text: 'The webhook could not be stored in time and was not taken. Send it again.' },
});
