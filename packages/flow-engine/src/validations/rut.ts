import { z } from 'zod';
import { accepted, refused, type ValidationHandler } from './validation.ts';

const schema = z.strictObject({ kind: z.literal('rut') });

/** Check digit of a Chilean RUT: weights 2 to 7 from the right, modulo 11 (Registro Civil). */
function checkDigit(number: string): string {
  let sum = 0;
  [...number].reverse().forEach((digit, i) => { sum += Number(digit) * (2 + (i % 6)); });
  const rest = 11 - (sum % 11);
  return rest === 11 ? '0' : rest === 10 ? 'K' : String(rest);
}

/** A Chilean RUT with a right check digit, stored as `12345678-5`: `{"kind":"rut"}` */
export const rut = {
  kind: 'rut',
  schema,
  check(_rule, answer) {
    const typed = /^(\d{6,8})([\dK])$/.exec(answer.text.toUpperCase().replace(/[\s.-]/g, ''));
    const [, number, digit] = typed ?? [];
    if (!number || !digit || checkDigit(number) !== digit) return refused;
    return accepted(`${Number(number)}-${digit}`);
  },
  cases: [
    { rule: {}, answer: '12.345.678-5', value: '12345678-5' },
    { rule: {}, answer: '123456785', value: '12345678-5' },
    { rule: {}, answer: '6 k', },
    { rule: {}, answer: '12.345.678-4' },
    { rule: {}, answer: '10.000.013-k', value: '10000013-K' },
    { rule: {}, answer: 'no lo sé' },
  ],
} satisfies ValidationHandler<z.infer<typeof schema>>;
