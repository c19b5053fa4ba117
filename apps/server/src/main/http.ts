import type { IncomingMessage } from 'node:http';
import fastifyHelmet from '@fastify/helmet';
import fastifyRateLimit from '@fastify/rate-limit';
import { fastify, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { encodeId, newUuid } from '@centralita/kernel';
import type { Module, Runtime } from '../runtime.ts';
import { serveDocs } from './docs.ts';
import { allowOrigins } from './cors.ts';
import { healthRoutes, type Health } from './health.ts';
import { errors, sendProblem } from './problems.ts';
import { readJsonBodies } from './read-json-body.ts';
import { servePages, wantsPage } from './web.ts';

/** JSON of the API; webhooks and files have limits of their own in their rooms. */
const BODY_LIMIT = 1024 * 1024;
/** What a caller may give as x-request-id; anything else is replaced. */
const GIVEN_ID = /^[\w.:-]{8,100}$/;

/** The whole HTTP of the server, not listening yet. */
export async function buildHttp(rt: Runtime, { modules, health }: { modules: readonly Module[]; health: Health }): Promise<FastifyInstance> {
  const { trustProxy: proxies } = rt.config;
  const secure = rt.config.publicUrl.startsWith('https:');
  const app = fastify({
    logger: false,
    trustProxy: typeof proxies === 'number' ? (_address: string, hop: number) => hop < proxies : proxies,
    bodyLimit: BODY_LIMIT,
    rewriteUrl: tenantInPath,
    genReqId: (request) => requestId(request.headers['x-request-id']),
    // Longer than the usual 60 s of proxies in front, so that it is they who close.
    keepAliveTimeout: 72_000,
    requestTimeout: 120_000,
    routerOptions: { maxParamLength: 700 },
    frameworkErrors: (error, request, reply) => {
      void sendProblem(error, request, { reply, log: rt.log });
    },
  });
  app.setErrorHandler((error, request, reply) => sendProblem(error, request, { reply, log: rt.log }));
  readJsonBodies(app);

  await app.register(fastifyHelmet, {
    global: false,
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"], imgSrc: ["'self'", 'data:', 'blob:'], mediaSrc: ["'self'", 'blob:'], styleSrc: ["'self'", "'unsafe-inline'"],
        connectSrc: ["'self'", 'ws:', 'wss:'], objectSrc: ["'none'"], baseUri: ["'none'"], formAction: ["'self'"], frameAncestors: ["'none'"],
      },
    },
    strictTransportSecurity: secure,
    // They mean something on https only, and browsers complain elsewhere.
    crossOriginOpenerPolicy: secure,
    originAgentCluster: secure,
  });
  await app.register(fastifyRateLimit, { global: false });
  // Webhooks are never limited.
  const tooMany = app.createRateLimit({ max: rt.config.requestsPerMinute, timeWindow: 60_000 });

  const guard = async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    reply.helmet();
    if (!request.url.startsWith('/api/')) return;
    const limit = await tooMany(request);
    if (!limit.isAllowed && limit.isExceeded) throw errors.too_many(undefined, { retry_after: limit.ttlInSeconds });
    if (request.url.includes('%00')) throw errors.refused('The address has the character U+0000 (%00). Take it out.');
  };
  app.addHook('onRequest', (request, reply, done) => {
    void reply.header('x-request-id', request.id);
    // Carriers come by the thousand, read no headers and are never held back.
    if (request.url.startsWith('/webhook')) done();
    else guard(request, reply).then(() => done(), done);
  });
  app.addHook('onResponse', (request, reply, done) => {
    if (request.url.startsWith('/api/')) observe(rt, request, { status: reply.statusCode, seconds: reply.elapsedTime / 1000 });
    done();
  });

  allowOrigins(app, rt.config.corsOrigins);
  healthRoutes(app, rt, health);
  for (const module of modules) module.http?.(app, rt);
  await serveDocs(app);
  await servePages(app);
  app.setNotFoundHandler((request, reply) => {
    if (wantsPage(request) && app.hasReplyDecorator('sendFile')) return reply.header('cache-control', 'no-cache').sendFile('index.html');
    throw errors.not_found();
  });
  return app;
}

/** `/tenants/{tenant}/api/…` is `/api/…` for this tenant (C2): as if X-Tenant-ID had been sent. Two that differ are none. */
function tenantInPath({ url = '/', headers }: IncomingMessage): string {
  const [, tenant, rest] = /^\/tenants\/([\w.:-]{1,100})(\/(?:api|v1)\/.*)$/.exec(url) ?? [];
  if (tenant === undefined || rest === undefined) return url;
  const given = headers['x-tenant-id'];
  headers['x-tenant-id'] = given === undefined || given === tenant ? tenant : `${String(given)},${tenant}`;
  return rest;
}

function requestId(given: string | string[] | undefined): string {
  return typeof given === 'string' && GIVEN_ID.test(given) ? given : encodeId('req', newUuid());
}

function observe(rt: Runtime, request: FastifyRequest, { status, seconds }: { status: number; seconds: number }): void {
  const route = `${request.method} ${request.routeOptions.url ?? '(none)'}`;
  rt.metrics.httpSeconds.observe({ route, status: String(status) }, seconds);
  rt.log.debug({ request_id: request.id, route, status, ms: Math.round(seconds * 1000) }, 'request');
}
