import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { defer, type Scope } from '../../../../../../test/harness/defer.ts';
import { waitFor } from '../../../../../../test/harness/wait.ts';

export interface Delivery {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly raw: string;
  readonly event: { readonly id: string; readonly event_type: string; readonly version: number; readonly timestamp: string; readonly data: Record<string, unknown> };
}
/** Status, or what to do with the answer. */
export type Reply = number | ((response: ServerResponse) => void);

export interface Receiver {
  readonly url: string;
  /** Every request, in the order in which it came, refused ones too. */
  readonly got: readonly Delivery[];
  /** What to answer from now on. */
  answer(reply: (delivery: Delivery) => Reply | Promise<Reply>): void;
  /** Waits for so many requests, of those `which` wants. */
  gets(count: number, which?: (delivery: Delivery) => boolean): Promise<Delivery[]>;
  close(): Promise<void>;
}

/** A customer's system with a real HTTP server; it answers 200 until told otherwise. */
export async function startReceiver(t: Scope, port = 0): Promise<Receiver> {
  const got: Delivery[] = [];
  let reply: (delivery: Delivery) => Reply | Promise<Reply> = () => 200;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const raw = Buffer.concat(chunks).toString('utf8');
      const delivery: Delivery = { path: request.url ?? '', headers: request.headers, raw, event: JSON.parse(raw) as Delivery['event'] };
      got.push(delivery);
      void Promise.resolve(reply(delivery)).then((r) => {
        if (typeof r === 'function') r(response);
        else response.writeHead(r, { 'content-type': 'text/plain' }).end(r === 200 ? 'thanks' : 'no');
      });
    });
  }).listen(port, '127.0.0.1');
  await once(server, 'listening');
  const close = async (): Promise<void> => {
    server.closeAllConnections();
    await new Promise((done) => {
      server.close(done);
    });
  };
  defer(t, close);
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, got, close,
    answer: (next) => {
      reply = next;
    },
    gets: (count, which = () => true) => waitFor(() => {
      const found = got.filter(which);
      return found.length >= count ? found : undefined;
    }, { what: `${count} requests at the receiver (it has ${got.length})` }),
  };
}
