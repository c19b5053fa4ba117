import { z } from 'zod';
import { Content } from '../content.ts';
import { lintContent } from '../lint/content.ts';
import { nodeBase, refs, type NodeHandler } from '../node.ts';
import { cases } from './hand_over.cases.ts';

const schema = z.strictObject({
  type: z.literal('hand_over'),
  /** Why, as a stable word that reports can count. */
  reason: z.string().regex(/^[a-z][a-z0-9_]{0,63}$/, 'a reason is a word of small letters, digits and _').optional(),
  /** For the agent. */
  note: z.string().optional(),
  /** Said to the person first. */
  content: Content.optional(),
  ...nodeBase,
});
type HandOver = z.infer<typeof schema>;

/** Gives the conversation to a person: `{"type":"hand_over","note":"{{ nombre }} pregunta por su permiso","content":{"type":"text","text":"Te atenderá una persona."}}` */
export const hand_over = {
  type: 'hand_over',
  schema,
  pauses: true,
  advance(node, turn) {
    if (node.content) turn.say(node.content);
    const note = node.note === undefined ? '' : turn.render(node.note).trim();
    turn.emit({ type: 'handed_over', node: turn.node, reason: node.reason ?? 'requested', ...(note !== '' && { note }) });
    return { kind: 'hand_over' };
  },
  references: (node) => refs(node, 'on_error'),
  defines: () => [],
  lint(node, lint) {
    if (node.content) lintContent(node.content, lint, ['content']);
    if (node.note !== undefined) lint.template(['note'], node.note);
  },
  cases,
} satisfies NodeHandler<HandOver>;
