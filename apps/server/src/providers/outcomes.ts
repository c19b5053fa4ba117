import { HttpError, type HttpResponse } from '@centralita/platform/http';
import type { CarrierError, ErrorClass, SendOutcome } from '../messaging/index.ts';

/** Pauses of `first_ms`, times `factor` each try, at most `max_ms`; at most `attempts` tries in all. */
export interface Retry {
  readonly attempts: number;
  readonly first_ms: number;
  readonly factor: number;
  readonly max_ms: number;
}

/** What a code means. With `retry` the message certainly does not exist and the same route may try again; without, it is rejected. */
export interface ErrorRule {
  readonly class: ErrorClass;
  readonly say: string;
  readonly retry?: Retry;
}

const S = 1000;
const MIN = 60 * S;
const HOUR = 60 * MIN;
export const BACKOFF: Retry = { attempts: 6, first_ms: 2 * S, factor: 4, max_ms: 10 * MIN };
export const FEW: Retry = { attempts: 3, first_ms: 2 * S, factor: 4, max_ms: MIN };
export const ONCE: Retry = { attempts: 2, first_ms: 5 * S, factor: 1, max_ms: 5 * S };
export const MINUTES: Retry = { attempts: 12, first_ms: 5 * MIN, factor: 1, max_ms: 5 * MIN };
export const RATE: Retry = { attempts: 10, first_ms: 1 * S, factor: 2, max_ms: MIN };
export const QUOTA: Retry = { attempts: 8, first_ms: MIN, factor: 2, max_ms: HOUR };
/** 4^n seconds, for this recipient only. */
export const PAIR: Retry = { attempts: 6, first_ms: 4 * S, factor: 4, max_ms: HOUR };

export const TOO_FAST: Retry = { attempts: 10, first_ms: 2 * S, factor: 2, max_ms: 5 * MIN };
const NO_CONNECTION: Retry = { attempts: 20, first_ms: 1 * S, factor: 2, max_ms: MIN };

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

/** Not now: pauses grow with the attempt. `wish`: milliseconds that the carrier asked for, 0 when it did not. */
export function again(error: CarrierError, retry: Retry, { attempt, wish }: { readonly attempt: number; readonly wish: number }): SendOutcome {
  const pause = Math.min(retry.max_ms, retry.first_ms * retry.factor ** (Math.max(1, attempt) - 1));
  return { outcome: 'retry', error, after_ms: Math.max(pause, wish), max_attempts: retry.attempts };
}

/**
 * What an answer without a code that we know means, by its HTTP status. Doubtful is `unknown`: 5xx (a proxy may have lost the
 * carrier's answer) and 408.
 */
export function byStatus(response: HttpResponse, attempt: number, more: Pick<CarrierError, 'detail' | 'trace'> = {}): SendOutcome {
  const { status, headers } = response;
  const error = { code: `http_${status}`, http_status: status, ...more };
  if (status >= 500 || status === 408) {
    return { outcome: 'unknown', error: { ...error, class: 'unknown', title: `The answer (HTTP ${status}) does not tell whether the message was taken.` } };
  }
  if (status === 429) return again({ ...error, class: 'slow_down', title: 'Too many calls.' }, TOO_FAST, { attempt, wish: waitOf(headers) });
  const [errorClass, title] = plain(status);
  return { outcome: 'rejected', error: { ...error, class: errorClass, title } };
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

/** How long the carrier asks to wait: `Retry-After` in seconds, or minutes in Meta's usage header. Milliseconds, at most an hour. */
export function waitOf(headers: HttpResponse['headers']): number {
  const seconds = Number(headers['retry-after'] ?? 0);
  const usage = /"estimated_time_to_regain_access":(\d{1,6})/.exec(headers['x-business-use-case-usage'] ?? '');
  const ms = Math.max(Number.isFinite(seconds) ? seconds * 1000 : 0, Number(usage?.[1] ?? 0) * 60_000);
  return Math.min(Math.max(ms, 0), 3_600_000);
}
