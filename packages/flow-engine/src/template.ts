import { Liquid, LiquidError, type Template } from 'liquidjs';
import type { Text } from './call-request.ts';
import { FlowFailure } from './failure.ts';
import type { Json } from './json.ts';
import { LIMITS } from './limits.ts';
import { knownZone } from './local-time.ts';

/**
 * Liquid, closed in: no files, no partials, no clock, no chance, and a bound on what one render may use.
 * text: the result is text · value: one single `{{ … }}` keeps its type · url: outputs are percent-encoded ·
 * sealed: outputs cannot contain the marks that stand for secrets.
 */
export type TemplateMode = 'text' | 'value' | 'url' | 'sealed';

/** Characters that Unicode reserves for internal use (noncharacters), so no message has a right to contain them. */
const OPEN = '\uFDD0';
const CLOSE = '\uFDD1';
const MARKS = /[\uFDD0\uFDD1]/g;
const SECRET = /\{\{-?\s*secrets\.([A-Za-z][A-Za-z0-9_]{0,63})\s*-?\}\}/g;

/** Arrays and strings a render may make, in elements and characters. */
const MEMORY = 1_000_000;
/** Milliseconds of a render. The clock decides nothing else, and a render that exceeds it is tried once more, since the machine may have slept. */
const RENDER_MS = 100;

const ISO_WITHOUT_ZONE = /^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?)?$/;
const ISO_WITH_ZONE = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})$/;

function toText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) return value.map(toText).join('');
  return typeof value === 'string' ? value : String(value);
}

interface FilterThis {
  context: { getSync(path: string[]): unknown; opts: Readonly<Record<string, unknown>>; memoryLimit: unknown };
}
type Filter = (this: unknown, ...args: unknown[]) => unknown;

/** Dates are shown in the company's zone and language; what was written without a zone is shown as written. */
function dateFilter(original: Filter): Filter {
  return function date(this: unknown, value: unknown, ...args: unknown[]): unknown {
    const { context } = this as FilterThis;
    const company = context.getSync(['company']) as { timezone?: string; locale?: string } | undefined;
    const when = value === 'now' || value === 'today' ? context.getSync(['now']) : value;
    const floating = typeof when === 'string' && ISO_WITHOUT_ZONE.test(when);
    if (typeof when === 'string' && !floating && !ISO_WITH_ZONE.test(when) && !/^\d{1,12}$/.test(when)) return value;
    const instant = floating ? `${when.replace(' ', 'T')}${when.length > 10 ? 'Z' : ''}` : when;
    const zone = typeof args[1] === 'number' ? args[1] : knownZone(typeof args[1] === 'string' ? args[1] : floating ? 'UTC' : company?.timezone ?? 'UTC');
    const opts = { ...context.opts, locale: company?.locale ?? context.opts['locale'] };
    return original.call({ context: { opts, memoryLimit: context.memoryLimit } }, instant, args[0], zone);
  };
}

function makeLiquid(mode: TemplateMode): Liquid {
  const outputEscape = mode === 'url' ? (value: unknown) => encodeURIComponent(toText(value).toWellFormed())
    : mode === 'sealed' ? (value: unknown) => toText(value).replace(MARKS, '') : undefined;
  const liquid = new Liquid({
    templates: {}, strictFilters: true, strictVariables: false, ownPropertyOnly: true, keepOutputType: mode === 'value',
    parseLimit: LIMITS.source * 4, renderLimit: RENDER_MS, memoryLimit: MEMORY, dateFormat: '%d/%m/%Y %H:%M',
    ...(outputEscape && { outputEscape }),
  });
  for (const tag of ['include', 'render', 'layout', 'block']) delete liquid.tags[tag];
  for (const filter of ['sample', 'sha256', 'hmac_sha256', 'date_to_xmlschema', 'date_to_rfc822', 'date_to_string', 'date_to_long_string']) liquid.unregisterFilter(filter);
  // `raw` would lift the escaping of outputs.
  liquid.registerFilter('raw', (value: unknown) => value);
  const original = liquid.filters['date'];
  if (typeof original !== 'function') throw new Error('liquidjs changed the shape of its date filter');
  liquid.registerFilter('date', dateFilter(original as Filter) as never);
  return liquid;
}

const engines = new Map<TemplateMode, Liquid>();
function engineOf(mode: TemplateMode): Liquid {
  let engine = engines.get(mode);
  if (!engine) engines.set(mode, engine = makeLiquid(mode));
  return engine;
}

/** Whether a text has anything to render. */
export function isTemplate(source: string): boolean {
  return source.includes('{{') || source.includes('{%');
}

export interface TemplateProblem { readonly text: string; readonly line: number; readonly column: number }

function problemOf(error: unknown): TemplateProblem {
  const text = (error instanceof Error ? error.message : String(error)).replace(/, line:\d+, col:\d+$/, '');
  if (!LiquidError.is(error)) return { text, line: 1, column: 1 };
  const [line = 1, column = 1] = error.token.getPosition();
  return { text, line, column };
}

export interface CompiledTemplate {
  render(scope: object): unknown;
}

function parse(source: string, mode: TemplateMode): Template[] {
  if (mode !== 'sealed') return engineOf(mode).parse(source);
  return engineOf(mode).parse(source.replace(MARKS, '').replace(SECRET, (_, name: string) => `${OPEN}${name}${CLOSE}`));
}

/** @throws FlowFailure when the template does not parse. */
export function compileTemplate(source: string, mode: TemplateMode): CompiledTemplate {
  const liquid = engineOf(mode);
  let templates: Template[];
  try {
    templates = parse(source, mode);
  } catch (error) {
    throw new FlowFailure('template', problemOf(error).text);
  }
  return {
    render(scope) {
      try {
        return liquid.renderSync(templates, scope);
      } catch (first) {
        if (!(first instanceof Error) || !first.message.includes('render limit')) throw new FlowFailure('template', problemOf(first).text);
      }
      try {
        return liquid.renderSync(templates, scope);
      } catch (error) {
        throw new FlowFailure('template', problemOf(error).text);
      }
    },
  };
}

/** What a value-mode render gave, as JSON. */
export function renderedJson(value: unknown): Json {
  if (value === null || value === undefined) return null;
  switch (typeof value) {
    case 'string': return value.replace(MARKS, '');
    case 'boolean': return value;
    case 'number': return Number.isFinite(value) ? value : null;
    case 'object': {
      if (Array.isArray(value)) return value.map(renderedJson);
      if (Object.getPrototypeOf(value) !== Object.prototype) return toText(value);
      return Object.fromEntries(Object.entries(value).map(([key, item]) => [key.replace(MARKS, ''), renderedJson(item)]));
    }
    default: return toText(value);
  }
}

/** A sealed render as pieces. */
export function unseal(rendered: string, escape: 'none' | 'json'): Text {
  const plain = (text: string): string => (escape === 'json' ? JSON.stringify(text).slice(1, -1) : text);
  return rendered.split(OPEN).flatMap((part, i): Text => {
    if (i === 0) return part === '' ? [] : [plain(part)];
    const close = part.indexOf(CLOSE);
    const rest = part.slice(close + 1);
    return [{ secret: part.slice(0, close), escape }, ...(rest === '' ? [] : [plain(rest)])];
  });
}

export function hasSecret(source: string): boolean {
  return source.search(SECRET) >= 0;
}

/** What a template refers to outside itself, with where; or why it does not parse. */
export function inspectTemplate(source: string): { readonly names: readonly { name: string; line: number; column: number }[] } | { readonly problem: TemplateProblem } {
  try {
    const liquid = engineOf('text');
    const { globals } = liquid.analyzeSync(liquid.parse(source));
    return {
      names: Object.entries(globals).map(([name, uses]) => {
        const at = uses[0]?.location;
        return { name, line: at?.row ?? 1, column: at?.col ?? 1 };
      }),
    };
  } catch (error) {
    return { problem: problemOf(error) };
  }
}

/** The source without its secrets, for checks that do not know them. */
export function withoutSecrets(source: string): string {
  return source.replace(SECRET, (all) => ' '.repeat(all.length));
}
