/** Twilio's Content API: contents, and WhatsApp's approval of them (providers 3.1). */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Sandbox } from '../../context.ts';
import { isFields } from '../../graph/fields.ts';
import type { Fields } from '../../graph/fields.ts';
import { placeholders } from '../../graph/send/template-text.ts';
import { createTemplate } from '../../graph/templates.ts';
import type { Content } from '../../store/contents.ts';
import type { BusinessNumber } from '../../store/identities.ts';
import type { Template } from '../../store/templates.ts';
import { answerWhenKept, businessOf } from '../front.ts';
import { TwilioError } from './errors.ts';
import { contentSid } from './message.ts';

const TYPES = ['twilio/text', 'twilio/media', 'twilio/quick-reply', 'twilio/list-picker', 'twilio/call-to-action', 'twilio/card', 'twilio/location', 'whatsapp/card', 'whatsapp/authentication'];
type Query = FastifyRequest<{ Querystring: { PageSize?: string; Page?: string } }>;
type BySid = FastifyRequest<{ Params: { sid: string } }>;

export function contentRoutes(app: FastifyInstance, sandbox: Sandbox): void {
  app.get('/v1/Content', (request: Query) => pageOf(sandbox, contentsOf(sandbox, businessOf(request)).map(contentView(businessOf(request))), request));
  app.get('/v1/ContentAndApprovals', (request: Query) => {
    const business = businessOf(request);
    const view = contentView(business);
    return pageOf(sandbox, contentsOf(sandbox, business).map((one) => ({ ...view(one), approval_requests: approvalOf(sandbox, one) })), request);
  });
  app.post('/v1/Content', (request, reply) => {
    const business = businessOf(request);
    const made = create(sandbox, business, isFields(request.body) ? request.body : {});
    answerWhenKept(sandbox, reply, { status: 201, json: contentView(business)(made) });
  });
  app.get('/v1/Content/:sid', (request: BySid) => contentView(businessOf(request))(ownContent(sandbox, businessOf(request), request.params.sid)));
  app.delete('/v1/Content/:sid', (request: BySid, reply) => {
    const content = ownContent(sandbox, businessOf(request), request.params.sid);
    const template = templateOfContent(sandbox, content);
    if (template !== undefined) sandbox.templates.remove(template);
    sandbox.contents.remove(content.sid);
    sandbox.journal.afterCommit((failure) => void (failure === undefined ? reply.code(204).send() : reply.send(failure)));
  });
  app.post('/v1/Content/:sid/ApprovalRequests/whatsapp', (request: BySid, reply) => {
    const business = businessOf(request);
    const content = ownContent(sandbox, business, request.params.sid);
    const body = isFields(request.body) ? request.body : {};
    const template = createTemplate(sandbox, business.wabaId, { name: body['name'], category: body['category'], language: content.language, components: componentsOf(content) });
    sandbox.contents.link(content.sid, template.id);
    answerWhenKept(sandbox, reply, { status: 201, json: { name: template.name, category: template.category, content_type: kindOf(content), status: 'received', rejection_reason: '', allow_category_change: true } });
  });
  app.get('/v1/Content/:sid/ApprovalRequests', (request: BySid) => {
    const content = ownContent(sandbox, businessOf(request), request.params.sid);
    return { sid: content.sid, account_sid: businessOf(request).line.account_sid, whatsapp: { type: 'whatsapp', ...approvalOf(sandbox, content) }, url: request.url };
  });
}

/** The templates of the start are contents too, and those made here. */
function contentsOf(sandbox: Sandbox, business: BusinessNumber): Content[] {
  const made = sandbox.contents.list(business.wabaId);
  const linked = new Set(made.map((one) => one.templateId));
  return [...sandbox.templates.list(business.wabaId).filter((one) => !linked.has(one.id)).map(contentOfTemplate), ...made];
}

export function findContent(sandbox: Sandbox, business: BusinessNumber, sid: string): Content | undefined {
  return contentsOf(sandbox, business).find((one) => one.sid === sid);
}

function ownContent(sandbox: Sandbox, business: BusinessNumber, sid: string): Content {
  const content = findContent(sandbox, business, sid);
  if (content === undefined) throw new TwilioError(20404, `The requested resource /Content/${sid} was not found`);
  return content;
}

export const templateOfContent = (sandbox: Sandbox, { templateId }: Content): Template | undefined => (templateId === null ? undefined : sandbox.templates.byId(templateId));
export const kindOf = ({ types }: Content): string => Object.keys(types)[0]?.split('/')[1] ?? 'text';

function contentOfTemplate(template: Template): Content {
  const of = (type: string): Fields | undefined => template.components.find((component) => component.type === type);
  const body = String(of('BODY')?.['text'] ?? '');
  const names = template.components.flatMap((component) => placeholders(component.text ?? ''));
  const given = of('BUTTONS')?.['buttons'];
  const buttons = Array.isArray(given) ? given.filter(isFields) : [];
  const footer = of('FOOTER')?.['text'];
  const types = template.category === 'AUTHENTICATION' ? { 'whatsapp/authentication': { add_security_recommendation: true, actions: buttons.map((button) => ({ type: 'COPY_CODE', copy_code_text: button['text'] })) } }
    : buttons.length === 0 && footer === undefined ? { 'twilio/text': { body } }
      : { 'whatsapp/card': { body, ...(footer === undefined ? {} : { footer }), actions: buttons.map((button) => ({ type: button['type'], title: button['text'], ...(button['type'] === 'QUICK_REPLY' ? { id: button['text'] } : {}) })) } };
  return {
    sid: contentSid(template.id), wabaId: template.wabaId, friendlyName: template.name, language: template.language,
    variables: Object.fromEntries(names.map((name) => [name, name])), types, templateId: template.id, createdAt: template.createdAt,
  };
}

const contentView = (business: BusinessNumber) => (one: Content): Fields => ({
  sid: one.sid, account_sid: business.line.account_sid, friendly_name: one.friendlyName, language: one.language, variables: one.variables, types: one.types,
  date_created: new Date(one.createdAt).toISOString(), date_updated: new Date(one.createdAt).toISOString(), url: `/v1/Content/${one.sid}`, links: {},
});

function approvalOf(sandbox: Sandbox, content: Content): Fields {
  const template = templateOfContent(sandbox, content);
  return {
    name: template?.name ?? '', category: template?.category ?? '', content_type: kindOf(content), status: template?.status.toLowerCase() ?? 'unsubmitted',
    rejection_reason: template?.status === 'REJECTED' ? 'INVALID_FORMAT' : '', allow_category_change: true,
  };
}

function pageOf({ origin }: Sandbox, all: readonly Fields[], request: Query): Fields {
  const [size, page] = [Math.min(Number(request.query.PageSize ?? 50) || 50, 500), Number(request.query.Page ?? 0) || 0];
  const path = request.url.split('?')[0] ?? '';
  const next = all.length > (page + 1) * size ? `${origin}${path}?PageSize=${size}&Page=${page + 1}` : null;
  return { contents: all.slice(page * size, (page + 1) * size), meta: { page, page_size: size, first_page_url: path, previous_page_url: null, url: request.url, next_page_url: next, key: 'contents' } };
}

function create(sandbox: Sandbox, business: BusinessNumber, body: Fields): Content {
  const types = isFields(body['types']) ? body['types'] : {};
  const [kind] = Object.keys(types);
  if (kind === undefined || !TYPES.includes(kind)) throw new TwilioError(20422, `types: one of ${TYPES.join(', ')} is required.`, 400);
  const given = types[kind];
  if (!isFields(given)) throw new TwilioError(20422, `types: ${kind} must be an object.`, 400);
  if (typeof body['language'] !== 'string') throw new TwilioError(20422, 'language is required.', 400);
  const actions = Array.isArray(given['actions']) ? given['actions'].filter(isFields) : [];
  if (kind === 'twilio/quick-reply' && (actions.length < 1 || actions.length > 10 || actions.some((one) => String(one['title'] ?? '').length > 20))) throw new TwilioError(20422, 'actions: 1 to 10 with titles of up to 20 characters.', 400);
  const items = Array.isArray(given['items']) ? given['items'].filter(isFields) : [];
  if (kind === 'twilio/list-picker' && (items.length < 1 || items.length > 10 || items.some((one) => String(one['item'] ?? '').length > 24))) throw new TwilioError(20422, 'items: 1 to 10 with names of up to 24 characters.', 400);
  return sandbox.contents.create({
    wabaId: business.wabaId, friendlyName: String(body['friendly_name'] ?? ''), language: body['language'], variables: isFields(body['variables']) ? body['variables'] : {}, types,
  });
}

/** What Twilio hands in to WhatsApp: examples come from its variables. */
function componentsOf({ types, variables }: Content): Fields[] {
  const [kind = '', value] = Object.entries(types)[0] ?? [];
  const given = isFields(value) ? value : {};
  if (kind === 'twilio/list-picker') throw new TwilioError(63013, 'A list picker cannot be approved: it is for the session only.');
  const body = String(given['body'] ?? given['title'] ?? '');
  const names = placeholders(body);
  const actions = Array.isArray(given['actions']) ? given['actions'].filter(isFields) : [];
  const footer = given['footer'] ?? given['subtitle'];
  return [
    ...(typeof given['header_text'] === 'string' ? [{ type: 'HEADER', format: 'TEXT', text: given['header_text'] }] : []),
    { type: 'BODY', text: body, ...(names.length === 0 ? {} : { example: { body_text: [names.map((name) => String(variables[name] ?? name))] } }) },
    ...(typeof footer === 'string' ? [{ type: 'FOOTER', text: footer }] : []),
    ...(actions.length === 0 ? [] : [{ type: 'BUTTONS', buttons: actions.map((action) => ({
      type: String(action['type'] ?? 'QUICK_REPLY'), text: action['title'], ...(action['url'] === undefined ? {} : { url: action['url'] }), ...(action['phone'] === undefined ? {} : { phone_number: action['phone'] }),
    })) }]),
  ];
}

/** A content that is sent as it is, within the window: the message that WhatsApp carries. */
export function sessionMessage(content: Content, values: Readonly<Record<string, string>>): Record<string, unknown> {
  const filled = JSON.parse(JSON.stringify(content.types).replace(/\{\{\s*([^{}\s]+)\s*\}\}/g, (whole, name: string) => (values[name] === undefined ? whole : JSON.stringify(values[name]).slice(1, -1)))) as Fields;
  const [kind = '', value] = Object.entries(filled)[0] ?? [];
  const given = isFields(value) ? value : {};
  const body = { text: String(given['body'] ?? '') };
  const list = (key: string): Fields[] => (Array.isArray(given[key]) ? given[key].filter(isFields) : []);
  switch (kind) {
    case 'twilio/text': return { type: 'text', text: { body: body.text } };
    case 'twilio/quick-reply':
      if (list('actions').length > 3) throw new TwilioError(63013, 'A quick reply has at most 3 buttons within the session.');
      return { type: 'interactive', interactive: { type: 'button', body, action: { buttons: list('actions').map((one) => ({ type: 'reply', reply: { id: one['id'] ?? one['title'], title: one['title'] } })) } } };
    case 'twilio/list-picker':
      return { type: 'interactive', interactive: { type: 'list', body, action: { button: given['button'], sections: [{ title: '', rows: list('items').map((one) => ({ id: one['id'], title: one['item'], ...(one['description'] ? { description: one['description'] } : {}) })) }] } } };
    default: throw new TwilioError(63027, `A content of type ${kind} needs WhatsApp's approval before it is sent.`);
  }
}
