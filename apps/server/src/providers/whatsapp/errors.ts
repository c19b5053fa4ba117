import { HttpError, type HttpResponse } from '@centralita/platform/http';
import type { CarrierError, ErrorClass, SendOutcome } from '../../messaging/index.ts';
import { ruleFor, type ErrorRule, type Retry } from './error-table.ts';
import { idText, isWire, text, type Wire } from './wire.ts';

/** A readable `{"error":{…}}` of Meta. */
interface MetaError {
  readonly code: string;
  readonly subcode: string | undefined;
  readonly message: string;
  readonly detail: string | undefined;
  readonly transient: boolean;
  readonly trace: string | undefined;
}

const TRANSIENT: Retry = { attempts: 4, first_ms: 2_000, factor: 4, max_ms: 60_000 };
const TOO_FAST: Retry = { attempts: 10, first_ms: 2_000, factor: 2, max_ms: 300_000 };
const NO_CONNECTION: Retry = { attempts: 20, first_ms: 1_000, factor: 2, max_ms: 60_000 };

/**
 * What an answer to a send means. Decides on Meta's code; without a known one on the HTTP status. Doubtful is
 * `unknown`: 2xx without a message id, 5xx that did not come from Meta's API (a proxy may have lost the answer), 408.
 * @param attempt which try this was, from 1
 */
export function classify(response: HttpResponse, attempt = 1): SendOutcome {
  const { status, headers } = response;
  const body = readBody(response.body);
  const meta = readError(body, headers);
  if (meta) return byCode(response, meta, attempt);
  if (status >= 200 && status < 300) return readAccepted(body, status);
  const said = saidBy(body);
  const error = { code: `http_${status}`, http_status: status, ...(said ? { detail: said } : {}), ...(headers['x-fb-trace-id'] ? { trace: headers['x-fb-trace-id'] } : {}) };
  if (status >= 500 || status === 408) {
    return { outcome: 'unknown', error: { ...error, class: 'unknown', title: `The answer (HTTP ${status}) does not tell whether the message was taken.` } };
  }
  if (status === 429) {
    return again({ ...error, class: 'slow_down', title: 'Too many calls.' }, TOO_FAST, { attempt, wish: waitOf(headers) });
  }
  const [errorClass, title] = plain(status);
  return { outcome: 'rejected', error: { ...error, class: errorClass, title } };
}

/** What a failed exchange means for a send: certainly not sent → retry, else unknown. Anything but HttpError is a fault of ours and thrown on. */
export function classifyFailure(failure: unknown, attempt = 1): SendOutcome {
  if (!(failure instanceof HttpError)) throw failure;
  const { kind, message } = failure;
  if (failure.sent) {
    return { outcome: 'unknown', error: { class: 'unknown', code: kind, title: 'The connection ended before the answer came: the message may have been sent.', detail: message } };
  }
  if (kind === 'blocked' || kind === 'invalid_url') {
    return { outcome: 'rejected', error: { class: 'config', code: kind, title: 'The address or the token of the route cannot be used: check its settings.', detail: message } };
  }
  return again({ class: 'retry', code: kind, title: 'No connection to the carrier.', detail: message }, NO_CONNECTION, { attempt, wish: 0 });
}

/** The error of a call that may be repeated without harm (media, setup): what would be `unknown` for a send is `retry` here. */
export function harmless(outcome: SendOutcome): CarrierError | undefined {
  if (outcome.outcome === 'accepted') return undefined;
  return outcome.outcome === 'unknown' ? { ...outcome.error, class: 'retry', title: 'The carrier gave no readable answer.' } : outcome.error;
}

/** An error told in a status, in our words. */
export function explainStatusError(error: { readonly code: string; readonly title?: string; readonly detail?: string }): CarrierError {
  const rule = ruleFor(error.code);
  const detail = error.detail ?? error.title;
  return { class: rule?.class ?? 'permanent', code: error.code, title: rule?.say ?? error.title ?? `Error ${error.code} of the carrier.`, ...(detail ? { detail } : {}) };
}

function byCode(response: HttpResponse, meta: MetaError, attempt: number): SendOutcome {
  const { status, headers } = response;
  const rule: ErrorRule | undefined = ruleFor(meta.code, meta.subcode);
  const error = (errorClass: ErrorClass, title: string): CarrierError => ({
    class: errorClass, code: meta.code, title, http_status: status,
    ...(meta.detail ? { detail: meta.detail } : {}), ...(meta.trace ? { trace: meta.trace } : {}),
  });
  if (rule?.retry) return again(error(rule.class, rule.say), rule.retry, { attempt, wish: waitOf(headers) });
  if (rule) return { outcome: 'rejected', error: error(rule.class, rule.say) };
  if (meta.transient) return again(error('retry', meta.message), TRANSIENT, { attempt, wish: waitOf(headers) });
  if (status === 429) return again(error('slow_down', meta.message), TOO_FAST, { attempt, wish: waitOf(headers) });
  if (status >= 500) return { outcome: 'unknown', error: error('unknown', meta.message) };
  return { outcome: 'rejected', error: error(status === 401 ? 'credentials' : 'permanent', meta.message) };
}

/** @param wish milliseconds that the carrier asked for, 0 when it did not */
function again(error: CarrierError, retry: Retry, { attempt, wish }: { readonly attempt: number; readonly wish: number }): SendOutcome {
  const pause = Math.min(retry.max_ms, retry.first_ms * retry.factor ** (Math.max(1, attempt) - 1));
  return { outcome: 'retry', error, after_ms: Math.max(pause, wish), max_attempts: retry.attempts };
}

function plain(status: number): [ErrorClass, string] {
  switch (true) {
    case status === 401 || status === 403:
      return ['credentials', `The carrier's host refuses the access (HTTP ${status}): check the token or key, and the address of the API.`];
    case status < 400:
      return ['config', `The carrier's host redirects (HTTP ${status}): check the address of the API.`];
    case status === 404 || status === 405:
      return ['config', `There is no such call at this host (HTTP ${status}): check the address and the version of the API.`];
    default:
      return ['permanent', `The carrier refuses the message (HTTP ${status}).`];
  }
}

/** Accepted by Meta is not yet sent: the rest comes in statuses. `message_status` other than accepted is a note. */
function readAccepted(body: unknown, status: number): SendOutcome {
  const message = first(body, 'messages');
  const remote_id = message && idText(message['id']);
  if (message === undefined || remote_id === undefined) {
    return { outcome: 'unknown', error: { class: 'unknown', code: `http_${status}`, http_status: status, title: 'The answer is a success without a message id.' } };
  }
  const contact = first(body, 'contacts');
  const wa_id = contact && idText(contact['wa_id']);
  const user_id = contact && text(contact['user_id']);
  const note = text(message['message_status']);
  return {
    outcome: 'accepted', remote_id, ...(wa_id ? { wa_id } : {}), ...(user_id ? { user_id } : {}),
    ...(note && note !== 'accepted' ? { note } : {}),
  };
}

/** Words of a provider in front of Meta, which has no error codes of its own. */
function saidBy(body: unknown): string | undefined {
  if (!isWire(body)) return undefined;
  const { meta, detail, message, error } = body;
  return ((isWire(meta) ? text(meta['developer_message']) : undefined) ?? text(detail) ?? text(message) ?? text(error))?.slice(0, 500);
}

function first(body: unknown, key: string): Wire | undefined {
  const all = isWire(body) ? body[key] : undefined;
  const item: unknown = Array.isArray(all) ? all[0] : undefined;
  return isWire(item) ? item : undefined;
}

function readBody(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}

function readError(body: unknown, headers: HttpResponse['headers']): MetaError | undefined {
  const error = isWire(body) ? body['error'] : undefined;
  const code = isWire(error) ? idText(error['code']) : undefined;
  if (!isWire(error) || code === undefined) return undefined;
  const data = error['error_data'];
  const message = text(error['error_user_msg']) ?? text(error['message']) ?? `Error ${code} of the carrier.`;
  return {
    code, message,
    subcode: idText(error['error_subcode']),
    detail: (isWire(data) ? text(data['details']) : text(data)) ?? text(error['message']),
    transient: error['is_transient'] === true,
    trace: text(error['fbtrace_id']) ?? headers['x-fb-trace-id'],
  };
}

/** How long the carrier asks to wait: `Retry-After` in seconds, or minutes in Meta's usage header. Milliseconds, at most an hour. */
function waitOf(headers: HttpResponse['headers']): number {
  const seconds = Number(headers['retry-after'] ?? 0);
  const usage = /"estimated_time_to_regain_access":(\d{1,6})/.exec(headers['x-business-use-case-usage'] ?? '');
  const ms = Math.max(Number.isFinite(seconds) ? seconds * 1000 : 0, Number(usage?.[1] ?? 0) * 60_000);
  return Math.min(Math.max(ms, 0), 3_600_000);
}
