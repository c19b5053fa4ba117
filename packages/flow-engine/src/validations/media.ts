import { z } from 'zod';
import { accepted, refused, type ValidationHandler } from './validation.ts';

const TYPES = ['image', 'video', 'audio', 'document', 'sticker'] as const;
const schema = z.strictObject({ kind: z.literal('media'), types: z.array(z.enum(TYPES)).min(1).optional() });

/** A file; stored as `{id, mime_type, filename?}`: `{"kind":"media","types":["image","document"]}` */
export const media = {
  kind: 'media',
  schema,
  check(rule, answer) {
    const types: readonly string[] = rule.types ?? TYPES;
    if (!answer.media || !types.includes(answer.type)) return refused;
    const { id, mime_type, filename } = answer.media;
    return accepted({ id, mime_type, ...(filename !== undefined && { filename }) });
  },
  cases: [
    { rule: { types: ['image'] }, answer: { type: 'image', media: { id: 'med_1', mime_type: 'image/jpeg' } }, value: { id: 'med_1', mime_type: 'image/jpeg' } },
    { rule: {}, answer: { type: 'document', media: { id: 'med_2', mime_type: 'application/pdf', filename: 'cv.pdf' } }, value: { id: 'med_2', mime_type: 'application/pdf', filename: 'cv.pdf' } },
    { rule: { types: ['image'] }, answer: { type: 'audio', media: { id: 'med_3', mime_type: 'audio/ogg' } } },
    { rule: {}, answer: 'aquí está' },
  ],
} satisfies ValidationHandler<z.infer<typeof schema>>;
