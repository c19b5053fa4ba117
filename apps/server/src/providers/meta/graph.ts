import { isIP } from 'node:net';
import { isClosedAddress, type HttpRequest, type HttpResponse } from '@centralita/platform/http';
import type { CarrierError } from '../../messaging/index.ts';
import type { CarrierContext, CredentialField, Credentials } from '../contract.ts';

export const DEFAULT_GRAPH_URL = 'https://graph.facebook.com';
/** v25.0 lives until 2028-07-29 (providers.md §1.1); an expired version is silently served by the oldest living one. */
export const DEFAULT_GRAPH_VERSION = 'v25.0';

export const FIELDS: readonly CredentialField[] = [
  { name: 'phone_number_id', secret: false, required: true, help: 'Id of the sender number (WhatsApp Manager, API setup). Not the number itself.' },
  { name: 'waba_id', secret: false, required: true, help: 'Id of the WhatsApp Business Account above the number.' },
  { name: 'access_token', secret: true, required: true, help: 'Permanent token of a system user with whatsapp_business_messaging and whatsapp_business_management.' },
  { name: 'app_secret', secret: true, required: true, help: 'Secret of the Meta app (App settings, Basic): proves that webhooks come from Meta.' },
  { name: 'graph_url', secret: false, required: false, help: `Host of the Graph API, default ${DEFAULT_GRAPH_URL}.` },
  { name: 'graph_version', secret: false, required: false, help: `Version of the Graph API, default ${DEFAULT_GRAPH_VERSION}.` },
];

export interface Graph {
  readonly origin: string;
  /** `<graph_url>/<version>`, no slash at the end. */
  readonly base: string;
  /** The token goes here and nowhere else. */
  readonly headers: Readonly<Record<string, string>>;
}

/** Where this route's API is, or why its credentials cannot be used. */
export function graphOf(credentials: Credentials): Graph | CarrierError {
  const url = URL.parse(credentials['graph_url'] || DEFAULT_GRAPH_URL);
  const version = credentials['graph_version'] || DEFAULT_GRAPH_VERSION;
  const token = credentials['access_token'];
  if (!url || (url.protocol !== 'https:' && !(url.protocol === 'http:' && isNear(url.hostname))) || url.username || url.search || url.hash) {
    return misconfigured('graph_url', 'graph_url must be an https address without query (http only for hosts on this machine or network)');
  }
  if (!/^v\d{1,3}\.\d{1,2}$/.test(version)) return misconfigured('graph_version', 'graph_version looks like v25.0');
  // Header values are visible ASCII: a pasted line break or blank must not reach the wire.
  if (!token || !/^[\x21-\x7e]+$/.test(token)) return misconfigured('access_token', 'access_token is empty or holds blanks');
  return {
    origin: url.origin,
    base: `${url.origin}${url.pathname.replace(/\/+$/, '')}/${version}`,
    headers: { authorization: `Bearer ${token}`, accept: 'application/json' },
  };
}

/** Names without a dot and addresses that are not public: a sandbox on this machine or a container beside it. A token must not cross the internet in clear. */
function isNear(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, '');
  return isIP(host) === 0 ? !host.includes('.') : isClosedAddress(host);
}

/** An id as one segment of a path; undefined when it could be anything else. */
export function segment(id: string | undefined): string | undefined {
  return id !== undefined && /^[A-Za-z0-9_.:=-]{1,512}$/.test(id) && !/^\.+$/.test(id) ? encodeURIComponent(id) : undefined;
}

export function misconfigured(field: string, detail: string): CarrierError {
  return { class: 'config', code: field, title: `The route is not set up: ${detail}.` };
}

export interface Call {
  readonly method: HttpRequest['method'];
  /** Below `base`, beginning with a slash; ids in it went through `segment`. */
  readonly path: string;
  readonly json?: unknown;
}

/** One call. Throws HttpError only. */
export function callGraph(context: CarrierContext, graph: Graph, { method, path, json }: Call): Promise<HttpResponse> {
  return context.http.request({
    method, url: graph.base + path, timeoutMs: context.timeoutMs,
    headers: json === undefined ? graph.headers : { ...graph.headers, 'content-type': 'application/json' },
    ...(json === undefined ? {} : { body: JSON.stringify(json) }),
  });
}

/** Whether a result of this folder is an error. */
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
