import { z } from 'zod';
import { Content } from '../content.ts';
import { lintContent } from '../lint/content.ts';
import { Target } from '../names.ts';
import { nodeBase, refs, type NodeHandler } from '../node.ts';
import { cases } from './say.cases.ts';

const schema = z.strictObject({ type: z.literal('say'), content: Content, next: Target.optional(), ...nodeBase });
type Say = z.infer<typeof schema>;

/** Says something: `{"type":"say","content":{"type":"text","text":"Hola {{ contact.name }}"},"next":"menu"}` */
export const say = {
  type: 'say',
  schema,
  pauses: false,
  advance(node, turn) {
    turn.say(node.content);
    return { kind: 'go', to: node.next };
  },
  references: (node) => refs(node, 'next', 'on_error'),
  defines: () => [],
  lint(node, lint) {
    lintContent(node.content, lint, ['content']);
  },
  cases,
} satisfies NodeHandler<Say>;
