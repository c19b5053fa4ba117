import { isIP } from 'node:net';
import { isClosedAddress, type HttpRequest, type HttpResponse } from '@centralita/platform/http';
import type { CarrierError } from '../messaging/index.ts';
import type { CarrierContext, Credentials } from './contract.ts';

/** A carrier's API as one route reaches it. */
export interface Api {
  readonly origin: string;
  /** Without a slash at the end. */
  readonly base: string;
  /** The secrets go here and nowhere else. */
  readonly headers: Readonly<Record<string, string>>;
}

export interface Call {
  readonly method: HttpRequest['method'];
  /** Below `base`, beginning with a slash; ids in it went through `segment`. */
  readonly path: string;
  readonly json?: unknown;
  /** Instead of `json`. */
  readonly form?: Readonly<Record<string, string>>;
  /** Of the answer; 1 MB by default. */
  readonly maxBytes?: number;
}

/** One call. Throws HttpError only. */
export function callApi(context: CarrierContext, api: Api, { method, path, json, form, maxBytes }: Call): Promise<HttpResponse> {
  const body = json !== undefined ? JSON.stringify(json) : form && String(new URLSearchParams(form));
  const type = json !== undefined ? 'application/json' : 'application/x-www-form-urlencoded';
  return context.http.request({
    method, url: api.base + path, timeoutMs: context.timeoutMs, headers: body === undefined ? api.headers : { ...api.headers, 'content-type': type },
    ...(body === undefined ? {} : { body }), ...(maxBytes === undefined ? {} : { maxBytes }),
  });
}

/** The address in a field of the credentials, `fallback` where it is empty; or why it cannot be used. */
export function baseOf(credentials: Credentials, field: string, fallback = ''): Pick<Api, 'origin' | 'base'> | CarrierError {
  const url = URL.parse(credentials[field] || fallback);
  if (!url || (url.protocol !== 'https:' && !(url.protocol === 'http:' && isNear(url.hostname))) || url.username || url.password || url.search || url.hash) {
    return misconfigured(field, `${field} must be an https address without query (http only for hosts on this machine or network)`);
  }
  return { origin: url.origin, base: url.origin + url.pathname.replace(/\/+$/, '') };
}

/** Names without a dot and addresses that are not public: a sandbox on this machine or a container beside it. A token must not cross the internet in clear. */
export function isNear(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, '');
  return isIP(host) === 0 ? !host.includes('.') : isClosedAddress(host);
}

/** A secret as the value of a header: visible ASCII, so that a pasted line break or blank does not reach the wire. */
export function headerSecret(credentials: Credentials, field: string): string | CarrierError {
  const value = credentials[field];
  return value && /^[\x21-\x7e]+$/.test(value) ? value : misconfigured(field, `${field} is empty or holds blanks`);
}

/** An id as one segment of a path; undefined when it could be anything else. */
export function segment(id: string | undefined): string | undefined {
  return id !== undefined && /^[A-Za-z0-9_.:=-]{1,512}$/.test(id) && !/^\.+$/.test(id) ? encodeURIComponent(id) : undefined;
}

export function misconfigured(field: string, detail: string): CarrierError {
  return { class: 'config', code: field, title: `The route is not set up: ${detail}.` };
}

/** Whether a result is an error. */
export function isError(value: object): value is CarrierError {
  return 'class' in value && 'code' in value && 'title' in value;
}

/** The JSON object of an answer; undefined when it is none. */
export function jsonObject(response: HttpResponse): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(response.body.toString('utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value as Record<string, unknown> : undefined;
  } catch {
    return undefined;
  }
}
