/** 360dialog's API: the Cloud API without version and number in its paths, one key per number (providers 2). */
import { createReadStream } from 'node:fs';
import fastifyMultipart from '@fastify/multipart';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Sandbox } from '../../context.ts';
import { GraphError } from '../../graph/errors.ts';
import { isFields, object } from '../../graph/fields.ts';
import type { Fields } from '../../graph/fields.ts';
import { keepUpload } from '../../graph/media.ts';
import { acceptSend } from '../../graph/send/send.ts';
import { createTemplate, removeTemplate } from '../../graph/templates.ts';
import { validMediaUrl, mediaUrl } from '../../network/media-url.ts';
import type { BusinessNumber } from '../../store/identities.ts';
import type { Media } from '../../store/media.ts';
import type { Template } from '../../store/templates.ts';
import { answerWhenKept, businessOf, openFront } from '../front.ts';

/** Refusals of 360dialog's own, without a code of Meta's. */
class Refused extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

export function dialog360Routes(sandbox: Sandbox): (app: FastifyInstance) => Promise<void> {
  return async (app) => {
    app.removeAllContentTypeParsers();
    app.addContentTypeParser('*', { parseAs: 'string', bodyLimit: 2 * 1024 * 1024 }, (request: FastifyRequest, body, done) => {
      request.raw_body = String(body);
      try {
        done(null, request.raw_body === '' ? {} : (JSON.parse(request.raw_body) as unknown));
      } catch {
        done(new GraphError(100, 'The request body is not valid JSON.'));
      }
    });
    app.decorateRequest('raw_body', '');
    await app.register(fastifyMultipart, { limits: { fileSize: 101 * 1024 * 1024, files: 1, fields: 20 }, throwFileSizeLimit: true });
    openFront(app, {
      sandbox,
      authenticate: (request) => {
        const key = request.headers['d360-api-key'];
        const found = typeof key === 'string' ? sandbox.identities.ofCarrier('360dialog', (line) => line.key === key) : undefined;
        if (found === undefined) throw new Refused(401, 'Invalid api key');
        return found;
      },
      callsOf: (request) => {
        const path = (request.url.split('?')[0] ?? '').replace(/^\/360dialog/, '');
        if (path !== '/messages') return path === '/media' || /^\/\d+$|^\/whatsapp_business\//.test(path) ? 'media' : 'all';
        return isFields(request.body) && request.body['status'] !== undefined ? 'all' : 'messages';
      },
      fault: (code, http) => new GraphError(code, 'Asked for with POST /sandbox/faults.', http === null ? {} : { http }),
      answer: (error) => answer(sandbox, error),
    });

    app.post('/messages', (request, reply) => {
      const json = acceptSend(sandbox, businessOf(request), { body: fieldsOf(request), raw: request.raw_body });
      answerWhenKept(sandbox, reply, { json: JSON.parse(json) as unknown });
    });
    app.post('/media', async (request, reply) => {
      answerWhenKept(sandbox, reply, { json: { id: (await keepUpload(sandbox, businessOf(request), request)).id } });
      return reply;
    });
    app.post('/v1/configs/webhook', (request, reply) => {
      const business = businessOf(request);
      business.line = { ...business.line, hook: hookOf(fieldsOf(request)) };
      sandbox.identities.saveNumber(business);
      answerWhenKept(sandbox, reply, { json: business.line.hook });
    });
    app.get('/v1/configs/webhook', (request) => businessOf(request).line.hook ?? { url: null });
    app.get('/v1/configs/templates', (request: FastifyRequest<{ Querystring: { limit?: string; offset?: string } }>) => templates(sandbox, businessOf(request), request.query));
    app.post('/v1/configs/templates', (request, reply) => {
      const { wabaId } = businessOf(request);
      const made = createTemplate(sandbox, wabaId, fieldsOf(request));
      answerWhenKept(sandbox, reply, { status: 201, json: { ...templateView(made), status: 'submitted', rejected_reason: null } });
    });
    app.delete<{ Params: { name: string } }>('/v1/configs/templates/:name', (request, reply) => {
      removeTemplate(sandbox, businessOf(request).wabaId, { name: request.params.name });
      answerWhenKept(sandbox, reply, { json: { meta: { success: true, http_code: 200 } } });
    });
    app.get('/whatsapp_business/attachments/', (request: FastifyRequest<{ Querystring: { mid?: string; ext?: string; hash?: string } }>, reply) => {
      const media = validMediaUrl(sandbox, request.query) ? ownMedia(sandbox, businessOf(request), request.query.mid ?? '') : undefined;
      if (media === undefined) return reply.code(404).send();
      return reply.header('content-type', media.mimeType).header('content-length', media.size).send(createReadStream(sandbox.media.path(media)));
    });
    app.get<{ Params: { id: string } }>('/:id', (request) => {
      const media = found(ownMedia(sandbox, businessOf(request), request.params.id), request.params.id);
      // Meta's own host: whoever wants the file must put 360dialog's in its place.
      const url = new URL(mediaUrl(sandbox, media));
      return { messaging_product: 'whatsapp', url: `https://lookaside.fbsbx.com${url.pathname}${url.search}`, mime_type: media.mimeType, sha256: media.sha256, file_size: media.size, id: media.id };
    });
    app.delete<{ Params: { id: string } }>('/:id', (request, reply) => {
      sandbox.media.remove(found(ownMedia(sandbox, businessOf(request), request.params.id), request.params.id).id);
      answerWhenKept(sandbox, reply, { json: { success: true } });
    });
  };
}

const fieldsOf = (request: FastifyRequest): Fields => (isFields(request.body) ? request.body : {});

function ownMedia(sandbox: Sandbox, business: BusinessNumber, id: string): Media | undefined {
  const media = sandbox.media.find(id);
  return media !== undefined && (media.phoneNumberId === null || media.phoneNumberId === business.phoneNumberId) ? media : undefined;
}

function found(media: Media | undefined, id: string): Media {
  if (media === undefined) throw new GraphError(100, `Unsupported get request. Object with ID '${id.slice(0, 60)}' does not exist.`, { subcode: 33 });
  return media;
}

function hookOf(body: Fields): { url: string; headers: Record<string, string> } {
  const { url } = body;
  if (typeof url !== 'string' || !/^https?:\/\//.test(url)) throw new Refused(400, 'url: a valid URL is required');
  const headers = body['headers'] === undefined ? {} : object(body, 'headers');
  return { url, headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)])) };
}

/** 360dialog has an id of its own for each, and writes statuses in lower case (providers 2). */
const templateView = (one: Template): Fields => ({
  id: `T${one.id.slice(-10)}`, external_id: one.id, name: one.name, namespace: one.wabaId, language: one.language, category: one.category,
  components: one.components, status: one.status.toLowerCase(), rejected_reason: 'NONE', quality_score: null, waba_account_id: one.wabaId,
});

function templates(sandbox: Sandbox, business: BusinessNumber, query: { limit?: string; offset?: string }): Fields {
  const [limit, offset] = [Number(query.limit ?? 1000) || 1000, Number(query.offset ?? 0) || 0];
  const all = sandbox.templates.list(business.wabaId);
  const page = all.slice(offset, offset + limit).map(templateView);
  return { count: page.length, filters: {}, limit, offset, sort: ['id'], total: all.length, waba_templates: page };
}

function answer(sandbox: Sandbox, error: unknown): { status: number; body: unknown; meant: boolean } {
  if (error instanceof GraphError) return { status: error.http, meant: true, body: error.body(`A${sandbox.runtime.token(22)}`) };
  if (error instanceof Refused) return { status: error.status, meant: true, body: { meta: { success: false, http_code: error.status, developer_message: error.message } } };
  const status = typeof error === 'object' && error !== null && 'statusCode' in error ? Number(error.statusCode) : 500;
  return { status, meant: false, body: { meta: { success: false, http_code: status, developer_message: error instanceof Error ? error.message : 'unknown error' } } };
}
