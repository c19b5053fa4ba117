import { z } from 'zod';
import { defineEvent } from './define.ts';

/** A word of the flow's `interrupts` took the session elsewhere: `{"type":"interrupted","from":"pide_nombre","to":"menu","input_id":"msg_1"}` */
export const interrupted = defineEvent(
  z.strictObject({ type: z.literal('interrupted'), from: z.string(), to: z.string(), input_id: z.string() }),
  { type: 'interrupted', from: 'pide_nombre', to: 'menu', input_id: 'msg_1' },
);
