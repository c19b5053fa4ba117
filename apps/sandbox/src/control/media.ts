import { createReadStream } from 'node:fs';
import { fileTypeFromBuffer } from 'file-type';
import type { FastifyInstance } from 'fastify';
import type { Sandbox } from '../context.ts';
import { Problem } from '../http/problem.ts';
import { plainMime } from '../network/media-kinds.ts';
import { WEBHOOK_LIFETIME } from '../store/media.ts';

/** Shown in the page itself; everything else is only offered as a download. */
const INLINE = ['image/jpeg', 'image/png', 'image/webp', 'image/gif', 'audio/', 'video/'];

/** The type by its content where that can be told, else as declared. */
export async function mimeOf(bytes: Buffer, declared: string | undefined): Promise<string> {
  const known = await fileTypeFromBuffer(bytes.subarray(0, 4100));
  const given = plainMime(declared ?? '');
  if (known === undefined) return given === '' || given === 'application/octet-stream' ? 'text/plain' : (declared ?? given);
  // Containers: what calls itself audio may well be a video container with audio in it.
  if (known.mime.startsWith('video/') && given === `audio/${known.mime.slice(6)}`) return given;
  if (known.mime === 'audio/x-m4a') return 'audio/mp4';
  if (known.mime === 'application/zip' || known.mime === 'application/x-cfb') return given === '' ? known.mime : given;
  if (known.mime === 'audio/ogg; codecs=opus' || known.mime === 'audio/ogg') return 'audio/ogg; codecs=opus';
  return known.mime;
}

export function mediaRoutes(app: FastifyInstance, sandbox: Sandbox): void {
  /** A file of a phone, for a message that follows. */
  app.post('/media', async (request, reply) => {
    if (!request.isMultipart()) throw new Problem(415, 'A file comes as multipart/form-data.', { where: 'body', toDo: 'Send it as the part "file".' });
    const part = await request.file();
    if (part === undefined) throw new Problem(400, 'There is no file in the body.', { where: 'body', toDo: 'Send it as the part "file".' });
    const bytes = await part.toBuffer();
    if (bytes.length === 0) throw new Problem(400, 'The file is empty.', { where: 'body.file', toDo: 'Choose one with something in it.' });
    const kept = await sandbox.media.keep({
      phoneNumberId: null, mimeType: await mimeOf(bytes, part.mimetype), bytes, filename: part.filename === '' ? null : part.filename.slice(0, 240), lifetime: WEBHOOK_LIFETIME,
    });
    await sandbox.journal.committed();
    return reply.code(201).send({ id: kept.id, mime_type: kept.mimeType, size: kept.size, filename: kept.filename, sha256: kept.sha256 });
  });

  app.get<{ Params: { id: string } }>('/media/:id', (request, reply) => {
    const media = sandbox.media.find(request.params.id);
    if (media === undefined) throw new Problem(404, 'There is no such file any more.', { where: 'path', toDo: 'Files live 30 days, those of webhooks 7.' });
    const inline = INLINE.some((prefix) => media.mimeType.startsWith(prefix));
    const name = encodeURIComponent(media.filename ?? media.id);
    const range = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '');
    const start = Number(range?.[1] ?? 0);
    const end = Math.min(range?.[2] === undefined || range[2] === '' ? media.size - 1 : Number(range[2]), media.size - 1);
    // What a stranger sent is never run: no scripts, no guessing of types.
    void reply.header('content-type', media.mimeType).header('content-security-policy', "default-src 'none'; sandbox")
      .header('content-disposition', `${inline ? 'inline' : 'attachment'}; filename*=UTF-8''${name}`).header('accept-ranges', 'bytes');
    if (range !== null && start <= end) {
      return reply.code(206).header('content-range', `bytes ${start}-${end}/${media.size}`).header('content-length', end - start + 1)
        .send(createReadStream(sandbox.media.path(media), { start, end }));
    }
    return reply.header('content-length', media.size).send(createReadStream(sandbox.media.path(media)));
  });
}
