import { z } from 'zod';
import { accepted, refused, type ValidationHandler } from './validation.ts';

const schema = z.strictObject({
  kind: z.literal('phone'),
  /** Country code put before a number typed without it, e.g. `56`. */
  country_code: z.string().regex(/^[1-9]\d{0,2}$/, 'a country code is one to three digits, e.g. "56"').optional(),
});

/** A telephone number, stored as digits with the country code first: `{"kind":"phone","country_code":"56"}` */
export const phone = {
  kind: 'phone',
  schema,
  check(rule, answer) {
    const typed = answer.text.trim();
    if (!/^\+?[\d\s().\-/]+$/.test(typed)) return refused;
    const digits = typed.replace(/\D/g, '');
    const code = rule.country_code;
    const international = typed.startsWith('+') || digits.startsWith('00');
    const bare = international ? digits.replace(/^00/, '') : digits;
    // A national number has at least 7 digits; one that already begins with the code and is longer than that has it.
    const whole = international || !code || (bare.startsWith(code) && bare.length >= code.length + 8) ? bare : code + bare.replace(/^0/, '');
    // E.164: at most 15 digits.
    return whole.length >= 8 && whole.length <= 15 && !whole.startsWith('0') ? accepted(whole) : refused;
  },
  cases: [
    { rule: {}, answer: '+56 9 1234 5678', value: '56912345678' },
    { rule: { country_code: '56' }, answer: '9 1234 5678', value: '56912345678' },
    { rule: { country_code: '56' }, answer: '56 9 1234-5678', value: '56912345678' },
    { rule: { country_code: '56' }, answer: '0056912345678', value: '56912345678' },
    { rule: { country_code: '54' }, answer: '011 4567-8901', value: '541145678901' },
    { rule: {}, answer: '1234' },
    { rule: {}, answer: '1234567890123456' },
    { rule: {}, answer: 'no tengo' },
  ],
} satisfies ValidationHandler<z.infer<typeof schema>>;
