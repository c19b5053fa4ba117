import { z } from 'zod';
import { defineEvent } from './define.ts';

/** A variable has a new value: `{"type":"variable_set","node":"pide_nombre","name":"nombre","value":"Ana"}` */
export const variable_set = defineEvent(
  z.strictObject({ type: z.literal('variable_set'), node: z.string(), name: z.string(), value: z.json() }),
  { type: 'variable_set', node: 'pide_nombre', name: 'nombre', value: 'Ana' },
);
