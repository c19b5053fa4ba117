/** One word for all carriers. Only `approved` ones can be sent; `draft`: never handed in to WhatsApp; `unknown`: a word of the carrier's that we do not know. */
export const TEMPLATE_STATUSES = ['approved', 'pending', 'rejected', 'paused', 'disabled', 'draft', 'unknown'] as const;
export type TemplateStatus = (typeof TEMPLATE_STATUSES)[number];
export const TEMPLATE_CATEGORIES = ['utility', 'marketing', 'authentication'] as const;
export type TemplateCategory = (typeof TEMPLATE_CATEGORIES)[number];

/** Something to be filled in. */
export interface TemplateVariable {
  /** As senders name it: `1`, `2`, … or the template's own name in the body, `header`, `button_1` (the first button). */
  readonly name: string;
  readonly where: 'header' | 'body' | 'button';
  /** What its value is: words, an address (https) of a file, or `latitude, longitude, name, address`. */
  readonly kind: 'text' | 'image' | 'video' | 'document' | 'location';
  readonly example?: string;
}

/** A template as its carrier has it, in one shape for all of them. */
export interface CarrierTemplate {
  /** The carrier's own id. */
  readonly remote_id: string;
  readonly name: string;
  /** As the carrier writes it: `es`, `es_AR`, `pt_BR`. */
  readonly language: string;
  readonly category: TemplateCategory | null;
  readonly status: TemplateStatus;
  /** Why it was rejected or paused, in the carrier's words. */
  readonly reason: string | null;
  /** `GREEN`, `YELLOW`, `RED`; null where the carrier does not tell. */
  readonly quality: string | null;
  /** In the form of Meta's (providers.md §1.5), whoever the carrier is. */
  readonly components: readonly Readonly<Record<string, unknown>>[];
  readonly variables: readonly TemplateVariable[];
}

/** A template to be made: Meta's components with their examples. */
export interface NewTemplate {
  readonly name: string;
  readonly language: string;
  readonly category: TemplateCategory;
  readonly components: readonly Readonly<Record<string, unknown>>[];
  /** Placeholders have names instead of numbers. */
  readonly named?: boolean;
}

/** What a webhook says of a template; fields left out did not change. `gone`: it was deleted. */
export interface TemplateNews {
  readonly remote_id: string;
  readonly status?: TemplateStatus | 'gone';
  readonly reason?: string | null;
  readonly quality?: string;
  readonly category?: TemplateCategory;
}

/** How values do not fit a template; undefined: they fit. */
export function misfit({ variables }: Pick<CarrierTemplate, 'variables'>, values: Readonly<Record<string, string>>): string | undefined {
  const wanted = variables.map((v) => v.name);
  const missing = wanted.filter((name) => (values[name] ?? '').trim() === '');
  const strange = Object.keys(values).filter((name) => !wanted.includes(name));
  const list = (names: readonly string[]): string => names.map((name) => `“${name}”`).join(', ');
  if (missing.length > 0 || strange.length > 0) {
    return [
      wanted.length === 0 ? 'It has no variables.' : `Its variables are ${list(wanted)}.`,
      missing.length > 0 ? `Missing: ${list(missing)}.` : '', strange.length > 0 ? `Not among them: ${list(strange)}.` : '',
    ].filter(Boolean).join(' ');
  }
  for (const { name, kind } of variables) {
    const value = values[name]!;
    switch (kind) {
      case 'text':
        // WhatsApp refuses these in every parameter (132018).
        if (/[\n\r\t]| {4}/.test(value)) return `“${name}” may have no line breaks, tabs or four blanks in a row.`;
        break;
      case 'image': case 'video': case 'document':
        if (!/^https:\/\/\S+$/.test(value)) return `“${name}” is the address (https) of the ${kind}.`;
        break;
      case 'location':
        if (!/^-?\d+(\.\d+)?\s*,\s*-?\d+(\.\d+)?(,.*)?$/.test(value)) return `“${name}” is a place: latitude, longitude, name, address.`;
        break;
    }
  }
  return undefined;
}

const PLACEHOLDER = /\{\{\s*([^{}\s]+)\s*\}\}/g;
/** The different placeholders of a text, in the order they first appear. */
export const placeholdersOf = (text: string): string[] => [...new Set([...text.matchAll(PLACEHOLDER)].map((match) => match[1]!))];
/** The text with its values; a placeholder without one stays. */
export const filledText = (text: string, values: Readonly<Record<string, string>>): string => text.replace(PLACEHOLDER, (whole, name: string) => values[name] ?? whole);

/** The body of a template with its values: what a thread shows. */
export function previewOf({ components }: Pick<CarrierTemplate, 'components'>, values: Readonly<Record<string, string>>): string {
  const body = components.find((c) => String(c['type']).toUpperCase() === 'BODY')?.['text'];
  return typeof body === 'string' ? filledText(body, values) : '';
}

/** Whether a list is an error instead. */
export const isCarrierError = <T extends object>(found: readonly unknown[] | T): found is T => !Array.isArray(found);
