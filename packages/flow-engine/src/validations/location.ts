import { z } from 'zod';
import { accepted, refused, type ValidationHandler } from './validation.ts';

const schema = z.strictObject({ kind: z.literal('location') });

/** A place sent as a location; stored as `{latitude, longitude, name?}`: `{"kind":"location"}` */
export const location = {
  kind: 'location',
  schema,
  check(_rule, answer) {
    if (!answer.location) return refused;
    const { latitude, longitude, name } = answer.location;
    return accepted({ latitude, longitude, ...(name !== undefined && { name }) });
  },
  cases: [
    { rule: {}, answer: { type: 'location', text: '', location: { latitude: -33.43, longitude: -70.65, name: 'Plaza' } }, value: { latitude: -33.43, longitude: -70.65, name: 'Plaza' } },
    { rule: {}, answer: 'en la plaza' },
  ],
} satisfies ValidationHandler<z.infer<typeof schema>>;
