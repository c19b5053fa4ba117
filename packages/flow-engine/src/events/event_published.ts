import { z } from 'zod';
import { defineEvent } from './define.ts';

/** Tell other systems of the company: `{"type":"event_published","node":"avisa","event":"cv.received","data":{"whatsappId":"56961234567"}}` */
export const event_published = defineEvent(
  z.strictObject({ type: z.literal('event_published'), node: z.string(), event: z.string(), data: z.record(z.string(), z.json()) }),
  { type: 'event_published', node: 'avisa', event: 'cv.received', data: { whatsappId: '56961234567' } },
);
