import { z } from 'zod';
import { defineEvent } from './define.ts';

/** An answer did not pass the validation of an `ask`; `retries` counts those refused so far: `{"type":"input_rejected","node":"pide_edad","input_id":"msg_1","rule":"integer","retries":1}` */
export const input_rejected = defineEvent(
  z.strictObject({ type: z.literal('input_rejected'), node: z.string(), input_id: z.string(), rule: z.string(), retries: z.number().int() }),
  { type: 'input_rejected', node: 'pide_edad', input_id: 'msg_1', rule: 'integer', retries: 1 },
);
