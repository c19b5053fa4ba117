import { z } from 'zod';
import { defineEvent } from './define.ts';

/**
 * The session waits: for a message (until `due_at`, when given), for a time, or for a call to end. The caller sets a
 * timer for `due_at` and answers it with a `timeout` (for input) or `wake` (for time): `{"type":"waiting","node":"pide_nombre","for":"input"}`
 */
export const waiting = defineEvent(
  z.discriminatedUnion('for', [
    z.strictObject({ type: z.literal('waiting'), node: z.string(), for: z.literal('input'), due_at: z.string().optional() }),
    z.strictObject({ type: z.literal('waiting'), node: z.string(), for: z.literal('time'), due_at: z.string() }),
    z.strictObject({ type: z.literal('waiting'), node: z.string(), for: z.literal('call'), call_id: z.string() }),
  ]),
  { type: 'waiting', node: 'pide_nombre', for: 'input' },
);
