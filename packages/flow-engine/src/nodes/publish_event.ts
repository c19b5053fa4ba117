import { z } from 'zod';
import { FlowFailure } from '../failure.ts';
import type { Json, JsonObject } from '../json.ts';
import { jsonLength } from '../json.ts';
import { LIMITS } from '../limits.ts';
import { lintJson } from '../lint/json.ts';
import { Target } from '../names.ts';
import { nodeBase, refs, type NodeHandler, type Turn } from '../node.ts';
import { cases } from './publish_event.cases.ts';

const schema = z.strictObject({
  type: z.literal('publish_event'),
  /** A type of the company's own. */
  event: z.string().max(100).regex(/^[a-z][a-z0-9_-]*(\.[a-z0-9_-]+)+$/, 'a type of your own has small letters, digits, _ and -, in parts with a dot between them: cv.received'),
  /** JSON whose texts are templates; one that is a single `{{ … }}` keeps the type of its value. */
  data: z.record(z.string(), z.json()).optional(),
  next: Target.optional(),
  ...nodeBase,
});
type PublishEvent = z.infer<typeof schema>;

function rendered(value: Json, turn: Turn): Json {
  if (typeof value === 'string') return turn.renderValue(value);
  if (Array.isArray(value)) return value.map((item) => rendered(item, turn));
  if (typeof value === 'object' && value !== null) return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, rendered(item, turn)]));
  return value;
}

/** Tells other systems of the company: `{"type":"publish_event","event":"cv.received","data":{"whatsappId":"{{ contact.phone }}","attachment":"{{ cv.media.id }}"},"next":"gracias"}` */
export const publish_event = {
  type: 'publish_event',
  schema,
  pauses: false,
  advance(node, turn) {
    const data = rendered(node.data ?? {}, turn) as JsonObject;
    if (jsonLength(data) > LIMITS.event) throw new FlowFailure('bad_request', `an event takes at most ${LIMITS.event} characters of JSON`);
    turn.emit({ type: 'event_published', node: turn.node, event: node.event, data });
    return { kind: 'go', to: node.next };
  },
  references: (node) => refs(node, 'next', 'on_error'),
  defines: () => [],
  lint(node, lint) {
    lintJson(node.data ?? {}, ['data'], (path, text) => lint.template(path, text));
  },
  cases,
} satisfies NodeHandler<PublishEvent>;
