import type { z } from 'zod';
import type { ContentOption } from '../content.ts';
import type { MessageInput } from '../input.ts';
import type { Json, JsonObject } from '../json.ts';
import type { Lint, Path } from '../lint/lint.ts';

export const VALIDATION_KINDS = [
  'text', 'number', 'integer', 'email', 'phone', 'date', 'choice', 'media', 'location', 'cel', 'rut',
] as const;
export type ValidationKind = (typeof VALIDATION_KINDS)[number];

export type Checked = { readonly ok: true; readonly value: Json } | { readonly ok: false };
export const refused: Checked = { ok: false };
export const accepted = (value: Json): Checked => ({ ok: true, value });

/** What a rule may look at besides the answer. */
export interface ValidationScope {
  /** BCP 47 of the company. */
  readonly locale: string;
  /** Today in the company's zone, `YYYY-MM-DD`. */
  readonly today: string;
  /** The options that the prompt offers, titles rendered. */
  readonly options: readonly ContentOption[];
  render(template: string): string;
  /** @throws FlowFailure */
  evaluate(expression: string, value: Json): Json;
}

export interface ValidationCase {
  /** The rule without its kind. */
  readonly rule: JsonObject;
  readonly answer: string | Partial<MessageInput>;
  /** What is stored; absent when the answer is refused. */
  readonly value?: Json;
}

/** One kind of validation of an `ask`. */
export interface ValidationHandler<V extends { kind: ValidationKind } = { kind: ValidationKind }> {
  readonly kind: V['kind'];
  readonly schema: z.ZodType<V>;
  check(rule: V, answer: MessageInput, scope: ValidationScope): Checked;
  lint?(rule: V, lint: Lint, path: Path): void;
  readonly cases: readonly ValidationCase[];
}
