import type { Template } from '../../api/types.ts';

type Values = Readonly<Record<string, string>>;
export interface Shown {
  header: string | null;
  /** The kind of file above the text. */
  file: string | null;
  body: string;
  footer: string | null;
  buttons: { kind: string; text: string }[];
}

const PLACEHOLDER = /\{\{\s*([^{}\s]+)\s*\}\}/g;
const words = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

/** A template as its reader sees it; what is not filled in yet stays as its placeholder. */
export function shownOf(template: Pick<Template, 'components'>, values: Values): Shown {
  const of = (type: string): Record<string, unknown> | undefined => template.components.find((c) => String(c.type).toUpperCase() === type);
  const fill = (text: string, name: (placeholder: string) => string): string => text.replace(PLACEHOLDER, (whole, p: string) => values[name(p)] || whole);
  const header = of('HEADER');
  const format = String(header?.format ?? 'TEXT').toUpperCase();
  const title = words(header?.text);
  const buttons = of('BUTTONS')?.buttons;
  return {
    // Numbers begin anew in the body.
    header: title === null ? null : fill(title, (p) => (/^\d+$/.test(p) ? 'header' : p)),
    file: header && format !== 'TEXT' ? format.toLowerCase() : null,
    body: fill(words(of('BODY')?.text) ?? '', (p) => p), footer: words(of('FOOTER')?.text),
    buttons: (Array.isArray(buttons) ? buttons as Record<string, unknown>[] : []).map((b) => ({ kind: String(b.type).toUpperCase(), text: words(b.text) ?? '' })),
  };
}

/** Whether everything that has to be filled in is. */
export const isComplete = ({ variables }: Pick<Template, 'variables'>, values: Values): boolean => variables.every((v) => (values[v.name] ?? '').trim() !== '');
