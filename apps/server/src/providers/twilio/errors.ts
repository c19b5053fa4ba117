import type { HttpResponse } from '@centralita/platform/http';
import type { CarrierError, ErrorClass, SendOutcome } from '../../messaging/index.ts';
import { jsonObject } from '../carrier-api.ts';
import { again, byStatus, TOO_FAST, waitOf } from '../outcomes.ts';
import { idText, text } from '../whatsapp/wire.ts';
import { ruleFor } from './error-table.ts';

/**
 * What an answer to a send means: by Twilio's code, without a known one by the HTTP status. A success without a sid, and 5xx
 * without a code, are doubtful: `unknown`.
 */
export function classify(response: HttpResponse, attempt = 1): SendOutcome {
  const { status, headers } = response;
  const body = jsonObject(response);
  if (status >= 200 && status < 300) {
    const sid = text(body?.['sid']);
    if (sid === undefined) return { outcome: 'unknown', error: { class: 'unknown', code: `http_${status}`, http_status: status, title: 'The answer is a success without a message id.' } };
    return { outcome: 'accepted', remote_id: sid };
  }
  const code = idText(body?.['code']);
  const said = text(body?.['message'])?.slice(0, 500);
  const trace = headers['twilio-request-id'];
  const more = { ...(said ? { detail: said } : {}), ...(trace ? { trace } : {}) };
  const rule = code === undefined ? undefined : ruleFor(code);
  if (code === undefined) return byStatus(response, attempt, more);
  const error = (errorClass: ErrorClass, title: string): CarrierError => ({ class: errorClass, code, title, http_status: status, ...more });
  if (rule?.retry) return again(error(rule.class, rule.say), rule.retry, { attempt, wish: waitOf(headers) });
  if (rule) return { outcome: 'rejected', error: error(rule.class, rule.say) };
  if (status === 429) return again(error('slow_down', said ?? 'Too many calls.'), TOO_FAST, { attempt, wish: waitOf(headers) });
  if (status >= 500) return { outcome: 'unknown', error: error('unknown', said ?? `Error ${code} of Twilio.`) };
  return { outcome: 'rejected', error: error(status === 401 ? 'credentials' : 'permanent', said ?? `Error ${code} of Twilio.`) };
}

/** An error told in a status callback, in our words. */
export function explain(error: { readonly code: string; readonly title?: string; readonly detail?: string }): CarrierError {
  const rule = ruleFor(error.code);
  const detail = error.detail ?? error.title;
  return { class: rule?.class ?? 'permanent', code: error.code || 'failed', title: rule?.say ?? error.title ?? 'Twilio could not deliver the message.', ...(detail ? { detail } : {}) };
}
