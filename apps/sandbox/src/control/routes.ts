/** The sandbox's own HTTP, below /sandbox. */
import fastifyMultipart from '@fastify/multipart';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Sandbox } from '../context.ts';
import { Problem } from '../http/problem.ts';
import { configRoutes } from './config.ts';
import { eventRoutes } from './events.ts';
import { faultRoutes } from './faults.ts';
import { mediaRoutes } from './media.ts';
import { phoneRoutes } from './phones.ts';
import { witnessRoutes } from './witness.ts';

export function controlRoutes(sandbox: Sandbox): (app: FastifyInstance) => Promise<void> {
  return async (app) => {
    app.addHook('onRequest', (request, _reply, done) => {
      checkOrigin(request);
      done();
    });
    app.removeContentTypeParser('application/json');
    app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => {
      try {
        done(null, body === '' ? {} : JSON.parse(String(body)));
      } catch {
        done(new Problem(400, 'The body is not valid JSON.', { where: 'body', toDo: 'Send a JSON object with content-type application/json.' }));
      }
    });
    app.addHook('onSend', (_request, reply, payload, done) => {
      void reply.header('cache-control', 'no-store').header('x-content-type-options', 'nosniff');
      done(null, payload);
    });
    await app.register(fastifyMultipart, { limits: { fileSize: 101 * 1024 * 1024, files: 1 } });
    configRoutes(app, sandbox);
    phoneRoutes(app, sandbox);
    faultRoutes(app, sandbox);
    witnessRoutes(app, sandbox);
    mediaRoutes(app, sandbox);
    eventRoutes(app, sandbox);
    sandbox.web.routes(app);
  };
}

/** These endpoints know no password: only this page and programs, no other site in the same browser. */
function checkOrigin(request: FastifyRequest): void {
  const { origin } = request.headers;
  const site = request.headers['sec-fetch-site'];
  const own = origin === undefined || /^http:\/\/(?:127\.0\.0\.1|localhost)(?::\d+)?$/.test(origin) && origin.endsWith(portOf(request));
  if (own && site !== 'cross-site' && site !== 'same-site') return;
  throw new Problem(403, 'Pages of other sites may not use the sandbox.', { where: 'header Origin', toDo: 'Open the page of the sandbox itself, or call it without a browser.' });
}

function portOf(request: FastifyRequest): string {
  const port = /:\d+$/.exec(request.headers.host ?? '');
  return port === null ? '' : port[0];
}
