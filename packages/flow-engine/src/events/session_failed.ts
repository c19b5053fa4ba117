import { z } from 'zod';
import { FAILURES } from '../failure.ts';
import { defineEvent } from './define.ts';

/** The session cannot go on; a person should take over: `{"type":"session_failed","node":"decide","reason":"expression","detail":"No such key: edad"}` */
export const session_failed = defineEvent(
  z.strictObject({ type: z.literal('session_failed'), node: z.string().nullable(), reason: z.enum(FAILURES), detail: z.string() }),
  { type: 'session_failed', node: 'decide', reason: 'expression', detail: 'No such key: edad' },
);
