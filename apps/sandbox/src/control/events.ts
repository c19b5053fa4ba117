import type { FastifyInstance } from 'fastify';
import type { Sandbox } from '../context.ts';

/** A page further behind than this is cut off; it connects again and asks for what it missed. */
const MOST_BUFFERED = 1024 * 1024;
const HEARTBEAT = 20_000;

/** Live events for the page, as server-sent events. */
export function eventRoutes(app: FastifyInstance, sandbox: Sandbox): void {
  app.get('/events', (request, reply) => {
    reply.hijack();
    const { raw } = reply;
    raw.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store', 'x-content-type-options': 'nosniff', connection: 'keep-alive',
    });
    raw.write('retry: 1000\n\n');
    const stop = sandbox.live.listen((event) => {
      if (raw.writableLength > MOST_BUFFERED) raw.destroy();
      else raw.write(`data: ${JSON.stringify(event)}\n\n`);
    });
    const heartbeat = setInterval(() => raw.write(': here\n\n'), HEARTBEAT);
    request.raw.on('close', () => {
      clearInterval(heartbeat);
      stop();
    });
  });
}
