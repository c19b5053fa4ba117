import { defineErrors } from '@centralita/kernel';

export const errors = defineErrors('web-sessions', {
  off: { status: 503, text: 'This installation runs no web sessions: set CENTRALITA_BRIDGES=on, or start hosts of sessions (docs/whatsapp-web.md).' },
  no_sandbox: { status: 409, text: 'This session belongs to the sandbox, which is off or does not answer. Look whether it runs (CENTRALITA_SANDBOX=on).' },
  no_host: { status: 503, text: 'No host runs this session at the moment. Look again in some seconds; its log says why when it stays so.' },
  not_active: { status: 409, text: 'This session is not active. Start it and link the phone first.' },
  no_code: { status: 409, text: 'There is no code to type at the moment. Ask again while the session waits for its phone.' },
  no_target: { status: 422, text: 'There is no other host that could take this session.' },
  host_refused: { status: 502, text: 'The host of the session could not do it.' },
  name_taken: { status: 409, text: 'Another session of your company has this name. Choose another session_name.' },
  unsupported: { status: 409, text: 'This number has no groups here: only WhatsApp Web sessions that this server runs do.' },
});
