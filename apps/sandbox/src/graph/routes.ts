/** The Graph API's paths. */
import fastifyMultipart from '@fastify/multipart';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Sandbox } from '../context.ts';
import { Problem } from '../http/problem.ts';
import type { App } from '../store/identities.ts';
import { GraphError } from './errors.ts';
import { cut, strikeAfter, strikeBefore } from './faults.ts';
import { isFields } from './fields.ts';
import type { Fields } from './fields.ts';
import { graphMediaRoutes } from './media.ts';
import { numberRoutes } from './numbers.ts';
import { objectRoutes } from './objects.ts';
import { answerCommitted, answerError, fieldsOf, idOf, ownNumber } from './request.ts';
import type { GraphRequest } from './request.ts';
import { acceptSend } from './send/send.ts';
import { subscriptionRoutes } from './subscriptions.ts';
import { templateRoutes } from './templates.ts';

const OLDEST_VERSION = 21;
const DEFAULT_VERSION = 'v25.0';

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
    await app.register(fastifyMultipart, { limits: { fileSize: 101 * 1024 * 1024, files: 1, fields: 20 }, throwFileSizeLimit: true });
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
      const json = acceptSend(sandbox, ownNumber(sandbox, request), { body: fieldsOf(request), raw: request.raw_body });
      answerCommitted(sandbox, reply, json);
    });
    // The same body for marketing templates only, through Meta's other queue.
    app.post('/:id/marketing_messages', (request: GraphRequest, reply) => {
      const body = fieldsOf(request);
      if (body['type'] !== 'template') throw new GraphError(131009, 'Only templates can be sent through marketing_messages.');
      answerCommitted(sandbox, reply, acceptSend(sandbox, ownNumber(sandbox, request), { body, raw: request.raw_body }));
    });
    graphMediaRoutes(app, sandbox);
    numberRoutes(app, sandbox);
    subscriptionRoutes(app, sandbox);
    templateRoutes(app, sandbox);
    objectRoutes(app, sandbox);
  };
}

/** Of an accepted send, the answer may be lost on the way, or never come. */
function strikeAnswer(sandbox: Sandbox, request: FastifyRequest, reply: FastifyReply): boolean {
  if (!request.isSend || reply.statusCode !== 200 || !(request.url.split('?')[0] ?? '').endsWith('/messages')) return false;
  const at = { phoneNumberId: idOf(request), calls: 'messages' as const };
  if (sandbox.faults.take('accept_then_drop', at) !== undefined) {
    cut(reply);
    return true;
  }
  return sandbox.faults.take('timeout', at) !== undefined;
}

/** JSON as a rule; Meta also takes forms, whose values may be JSON. */
function parseBody(request: FastifyRequest, body: string): Fields {
  request.raw_body = body;
  if (body === '') return {};
  if ((request.headers['content-type'] ?? '').includes('x-www-form-urlencoded')) {
    const fields = Object.fromEntries([...new URLSearchParams(body)].map(([key, value]) => [key, jsonOrText(value)]));
    request.raw_body = JSON.stringify(fields);
    return fields;
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

function authenticate(sandbox: Sandbox, request: FastifyRequest): App {
  if (request.url.startsWith('/sandbox') || request.routeOptions.url === undefined) {
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

function setHeaders(sandbox: Sandbox, request: FastifyRequest, reply: FastifyReply): void {
  const asked = /^\/(v(\d+)(?:\.\d+)?)(?:[/?]|$)/.exec(request.originalUrl);
  const major = Number(asked?.[2] ?? 0);
  // An expired version is silently served by the oldest living one (providers 1.1).
  const version = asked === null ? DEFAULT_VERSION : major < OLDEST_VERSION ? `v${OLDEST_VERSION}.0` : (asked[1] ?? DEFAULT_VERSION);
  const waba = sandbox.identities.numbers.get(idOf(request) ?? '')?.wabaId;
  void reply.header('facebook-api-version', version).header('x-fb-trace-id', request.id).header('x-fb-request-id', request.id);
  if (waba !== undefined) {
    void reply.header('x-business-use-case-usage', `{"${waba}":[{"type":"whatsapp","call_count":1,"total_cputime":1,"total_time":1,"estimated_time_to_regain_access":0}]}`);
  }
}
