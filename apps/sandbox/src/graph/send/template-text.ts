/** Placeholders of template texts: `{{1}}` or `{{first_name}}`. */
import { GraphError } from '../errors.ts';
import { isFields } from '../fields.ts';
import type { Fields } from '../fields.ts';

const PLACEHOLDER = /\{\{\s*([^{}\s]+)\s*\}\}/g;

/** The different placeholders of a text, in the order they first appear. */
export function placeholders(text: string): string[] {
  return [...new Set([...text.matchAll(PLACEHOLDER)].map((match) => match[1] ?? ''))];
}

export function parametersOf(part: string, component: Fields | undefined): Fields[] {
  const parameters = component?.['parameters'] ?? [];
  if (!Array.isArray(parameters) || !parameters.every(isFields)) throw new GraphError(100, `Param parameters of ${part} must be an array of JSON objects.`);
  return parameters;
}

interface Filling {
  readonly part: string;
  readonly wanted: readonly string[];
  readonly parameters: readonly Fields[];
  readonly named: boolean;
}

/** The text with its parameters; as many as it wants are given. */
export function fill(text: string, filling: Filling): string {
  const values = new Map<string, string>();
  filling.wanted.forEach((name, at) => {
    const parameter = filling.named
      ? filling.parameters.find((candidate) => candidate['parameter_name'] === name)
      : filling.parameters[positionOf(name, at)];
    if (parameter === undefined) throw new GraphError(filling.named ? 132012 : 132000, `${filling.part}: parameter ${name} is missing`);
    values.set(name, valueOf(filling.part, parameter));
  });
  return text.replace(PLACEHOLDER, (whole, name: string) => values.get(name) ?? whole);
}

function positionOf(name: string, at: number): number {
  const position = Number(name);
  return Number.isInteger(position) && position > 0 ? position - 1 : at;
}

function valueOf(part: string, parameter: Fields): string {
  const type = parameter['type'] ?? 'text';
  const value = type === 'text' ? parameter['text'] : fallback(parameter[String(type)]);
  if (typeof value !== 'string' && typeof value !== 'number') {
    throw new GraphError(132012, `${part}: Parameter of type ${String(type)} is missing its value, or its type does not fit`);
  }
  const text = String(value);
  if (text === '') throw new GraphError(131008, `${part}: the parameter text is required`);
  if (/[\n\r\t]| {5,}/.test(text)) throw new GraphError(132018, `${part}: Param text cannot have new-line/tab characters or more than 4 consecutive spaces`);
  return text;
}

/** Currencies and dates are shown as their fallback. */
function fallback(value: unknown): unknown {
  return isFields(value) ? value['fallback_value'] : undefined;
}
