import { z } from 'zod';
import { readNumber } from '../read-number.ts';
import { accepted, refused, type ValidationHandler } from './validation.ts';

const schema = z.strictObject({ kind: z.literal('number'), min: z.number().optional(), max: z.number().optional() });

/** A number as people of the company's locale write it, currency sign allowed: `{"kind":"number","min":0}` */
export const number = {
  kind: 'number',
  schema,
  check(rule, answer, scope) {
    const value = readNumber(answer.text, scope.locale);
    if (value === undefined || value < (rule.min ?? -Infinity) || value > (rule.max ?? Infinity)) return refused;
    return accepted(value);
  },
  lint(rule, lint, path) {
    if (rule.min !== undefined && rule.max !== undefined && rule.min > rule.max) lint.problem(path, 'useless', '"min" is greater than "max": no answer can pass');
  },
  cases: [
    { rule: {}, answer: '12', value: 12 },
    { rule: {}, answer: '$ 1.234,5', value: 1234.5 },
    { rule: {}, answer: '1.500', value: 1500 },
    { rule: {}, answer: '2.5', value: 2.5 },
    { rule: {}, answer: '-3', value: -3 },
    { rule: {}, answer: '1.2.3' },
    { rule: {}, answer: 'doce' },
    { rule: {}, answer: '' },
    { rule: {}, answer: '1e9' },
    { rule: { min: 1, max: 5 }, answer: '6' },
    { rule: { min: 1, max: 5 }, answer: '0,5' },
  ],
} satisfies ValidationHandler<z.infer<typeof schema>>;
