import type { FastifyInstance } from 'fastify';

const API = /^\/(api|v1)\//;
const METHODS = 'GET, HEAD, POST, PUT, PATCH, DELETE';
const HEADERS = 'authorization, content-type, idempotency-key, prefer, x-api-key, x-request-id, x-tenant-id';
/** What a page may read of an answer beyond the usual. */
const EXPOSED = 'location, preference-applied, ratelimit-limit, ratelimit-remaining, ratelimit-reset, retry-after, x-request-id';
const A_DAY = '86400';

/** Lets pages of these origins use the API with a key. Cookies stay ours: no answer allows credentials. */
export function allowOrigins(app: FastifyInstance, origins: readonly string[]): void {
  if (origins.length === 0) return;
  app.addHook('onRequest', (request, reply, done) => {
    const { origin } = request.headers;
    if (!API.test(request.url)) return done();
    void reply.header('vary', 'origin');
    if (origin === undefined || !origins.includes(origin.toLowerCase())) return done();
    void reply.headers({ 'access-control-allow-origin': origin, 'access-control-expose-headers': EXPOSED, 'cross-origin-resource-policy': 'cross-origin' });
    if (request.method !== 'OPTIONS') return done();
    void reply.headers({ 'access-control-allow-methods': METHODS, 'access-control-allow-headers': HEADERS, 'access-control-max-age': A_DAY }).code(204).send();
  });
}
