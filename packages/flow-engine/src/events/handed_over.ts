import { z } from 'zod';
import { defineEvent } from './define.ts';

/** The flow gives the conversation to a person; `note` is for the agent: `{"type":"handed_over","node":"persona","reason":"requested","note":"Ana pregunta por su permiso"}` */
export const handed_over = defineEvent(
  z.strictObject({ type: z.literal('handed_over'), node: z.string(), reason: z.string(), note: z.string().optional() }),
  { type: 'handed_over', node: 'persona', reason: 'requested', note: 'Ana pregunta por su permiso' },
);
