import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';

/** Where clients connect. */
export const PATH = '/ws/chat';

export interface TakesUpgrades {
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
}

/** Lets WhatsApp Web take the WebSockets of an HTTP server; `load` brings it up at the first. */
export function takeUpgrades(http: Server, load: () => Promise<TakesUpgrades>): void {
  http.on('upgrade', (request, socket, head) => {
    socket.on('error', () => socket.destroy());
    if (new URL(request.url ?? '/', 'http://sandbox').pathname !== PATH || !/^(?:127\.0\.0\.1|localhost)(?::\d+)?$/.test(request.headers.host ?? '')) {
      socket.end('HTTP/1.1 404 Not Found\r\nconnection: close\r\ncontent-length: 0\r\n\r\n');
      return;
    }
    load().then((server) => server.upgrade(request, socket, head), () => socket.destroy());
  });
}
