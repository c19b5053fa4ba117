/** The Graph API's paths. */
import fastifyMultipart from '@fastify/multipart';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Sandbox } from '../context.ts';
import { Problem } from '../http/problem.ts';
import type { App, BusinessNumber } from '../store/identities.ts';
import { GraphError } from './errors.ts';
import { cut, strikeBefore, strikeAfter } from './faults.ts';
import { isFields } from './fields.ts';
import type { Fields } from './fields.ts';
import { acceptSend } from './send/send.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The body as it came. */
    raw_body: string;
    /** Whose token it is; set before every Graph handler. */
    graphApp: App | null;
    /** A send, as against a mark as read. */
    isSend: boolean;
  }
}

export type GraphRequest = FastifyRequest<{ Params: { id: string }; Querystring: Record<string, string> }>;

const OLDEST_VERSION = 21;
const NEWEST = 'v25.0';

export function graphRoutes(sandbox: Sandbox): (app: FastifyInstance) => Promise<void> {
  return async (app) => {
    app.decorateRequest('raw_body', '');
    app.decorateRequest('graphApp', null);
    app.decorateRequest('isSend', false);
    app.removeAllContentTypeParsers();
    app.addContentTypeParser('*', { parseAs: 'string', bodyLimit: 2 * 1024 * 1024 }, (request: FastifyRequest, body, done) => {
      try {
        done(null, parseBody(request, String(body)));
      } catch (error) {
        done(error instanceof Error ? error : new Error('unreadable body'));
      }
    });
    await app.register(fastifyMultipart, { limits: { fileSize: 101 * 1024 * 1024, files: 1, fields: 20 } });
    app.setErrorHandler((error, _request, reply) => answerError(sandbox, error, reply));
    app.addHook('onRequest', (request, reply, done) => {
      if (strikeBefore(sandbox, request)) cut(reply);
      else {
        request.graphApp = authenticate(sandbox, request);
        done();
      }
    });
    app.addHook('preHandler', (request, reply, done) => {
      request.isSend = request.method === 'POST' && isFields(request.body) && request.body['status'] === undefined;
      if (sandbox.faults.any) strikeAfter(sandbox, { request, reply, done });
      else done();
    });
    app.addHook('onSend', (request, reply, payload, done) => {
      setHeaders(sandbox, request, reply);
      if (sandbox.faults.any && strikeAnswer(sandbox, request, reply)) return;
      done(null, payload);
    });

    app.post('/:id/messages', (request: GraphRequest, reply) => {
      const business = ownNumber(sandbox, request);
      const json = acceptSend(sandbox, business, { body: fieldsOf(request), raw: request.raw_body });
      answerCommitted(sandbox, reply, json);
    });
  };
}

/** Answers once what happened is on disk. */
export function answerCommitted(sandbox: Sandbox, reply: FastifyReply, json: string): void {
  sandbox.journal.afterCommit((failure) => {
    if (failure !== undefined) answerError(sandbox, failure, reply);
    else void reply.type('application/json; charset=UTF-8').send(json);
  });
}

/** Of an accepted send, the answer may be lost on the way, or never come. */
function strikeAnswer(sandbox: Sandbox, request: FastifyRequest, reply: FastifyReply): boolean {
  if (!request.isSend || reply.statusCode !== 200 || !request.url.includes('/messages')) return false;
  const at = { phoneNumberId: idOf(request), calls: 'messages' as const };
  if (sandbox.faults.take('accept_then_drop', at) !== undefined) {
    sandbox.journal.afterCommit(() => cut(reply));
    return true;
  }
  return sandbox.faults.take('timeout', at) !== undefined;
}

function idOf(request: FastifyRequest): string | null {
  const { params } = request;
  return isFields(params) && typeof params['id'] === 'string' ? params['id'] : null;
}

/** JSON as a rule; Meta also takes forms, whose values may be JSON. */
function parseBody(request: FastifyRequest, body: string): Fields {
  request.raw_body = body;
  if (body === '') return {};
  if ((request.headers['content-type'] ?? '').includes('x-www-form-urlencoded')) {
    return Object.fromEntries([...new URLSearchParams(body)].map(([key, value]) => [key, jsonOrText(value)]));
  }
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch {
    throw new GraphError(100, 'The request body is not valid JSON.');
  }
  if (!isFields(parsed)) throw new GraphError(100, 'The request body must be a JSON object.');
  return parsed;
}

function jsonOrText(value: string): unknown {
  if (!/^[[{]/.test(value)) return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
}

export function fieldsOf(request: FastifyRequest): Fields {
  return isFields(request.body) ? request.body : {};
}

function authenticate(sandbox: Sandbox, request: FastifyRequest): App {
  if (request.url.startsWith('/sandbox')) {
    throw new Problem(404, `There is nothing at ${request.method} ${request.url.split('?')[0] ?? ''}.`, { toDo: 'See docs/sandbox.md for what there is.' });
  }
  const header = request.headers.authorization ?? '';
  const space = header.indexOf(' ');
  const query = isFields(request.query) ? request.query['access_token'] : undefined;
  const token = space > 0 ? header.slice(space + 1).trim() : typeof query === 'string' ? query : '';
  const app = sandbox.identities.appOfToken(token);
  if (app === undefined) throw new GraphError(190, 'Give the access_token of GET /sandbox/config as "Authorization: Bearer …".');
  return app;
}

/** The app behind the token. */
export function appOf(request: FastifyRequest): App {
  if (request.graphApp === null) throw new GraphError(190, 'No access token.');
  return request.graphApp;
}

export function notFound(id: string): GraphError {
  return new GraphError(100, `Unsupported request. Object with ID '${id.slice(0, 60)}' does not exist, cannot be loaded due to missing permissions, or does not support this operation.`, { subcode: 33 });
}

/** The number of the path, if the token's app owns it. */
export function ownNumber(sandbox: Sandbox, request: GraphRequest): BusinessNumber {
  const business = sandbox.identities.numbers.get(request.params.id);
  if (business === undefined || sandbox.identities.appOf(business).appId !== appOf(request).appId) throw notFound(request.params.id);
  return business;
}

function setHeaders(sandbox: Sandbox, request: FastifyRequest, reply: FastifyReply): void {
  const asked = /^\/(v(\d+)(?:\.\d+)?)(?:[/?]|$)/.exec(request.originalUrl);
  const major = Number(asked?.[2] ?? 0);
  // An expired version is silently served by the oldest living one (providers 1.1).
  const version = asked === null ? NEWEST : major < OLDEST_VERSION ? `v${OLDEST_VERSION}.0` : (asked[1] ?? NEWEST);
  const waba = sandbox.identities.numbers.get(idOf(request) ?? '')?.wabaId;
  void reply.header('facebook-api-version', version);
  void reply.header('x-fb-trace-id', request.id);
  if (waba !== undefined) {
    void reply.header('x-business-use-case-usage', `{"${waba}":[{"type":"whatsapp","call_count":1,"total_cputime":1,"total_time":1,"estimated_time_to_regain_access":0}]}`);
  }
}

function answerError(sandbox: Sandbox, error: unknown, reply: FastifyReply): void {
  if (error instanceof Problem) {
    void reply.code(error.status).type('application/problem+json').send(JSON.stringify(error.body()));
    return;
  }
  const graph = toGraphError(error);
  void reply.code(graph.http).type('application/json; charset=UTF-8').send(JSON.stringify(graph.body(`A${sandbox.runtime.token(22)}`)));
}

function toGraphError(error: unknown): GraphError {
  if (error instanceof GraphError) return error;
  const status = typeof error === 'object' && error !== null && 'statusCode' in error ? Number(error.statusCode) : 500;
  const message = error instanceof Error ? error.message : 'unknown error';
  if (status === 413) return new GraphError(131053, 'The file is over the limit of 100 MB.');
  if (status >= 400 && status < 500) return new GraphError(100, message);
  process.stderr.write(`${JSON.stringify({ level: 'error', msg: 'graph request failed', error: error instanceof Error ? error.stack : message })}\n`);
  return new GraphError(131000, 'The sandbox failed at this request: see its standard error.');
}
