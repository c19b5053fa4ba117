/** `/{ID}` alone: a number, a file, a WABA, an app or a template. */
import type { FastifyInstance } from 'fastify';
import type { Sandbox } from '../context.ts';
import { isFields } from './fields.ts';
import type { Fields } from './fields.ts';
import { deleteMedia, mediaView, ownMedia } from './media.ts';
import { configureNumber, numberView } from './numbers.ts';
import { answerCommitted, appOf, notFound, ownNumber, ownWaba, parametersOf, select } from './request.ts';
import type { GraphRequest } from './request.ts';
import { editTemplate, ownTemplate, templateView } from './templates.ts';

function view(sandbox: Sandbox, request: GraphRequest): Fields {
  const { id } = request.params;
  const { identities } = sandbox;
  if (identities.numbers.has(id)) return numberView(sandbox, ownNumber(sandbox, request));
  if (identities.wabas.has(id)) {
    const waba = ownWaba(sandbox, request);
    return { id: waba.wabaId, name: waba.name, currency: 'USD', timezone_id: '1', account_review_status: 'APPROVED', message_template_namespace: waba.wabaId, status: 'ACTIVE' };
  }
  const own = appOf(request);
  if (own.appId === id) return { id: own.appId, name: own.name, link: `${sandbox.origin}/${own.appId}`, category: 'Business' };
  const template = ownTemplate(sandbox, request);
  if (template !== undefined) return templateView(template);
  const media = ownMedia(sandbox, request);
  if (media !== undefined) return mediaView(sandbox, media);
  throw notFound(id);
}

export function objectRoutes(app: FastifyInstance, sandbox: Sandbox): void {
  app.get('/:id', (request: GraphRequest) => select(view(sandbox, request), request.query.fields));

  app.post('/:id', async (request: GraphRequest, reply) => {
    const body = parametersOf(request);
    const template = ownTemplate(sandbox, request);
    if (template !== undefined) {
      answerCommitted(sandbox, reply, editTemplate(sandbox, template, body));
      return reply;
    }
    const business = ownNumber(sandbox, request);
    if (!isFields(body['webhook_configuration'])) throw notFound(request.params.id);
    answerCommitted(sandbox, reply, await configureNumber(sandbox, business, body));
    return reply;
  });

  app.delete('/:id', (request: GraphRequest, reply) => {
    answerCommitted(sandbox, reply, deleteMedia(sandbox, request));
  });
}
