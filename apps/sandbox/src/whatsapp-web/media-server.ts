/** WhatsApp's media host: encrypted files go up under the hash of their bytes and come down again (HTTPS, as clients insist). */
import { createHash } from 'node:crypto';
import { createReadStream, existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { readFile, rename, writeFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { Server } from 'node:https';
import { join } from 'node:path';

/** Encrypted files are a little larger than what they hold; WhatsApp takes 2 GB, this desk 101 MiB. */
const MOST = 101 * 1024 * 1024;
const PATH = /^\/(?:mms\/[a-z-]+|v)\/([\w-]{43})$/;

export interface MediaFault {
  /** The HTTP status that the next call gets instead, or undefined. */
  (direction: 'upload' | 'download'): number | undefined;
}

export class MediaServer {
  readonly #folder: string;
  readonly #server: Server;
  readonly #fault: MediaFault;
  #port = 0;

  constructor(given: { folder: string; tls: { key: string; cert: string }; fault: MediaFault }) {
    this.#folder = given.folder;
    this.#fault = given.fault;
    mkdirSync(given.folder, { recursive: true, mode: 0o700 });
    this.#server = createServer(given.tls, (request, reply) => {
      this.#answer(request, reply).catch(() => {
        if (!reply.headersSent) reply.writeHead(500);
        reply.end();
      });
    });
  }

  /** `127.0.0.1:port`, what clients put behind `https://`. */
  get host(): string {
    return `127.0.0.1:${this.#port}`;
  }

  /** On the port it had before when that is still free, so that files sent before a restart are found at their address. */
  async listen(port: number): Promise<number> {
    await new Promise<void>((resolve, reject) => {
      const fall = (error: NodeJS.ErrnoException): void => {
        if (error.code !== 'EADDRINUSE' || port === 0) reject(error);
        else this.#server.listen(0, '127.0.0.1', resolve);
      };
      this.#server.once('error', fall);
      this.#server.listen(port, '127.0.0.1', () => resolve());
    });
    const address = this.#server.address();
    this.#port = typeof address === 'object' && address !== null ? address.port : 0;
    this.#server.unref();
    return this.#port;
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  /** Keeps an encrypted file; its path on the host. */
  async keep(bytes: Buffer): Promise<string> {
    const token = createHash('sha256').update(bytes).digest('base64url');
    const path = join(this.#folder, token);
    if (!existsSync(path)) {
      await writeFile(`${path}.part`, bytes, { mode: 0o600 });
      await rename(`${path}.part`, path);
    }
    return `/v/${token}`;
  }

  /** The encrypted bytes at a path, or undefined when there are none. */
  async read(path: string): Promise<Buffer | undefined> {
    const token = PATH.exec(path.split('?')[0] ?? '')?.[1];
    const file = token === undefined ? undefined : join(this.#folder, token);
    return file !== undefined && existsSync(file) ? readFile(file) : undefined;
  }

  removeAll(): void {
    for (const name of readdirSync(this.#folder)) rmSync(join(this.#folder, name), { force: true });
  }

  async #answer(request: IncomingMessage, reply: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'https://media');
    const token = PATH.exec(url.pathname)?.[1];
    const direction = request.method === 'POST' ? 'upload' : 'download';
    const broken = this.#fault(direction);
    if (broken !== undefined || token === undefined) {
      request.resume();
      reply.writeHead(broken ?? 404).end();
      return;
    }
    if (direction === 'upload') await this.#upload(request, reply, token);
    else this.#download(request, reply, token);
  }

  async #upload(request: IncomingMessage, reply: ServerResponse, token: string): Promise<void> {
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of request as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > MOST) {
        reply.writeHead(413).end();
        request.destroy();
        return;
      }
      chunks.push(chunk);
    }
    const bytes = Buffer.concat(chunks);
    // The token is the hash of what comes: a client that mixes up its files is told.
    if (createHash('sha256').update(bytes).digest('base64url') !== token) {
      reply.writeHead(400).end();
      return;
    }
    const path = await this.keep(bytes);
    reply.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ url: `https://${this.host}${path}`, direct_path: path }));
  }

  #download(request: IncomingMessage, reply: ServerResponse, token: string): void {
    const file = join(this.#folder, token);
    if (!existsSync(file)) {
      reply.writeHead(404).end();
      return;
    }
    const { size } = statSync(file);
    const range = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '');
    const start = Math.min(Number(range?.[1] ?? 0), size - 1);
    const end = Math.min(range?.[2] === undefined || range[2] === '' ? size - 1 : Number(range[2]), size - 1);
    reply.writeHead(range === null ? 200 : 206, {
      'content-type': 'application/octet-stream', 'content-length': end - start + 1, 'accept-ranges': 'bytes', ...(range === null ? {} : { 'content-range': `bytes ${start}-${end}/${size}` }),
    });
    createReadStream(file, { start, end }).pipe(reply);
  }
}
