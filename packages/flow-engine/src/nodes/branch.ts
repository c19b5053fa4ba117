import { z } from 'zod';
import { FlowFailure } from '../failure.ts';
import { Target } from '../names.ts';
import { nodeBase, refs, type NodeHandler, type Reference } from '../node.ts';
import { cases } from './branch.cases.ts';

const schema = z.strictObject({
  type: z.literal('branch'),
  cases: z.array(z.strictObject({ when: z.string().min(1), next: Target })).min(1).max(100),
  else: Target.optional(),
  ...nodeBase,
});
type Branch = z.infer<typeof schema>;

/** Goes where the first true condition (CEL) says: `{"type":"branch","cases":[{"when":"edad >= 18","next":"mayor"}],"else":"menor"}` */
export const branch = {
  type: 'branch',
  schema,
  pauses: false,
  advance(node, turn) {
    for (const { when, next } of node.cases) {
      const value = turn.evaluate(when);
      if (typeof value !== 'boolean') throw new FlowFailure('expression', `"${when}" is not true or false`);
      if (value) return { kind: 'go', to: next };
    }
    return { kind: 'go', to: node.else };
  },
  references: (node): Reference[] => [
    ...node.cases.map((c, i) => ({ to: c.next, path: ['cases', i, 'next'] })),
    ...refs(node, 'else', 'on_error'),
  ],
  defines: () => [],
  lint(node, lint) {
    node.cases.forEach((c, i) => lint.expression(['cases', i, 'when'], c.when, { boolean: true }));
  },
  cases,
} satisfies NodeHandler<Branch>;
