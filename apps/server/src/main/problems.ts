import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Problem } from '@centralita/contracts';
import { problemOf } from '@centralita/contracts/api';
import { defineErrors, isAppError, type AppError } from '@centralita/kernel';
import { isDatabaseAway } from '@centralita/platform/database';
import type { Logger } from '@centralita/platform/log';

/** Errors of the HTTP layer itself; the rooms have their own. */
export const errors = defineErrors('request', {
  invalid: { status: 400, text: 'The request does not have the form it should have. See "errors".' },
  malformed: { status: 400, text: 'The request cannot be read. Send valid JSON with content-type application/json.' },
  not_found: { status: 404, text: 'There is nothing here. Check the address and the method.' },
  too_large: { status: 413, text: 'The body is too large. Send less at once.' },
  media_type: { status: 415, text: 'This content-type is not understood here. Send application/json.' },
  refused: { status: 400, text: 'The request was refused.' },
  too_many: { status: 429, text: 'Too many requests. Wait a little, then go on more slowly.' },
  failed: { status: 500, text: 'This did not work, and it is our fault. Try again; if it goes on, look for the request id in the log.' },
  database_away: { status: 503, text: 'The database does not answer. Try again in a moment.' },
  stopping: { status: 503, text: 'The server is stopping. Try again in a moment.' },
});

const RETRY_SECONDS = 2;

/** What the caller is told about any error. What is not meant for callers becomes `request.failed`, without a word of its own. */
export function toAppError(error: unknown): AppError {
  if (isAppError(error)) return error;
  if (error instanceof z.ZodError) {
    return errors.invalid(undefined, { errors: error.issues.map((issue) => ({ path: issue.path.map(String).join('.'), message: issue.message })) });
  }
  if (isDatabaseAway(error)) return errors.database_away(undefined, { retry_after: RETRY_SECONDS });
  return fromFastify(error as Partial<FastifyError>) ?? errors.failed();
}

/** Fastify's own messages say nothing about the inside. */
function fromFastify({ statusCode = 500, code = '', message = '' }: Partial<FastifyError>): AppError | undefined {
  if (statusCode === 413) return errors.too_large();
  if (statusCode === 415) return errors.media_type();
  if (statusCode === 429) return errors.too_many();
  if (statusCode === 404) return errors.not_found();
  if (statusCode === 503 && code.startsWith('FST_')) return errors.stopping(undefined, { retry_after: RETRY_SECONDS });
  if (/^FST_ERR_CTP_(EMPTY_JSON_BODY|INVALID_JSON_BODY|INVALID_CONTENT_LENGTH)$/.test(code) || (statusCode === 400 && code === '')) return errors.malformed();
  if (statusCode >= 400 && statusCode < 500 && code.startsWith('FST_')) return errors.refused(message);
  return undefined;
}

/** Answers with problem details (RFC 9457) and logs what is our fault; a database that is away is told by those who use it. */
export function sendProblem(error: unknown, request: FastifyRequest, { reply, log }: { reply: FastifyReply; log: Logger }): FastifyReply {
  const known = toAppError(error);
  const { retry_after: wait, ...extra } = known.extra;
  if (known.status >= 500) {
    log[known.status === 503 ? 'debug' : 'error']({ request_id: request.id, method: request.method, route: request.routeOptions.url, error: known.status === 503 ? (error as Error).message : error }, 'request failed');
  }
  const status = known.status;
  const body: Problem = { ...problemOf({ code: known.code, status, message: known.message, detail: known.detail, extra }), request_id: request.id };
  if (typeof wait === 'number') void reply.header('retry-after', String(Math.max(1, Math.ceil(wait))));
  // The limit that was reached, when it is one of a time.
  if (status === 429 && typeof extra['limit'] === 'number' && typeof wait === 'number') {
    void reply.headers({ 'ratelimit-limit': String(extra['limit']), 'ratelimit-remaining': '0', 'ratelimit-reset': String(Math.max(1, Math.ceil(wait))) });
  }
  // An address that cannot even be decoded meets no hook before this.
  void reply.header('cache-control', 'no-store').header('x-request-id', request.id);
  return reply.code(status).type('application/problem+json').serializer(JSON.stringify).send(body);
}
