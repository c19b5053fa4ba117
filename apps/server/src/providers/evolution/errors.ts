import type { HttpResponse } from '@centralita/platform/http';
import type { CarrierError, ErrorClass, SendOutcome } from '../../messaging/index.ts';
import { jsonObject } from '../carrier-api.ts';
import { again, BACKOFF, byStatus, waitOf } from '../outcomes.ts';
import { isWire, text, type Wire } from '../whatsapp/wire.ts';

interface Rule {
  /** Of the answer, in lower case. */
  readonly says: RegExp;
  readonly code: string;
  readonly class: ErrorClass;
  readonly say: string;
  readonly again?: true;
}

/** What Evolution's answers mean, which have no codes: by their words (providers.md §4). The first that fits. */
const RULES: readonly Rule[] = [
  { says: /license_required|service not activated/, code: 'license', class: 'config', say: 'This Evolution server wants a licence (2.4): activate it, or run 2.3.7.' },
  { says: /"exists":false/, code: 'not_on_whatsapp', class: 'permanent', say: 'There is no WhatsApp under this number.' },
  // Nothing reaches WhatsApp while the phone is away: it certainly was not sent.
  { says: /connection closed|connection was lost|not connected|instance .*(closed|not open)/, code: 'connection_closed', class: 'retry', say: 'The phone of this instance is not connected to WhatsApp.', again: true },
  { says: /rate-overlimit/, code: 'rate_overlimit', class: 'slow_down', say: 'WhatsApp asks this phone to write more slowly.', again: true },
];

/** Without words that we know, by the HTTP status. 5xx are doubtful: the message may have left before they happened. */
const BY_STATUS: Readonly<Record<number, Pick<Rule, 'class' | 'say'>>> = {
  400: { class: 'permanent', say: 'Evolution refuses the message.' },
  401: { class: 'credentials', say: 'Evolution does not accept this key: copy it from the server (AUTHENTICATION_API_KEY) or from the instance.' },
  403: { class: 'credentials', say: 'Evolution does not let this key do that.' },
  404: { class: 'config', say: 'This Evolution server has no such instance: compare its name, or make it again.' },
};

/** What an answer to a send means. A success without a message's id is doubtful. */
export function classify(response: HttpResponse, attempt = 1): SendOutcome {
  const { status, headers } = response;
  const body = jsonObject(response);
  if (status >= 200 && status < 300) return accepted(body, status);
  const words = response.body.subarray(0, 4000).toString('utf8').toLowerCase().replaceAll(/\s*:\s*/g, ':');
  const detail = detailOf(body);
  const error = (code: string, { class: errorClass, say }: Pick<Rule, 'class' | 'say'>): CarrierError => ({ class: errorClass, code, title: say, http_status: status, ...(detail ? { detail } : {}) });
  // A page of a proxy says nothing about WhatsApp.
  const rule = body && RULES.find((r) => r.says.test(words));
  if (rule?.again) return again(error(rule.code, rule), BACKOFF, { attempt, wish: waitOf(headers) });
  if (rule) return { outcome: 'rejected', error: error(rule.code, rule) };
  const plain = body && BY_STATUS[status];
  return plain ? { outcome: 'rejected', error: error(String(status), plain) } : byStatus(response, attempt, detail ? { detail } : {});
}

function accepted(body: Wire | undefined, status: number): SendOutcome {
  const key = isWire(body?.['key']) ? body['key'] : {};
  const id = text(key['id']);
  if (id === undefined) return { outcome: 'unknown', error: { class: 'unknown', code: `http_${status}`, http_status: status, title: 'The answer is a success without a message id.' } };
  const digits = /^(\d+)(?::\d+)?@s\.whatsapp\.net$/.exec(text(key['remoteJid']) ?? '')?.[1];
  return { outcome: 'accepted', remote_id: id, ...(digits ? { wa_id: digits } : {}) };
}

/** `{status, error, response: {message: […]}}`, or words alone. */
function detailOf(body: Wire | undefined): string | undefined {
  const response = isWire(body?.['response']) ? body['response']['message'] : undefined;
  const said: unknown = Array.isArray(response) ? response.flat()[0] : response;
  const words = text(said) ?? (isWire(said) ? JSON.stringify(said) : undefined) ?? text(body?.['message']) ?? text(body?.['error']);
  return words?.slice(0, 500);
}

/** A status `ERROR` has no reason. */
export function explain(error: { readonly code: string; readonly title?: string; readonly detail?: string }): CarrierError {
  const detail = error.detail ?? error.title;
  return { class: 'permanent', code: error.code || 'ERROR', title: 'WhatsApp did not take the message, and Evolution does not say why.', ...(detail ? { detail } : {}) };
}
