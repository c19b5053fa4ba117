import { encodeId } from '@centralita/kernel';
import { HttpError, type HttpResponse } from '@centralita/platform/http';
import type { Runtime } from '../../runtime.ts';
import { signatureHeaders } from './sign.ts';
import type { SubscriptionRow } from './store.ts';
import type { Answer, Parcel } from './target.ts';

/** Of an answer this much is kept in the log. */
const SHOWN = 1000;
const MAX_BYTES = 256 * 1024;

/** One POST, signed. A redirect is no answer: a signature meant for one address is not carried to another. */
export async function sendHttp(rt: Runtime, subscription: SubscriptionRow, { id, body }: Parcel): Promise<Answer> {
  const signed = { id: encodeId('evt', id), timestamp: Math.floor(rt.clock.now() / 1000), body };
  try {
    return answerOf(await rt.http.customer.request({
      method: 'POST', url: subscription.url!, redirects: false, body, timeoutMs: subscription.settings.timeout_seconds * 1000, maxBytes: MAX_BYTES,
      headers: { 'content-type': 'application/json', 'user-agent': 'Centralita-Webhooks/1', ...signatureHeaders(signed, secretsOf(rt, subscription)) },
    }), rt.clock.now());
  } catch (error) {
    if (error instanceof HttpError) return { result: 'refused', status: null, error: `${error.kind}: ${error.message}`, response: null };
    throw error;
  }
}

/** The present one first. */
function secretsOf(rt: Runtime, { secret, previous_secret, previous_until }: SubscriptionRow): string[] {
  const valid = previous_until !== null && previous_until.getTime() > rt.clock.now() ? [secret, previous_secret] : [secret];
  return valid.filter((s) => s !== null).map((s) => rt.sealer.open(s));
}

function answerOf({ status, headers, body }: HttpResponse, now: number): Answer {
  const response = body.length === 0 ? null : body.subarray(0, SHOWN).toString('utf8').replaceAll('\0', '').slice(0, SHOWN);
  if (status >= 200 && status <= 299) return { result: 'taken', status, error: null, response };
  // Standard Webhooks: 410 says that nothing should be sent any more.
  if (status === 410) return { result: 'gone', status, error: 'It answered 410 Gone.', response };
  const error = status >= 300 && status <= 399 ? `It answered ${status}: redirects are not followed, give the final address.` : `It answered ${status}.`;
  const after = status === 429 || status === 503 ? waitAsked(headers['retry-after'], now) : undefined;
  return { result: 'refused', status, error, response, ...(after !== undefined && { after_ms: after }) };
}

/** Seconds or a date (RFC 9110 §10.2.3). */
function waitAsked(header: string | undefined, now: number): number | undefined {
  if (header === undefined) return undefined;
  const ms = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - now;
  return Number.isFinite(ms) && ms > 0 ? ms : undefined;
}
