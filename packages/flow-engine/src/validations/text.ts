import { z } from 'zod';
import { matchesWhole } from '../pattern.ts';
import { accepted, refused, type ValidationHandler } from './validation.ts';

const schema = z.strictObject({
  kind: z.literal('text'),
  /** Length in characters after trimming. */
  min: z.number().int().min(0).max(4096).optional(),
  max: z.number().int().min(1).max(4096).optional(),
  /** Regular expression (RE2) that the whole text must match. */
  pattern: z.string().max(500).optional(),
  /** Whether upper and lower case count as the same in `pattern`. */
  ignore_case: z.boolean().optional(),
});

/** Any text: `{"kind":"text","min":3,"pattern":"[A-Z]{2}-\\d+"}` */
export const text = {
  kind: 'text',
  schema,
  check(rule, answer) {
    const value = answer.text.trim();
    const length = [...value].length;
    if (length < (rule.min ?? 1) || length > (rule.max ?? 4096)) return refused;
    if (rule.pattern !== undefined && !matchesWhole(rule.pattern, value, rule.ignore_case ?? false)) return refused;
    return accepted(value);
  },
  lint(rule, lint, path) {
    if (rule.pattern !== undefined) lint.pattern([...path, 'pattern'], rule.pattern);
    if (rule.min !== undefined && rule.max !== undefined && rule.min > rule.max) lint.problem(path, 'useless', '"min" is greater than "max": no answer can pass');
  },
  cases: [
    { rule: {}, answer: '  Ana María ', value: 'Ana María' },
    { rule: {}, answer: '   ' },
    { rule: { min: 3 }, answer: 'ab' },
    { rule: { max: 2 }, answer: '😀😀', value: '😀😀' },
    { rule: { max: 2 }, answer: 'abc' },
    { rule: { pattern: '[a-z]{2}-\\d+', ignore_case: true }, answer: 'AB-12', value: 'AB-12' },
    { rule: { pattern: '[a-z]{2}' }, answer: 'abc' },
    { rule: { pattern: '(a+)+$' }, answer: `${'a'.repeat(60)}!` },
    { rule: {}, answer: { type: 'audio', text: '' } },
  ],
} satisfies ValidationHandler<z.infer<typeof schema>>;
