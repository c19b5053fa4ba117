import { z } from 'zod';
import { NODE_TYPES } from '../node-types.ts';
import { defineEvent } from './define.ts';

/** The session entered a node; for traces: `{"type":"node_entered","node":"hola","node_type":"say"}` */
export const node_entered = defineEvent(
  z.strictObject({ type: z.literal('node_entered'), node: z.string(), node_type: z.enum(NODE_TYPES) }),
  { type: 'node_entered', node: 'hola', node_type: 'say' },
);
