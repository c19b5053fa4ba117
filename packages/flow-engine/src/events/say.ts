import { z } from 'zod';
import { Content } from '../content.ts';
import { defineEvent } from './define.ts';

/** Say this to the person. The content is rendered and within WhatsApp's limits: `{"type":"say","node":"hola","content":{"type":"text","text":"Hola"}}` */
export const say = defineEvent(
  z.strictObject({ type: z.literal('say'), node: z.string(), content: Content }),
  { type: 'say', node: 'hola', content: { type: 'text', text: 'Hola' } },
);
