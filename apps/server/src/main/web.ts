import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { root } from './version.ts';

export const webRoot = join(root, 'apps/web/dist');

/** The pages of the web app. Files below /assets/ carry a hash in their names and are kept for ever; the rest is asked for anew. */
export async function servePages(app: FastifyInstance): Promise<void> {
  if (!existsSync(join(webRoot, 'index.html'))) return;
  await app.register(fastifyStatic, {
    root: webRoot, cacheControl: false, preCompressed: true, dotfiles: 'ignore', index: ['index.html'],
    setHeaders: (reply, path) => {
      void reply.header('cache-control', path.includes(`${webRoot}/assets/`) ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
}

// Programs' addresses: a page instead of their 404 would be taken for an answer.
const NO_PAGE = /^\/(api|webhook|files|socket\.io|assets|health|metrics|\.well-known)(\/|\?|$)/;

/** A page of the app behind an address only the app knows, such as /conversations/conv_…: the browser gets the app itself. */
export function wantsPage(request: FastifyRequest): boolean {
  return (request.method === 'GET' || request.method === 'HEAD') && !NO_PAGE.test(request.url) && (request.headers.accept ?? '').includes('text/html');
}
