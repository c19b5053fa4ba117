import createFetchClient, { type Client } from 'openapi-fetch';
import type { components, paths } from './schema.ts';

export type { components, operations, paths } from './schema.ts';
/** A schema of the API by its name: `Schema<'Message'>`. */
export type Schema<K extends keyof components['schemas']> = components['schemas'][K];

export interface ClientOptions {
  /** Where Centralita is: `https://centralita.example`. */
  readonly baseUrl: string;
  readonly apiKey: string;
  /** Another fetch than the global one. */
  readonly fetch?: (request: Request) => Promise<Response>;
}
export type Centralita = Client<paths>;

/**
 * A typed client of the API: `await client.POST('/api/messages', { body: { phone_number: '+593987654321', content: 'Hola' } })` answers
 * `{ data, error, response }`; `error` is a problem (RFC 9457) with a stable `code`.
 */
export function createClient({ baseUrl, apiKey, fetch }: ClientOptions): Centralita {
  return createFetchClient<paths>({ baseUrl: baseUrl.replace(/\/+$/, ''), headers: { 'x-api-key': apiKey }, ...(fetch && { fetch }) });
}

/** What the API refused, thrown by `answer`. */
export class ProblemError extends Error {
  readonly problem: Schema<'Problem'>;

  constructor(problem: Schema<'Problem'>) {
    super([problem.title, problem.detail].filter(Boolean).join(' '));
    this.name = 'ProblemError';
    this.problem = problem;
  }

  /** `conversations.window_closed` and the like (docs/problems.md). */
  get code(): string {
    return this.problem.code;
  }
}

/** The data of an answer: `const sent = await answer(client.POST('/api/messages', …))`. Throws ProblemError. */
export async function answer<T>(call: Promise<{ readonly data?: T; readonly error?: unknown }>): Promise<T> {
  const { data, error } = await call;
  if (error !== undefined) throw new ProblemError(error as Schema<'Problem'>);
  return data as T;
}
