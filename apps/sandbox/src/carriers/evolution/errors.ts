/** Evolution's refusals: no codes, only words (providers 4.2). */
import { GraphError } from '../../graph/errors.ts';

const NAMES: Readonly<Record<number, string>> = { 400: 'Bad Request', 401: 'Unauthorized', 403: 'Forbidden', 404: 'Not Found', 500: 'Internal Server Error', 503: 'Service Unavailable' };

export class EvolutionError extends Error {
  readonly status: number;
  readonly said: unknown;

  constructor(status: number, said: unknown) {
    super(typeof said === 'string' ? said : 'refused');
    this.status = status;
    this.said = said;
  }
}

/** What Baileys says when there is no connection to WhatsApp. */
export const closed = (): EvolutionError => new EvolutionError(500, 'Connection Closed');

/** Codes of Baileys' connection (428, 440, …) are a closed connection; others the HTTP status. */
export function faultOf(code: number, http: number | null): EvolutionError {
  if (code === 428 || code === 440 || code === 408) return closed();
  return new EvolutionError(http ?? (code >= 400 && code < 600 ? code : 400), ['Asked for with POST /sandbox/faults.']);
}

export function answerEvolution(error: unknown): { status: number; body: unknown; meant: boolean } {
  const known = error instanceof EvolutionError ? error : error instanceof GraphError ? new EvolutionError(400, [error.details]) : undefined;
  const status = known?.status ?? (typeof error === 'object' && error !== null && 'statusCode' in error ? Number(error.statusCode) : 500);
  return { status, meant: known !== undefined, body: { status, error: NAMES[status] ?? 'Error', response: { message: known?.said ?? (error instanceof Error ? error.message : 'unknown error') } } };
}
