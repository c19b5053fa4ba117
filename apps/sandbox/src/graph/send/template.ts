/** Sending a template: it must exist, be approved, and be given exactly the parameters it asks for. */
import type { Template, TemplateButton, TemplateComponent } from '../../store/templates.ts';
import { GraphError } from '../errors.ts';
import { isFields, object, textOf } from '../fields.ts';
import type { Fields } from '../fields.ts';
import type { Category, CheckContext, Draft, MediaReference } from './draft.ts';
import { mediaReference } from './media-reference.ts';
import { fill, parametersOf, placeholders } from './template-text.ts';

/** A template as a phone shows it. */
export interface RenderedTemplate {
  name: string;
  language: string;
  header?: { type: string; text?: string; media?: unknown; location?: unknown };
  body: string;
  footer?: string;
  buttons: RenderedButton[];
  cards?: { header?: RenderedTemplate['header']; body: string; buttons: RenderedButton[] }[];
}

export interface RenderedButton {
  type: string;
  text: string;
  index: number;
  payload?: string;
  url?: string;
  phone_number?: string;
  code?: string;
}

const MEDIA_HEADERS = { IMAGE: 'image', VIDEO: 'video', DOCUMENT: 'document' } as const;

export function checkTemplate(given: Fields, context: CheckContext): Draft {
  const name = textOf(given, 'name', { path: "template['name']", max: 512 });
  const language = textOf(object(given, 'language', "template['language']"), 'code', { path: "template['language']['code']", max: 20 });
  const template = context.findTemplate(name, language);
  if (template === undefined) {
    const others = context.languagesOf(name);
    const hint = others.length > 0 ? ` It exists in: ${others.join(', ')}.` : '';
    throw new GraphError(132001, `template name (${name}) does not exist in ${language}.${hint}`);
  }
  checkStatus(template);
  if (context.byBsuid && template.category === 'AUTHENTICATION') {
    throw new GraphError(131062, 'Authentication templates can only be sent to a phone number.');
  }
  const raw = given['components'] ?? [];
  if (!Array.isArray(raw) || !raw.every(isFields)) throw new GraphError(100, "Param template['components'] must be an array of JSON objects.");
  const media: MediaReference[] = [];
  const rendered: RenderedTemplate = { name, language, ...render(template.components, { given: raw, template, media, context }) };
  const carousel = template.components.find((component) => component.type === 'CAROUSEL');
  if (carousel !== undefined) rendered.cards = renderCards(carousel, { given: raw, template, media, context });
  const category = { UTILITY: 'utility', MARKETING: 'marketing', AUTHENTICATION: 'authentication' }[template.category] as Category;
  return { type: 'template', text: rendered.body, category, media, rendered };
}

function checkStatus(template: Template): void {
  switch (template.status) {
    case 'APPROVED': return;
    case 'PAUSED': throw new GraphError(132015, `Template ${template.name} is paused because of low quality.`);
    case 'DISABLED': throw new GraphError(132016, `Template ${template.name} is disabled.`);
    case 'PENDING':
    case 'REJECTED': throw new GraphError(132001, `template name (${template.name}) is ${template.status.toLowerCase()} in ${template.language}, not approved.`);
  }
}

interface Filling {
  readonly given: readonly Fields[];
  readonly template: Template;
  readonly media: MediaReference[];
  readonly context: CheckContext;
}

function ofType(filling: Filling, type: string): Fields | undefined {
  return filling.given.find((component) => String(component['type']).toLowerCase() === type);
}

function render(components: readonly TemplateComponent[], filling: Filling): Omit<RenderedTemplate, 'name' | 'language' | 'cards'> {
  const body = components.find((component) => component.type === 'BODY');
  const footer = components.find((component) => component.type === 'FOOTER');
  const header = renderHeader(components.find((component) => component.type === 'HEADER'), filling);
  const text = fillText('body', body?.text ?? '', filling);
  const buttons = components.find((component) => component.type === 'BUTTONS')?.buttons ?? [];
  return {
    ...(header === undefined ? {} : { header }), body: text, ...(footer?.text === undefined ? {} : { footer: footer.text }),
    buttons: buttons.map((button, index) => renderButton(button, index, { ...filling, bodyText: text })),
  };
}

/** A header or body text with its parameters put in. */
function fillText(part: 'header' | 'body', text: string, filling: Filling): string {
  const given = ofType(filling, part);
  const parameters = parametersOf(part, given);
  const wanted = placeholders(text);
  if (parameters.length !== wanted.length) {
    throw new GraphError(132000, `${part}: number of localizable_params (${parameters.length}) does not match the expected number of params (${wanted.length})`);
  }
  return fill(text, { part, wanted, parameters, named: filling.template.parameterFormat === 'NAMED' });
}

function renderHeader(component: TemplateComponent | undefined, filling: Filling): RenderedTemplate['header'] | undefined {
  const given = ofType(filling, 'header');
  if (component === undefined) {
    if (given !== undefined && parametersOf('header', given).length > 0) throw new GraphError(132000, 'header: number of localizable_params (1) does not match the expected number of params (0)');
    return undefined;
  }
  const format = component.format ?? 'TEXT';
  if (format === 'TEXT') return { type: 'text', text: fillText('header', component.text ?? '', filling) };
  const parameter = parametersOf('header', given)[0];
  const received = typeof parameter?.['type'] === 'string' ? parameter['type'] : 'unknown';
  if (parameter === undefined || received.toUpperCase() !== format) {
    throw new GraphError(132012, `header: Format mismatch, expected ${format}, received ${received.toUpperCase()}`);
  }
  if (format === 'IMAGE' || format === 'VIDEO' || format === 'DOCUMENT') {
    const kind = MEDIA_HEADERS[format];
    const reference = mediaReference(kind, object(parameter, kind, `header parameter['${kind}']`), filling.context);
    filling.media.push(reference);
    return { type: kind, media: parameter[kind] };
  }
  if (format === 'LOCATION') return { type: 'location', location: object(parameter, 'location', "header parameter['location']") };
  return { type: format.toLowerCase() };
}

function renderButton(button: TemplateButton, index: number, filling: Filling & { bodyText: string }): RenderedButton {
  const given = filling.given.find((component) => String(component['type']).toLowerCase() === 'button' && Number(component['index'] ?? 0) === index);
  const parameter = parametersOf('buttons', given)[0];
  const rendered: RenderedButton = { type: button.type, text: button.text ?? '', index };
  const needs = (what: string): never => {
    throw new GraphError(131008, `buttons: Button at index ${index} of type ${what} requires a parameter`);
  };
  switch (button.type) {
    case 'QUICK_REPLY':
      // Without a payload of its own the tapped button comes back with its text.
      rendered.payload = typeof parameter?.['payload'] === 'string' ? parameter['payload'] : rendered.text;
      return rendered;
    case 'URL': {
      const url = button.url ?? '';
      const wanted = placeholders(url).length;
      if (wanted === 0) return parameter === undefined ? { ...rendered, url } : wrongCount(1);
      if (parameter === undefined) return needs('Url');
      const suffix = textOf(parameter, 'text', { path: `button ${index} text`, max: 2000 });
      if (filling.template.category === 'AUTHENTICATION') return { ...rendered, code: oneTimeCode(suffix, filling) };
      return { ...rendered, url: url.replace(/\{\{[^}]*\}\}/, suffix) };
    }
    case 'COPY_CODE': {
      if (parameter === undefined) return needs('Copy Code');
      return { ...rendered, code: textOf(parameter, 'coupon_code', { path: `button ${index} coupon_code`, max: 15 }) };
    }
    case 'PHONE_NUMBER': return { ...rendered, phone_number: button.phone_number };
    default: return rendered;
  }
}

function wrongCount(received: number): never {
  throw new GraphError(132000, `buttons: number of localizable_params (${received}) does not match the expected number of params (0)`);
}

/** The code in the button must be the one in the body, at most 15 characters (providers 1.3). */
function oneTimeCode(code: string, filling: Filling & { bodyText: string }): string {
  if (code.length > 15) throw new GraphError(132018, 'The code of an authentication template may have at most 15 characters.');
  const inBody = parametersOf('body', ofType(filling, 'body'))[0]?.['text'];
  if (inBody !== code) throw new GraphError(132018, 'The code in the button must be the one in the body.');
  return code;
}

function renderCards(carousel: TemplateComponent, filling: Filling): RenderedTemplate['cards'] {
  const cards = carousel.cards ?? [];
  const given = ofType(filling, 'carousel')?.['cards'];
  if (!Array.isArray(given) || given.length !== cards.length) {
    throw new GraphError(132000, `carousel: number of cards (${Array.isArray(given) ? given.length : 0}) does not match the expected number of cards (${cards.length})`);
  }
  return cards.map((card, at) => {
    const own: unknown = given[at];
    const components: unknown = isFields(own) ? (own['components'] ?? []) : [];
    if (!Array.isArray(components) || !components.every(isFields)) throw new GraphError(100, `Param cards[${at}]['components'] must be an array of JSON objects.`);
    const { header, body, buttons } = render(card.components, { ...filling, given: components });
    return { ...(header === undefined ? {} : { header }), body, buttons };
  });
}
