/** Upload, information, download and deletion of files. */
import { createReadStream } from 'node:fs';
import { fileTypeFromBuffer } from 'file-type';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Sandbox } from '../context.ts';
import { ALLOWED_UPLOADS, isAnimatedWebp, kindOfMime, plainMime, unfit } from '../network/media-kinds.ts';
import { mediaUrl, validMediaUrl } from '../network/media-url.ts';
import type { BusinessNumber } from '../store/identities.ts';
import { UPLOAD_LIFETIME } from '../store/media.ts';
import type { Media } from '../store/media.ts';
import { GraphError } from './errors.ts';
import { answerCommitted, appOf, notFound, ownNumber } from './request.ts';
import type { GraphRequest } from './request.ts';

interface Upload {
  readonly fields: ReadonlyMap<string, string>;
  readonly file: { bytes: Buffer; mime: string; filename: string } | undefined;
}

async function readUpload(request: FastifyRequest): Promise<Upload> {
  if (!request.isMultipart()) throw new GraphError(100, 'The request must be multipart/form-data with the parts messaging_product and file.');
  const fields = new Map<string, string>();
  let file: Upload['file'];
  for await (const part of request.parts()) {
    if (part.type === 'file') file = { bytes: await part.toBuffer(), mime: part.mimetype, filename: part.filename };
    else fields.set(part.fieldname, String(part.value));
  }
  return { fields, file };
}

/** A file that says it is one thing and is another. */
async function contradicts(mime: string, bytes: Buffer): Promise<string | undefined> {
  const found = await fileTypeFromBuffer(bytes.subarray(0, 4100));
  if (found === undefined) return undefined;
  const declared = kindOfMime(mime);
  const real = kindOfMime(found.mime === 'audio/x-m4a' ? 'audio/mp4' : found.mime);
  const containers = found.mime === 'video/mp4' && declared === 'audio';
  if (real === undefined || real === declared || containers || declared === 'document') return undefined;
  return `The file is ${found.mime}, not ${mime}.`;
}

/** The file of an id, if the token's app may see it. */
export function ownMedia(sandbox: Sandbox, request: GraphRequest): Media | undefined {
  const media = sandbox.media.find(request.params.id);
  if (media === undefined) return undefined;
  const asked = request.query.phone_number_id;
  if (media.phoneNumberId === null) return media;
  const owner = sandbox.identities.numbers.get(media.phoneNumberId);
  if (owner === undefined || sandbox.identities.appOf(owner).appId !== appOf(request).appId) return undefined;
  return asked === undefined || asked === media.phoneNumberId ? media : undefined;
}

export function mediaView(sandbox: Sandbox, media: Media): Record<string, unknown> {
  return {
    messaging_product: 'whatsapp', url: mediaUrl(sandbox, media), mime_type: media.mimeType, sha256: media.sha256, file_size: media.size, id: media.id,
  };
}

/** Takes an upload of a number's owner, or throws Meta's error for what is wrong with it. */
export async function keepUpload(sandbox: Sandbox, business: BusinessNumber, request: FastifyRequest): Promise<Media> {
  const { fields, file } = await readUpload(request);
  if (fields.get('messaging_product') !== 'whatsapp') throw new GraphError(100, 'The parameter messaging_product is required, and must be "whatsapp".');
  if (file === undefined) throw new GraphError(100, 'The parameter file is required.');
  // Recorded uploads come without `type`; the part's own content type serves then (providers 1.1).
  const given = fields.get('type') ?? '';
  const mime = given.includes('/') ? given : file.mime;
  const kind = kindOfMime(mime);
  if (kind === undefined) {
    throw new GraphError(131053, `Param file must be a file with one of the following types: ${ALLOWED_UPLOADS.join(', ')}. Received file of type '${plainMime(mime)}'.`);
  }
  if (file.bytes.length === 0) throw new GraphError(131053, 'The file is empty.');
  const why = unfit(kind, { mime, size: file.bytes.length, animated: isAnimatedWebp(file.bytes.subarray(0, 32)) }) ?? (await contradicts(mime, file.bytes));
  if (why !== undefined) throw new GraphError(131053, why);
  return sandbox.media.keep({
    phoneNumberId: business.phoneNumberId, mimeType: mime, bytes: file.bytes, filename: file.filename === '' ? null : file.filename, lifetime: UPLOAD_LIFETIME,
  });
}

export function graphMediaRoutes(app: FastifyInstance, sandbox: Sandbox): void {
  app.post('/:id/media', async (request: GraphRequest, reply) => {
    answerCommitted(sandbox, reply, JSON.stringify({ id: (await keepUpload(sandbox, ownNumber(sandbox, request), request)).id }));
    return reply;
  });

  /** The 5-minute address. It wants the same token; once it has run out, 404 says: ask for a new one. */
  app.get('/whatsapp_business/attachments/', (request: FastifyRequest<{ Querystring: { mid?: string; ext?: string; hash?: string } }>, reply) => {
    const media = validMediaUrl(sandbox, request.query) ? sandbox.media.find(request.query.mid ?? '') : undefined;
    const owner = media?.phoneNumberId == null ? undefined : sandbox.identities.numbers.get(media.phoneNumberId);
    const foreign = owner !== undefined && sandbox.identities.appOf(owner).appId !== appOf(request).appId;
    if (media === undefined || foreign) return reply.code(404).send();
    return reply.header('content-type', media.mimeType).header('content-length', media.size)
      .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(media.filename ?? media.id)}`)
      .header('x-content-type-options', 'nosniff').send(createReadStream(sandbox.media.path(media)));
  });
}

export function deleteMedia(sandbox: Sandbox, request: GraphRequest): string {
  const media = ownMedia(sandbox, request);
  if (media === undefined) throw notFound(request.params.id);
  sandbox.media.remove(media.id);
  return '{"success":true}';
}
