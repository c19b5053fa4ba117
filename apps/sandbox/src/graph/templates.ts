/** Management of templates: list, create, edit, delete. */
import type { FastifyInstance } from 'fastify';
import type { Sandbox } from '../context.ts';
import type { Template, TemplateCategory } from '../store/templates.ts';
import { GraphError } from './errors.ts';
import { textOf } from './fields.ts';
import type { Fields } from './fields.ts';
import { page } from './paging.ts';
import { answerCommitted, appOf, fieldsOf, ownWaba, select } from './request.ts';
import type { GraphRequest } from './request.ts';
import { checkComponents } from './template-rules.ts';

const CATEGORIES: readonly TemplateCategory[] = ['AUTHENTICATION', 'MARKETING', 'UTILITY'];

export function templateView(template: Template): Fields {
  return {
    name: template.name, parameter_format: template.parameterFormat, components: template.components, language: template.language,
    status: template.status, category: template.category, id: template.id, quality_score: { score: 'UNKNOWN' }, rejected_reason: 'NONE',
  };
}

export function ownTemplate(sandbox: Sandbox, request: GraphRequest): Template | undefined {
  const template = sandbox.templates.byId(request.params.id);
  const waba = template === undefined ? undefined : sandbox.identities.wabas.get(template.wabaId);
  return waba?.appId === appOf(request).appId ? template : undefined;
}

function categoryOf(body: Fields): TemplateCategory {
  const given = textOf(body, 'category', { path: 'category', max: 30 });
  const category = CATEGORIES.find((known) => known === given.toUpperCase());
  if (category === undefined) throw new GraphError(100, `Param category must be one of ${CATEGORIES.join(', ')}.`);
  return category;
}

/** A new template of a WABA, handed in for review; or Meta's error. */
export function createTemplate(sandbox: Sandbox, wabaId: string, body: Fields): Template {
  const name = textOf(body, 'name', { path: 'name', max: 512 });
  if (!/^[a-z0-9_]+$/.test(name)) throw new GraphError(100, 'Param name may only have lower-case letters, digits and underscores.');
  const language = textOf(body, 'language', { path: 'language', max: 10 });
  if (!/^[a-z]{2,3}(_[A-Z]{2})?$/.test(language)) throw new GraphError(100, 'Param language must be a code like es, es_AR or en_US.');
  if (sandbox.templates.find(wabaId, name, language) !== undefined) {
    throw new GraphError(100, `There is already ${language} content for this template. You can create a new template and try again.`, { subcode: 2388024 });
  }
  const category = categoryOf(body);
  const named = String(body['parameter_format'] ?? 'positional').toUpperCase() === 'NAMED';
  const template = sandbox.templates.create({
    wabaId, name, language, category, status: 'PENDING', parameterFormat: named ? 'NAMED' : 'POSITIONAL',
    components: checkComponents(body, { category, language, named }),
  });
  sandbox.review.start(template);
  return template;
}

/** Only what was decided on can be edited; the category of an approved one stays. */
export function editTemplate(sandbox: Sandbox, template: Template, body: Fields): string {
  if (template.status === 'PENDING' || template.status === 'DISABLED') throw new GraphError(100, `A template that is ${template.status} cannot be edited.`);
  if (body['category'] !== undefined) {
    const category = categoryOf(body);
    if (template.status === 'APPROVED' && category !== template.category) throw new GraphError(100, 'The category of an approved template cannot be changed.');
    template.category = category;
  }
  if (body['components'] !== undefined) {
    template.components = checkComponents(body, { category: template.category, language: template.language, named: template.parameterFormat === 'NAMED' });
  }
  template.status = 'PENDING';
  sandbox.templates.save(template);
  sandbox.review.start({ ...template, createdAt: sandbox.runtime.now() });
  return '{"success":true}';
}

/** Takes one language of a template away, all of them without its id. */
export function removeTemplate(sandbox: Sandbox, wabaId: string, { name, id }: { name: string | undefined; id?: string | undefined }): void {
  if (name === undefined || name === '') throw new GraphError(100, 'The parameter name is required.');
  // By name alone all languages go.
  const doomed = sandbox.templates.named(wabaId, name).filter((template) => id === undefined || template.id === id);
  if (doomed.length === 0) throw new GraphError(100, 'Message Template Not Found', { subcode: 2593002 });
  if (doomed.some((template) => template.status === 'DISABLED')) throw new GraphError(100, 'A disabled template cannot be deleted.');
  for (const template of doomed) sandbox.templates.remove(template);
}

export function templateRoutes(app: FastifyInstance, sandbox: Sandbox): void {
  app.get('/:id/message_templates', (request: GraphRequest) => {
    const { name, status, language, category, fields } = request.query;
    const found = sandbox.templates.list(ownWaba(sandbox, request).wabaId).filter((template) =>
      (name === undefined || template.name.includes(name)) && (status === undefined || template.status === status.toUpperCase())
      && (language === undefined || template.language === language) && (category === undefined || template.category === category.toUpperCase()));
    return page(found.map((template) => select(templateView(template), fields)), request.query);
  });

  app.post('/:id/message_templates', (request: GraphRequest, reply) => {
    const { id, status, category } = createTemplate(sandbox, ownWaba(sandbox, request).wabaId, fieldsOf(request));
    answerCommitted(sandbox, reply, JSON.stringify({ id, status, category }));
  });

  app.delete('/:id/message_templates', (request: GraphRequest, reply) => {
    removeTemplate(sandbox, ownWaba(sandbox, request).wabaId, { name: request.query.name, id: request.query.hsm_id });
    answerCommitted(sandbox, reply, '{"success":true}');
  });
}
