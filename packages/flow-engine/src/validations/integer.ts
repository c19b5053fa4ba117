import { z } from 'zod';
import { readNumber } from '../read-number.ts';
import { accepted, refused, type ValidationHandler } from './validation.ts';

const schema = z.strictObject({ kind: z.literal('integer'), min: z.number().int().optional(), max: z.number().int().optional() });

/** A whole number: `{"kind":"integer","min":1,"max":120}` */
export const integer = {
  kind: 'integer',
  schema,
  check(rule, answer, scope) {
    const value = readNumber(answer.text, scope.locale);
    if (value === undefined || !Number.isSafeInteger(value)) return refused;
    return value < (rule.min ?? -Infinity) || value > (rule.max ?? Infinity) ? refused : accepted(value);
  },
  lint(rule, lint, path) {
    if (rule.min !== undefined && rule.max !== undefined && rule.min > rule.max) lint.problem(path, 'useless', '"min" is greater than "max": no answer can pass');
  },
  cases: [
    { rule: {}, answer: ' 42 ', value: 42 },
    { rule: {}, answer: '12.345', value: 12345 },
    { rule: {}, answer: '4,5' },
    { rule: {}, answer: '99999999999999999999' },
    { rule: { min: 18 }, answer: '17' },
    { rule: { max: 120 }, answer: '121' },
  ],
} satisfies ValidationHandler<z.infer<typeof schema>>;
