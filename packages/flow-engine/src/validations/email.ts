import { z } from 'zod';
import { accepted, refused, type ValidationHandler } from './validation.ts';

const schema = z.strictObject({ kind: z.literal('email') });

/** An e-mail address, stored in lower case: `{"kind":"email"}` */
export const email = {
  kind: 'email',
  schema,
  check(_rule, answer) {
    const value = answer.text.trim().toLowerCase();
    // 254: longest address that SMTP can carry (RFC 5321 §4.5.3.1.3, as RFC 3696 erratum 1690 counts it).
    return value.length <= 254 && z.regexes.email.test(value) ? accepted(value) : refused;
  },
  cases: [
    { rule: {}, answer: ' Ana@Ejemplo.CL ', value: 'ana@ejemplo.cl' },
    { rule: {}, answer: 'ana@ejemplo' },
    { rule: {}, answer: 'ana ejemplo.cl' },
    { rule: {}, answer: '' },
  ],
} satisfies ValidationHandler<z.infer<typeof schema>>;
