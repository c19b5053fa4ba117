import fastifySwagger from '@fastify/swagger';
import fastifySwaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance } from 'fastify';
import { apiDocument } from './api-document.ts';

/**
 * `/openapi.json`, and at `/docs` a reference in which every operation can be tried: the viewer comes from this server, asks no other, and
 * lives within the pages' policy.
 */
export async function serveDocs(app: FastifyInstance): Promise<void> {
  const document = apiDocument();
  const text = JSON.stringify(document);
  app.get('/openapi.json', (_request, reply) => {
    // Tools of other sites may read it: it holds nothing of anybody.
    void reply.header('access-control-allow-origin', '*').header('cache-control', 'no-cache').type('application/json').send(text);
  });
  await app.register(async (scope) => {
    await scope.register(fastifySwagger, { mode: 'static', specification: { document: document as never } });
    await scope.register(fastifySwaggerUi, {
      routePrefix: '/docs',
      uiConfig: { url: '/openapi.json', deepLinking: true, docExpansion: 'none', persistAuthorization: false, tryItOutEnabled: true, displayRequestDuration: true },
      theme: { title: 'Centralita API' },
    });
  });
}
