import type { TemplateContent } from '../../messaging/index.ts';
import { placeholdersOf, previewOf, TEMPLATE_CATEGORIES, type CarrierTemplate, type TemplateCategory, type TemplateNews, type TemplateStatus, type TemplateVariable } from '../templates.ts';
import { idText, isWire, text, type Wire } from './wire.ts';

/** Words of Meta and of 360dialog (in lower case there), of lists and of webhooks (providers.md §1.5, §2). */
const STATUSES: Readonly<Record<string, TemplateStatus | 'gone'>> = {
  APPROVED: 'approved', FLAGGED: 'approved', REINSTATED: 'approved', UNARCHIVED: 'approved',
  PENDING: 'pending', IN_APPEAL: 'pending', SUBMITTED: 'pending', CREATED: 'pending', RECEIVED: 'pending',
  REJECTED: 'rejected', LIMIT_EXCEEDED: 'rejected', PAUSED: 'paused', DISABLED: 'disabled', ARCHIVED: 'disabled', LOCKED: 'disabled',
  UNSUBMITTED: 'draft', PENDING_DELETION: 'gone', DELETED: 'gone',
};
export const statusOf = (word: unknown): TemplateStatus | 'gone' => STATUSES[String(word).toUpperCase()] ?? 'unknown';

export function categoryOf(word: unknown): TemplateCategory | null {
  const known = String(word).toLowerCase();
  return TEMPLATE_CATEGORIES.find((c) => c === known) ?? null;
}

/** A template of a list, in Meta's shape or 360dialog's; undefined: nothing that could be sent one day. */
export function readTemplate(wire: unknown): CarrierTemplate | undefined {
  if (!isWire(wire)) return undefined;
  const [name, language, status] = [text(wire['name']), text(wire['language']), statusOf(wire['status'])];
  // 360dialog has an id of its own; webhooks name Meta's.
  const remote_id = idText(wire['external_id']) ?? idText(wire['id']);
  if (name === undefined || language === undefined || remote_id === undefined || status === 'gone') return undefined;
  const components = (Array.isArray(wire['components']) ? wire['components'] : []).filter(isWire);
  const quality = isWire(wire['quality_score']) ? text(wire['quality_score']['score']) : undefined;
  const reason = text(wire['rejected_reason']);
  return {
    remote_id, name, language, category: categoryOf(wire['category']), status, components,
    reason: reason === undefined || reason === 'NONE' ? null : reason, quality: quality === undefined || quality === 'UNKNOWN' ? null : quality,
    variables: variablesOf(components, categoryOf(wire['category'])),
  };
}

const typeOf = (wire: Wire, key = 'type'): string => String(wire[key] ?? '').toUpperCase();
const buttonsOf = (component: Wire): Wire[] => (Array.isArray(component['buttons']) ? component['buttons'].filter(isWire) : []);

/** What has to be filled in, in the order header, body, buttons. The code of an authentication template is asked for once: its button has it too. */
export function variablesOf(components: readonly Wire[], category: TemplateCategory | null): TemplateVariable[] {
  const found: TemplateVariable[] = [];
  for (const component of components) {
    switch (typeOf(component)) {
      case 'HEADER': found.push(...headerVariables(component)); break;
      case 'BODY': {
        const names = placeholdersOf(text(component['text']) ?? '');
        const wanted = names.length === 0 && category === 'authentication' ? ['1'] : names;
        found.push(...wanted.map((name, n): TemplateVariable => ({ name, where: 'body', kind: 'text', ...exampleOf(component, 'body', { name, n }) })));
        break;
      }
      case 'BUTTONS':
        if (category === 'authentication') break;
        buttonsOf(component).forEach((button, n) => {
          if (!isFilled(button)) return;
          const example = Array.isArray(button['example']) ? text(button['example'][0]) : text(button['example']);
          found.push({ name: `button_${n + 1}`, where: 'button', kind: 'text', ...(example !== undefined && { example }) });
        });
        break;
      default:
    }
  }
  return found;
}

const isFilled = (button: Wire): boolean => typeOf(button) === 'COPY_CODE' || (typeOf(button) === 'URL' && placeholdersOf(text(button['url']) ?? '').length > 0);

function headerVariables(component: Wire): TemplateVariable[] {
  const format = typeOf(component, 'format');
  switch (format) {
    case 'IMAGE': case 'VIDEO': case 'DOCUMENT': case 'LOCATION':
      return [{ name: 'header', where: 'header', kind: format.toLowerCase() as 'image' | 'video' | 'document' | 'location' }];
    default:
      return placeholdersOf(text(component['text']) ?? '').map((name, n): TemplateVariable => ({ name: headerName(name), where: 'header', kind: 'text', ...exampleOf(component, 'header', { name, n }) }));
  }
}
/** Numbers begin anew in the body. */
const headerName = (placeholder: string): string => (/^\d+$/.test(placeholder) ? 'header' : placeholder);

function exampleOf(component: Wire, part: 'header' | 'body', { name, n }: { name: string; n: number }): { example?: string } {
  const given = isWire(component['example']) ? component['example'] : {};
  const named = given[`${part}_text_named_params`];
  const numbered = given[`${part}_text`];
  const listed: unknown = Array.isArray(numbered) ? (Array.isArray(numbered[0]) ? numbered[0][n] : numbered[n]) : undefined;
  const example = text(Array.isArray(named) ? named.filter(isWire).find((p) => p['param_name'] === name)?.['example'] : listed);
  return example === undefined ? {} : { example };
}

/** The message in Meta's dialect (providers.md §1.3). */
export function fillTemplate(template: CarrierTemplate, values: Readonly<Record<string, string>>): TemplateContent {
  const components: Wire[] = [];
  for (const component of template.components) {
    switch (typeOf(component)) {
      case 'HEADER': {
        const wanted = template.variables.find((v) => v.where === 'header');
        if (wanted) components.push({ type: 'header', parameters: [wanted.kind === 'text' ? parameter(wanted.name === 'header' ? '1' : wanted.name, values[wanted.name]!) : fileParameter(wanted, values[wanted.name]!)] });
        break;
      }
      case 'BODY': {
        const wanted = template.variables.filter((v) => v.where === 'body');
        if (wanted.length > 0) components.push({ type: 'body', parameters: byNumber(wanted).map(({ name }) => parameter(name, values[name]!)) });
        break;
      }
      case 'BUTTONS':
        buttonsOf(component).forEach((button, n) => {
          const filled = buttonComponent(template, button, { n, values });
          if (filled) components.push(filled);
        });
        break;
      default:
    }
  }
  return { type: 'template', name: template.name, language: template.language, components, variables: { ...values }, preview: previewOf(template, values) };
}

const byNumber = (variables: readonly TemplateVariable[]): readonly TemplateVariable[] =>
  variables.every((v) => /^\d+$/.test(v.name)) ? variables.toSorted((a, b) => Number(a.name) - Number(b.name)) : variables;
const parameter = (name: string, value: string): Wire => ({ type: 'text', ...(/^\d+$/.test(name) ? {} : { parameter_name: name }), text: value });

function fileParameter({ kind }: TemplateVariable, value: string): Wire {
  if (kind !== 'location') return { type: kind, [kind]: { link: value } };
  const [latitude, longitude, name, ...address] = value.split(',').map((part) => part.trim());
  return { type: kind, location: { latitude, longitude, ...(name ? { name } : {}), ...(address.length > 0 ? { address: address.join(', ') } : {}) } };
}

function buttonComponent(template: CarrierTemplate, button: Wire, { n, values }: { n: number; values: Readonly<Record<string, string>> }): Wire | undefined {
  const as = (sub_type: string, one: Wire): Wire => ({ type: 'button', sub_type, index: String(n), parameters: [one] });
  // Whatever the code's button does, it leaves as an address (providers.md §1.3).
  if (template.category === 'authentication') return as('url', { type: 'text', text: values[template.variables[0]!.name]! });
  const value = values[`button_${n + 1}`];
  if (value === undefined || !isFilled(button)) return undefined;
  return typeOf(button) === 'COPY_CODE' ? as('copy_code', { type: 'coupon_code', coupon_code: value }) : as('url', { type: 'text', text: value });
}

/** Webhooks about templates (providers.md §1.5). */
export function toldOfTemplate(field: string, payload: unknown): TemplateNews | undefined {
  if (!isWire(payload)) return undefined;
  const remote_id = idText(payload['message_template_id']);
  if (remote_id === undefined) return undefined;
  switch (field) {
    case 'message_template_status_update': {
      const given = isWire(payload['rejection_info']) ? text(payload['rejection_info']['reason']) : isWire(payload['other_info']) ? text(payload['other_info']['description']) : undefined;
      const reason = given ?? text(payload['reason']);
      return { remote_id, status: statusOf(payload['event']), reason: reason === undefined || reason === 'NONE' ? null : reason };
    }
    case 'message_template_quality_update': {
      const quality = text(payload['new_quality_score']);
      return { remote_id, ...(quality !== undefined && { quality }) };
    }
    case 'template_category_update': {
      const category = payload['correct_category'] === undefined ? categoryOf(payload['new_category']) : null;
      return { remote_id, ...(category && { category }) };
    }
    case 'message_template_components_update':
      return { remote_id };
    default:
      return undefined;
  }
}

/** Named variables are said to be so when a template is made. */
export const wireOfNew = ({ name, language, category, components, named }: { name: string; language: string; category: TemplateCategory; components: readonly Readonly<Record<string, unknown>>[]; named?: boolean }): Wire =>
  ({ name, language, category: category.toUpperCase(), components, ...(named ? { parameter_format: 'named' } : {}) });
