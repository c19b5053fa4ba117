import { z } from 'zod';
import { Node } from './nodes/index.ts';
import { NodeId, Target, VariableName } from './names.ts';

const words = z.array(z.string().min(1).max(100)).min(1).max(50);
const Shortcut = z.strictObject({
  /** Words that count when a message says nothing else; case, accents and punctuation do not matter. */
  match: words,
  next: Target,
});

/** A flow: JSON that is the same for ever once it is published (a revision). `docs/flows.md` explains it with examples. */
export const FlowDefinition = z.strictObject({
  schema: z.literal(1),
  name: z.string().max(200).optional(),
  start: NodeId,
  /** Variables with their first values. */
  variables: z.record(VariableName, z.json()).optional(),
  /** Where the message that starts a session goes, when it says one of these words; all others go to `start`. */
  triggers: z.array(Shortcut).max(50).optional(),
  /** Words that lead elsewhere at any question or wait. */
  interrupts: z.array(Shortcut).max(50).optional(),
  nodes: z.record(NodeId, Node),
});
export type FlowDefinition = z.infer<typeof FlowDefinition>;
