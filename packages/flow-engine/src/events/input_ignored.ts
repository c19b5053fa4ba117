import { z } from 'zod';
import { defineEvent } from './define.ts';

/** An input was used up without effect: a timer or a call that the session no longer waits for: `{"type":"input_ignored","kind":"timeout","reason":"not_waiting"}` */
export const input_ignored = defineEvent(
  z.strictObject({
    type: z.literal('input_ignored'),
    kind: z.enum(['timeout', 'wake', 'call_completed']),
    /** not_waiting: the session waits for something else; not_due: its time has not come; ended: the session is over. */
    reason: z.enum(['not_waiting', 'not_due', 'ended']),
  }),
  { type: 'input_ignored', kind: 'timeout', reason: 'not_waiting' },
);
