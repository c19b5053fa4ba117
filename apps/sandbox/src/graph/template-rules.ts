/** What Meta checks when a template is created (providers 1.5). */
import type { TemplateButton, TemplateCategory, TemplateComponent } from '../store/templates.ts';
import { GraphError } from './errors.ts';
import { isFields, listOf, object, optionalText, textOf } from './fields.ts';
import type { Fields } from './fields.ts';
import { placeholders } from './send/template-text.ts';

const FORMATS = ['TEXT', 'IMAGE', 'VIDEO', 'DOCUMENT', 'LOCATION', 'PRODUCT'];
const BUTTONS = [
  'QUICK_REPLY', 'URL', 'PHONE_NUMBER', 'COPY_CODE', 'OTP', 'FLOW', 'CATALOG', 'MPM', 'SPM', 'VOICE_CALL', 'REQUEST_CONTACT_INFO',
];

const SUBCODE = { tooLong: 2388040, header: 2388047, body: 2388072, footer: 2388073, ratio: 2388293, position: 2388299 } as const;

function refuse(details: string, subcode?: number): never {
  throw new GraphError(100, details, subcode === undefined ? {} : { subcode });
}


/** The components as they are kept, or Meta's error. */
export function checkComponents(body: Fields, of: { category: TemplateCategory; language: string; named: boolean }): TemplateComponent[] {
  const components = listOf(body, 'components', { path: 'components', min: 1, max: 10 }).map(upper);
  const types = components.map((component) => component.type);
  if (new Set(types).size !== types.length) refuse('Every type of component may be there once.');
  if (!types.includes('BODY')) refuse('A template needs a component of type BODY.', SUBCODE.body);
  if (of.category === 'AUTHENTICATION') return authentication(components, of.language);
  for (const component of components) checkComponent(component, of.named);
  return components;
}

function upper(component: Fields): TemplateComponent {
  const type = textOf(component, 'type', { path: "components['type']", max: 40 }).toUpperCase();
  const format = typeof component['format'] === 'string' ? component['format'].toUpperCase() : undefined;
  return { ...component, type, ...(format === undefined ? {} : { format }) };
}

function checkComponent(component: TemplateComponent, named: boolean): void {
  switch (component.type) {
    case 'HEADER': return checkHeader(component, named);
    case 'BODY': {
      const text = limited(component, 1024, SUBCODE.body);
      checkPlaceholders(text, { named, example: component['example'], key: 'body_text', part: 'body' });
      const wanted = placeholders(text).length;
      if (/^\s*\{\{|\}\}\s*$/.test(text)) refuse('The body cannot start or end with a parameter.', SUBCODE.position);
      // Meta wants words around the parameters; 2 words for each and one more.
      if (wanted > 0 && text.replace(/\{\{[^}]*\}\}/g, ' ').trim().split(/\s+/).length < wanted * 2 + 1) refuse('There are too many parameters for so few words.', SUBCODE.ratio);
      return;
    }
    case 'FOOTER': {
      const text = limited(component, 60, SUBCODE.footer);
      if (placeholders(text).length > 0) refuse('A footer cannot have parameters.', SUBCODE.footer);
      return;
    }
    case 'BUTTONS': checkButtons(component); return;
    case 'CAROUSEL': {
      const cards = component['cards'];
      if (!Array.isArray(cards) || cards.length < 2 || cards.length > 10 || !cards.every(isFields)) refuse('A carousel has 2 to 10 cards.');
      return;
    }
    case 'LIMITED_TIME_OFFER': object(component, 'limited_time_offer'); return;
    default: refuse(`There is no component of type ${component.type}.`);
  }
}

function limited(component: Fields, max: number, subcode: number): string {
  const text = textOf(component, 'text', { path: `${String(component['type']).toLowerCase()} text`, max: 100_000 });
  if (text.length > max) refuse(`The text of ${String(component['type']).toLowerCase()} has ${text.length} characters, at most ${max} are allowed.`, subcode === SUBCODE.body ? SUBCODE.tooLong : subcode);
  return text;
}

function checkHeader(component: TemplateComponent, named: boolean): void {
  const format = component.format ?? '';
  if (!FORMATS.includes(format)) refuse(`The format of a header must be one of ${FORMATS.join(', ')}.`, SUBCODE.header);
  if (format !== 'TEXT') {
    const example = component['example'];
    const handles = isFields(example) ? example['header_handle'] : undefined;
    if (format !== 'LOCATION' && format !== 'PRODUCT' && (!Array.isArray(handles) || handles.length === 0)) refuse('A header with media needs example.header_handle.', SUBCODE.header);
    return;
  }
  const text = limited(component, 60, SUBCODE.header);
  if (placeholders(text).length > 1) refuse('A header can have one parameter.', SUBCODE.header);
  checkPlaceholders(text, { named, example: component['example'], key: 'header_text', part: 'header' });
}

function checkPlaceholders(text: string, of: { named: boolean; example: unknown; key: string; part: string }): void {
  const wanted = placeholders(text);
  if (wanted.length === 0) return;
  if (of.named) {
    if (!wanted.every((name) => /^[a-z][a-z0-9_]*$/.test(name))) refuse(`The parameters of ${of.part} must be lower-case names like {{first_name}}.`);
  } else if (wanted.some((name, at) => name !== String(at + 1))) {
    refuse(`The parameters of ${of.part} must be {{1}}, {{2}} and so on, in order.`);
  }
  const key = of.named ? `${of.key}_named_params` : of.key;
  const example = isFields(of.example) ? of.example[key] : undefined;
  const list: unknown = !of.named && of.part === 'body' && Array.isArray(example) ? example[0] : example;
  if (!Array.isArray(list) || list.length !== wanted.length) refuse(`example.${key} must have a value for each of the ${wanted.length} parameters of ${of.part}.`);
}

function checkButtons(component: TemplateComponent): void {
  for (const button of listOf(component, 'buttons', { path: 'buttons', min: 1, max: 10 })) {
    const type = textOf(button, 'type', { path: "buttons['type']", max: 40 }).toUpperCase();
    if (!BUTTONS.includes(type)) refuse(`The type of a button must be one of ${BUTTONS.join(', ')}.`);
    optionalText(button, 'text', { path: 'button text', max: 25 });
    if (type === 'URL') {
      const url = textOf(button, 'url', { path: "buttons['url']", max: 2000 });
      if (placeholders(url).length > 1 || (placeholders(url).length === 1 && !url.endsWith('{{1}}'))) refuse('The URL of a button can have {{1}} at its end.');
    }
    if (type === 'PHONE_NUMBER') textOf(button, 'phone_number', { path: "buttons['phone_number']", max: 20 });
  }
}

const BODY: Readonly<Record<string, [string, string]>> = {
  es: ['Tu código de verificación es *{{1}}*.', 'Por tu seguridad, no lo compartas.'],
  pt: ['Seu código de verificação é *{{1}}*.', 'Para sua segurança, não o compartilhe.'],
  en: ['*{{1}}* is your verification code.', 'For your security, do not share this code.'],
};
const FOOTER: Readonly<Record<string, string>> = { es: 'Este código caduca en {n} minutos.', pt: 'Este código expira em {n} minutos.', en: 'This code expires in {n} minutes.' };

/** Their texts are Meta's own, in the template's language; the button becomes a URL button as Meta lists it. */
function authentication(components: readonly TemplateComponent[], language: string): TemplateComponent[] {
  const tongue = BODY[language.slice(0, 2)] === undefined ? 'en' : language.slice(0, 2);
  return components.map((component) => {
    switch (component.type) {
      case 'BODY': {
        if (component.text !== undefined) refuse('An authentication template has no text of its own: give add_security_recommendation.', SUBCODE.body);
        const [text, advice] = BODY[tongue] ?? ['', ''];
        return { ...component, text: component['add_security_recommendation'] === true ? `${text} ${advice}` : text };
      }
      case 'FOOTER': {
        const minutes = component['code_expiration_minutes'];
        if (typeof minutes !== 'number' || minutes < 1 || minutes > 90) refuse('code_expiration_minutes must be from 1 to 90.', SUBCODE.footer);
        return { ...component, text: (FOOTER[tongue] ?? '').replace('{n}', String(minutes)) };
      }
      case 'BUTTONS': {
        const [button, ...more] = listOf(component, 'buttons', { path: 'buttons', min: 1, max: 1 });
        const kind = String(button?.['otp_type'] ?? '');
        if (button === undefined || more.length > 0 || button['type'] !== 'OTP' || !['COPY_CODE', 'ONE_TAP', 'ZERO_TAP'].includes(kind)) {
          refuse('An authentication template has one button of type OTP with otp_type COPY_CODE, ONE_TAP or ZERO_TAP.');
        }
        const url = `https://www.whatsapp.com/otp/code/?otp_type=${kind}&code=otp{{1}}`;
        const kept: TemplateButton = { ...button, type: 'URL', otp_type: kind, text: typeof button['text'] === 'string' ? button['text'] : 'Copy code', url };
        return { ...component, buttons: [kept] };
      }
      default: return refuse(`An authentication template has no ${component.type}.`);
    }
  });
}
