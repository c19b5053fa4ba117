import { z } from 'zod';
import type { Content } from './content.ts';
import type { EngineEvent } from './events/index.ts';
import type { EngineContext } from './context.ts';
import type { Input } from './input.ts';
import type { Json } from './json.ts';
import type { Lint } from './lint/lint.ts';
import type { NodeCase } from './node-case.ts';
import type { Text } from './call-request.ts';
import type { Waiting } from './session.ts';
import type { NodeType } from './node-types.ts';
import { Target } from './names.ts';

/** What every node may carry. */
export const nodeBase = {
  /** Name shown to people in the editor and in traces. */
  label: z.string().max(200).optional(),
  /** Where to go when the node fails (expression, template, call …); without it the session fails. */
  on_error: Target.optional(),
} as const;

export interface BaseNode {
  readonly type: NodeType;
  readonly label?: string | undefined;
  readonly on_error?: string | undefined;
}

/** One place in a node that names where to go next. `path` is relative to the node. */
export interface Reference {
  readonly to: Target;
  readonly path: readonly (string | number)[];
}

/** What a node made of a step. */
export type Outcome =
  /** Go on; without a target the flow ends. */
  | { readonly kind: 'go'; readonly to?: Target | undefined }
  | { readonly kind: 'wait'; readonly waiting: Waiting }
  | { readonly kind: 'hand_over' }
  /** The input is not for this node now: it stays unconsumed. */
  | { readonly kind: 'leave' };

/** What a node can see and do in its step. Rendering and evaluation throw a `FlowFailure`. */
export interface Turn {
  readonly node: string;
  readonly context: EngineContext;
  /** What the session was waiting for here; nothing when the node is being entered. */
  readonly waiting: Waiting | undefined;
  /** Unique and the same on every replay: seed and step. */
  readonly call_id: string;
  render(template: string): string;
  /** As `render`, but a template that is one single `{{ … }}` keeps the type of its value. */
  renderValue(template: string): Json;
  /** Renders with every `{{ … }}` percent-encoded. */
  renderUrl(template: string): string;
  /** Renders, leaving `{{ secrets.NAME }}` as a placeholder nobody can forge. `json`: escape for a JSON string. */
  renderSealed(template: string, escape: 'none' | 'json'): Text;
  /** Value of a CEL expression as JSON; `value` is visible to it when given. */
  evaluate(expression: string, value?: Json): Json;
  /** Renders a content, cuts it to WhatsApp's limits and says it. Returns what was said. */
  say(content: Content): void;
  set(name: string, value: Json): void;
  emit(event: EngineEvent): void;
}

/** A node type: its schema, its step, where it can go, what the lint checks, and the cases that prove it. */
export interface NodeHandler<N extends BaseNode = BaseNode> {
  readonly type: N['type'];
  readonly schema: z.ZodType<N>;
  /** Whether it waits for a person or for time: a loop without such a node never ends. */
  readonly pauses: boolean;
  /** Without input the node is entered; with one, what it waited for has come. */
  advance(node: N, turn: Turn, input?: Input): Outcome;
  references(node: N): readonly Reference[];
  /** Variables it can set. */
  defines(node: N): readonly string[];
  /** Checks beyond the schema: templates, expressions, limits. */
  lint(node: N, lint: Lint): void;
  /** Takes the message that starts the session as its answer, instead of asking first. */
  takesFirstMessage?(node: N): boolean;
  readonly cases: readonly NodeCase[];
}

/** References from fields that hold one optional target each. */
export function refs(node: Readonly<Record<string, unknown>>, ...fields: readonly string[]): Reference[] {
  return fields.flatMap((field) => {
    const to = node[field];
    return typeof to === 'string' ? [{ to, path: [field] }] : [];
  });
}
