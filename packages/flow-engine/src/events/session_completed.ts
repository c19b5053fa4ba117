import { z } from 'zod';
import { defineEvent } from './define.ts';

/** The flow came to its end; `node` is the last one: `{"type":"session_completed","node":"adios"}` */
export const session_completed = defineEvent(
  z.strictObject({ type: z.literal('session_completed'), node: z.string() }),
  { type: 'session_completed', node: 'adios' },
);
