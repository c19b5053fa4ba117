import createFetchClient, { type Client } from 'openapi-fetch';
import type { components, paths } from './schema.ts';

export type { components, operations, paths } from './schema.ts';
/** A schema of the API by its name: `Schema<'Message'>`. */
export type Schema<K extends keyof components['schemas']> = components['schemas'][K];
/** What an operation takes: `Body<'/api/users', 'post'>`. */
export type Body<P extends keyof paths, M extends keyof paths[P]> = paths[P][M] extends { requestBody?: { content: { 'application/json': infer B } } } ? B : never;

export interface ClientOptions {
  /** Where Centralita is: `https://centralita.example`; the empty text in its own pages. */
  readonly baseUrl: string;
  /** Absent: the caller's cookie says who asks, as in its own pages. */
  readonly apiKey?: string;
  /** Another fetch than the global one. */
  readonly fetch?: (request: Request) => Promise<Response>;
}
export type Centralita = Client<paths>;

/**
 * A typed client of the API: `await client.POST('/api/messages', { body: { phone_number: '+593987654321', content: 'Hola' } })` answers
 * `{ data, error, response }`; `error` is a problem (RFC 9457) with a stable `code`. `answer` gives the data or throws. A file (Blob) goes as
 * it is; say its type: `headers: { 'content-type': file.type }`.
 */
export function createClient({ baseUrl, apiKey, fetch }: ClientOptions): Centralita {
  return createFetchClient<paths>({
    baseUrl: baseUrl.replace(/\/+$/, ''), ...(apiKey !== undefined && { headers: { 'x-api-key': apiKey } }), ...(fetch && { fetch }),
    bodySerializer: (body: unknown) => (body instanceof Blob ? body : JSON.stringify(body)),
  });
}

/** What the API refused, thrown by `answer`. */
export class ProblemError extends Error {
  readonly problem: Schema<'Problem'>;
  /** Seconds to wait before the next try, where the API says (`Retry-After`). */
  readonly retryAfter: number | null;

  constructor(problem: Schema<'Problem'>, retryAfter: number | null = null) {
    super([problem.title, problem.detail].filter(Boolean).join(' '));
    this.name = 'ProblemError';
    this.problem = problem;
    this.retryAfter = retryAfter;
  }

  /** `conversations.window_closed` and the like (docs/problems.md); `http_502` and the like from what stands between. */
  get code(): string {
    return this.problem.code;
  }
  get status(): number {
    return this.problem.status;
  }
}

/** No answer that can be read: offline, out of time, server away. Whether the request was done is not known. */
export class NoAnswerError extends Error {
  constructor(cause: unknown) {
    super('There was no answer. Whether the request was done is not known.', { cause });
    this.name = 'NoAnswerError';
  }
}

/** Worth another try: no answer, or one that says "not now". */
export function isTransient(error: unknown): boolean {
  return error instanceof NoAnswerError || (error instanceof ProblemError && (error.status >= 500 || error.status === 429 || error.status === 408));
}

/**
 * The data of an answer: `const sent = await answer(client.POST('/api/messages', …))`. Throws ProblemError or NoAnswerError; what
 * the caller's own signal aborted, as it came.
 */
export async function answer<T>(call: Promise<{ readonly data?: T; readonly error?: unknown; readonly response: Response }>): Promise<T> {
  let reply: Awaited<typeof call>;
  try {
    reply = await call;
  } catch (error) {
    throw error instanceof Error && error.name === 'AbortError' ? error : new NoAnswerError(error);
  }
  const { data, error, response } = reply;
  if (!response.ok) throw new ProblemError(toProblem(error, response), secondsToWait(response.headers.get('retry-after')));
  return data as T;
}

/** Proxies in between answer with HTML, or nothing. */
function toProblem(error: unknown, { status, statusText }: Response): Schema<'Problem'> {
  if (error && typeof error === 'object' && 'title' in error && 'code' in error) return { ...(error as Schema<'Problem'>), status };
  return { type: 'about:blank', title: statusText || `HTTP ${status}`, status, code: `http_${status}` };
}

function secondsToWait(header: string | null): number | null {
  const seconds = header === null ? Number.NaN : Number(header);
  return Number.isFinite(seconds) && seconds >= 0 ? Math.ceil(seconds) : null;
}
