import { randomToken } from '@centralita/kernel';
import type { HttpResponse } from '@centralita/platform/http';
import type { CarrierError, SendOutcome } from '../../messaging/index.ts';
import { callApi, jsonObject, type Api } from '../carrier-api.ts';
import type { CarrierContext, CredentialField, MediaFile, SendRequest } from '../contract.ts';
import { classifyFailure, harmless } from '../outcomes.ts';
import { redactError, redactOutcome } from '../redact.ts';
import { encodeMessage } from './encode-message.ts';
import { classify } from './errors.ts';
import { contentError } from './limits.ts';
import { uploadProblem } from './media-limits.ts';
import { usageOf } from './usage.ts';

/** Where a route's calls go, and which of its credentials are secrets. */
export interface GraphTarget {
  readonly api: Api;
  /** Below `api.base`. */
  readonly path: string;
  readonly fields: readonly CredentialField[];
}

/** One message in Meta's dialect, once. Never throws for the network or the carrier. */
export async function sendGraph(context: CarrierContext, request: SendRequest, { api, path, fields }: GraphTarget): Promise<SendOutcome> {
  const encoded = encodeMessage(request);
  if ('error' in encoded) return { outcome: 'rejected', error: encoded.error };
  let outcome: SendOutcome;
  try {
    const answer = await callApi(context, api, { method: 'POST', path, json: encoded.body });
    const usage = usageOf(answer.headers);
    outcome = { ...classify(answer, request.attempt), ...(usage && { usage }) };
  } catch (failure) {
    outcome = classifyFailure(failure, request.attempt);
  }
  return redactOutcome(outcome, fields, context.credentials);
}

export type Found = { readonly json: Record<string, unknown> } | { readonly error: CarrierError };

/**
 * A call that may be repeated without harm: its JSON object on 2xx, else an error without secrets. Never throws for the
 * network or the carrier.
 */
export async function queryGraph(context: CarrierContext, fields: readonly CredentialField[], call: () => Promise<HttpResponse>): Promise<Found> {
  let outcome;
  try {
    const response = await call();
    const json = jsonObject(response);
    if (response.status >= 200 && response.status < 300 && json && json['error'] === undefined) return { json };
    outcome = classify(response);
  } catch (failure) {
    outcome = classifyFailure(failure);
  }
  const error = harmless(outcome) ?? { class: 'retry', code: 'answer', title: 'The carrier gave no readable answer.' };
  return { error: redactError(error, fields, context.credentials) };
}

/** A file as multipart; the id lives 30 days. */
export async function uploadGraph(context: CarrierContext, file: MediaFile, { api, path, fields }: GraphTarget): Promise<{ readonly id: string } | CarrierError> {
  const problem = uploadProblem(file.mime_type, file.data.length);
  if (problem !== undefined) return contentError(problem);
  const form = multipart(file);
  const done = await queryGraph(context, fields, () => context.http.request({
    method: 'POST', url: api.base + path, timeoutMs: context.timeoutMs, headers: { ...api.headers, 'content-type': form.type }, body: form.parts,
  }));
  if ('error' in done) return done.error;
  const { id } = done.json;
  return typeof id === 'string' && id !== '' ? { id } : { class: 'retry', code: 'answer', title: 'The carrier took the file but named no id.' };
}

/** The file of an id is not to be had. */
export function missingFile(title: string): CarrierError {
  return { class: 'permanent', code: 'media', title: `The file cannot be fetched: ${title}.` };
}

/** The file itself is not copied. */
function multipart({ data, mime_type, filename }: MediaFile): { type: string; parts: readonly Buffer[] } {
  const boundary = `centralita-${randomToken(18)}`;
  const field = (name: string, value: string) => `--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
  const mime = mime_type.replaceAll(/[\r\n]/g, ' ');
  const head = field('messaging_product', 'whatsapp') + field('type', mime)
    + `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${quoted(filename)}"\r\ncontent-type: ${mime}\r\n\r\n`;
  return { type: `multipart/form-data; boundary=${boundary}`, parts: [Buffer.from(head), data, Buffer.from(`\r\n--${boundary}--\r\n`)] };
}

/** As browsers write it (HTML, multipart/form-data encoding algorithm). */
function quoted(filename: string): string {
  return filename.replaceAll('"', '%22').replaceAll('\r', '%0D').replaceAll('\n', '%0A') || 'file';
}
