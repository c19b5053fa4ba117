import { z } from 'zod';
import { cel } from './cel.ts';
import { choice } from './choice.ts';
import { date } from './date.ts';
import { email } from './email.ts';
import { integer } from './integer.ts';
import { location } from './location.ts';
import { media } from './media.ts';
import { number } from './number.ts';
import { phone } from './phone.ts';
import { rut } from './rut.ts';
import { text } from './text.ts';
export type { Checked } from './validation.ts';
import type { ValidationHandler, ValidationKind } from './validation.ts';

export const validations = {
  text, number, integer, email, phone, date, choice, media, location, cel, rut,
} as const satisfies { readonly [K in ValidationKind]: { readonly kind: K } };

/** A validation rule of an `ask`. */
export const Validation = z.discriminatedUnion('kind', [
  text.schema, number.schema, integer.schema, email.schema, phone.schema, date.schema, choice.schema, media.schema,
  location.schema, cel.schema, rut.schema,
]);
export type Validation = z.infer<typeof Validation>;

/** The handler of a rule, typed for any rule. */
export function validationOf(kind: ValidationKind): ValidationHandler {
  return validations[kind] satisfies { kind: ValidationKind } as ValidationHandler;
}
