import type { HttpResponse } from '@centralita/platform/http';
import type { CarrierError, ErrorClass, SendOutcome } from '../../messaging/index.ts';
import { again, byStatus, TOO_FAST, waitOf, type ErrorRule, type Retry } from '../outcomes.ts';
import { ruleFor } from './error-table.ts';
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
  const detail = saidBy(body);
  const trace = headers['x-fb-trace-id'];
  return byStatus(response, attempt, { ...(detail ? { detail } : {}), ...(trace ? { trace } : {}) });
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

