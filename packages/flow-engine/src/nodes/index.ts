import { z } from 'zod';
import type { BaseNode, NodeHandler } from '../node.ts';
import type { NodeType } from '../node-types.ts';
import { ask } from './ask.ts';
import { branch } from './branch.ts';
import { call_http } from './call_http.ts';
import { go_to } from './go_to.ts';
import { hand_over } from './hand_over.ts';
import { publish_event } from './publish_event.ts';
import { say } from './say.ts';
import { set } from './set.ts';
import { wait } from './wait.ts';

/** A node of a flow. */
export const Node = z.discriminatedUnion('type', [
  say.schema, ask.schema, branch.schema, set.schema, wait.schema, call_http.schema, publish_event.schema, hand_over.schema, go_to.schema,
]);
export type Node = z.infer<typeof Node>;

/** Every node type there is. */
export const nodeTypes: Readonly<Record<NodeType, NodeHandler>> = {
  say, ask, branch, set, wait, call_http, publish_event, hand_over, go_to,
} satisfies { readonly [T in NodeType]: NodeHandler<Extract<Node, { type: T }>> };

/** The handler of a node, typed for any node. */
export function handlerOf(node: BaseNode): NodeHandler {
  return nodeTypes[node.type];
}
