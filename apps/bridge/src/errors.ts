import { assertNever, defineErrors, isAppError, type AppError } from '@centralita/kernel';
import { EngineError } from './engine.ts';

/** What a host answers when it cannot do as asked. */
export const errors = defineErrors('bridge', {
  invalid: { status: 400, text: 'The request does not have the form it should have. See "errors".' },
  malformed: { status: 400, text: 'The request cannot be read. Send valid JSON with content-type application/json.' },
  unauthorized: { status: 401, text: 'Show the secret of the bridge: Authorization: Bearer …, or X-Bridge-Secret.' },
  not_found: { status: 404, text: 'There is nothing here. Check the address and the method.' },
  session_unknown: { status: 404, text: 'There is no session of this name for this engine. Create it in Centralita first.' },
  session_ambiguous: { status: 409, text: 'Several companies have a session of this name. Use its id (sess_…).' },
  not_here: { status: 421, text: 'Another host runs this session, or none does at the moment. Ask the one in "host", or try again.' },
  not_connected: { status: 503, text: 'The session is not connected at the moment. Look at its state, and try again.' },
  no_qr: { status: 404, text: 'There is no code to scan now. The session is linked, or has not begun to wait for it.' },
  pairing_unsupported: { status: 422, text: 'This engine pairs by QR code only.' },
  not_waiting: { status: 409, text: 'The session does not wait to be linked. Start it, or log it out first.' },
  not_on_whatsapp: { status: 422, text: 'This number is not on WhatsApp.' },
  refused: { status: 422, text: 'WhatsApp refused it. See "whatsapp_code".' },
  unconfirmed: { status: 504, text: 'Whether it left is not known. Sending it again with the same id makes no second message.' },
  content: { status: 400, text: 'This cannot be sent like this.' },
  unsupported: { status: 422, text: 'This engine cannot do that.' },
  file_unknown: { status: 404, text: 'This host does not have that file (any more). Give it the file again.' },
  file_gone: { status: 410, text: 'WhatsApp does not have this file any more, and the phone did not offer it again.' },
  file_unreachable: { status: 422, text: 'The file could not be fetched from its address.' },
  too_large: { status: 413, text: 'It is larger than allowed (MEDIA_MAX_MB).' },
  group_unknown: { status: 404, text: 'There is no such group, or this number is not in it.' },
  failed: { status: 500, text: 'This did not work, and it is our fault. Look for the request id in the log.' },
  database_away: { status: 503, text: 'The database does not answer. Try again in a moment.' },
  stopping: { status: 503, text: 'This host is stopping. Its sessions go on elsewhere in a moment.' },
});

/** What an engine's refusal is for the caller. */
export function fromEngine(error: unknown): unknown {
  return error instanceof EngineError ? appError(error) : error;
}

function appError(error: EngineError): AppError {
  const { kind, message, whatsappCode } = error;
  const extra = whatsappCode === undefined ? {} : { whatsapp_code: whatsappCode };
  switch (kind) {
    case 'not_connected': return errors.not_connected(message);
    case 'not_on_whatsapp': return errors.not_on_whatsapp(message);
    case 'refused': return errors.refused(message, extra);
    case 'unconfirmed': return errors.unconfirmed(message);
    case 'invalid': return errors.content(message);
    case 'gone': return errors.file_gone(message);
    case 'too_large': return errors.too_large(message);
    case 'unsupported': return errors.unsupported(message);
    default: return assertNever(kind);
  }
}

export { isAppError };
