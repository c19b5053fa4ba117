import { z } from 'zod';
import { accepted, refused, type ValidationHandler } from './validation.ts';

const limit = z.union([z.literal('today'), z.iso.date()]);
const schema = z.strictObject({
  kind: z.literal('date'),
  /** Earliest and latest day, `YYYY-MM-DD` or `today` (in the company's zone); both inclusive. */
  min: limit.optional(),
  max: limit.optional(),
});

function readDate(text: string): string | undefined {
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text);
  const local = /^(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4})$/.exec(text);
  const [year, month, day] = iso ? [iso[1], iso[2], iso[3]] : local ? [local[3], local[2], local[1]] : [];
  if (!year || !month || !day) return undefined;
  const written = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return z.iso.date().safeParse(written).success ? written : undefined;
}

/** A day as `31/12/2026` or `2026-12-31`, stored as the latter: `{"kind":"date","min":"today"}` */
export const date = {
  kind: 'date',
  schema,
  check(rule, answer, scope) {
    const value = readDate(answer.text.trim());
    const day = (bound: string | undefined): string | undefined => (bound === 'today' ? scope.today : bound);
    const min = day(rule.min);
    const max = day(rule.max);
    if (value === undefined || (min && value < min) || (max && value > max)) return refused;
    return accepted(value);
  },
  cases: [
    { rule: {}, answer: '31/12/2026', value: '2026-12-31' },
    { rule: {}, answer: '1-2-2026', value: '2026-02-01' },
    { rule: {}, answer: '2026-02-28', value: '2026-02-28' },
    { rule: {}, answer: '29/02/2028', value: '2028-02-29' },
    { rule: {}, answer: '29/02/2026' },
    { rule: {}, answer: '12/31/2026' },
    { rule: {}, answer: 'mañana' },
    { rule: { min: 'today' }, answer: '19/11/2026' },
    { rule: { min: 'today' }, answer: '20/11/2026', value: '2026-11-20' },
    { rule: { max: '2026-01-01' }, answer: '02/01/2026' },
  ],
} satisfies ValidationHandler<z.infer<typeof schema>>;
