import type { Problem } from '@centralita/contracts';
import { send } from './runtime.ts';

/** An answer of the server that is not 2xx, as problem details (RFC 9457). */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly problem: Problem;
  /** Seconds to wait, from `Retry-After`. */
  readonly retryAfter: number | null;
  constructor(problem: Problem, retryAfter: number | null) {
    super(problem.detail ?? problem.title);
    this.name = 'ApiError';
    this.status = problem.status;
    this.code = problem.code;
    this.problem = problem;
    this.retryAfter = retryAfter;
  }
}

/** No answer at all: offline, timeout, server away. Whether the request was done is not known. */
export class NetworkError extends Error {
  constructor(cause: unknown) {
    super('network', { cause });
    this.name = 'NetworkError';
  }
}

/** Worth another try by itself: no answer, or an answer that says "not now". */
export function isTransient(error: unknown): boolean {
  return error instanceof NetworkError || (error instanceof ApiError && (error.status >= 500 || error.status === 429 || error.status === 408));
}

const TIMEOUT_MS = 20_000;
let csrf = '';
let unauthorized: () => void = () => {};

/** The token of the session, sent with every changing request. */
export function setCsrf(token: string): void {
  csrf = token;
}
export const csrfToken = (): string => csrf;

/** Called when the server no longer knows the session, except by the login itself. */
export function onUnauthorized(handler: () => void): void {
  unauthorized = handler;
}

type Query = Record<string, string | number | boolean | null | undefined>;

export function withQuery(path: string, query: Query): string {
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) if (value !== undefined && value !== null && value !== '') params.set(key, String(value));
  const text = params.toString();
  return text ? `${path}?${text}` : path;
}

/** Turns any error body into problem details; proxies in between answer with HTML. */
export function toProblem(status: number, statusText: string, body: string): Problem {
  try {
    const parsed: unknown = JSON.parse(body);
    if (parsed && typeof parsed === 'object' && 'title' in parsed && 'code' in parsed) return { ...(parsed as Problem), status };
  } catch {
    // Not JSON.
  }
  return { type: 'about:blank', title: statusText || `HTTP ${status}`, status, code: `http_${status}` };
}

export function retryAfterSeconds(header: string | null): number | null {
  const seconds = header === null ? Number.NaN : Number(header);
  return Number.isFinite(seconds) && seconds >= 0 ? Math.ceil(seconds) : null;
}

async function request<T>(method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, options: { body?: unknown; signal?: AbortSignal; quiet401?: boolean }): Promise<T> {
  const headers: Record<string, string> = { accept: 'application/json' };
  if (options.body !== undefined) headers['content-type'] = 'application/json';
  if (method !== 'GET' && csrf) headers['x-csrf-token'] = csrf;
  const timeout = AbortSignal.timeout(TIMEOUT_MS);
  let response: Response;
  let text: string;
  try {
    response = await send(path, {
      method, headers, credentials: 'same-origin',
      body: options.body === undefined ? undefined : JSON.stringify(options.body),
      signal: options.signal ? AbortSignal.any([options.signal, timeout]) : timeout,
    });
    text = await response.text();
  } catch (error) {
    if (options.signal?.aborted) throw error;
    throw new NetworkError(error);
  }
  if (!response.ok) {
    if (response.status === 401 && !options.quiet401) unauthorized();
    throw new ApiError(toProblem(response.status, response.statusText, text), retryAfterSeconds(response.headers.get('retry-after')));
  }
  return (text ? JSON.parse(text) : undefined) as T;
}

export const get = <T>(path: string, signal?: AbortSignal): Promise<T> => request<T>('GET', path, { signal });
export const post = <T>(path: string, body?: unknown): Promise<T> => request<T>('POST', path, { body });
export const put = <T>(path: string, body: unknown): Promise<T> => request<T>('PUT', path, { body });
export const patch = <T>(path: string, body: unknown): Promise<T> => request<T>('PATCH', path, { body });
export const remove = (path: string): Promise<void> => request<void>('DELETE', path, {});
/** A request whose 401 is an answer and not the end of a session. */
export const quiet = {
  get: <T>(path: string): Promise<T> => request<T>('GET', path, { quiet401: true }),
  post: <T>(path: string, body: unknown): Promise<T> => request<T>('POST', path, { body, quiet401: true }),
};
