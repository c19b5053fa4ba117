import { z } from 'zod';
import { Target, VariableName } from '../names.ts';
import { nodeBase, refs, type NodeHandler } from '../node.ts';
import { cases } from './set.cases.ts';

const schema = z.strictObject({
  type: z.literal('set'),
  /** In order: a later one sees the values of those before it. */
  values: z.array(z.union([
    z.strictObject({ variable: VariableName, cel: z.string().min(1) }),
    z.strictObject({ variable: VariableName, liquid: z.string() }),
  ])).min(1).max(100),
  next: Target.optional(),
  ...nodeBase,
});
type SetNode = z.infer<typeof schema>;

/** Gives variables a value, of an expression or a text: `{"type":"set","values":[{"variable":"total","cel":"precio * 2"},{"variable":"saludo","liquid":"Hola {{ nombre }}"}],"next":"fin"}` */
export const set = {
  type: 'set',
  schema,
  pauses: false,
  advance(node, turn) {
    for (const value of node.values) {
      turn.set(value.variable, 'cel' in value ? turn.evaluate(value.cel) : turn.render(value.liquid));
    }
    return { kind: 'go', to: node.next };
  },
  references: (node) => refs(node, 'next', 'on_error'),
  defines: (node) => node.values.map((value) => value.variable),
  lint(node, lint) {
    node.values.forEach((value, i) => {
      if ('cel' in value) lint.expression(['values', i, 'cel'], value.cel);
      else lint.template(['values', i, 'liquid'], value.liquid);
    });
  },
  cases,
} satisfies NodeHandler<SetNode>;
