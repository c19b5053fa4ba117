import type { CarrierError, MediaContent, OutboundContent, TemplateContent } from '../../messaging/index.ts';
import { checkInteractive } from './limits-interactive.ts';
import { length, sourceProblem } from './length.ts';
import { mediaProblem } from './media-limits.ts';
import { isWire, own, text } from './wire.ts';

const TEMPLATE_NAME = /^[a-z0-9_]{1,512}$/;
const LANGUAGE = /^[a-z]{2,3}([_-][A-Za-z]{2,4})?$/;
/** Meta refuses these inside a text parameter (132000…132018). */
const BAD_PARAMETER = /[\n\r\t]| {4}/;

/**
 * Refuses what Meta would, before anything is queued (providers.md §1.3, §1.4). Lengths in UTF-16 units, as JavaScript
 * counts: never more than Meta's own count allows. Undefined: fine.
 */
export function checkContent(content: OutboundContent): CarrierError | undefined {
  const problem = problemOf(content);
  return problem === undefined ? undefined : contentError(problem);
}

/** The message itself is at fault. */
export function contentError(detail: string): CarrierError {
  return { class: 'permanent', code: 'content', title: `WhatsApp would refuse this message: ${detail}.`, detail };
}

function problemOf(c: OutboundContent): string | undefined {
  switch (c.type) {
    case 'text':
      return length('text', c.text, [1, 4096]);
    case 'image': case 'video': case 'audio': case 'document': case 'sticker':
      return mediaMessageProblem(c);
    case 'location':
      return Math.abs(c.latitude) > 90 || Math.abs(c.longitude) > 180 ? 'latitude is within ±90, longitude within ±180' : undefined;
    case 'contacts':
      if (c.contacts.length === 0) return 'there is no contact in it';
      return c.contacts.some((k) => k.name.trim() === '') ? 'each contact needs a name' : undefined;
    case 'reaction':
      return c.remote_id === '' ? 'a reaction needs the message it is about' : undefined;
    case 'template':
      return templateProblem(c);
    case 'buttons': case 'list': case 'cta_url': case 'interactive':
      return checkInteractive(c);
  }
}

function mediaMessageProblem(c: MediaContent): string | undefined {
  const { type, media, caption } = c;
  if (caption !== undefined && (type === 'audio' || type === 'sticker')) return `a message of type ${type} has no caption`;
  return sourceProblem(media) ?? mediaProblem(type, media) ?? (caption === undefined ? undefined : length('caption', caption, [0, 1024]));
}

function templateProblem(c: TemplateContent): string | undefined {
  if (!TEMPLATE_NAME.test(c.name)) return 'the name of a template has only a-z, 0-9 and _';
  if (!LANGUAGE.test(c.language)) return `"${c.language.slice(0, 20)}" is not a language code such as es or en_US`;
  for (const component of c.components) {
    if (text(component['type']) === undefined) return 'each component of a template has a type';
    const parameters = own(component, 'parameters');
    if (parameters === undefined) continue;
    if (!Array.isArray(parameters) || !parameters.every(isWire)) return 'the parameters of a component are a list of objects';
    if (new Set(parameters.map((p) => p['parameter_name'] === undefined)).size > 1) return 'either all parameters of a component have a parameter_name or none';
    for (const p of parameters) {
      const value = own(p, 'text');
      if (typeof value === 'string' && BAD_PARAMETER.test(value)) return 'a parameter of a template has no line break, tab or four spaces in a row';
    }
  }
  return undefined;
}
