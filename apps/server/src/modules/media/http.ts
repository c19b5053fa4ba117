import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { decodeId } from '@centralita/kernel';
import type { Runtime } from '../../runtime.ts';
import { reachOf, routeById } from '../accounts/index.ts';
import { callerOf, company, type Caller } from '../companies/index.ts';
import { byteRange } from './byte-range.ts';
import { errors } from './errors.ts';
import { isInline } from './media-type.ts';
import { openLink } from './public-link.ts';
import { receiveUpload } from './receive-upload.ts';
import { mediaByIds, type MediaRow } from './store.ts';

const MB = 1024 * 1024;
const UploadQuery = z.object({ filename: z.string().max(1000).optional() });
const DownloadQuery = z.object({ download: z.string().optional() });

export function mediaRoutes(app: FastifyInstance, rt: Runtime): void {
  /** For carriers that fetch what they send: the address itself is the permission, for some hours. */
  app.get('/files/:token', async (request: FastifyRequest<{ Params: { token: string } }>, reply) => {
    const named = openLink(rt, request.params.token);
    if (!named) throw errors.not_found();
    const [file] = await rt.db.withCompany(await company(rt, named.companyId), (tx) => mediaByIds(tx, [named.id]));
    return send(rt, { request, reply }, { file: ready(file), download: false });
  });

  const cap = rt.config.mediaMaxMb * MB;
  void app.register((scope, _options, ready) => {
    // The body is a file, whatever its type: it is read by the handler, after the caller is known.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, body, done) => done(null, body));
    scope.post('/api/media', { bodyLimit: cap }, async (request, reply) => {
      try {
        const caller = await callerOf(rt, request, 'whatsapp:send_message');
        const { filename } = UploadQuery.parse(request.query);
        const stored = await receiveUpload(rt, caller.company, { body: bodyOf(request), filename, declared: request.headers['content-type'], user_id: caller.user?.id });
        return await reply.code(201).send(stored);
      } catch (error) {
        // What is still on its way is read and thrown away, else a browser that is sending never looks at the answer.
        request.raw.resume();
        throw error;
      }
    });
    ready();
  });

  app.get('/api/media/:id', async (request: FastifyRequest<{ Params: { id: string } }>, reply) => {
    const caller = await callerOf(rt, request, 'whatsapp:read');
    const { download } = DownloadQuery.parse(request.query);
    const id = decodeId('med', request.params.id);
    const [file] = id === undefined ? [] : await rt.db.withCompany(caller.company, (tx) => mediaByIds(tx, [id]));
    if (file && !await mayFetch(rt, caller, file)) throw errors.not_found();
    return send(rt, { request, reply }, { file: ready(file), download: download !== undefined && download !== '0' });
  });
}

/** A file that came to an account goes with that account; one that was uploaded, with whoever knows its id. */
async function mayFetch(rt: Runtime, caller: Caller, file: MediaRow): Promise<boolean> {
  const reach = file.route_id === null ? null : await reachOf(rt, caller);
  return reach === null || reach.has((await routeById(rt, file.route_id!))?.account_id ?? '');
}

/** Without a content type the body is no file to Fastify, but it is to us. */
const bodyOf = (request: FastifyRequest): Readable => (request.body as Readable | undefined) ?? request.raw;

function ready(file: MediaRow | undefined): MediaRow & { blob: string } {
  if (!file) throw errors.not_found();
  if (file.state === 'pending') throw errors.pending();
  if (file.state === 'failed' || file.blob === null) throw errors.failed(file.reason ?? undefined);
  return { ...file, blob: file.blob };
}

async function send(rt: Runtime, { request, reply }: { request: FastifyRequest; reply: FastifyReply }, { file, download }: { file: MediaRow & { blob: string }; download: boolean }): Promise<FastifyReply> {
  const size = await rt.blobs.size(file.blob);
  if (size === undefined) throw errors.lost();
  const type = file.mime_type ?? 'application/octet-stream';
  const etag = `"${file.id}"`;
  void reply.headers({
    // Whatever it claims to be, it is not looked into, runs nothing and reaches nothing.
    'x-content-type-options': 'nosniff', 'content-security-policy': "sandbox; default-src 'none'", 'content-disposition': disposition(file, download || !isInline(type)),
    // A file never changes under its id; whether one may still see it is asked every time.
    etag, 'cache-control': 'private, no-cache', 'accept-ranges': 'bytes', 'cross-origin-resource-policy': 'same-origin',
  });
  if (request.headers['if-none-match'] === etag) return reply.code(304).send();
  const whole = request.headers['if-range'] !== undefined && request.headers['if-range'] !== etag;
  const range = whole ? undefined : byteRange(request.headers.range, size);
  if (range === 'none') {
    void reply.header('content-range', `bytes */${size}`);
    throw errors.range(`It has ${size} bytes.`);
  }
  void reply.type(type);
  if (range) void reply.code(206).header('content-range', `bytes ${range.start}-${range.end}/${size}`);
  void reply.header('content-length', range ? range.end - range.start + 1 : size);
  return reply.send(request.method === 'HEAD' ? Readable.from([]) : rt.blobs.read(file.blob, range));
}

function disposition(file: MediaRow, attachment: boolean): string {
  const kind = attachment ? 'attachment' : 'inline';
  if (file.filename === null) return kind;
  const ascii = file.filename.replace(/[^\x20-\x7e]|["\\%]/g, '_');
  return `${kind}; filename="${ascii}"; filename*=UTF-8''${encodeURIComponent(file.filename).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16)}`)}`;
}
