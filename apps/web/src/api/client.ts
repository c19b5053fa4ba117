import { answer, createClient } from '@centralita/sdk';
import { send } from './runtime.ts';

export { answer };

const TIMEOUT_MS = 20_000;
/** Requests of signing in: their 401 is an answer and not the end of a session. */
const QUIET = /^\/api\/(login|logout|me|links)(\/|$)/;
let csrf = '';
let unauthorized: () => void = () => {};

/** The token of the session, sent with every changing request. */
export function setCsrf(token: string): void {
  csrf = token;
}
/** Called when the server no longer knows the session, except by the login itself. */
export function onUnauthorized(handler: () => void): void {
  unauthorized = handler;
}

type Send = (request: Request) => Promise<Response>;

/** What every request of a session has beside what it asks. */
export const inSession = (by: Send): Send => async (request) => {
  if (request.method !== 'GET' && csrf) request.headers.set('x-csrf-token', csrf);
  const response = await by(request);
  if (response.status === 401 && !QUIET.test(new URL(request.url).pathname)) unauthorized();
  return response;
};

/** The API as the SDK has it; the cookie says who asks. */
export const api = createClient({ baseUrl: '', fetch: inSession((request) => send(request, AbortSignal.any([request.signal, AbortSignal.timeout(TIMEOUT_MS)]))) });

/** Options of a request for one thing: `api.GET('/api/users/{id}', at({ id }))`. */
export const at = <P extends Readonly<Record<string, string>>>(path: P): { params: { path: P } } => ({ params: { path } });
