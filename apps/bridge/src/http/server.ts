import { fastify, type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { ZodError } from 'zod';
import { problemOf, type BridgeHealth } from '@centralita/contracts/bridge';
import { encodeId, isAppError, newUuid, timingSafeEqualText, type AppError } from '@centralita/kernel';
import { isDatabaseAway } from '@centralita/platform/database';
import { errors } from '../errors.ts';
import type { Files } from '../files.ts';
import type { Host } from '../host.ts';
import { groupRoutes } from './groups.ts';
import { messageRoutes } from './messages.ts';
import { sessionRoutes } from './sessions.ts';

const BODY_LIMIT = 1024 * 1024;
/** Asked without the secret: they tell no content. */
const OPEN = new Set(['/health', '/metrics']);

/** The whole HTTP of a host, not listening yet. */
export function buildApi(host: Host, files: Files): FastifyInstance {
  const { rt } = host;
  const app = fastify({ logger: false, bodyLimit: BODY_LIMIT, genReqId: () => encodeId('req', newUuid()), routerOptions: { maxParamLength: 200 }, keepAliveTimeout: 72_000, forceCloseConnections: true });
  app.setErrorHandler((error, request, reply) => problem(error, request, { reply, host }));
  app.setNotFoundHandler(() => {
    throw errors.not_found();
  });
  app.addHook('onRequest', (request, reply, done) => {
    void reply.header('x-request-id', request.id);
    const path = request.url.split('?')[0] ?? '';
    if (!OPEN.has(path) && !timingSafeEqualText(secretOf(request), rt.settings.secret)) throw errors.unauthorized();
    if (host.draining && path !== '/metrics' && path !== '/health') throw errors.stopping();
    done();
  });
  app.addHook('onResponse', (request, reply, done) => {
    rt.figures.httpSeconds.observe({ route: `${request.method} ${request.routeOptions.url ?? '(none)'}`, status: String(reply.statusCode) }, reply.elapsedTime / 1000);
    done();
  });
  app.get('/health', (_request, reply) => {
    const health = healthOf(host);
    return reply.code(health.status === 'ok' ? 200 : 503).send(health);
  });
  app.get('/metrics', async (_request, reply) => {
    rt.figures.sessions.reset();
    for (const session of host.sessions) rt.figures.sessions.inc({ state: session.state });
    return reply.type(rt.figures.registry.contentType).send(await rt.figures.registry.metrics());
  });
  const api = { app, host, files };
  sessionRoutes(api);
  messageRoutes(api);
  groupRoutes(api);
  return app;
}

function healthOf(host: Host): BridgeHealth {
  const { sessions, rt } = host;
  return {
    status: rt.fresh() && !host.draining ? 'ok' : 'unavailable', engine: host.engine.name, host_id: host.id, version: host.version, sandbox: host.sandbox,
    sessions: sessions.length, active: sessions.filter((s) => s.state === 'active').length,
    rss_bytes: process.memoryUsage.rss(), uptime_seconds: Math.round(process.uptime()), warnings: [...host.engine.warnings],
  };
}

/** Bearer, X-Bridge-Secret, or the names that other gateways' users expect. */
function secretOf({ headers }: FastifyRequest): string {
  const bearer = /^Bearer (.+)$/i.exec(headers.authorization ?? '')?.[1];
  const given = bearer ?? headers['x-bridge-secret'] ?? headers['x-api-key'] ?? headers['apikey'];
  return typeof given === 'string' ? given : '';
}

/** Problem details; what is not meant for callers becomes `bridge.failed` without a word of its own. */
function problem(error: unknown, request: FastifyRequest, { reply, host }: { readonly reply: FastifyReply; readonly host: Host }): FastifyReply {
  const known = toAppError(error);
  const level = known.status < 500 || known.status === 503 || known.status === 504 ? 'debug' : 'error';
  host.rt.log[level]({ request_id: request.id, method: request.method, route: request.routeOptions.url, error }, 'request failed');
  if (known.status === 503) void reply.header('retry-after', '2');
  return reply.code(known.status).type('application/problem+json').serializer(JSON.stringify).send({ ...problemOf(known), request_id: request.id });
}

function toAppError(error: unknown): AppError {
  if (isAppError(error)) return error;
  if (error instanceof ZodError) return errors.invalid(undefined, { errors: error.issues.map((issue) => ({ path: issue.path.map(String).join('.'), message: issue.message })) });
  if (isDatabaseAway(error)) return errors.database_away();
  const { statusCode = 500 } = error as Partial<FastifyError>;
  if (statusCode === 413) return errors.too_large();
  if (statusCode === 404) return errors.not_found();
  if (statusCode >= 400 && statusCode < 500) return errors.malformed();
  return errors.failed();
}
