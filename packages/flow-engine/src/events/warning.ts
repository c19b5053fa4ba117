import { z } from 'zod';
import { FAILURES } from '../failure.ts';
import { defineEvent } from './define.ts';

/**
 * Something the author of the flow should mend; the session goes on: `{"type":"warning","node":"hola","code":"cut","detail":"text was 5000 characters long, WhatsApp takes 4096"}`
 * cut: a text was cut to WhatsApp's limit; empty: nothing was left to say; duplicate: two options came out with the same
 * title; the other codes are failures that the node's `on_error` took care of.
 */
export const warning = defineEvent(
  z.strictObject({ type: z.literal('warning'), node: z.string(), code: z.enum(['cut', 'empty', 'duplicate', ...FAILURES]), detail: z.string() }),
  { type: 'warning', node: 'hola', code: 'cut', detail: 'text was 5000 characters long, WhatsApp takes 4096' },
);
