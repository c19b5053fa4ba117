import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import fastify from 'fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { dialog360Routes } from '../carriers/dialog360/routes.ts';
import { evolutionRoutes } from '../carriers/evolution/routes.ts';
import { twilioRoutes } from '../carriers/twilio/routes.ts';
import type { Sandbox } from '../context.ts';
import { controlRoutes } from '../control/routes.ts';
import { graphRoutes } from '../graph/routes.ts';
import { Problem } from './problem.ts';

const PAGE = fileURLToPath(new URL('../../page/', import.meta.url));

const PAGE_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** The whole HTTP of the sandbox: Graph API, control and page. */
export async function buildServer(sandbox: Sandbox): Promise<FastifyInstance> {
  const app = fastify({
    logger: false, forceCloseConnections: true, bodyLimit: 48 * 1024 * 1024,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 700 },
    // Every Graph path also works behind a version, as clients write it.
    rewriteUrl: (request) => (request.url ?? '/').replace(/^\/v\d+(?:\.\d+)?(?=[/?]|$)/, '') || '/',
  });
  app.addHook('onRequest', (request, _reply, done) => {
    checkHost(request);
    done();
  });
  app.setErrorHandler(answerProblem);
  app.setNotFoundHandler((request, reply) => {
    answerProblem(new Problem(404, `There is nothing at ${request.method} ${request.url.split('?')[0] ?? ''}.`, { toDo: 'See docs/sandbox.md for what there is.' }), request, reply);
  });
  app.get('/health', () => ({
    status: 'ok', pid: process.pid, instance: sandbox.instance, version: sandbox.version, data: sandbox.settings.dataDir,
  }));
  await app.register(fastifyStatic, {
    root: PAGE, prefix: '/page/', index: false, cacheControl: false,
    setHeaders: (reply) => {
      void reply.header('cache-control', 'no-cache').header('x-content-type-options', 'nosniff').header('content-security-policy', PAGE_POLICY).header('referrer-policy', 'no-referrer');
    },
  });
  app.get('/', (_request, reply) => reply.sendFile('index.html'));
  await app.register(controlRoutes(sandbox), { prefix: '/sandbox' });
  await app.register(dialog360Routes(sandbox), { prefix: '/360dialog' });
  await app.register(twilioRoutes(sandbox), { prefix: '/twilio' });
  await app.register(evolutionRoutes(sandbox), { prefix: '/evolution' });
  await app.register(graphRoutes(sandbox));
  sandbox.web.upgrades(app.server);
  return app;
}

/** A page elsewhere must not reach us through a name that it points at 127.0.0.1 (DNS rebinding). */
function checkHost(request: FastifyRequest): void {
  const host = request.headers.host ?? '';
  const name = host.replace(/:\d+$/, '');
  if (name === '127.0.0.1' || name === 'localhost') return;
  throw new Problem(421, `The sandbox does not answer for the host "${host.slice(0, 100)}".`, { where: 'header Host', toDo: 'Call it as 127.0.0.1 or localhost.' });
}

function answerProblem(error: unknown, _request: FastifyRequest, reply: FastifyReply): void {
  const problem = toProblem(error);
  void reply.code(problem.status).type('application/problem+json').send(JSON.stringify(problem.body()));
}

function toProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  const status = typeof error === 'object' && error !== null && 'statusCode' in error ? Number(error.statusCode) : 500;
  const message = error instanceof Error ? error.message : 'unknown error';
  if (status === 413) return new Problem(413, 'The body is too large.', { where: 'body', toDo: 'Send at most 48 MiB; files go as multipart to POST /sandbox/media.' });
  if (status >= 400 && status < 500) return new Problem(status, message, { where: 'request', toDo: 'Correct the request and send it again.' });
  process.stderr.write(`${JSON.stringify({ level: 'error', msg: 'request failed', error: error instanceof Error ? error.stack : message })}\n`);
  return new Problem(500, 'The sandbox failed at this request.', { toDo: 'Its standard error says why; this is a defect of the sandbox.' });
}
