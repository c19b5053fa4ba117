import { z } from 'zod';
import { accepted, refused, type ValidationHandler } from './validation.ts';

const schema = z.strictObject({ kind: z.literal('cel'), expression: z.string().min(1) });

/** A condition over `value`, the trimmed text of the answer: `{"kind":"cel","expression":"value.startsWith('OT-') && value.size() == 8"}` */
export const cel = {
  kind: 'cel',
  schema,
  check(rule, answer, scope) {
    const value = answer.text.trim();
    return scope.evaluate(rule.expression, value) === true ? accepted(value) : refused;
  },
  lint(rule, lint, path) {
    lint.expression([...path, 'expression'], rule.expression, { boolean: true, value: true });
  },
  cases: [
    { rule: { expression: "value.startsWith('OT-')" }, answer: ' OT-1234 ', value: 'OT-1234' },
    { rule: { expression: "value.startsWith('OT-')" }, answer: '1234' },
    { rule: { expression: 'value.matches("^[0-9]+$") && int(value) > 10' }, answer: '11', value: '11' },
    { rule: { expression: 'value.matches("^[0-9]+$") && int(value) > 10' }, answer: 'once' },
  ],
} satisfies ValidationHandler<z.infer<typeof schema>>;
