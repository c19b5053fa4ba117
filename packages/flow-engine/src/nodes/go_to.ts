import { z } from 'zod';
import { Target } from '../names.ts';
import { nodeBase, refs, type NodeHandler } from '../node.ts';
import { cases } from './go_to.cases.ts';

const schema = z.strictObject({ type: z.literal('go_to'), to: Target, ...nodeBase });
type GoTo = z.infer<typeof schema>;

/** Goes to another node, or ends the flow: `{"type":"go_to","to":"end"}` */
export const go_to = {
  type: 'go_to',
  schema,
  pauses: false,
  advance: (node) => ({ kind: 'go', to: node.to }),
  references: (node) => refs(node, 'to', 'on_error'),
  defines: () => [],
  lint: () => undefined,
  cases,
} satisfies NodeHandler<GoTo>;
