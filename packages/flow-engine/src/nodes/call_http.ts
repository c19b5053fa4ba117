import { z } from 'zod';
import { METHODS, type CallRequest, type Text } from '../call-request.ts';
import { FlowFailure } from '../failure.ts';
import type { CallCompletedInput } from '../input.ts';
import type { Json, JsonObject } from '../json.ts';
import { LIMITS } from '../limits.ts';
import { lintJson } from '../lint/json.ts';
import { Target, VariableName } from '../names.ts';
import { nodeBase, refs, type NodeHandler, type Turn } from '../node.ts';
import { hasSecret } from '../template.ts';
import { cases } from './call_http.cases.ts';

const HeaderName = z.string().regex(/^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,128}$/, 'not the name of an HTTP header');

const schema = z.strictObject({
  type: z.literal('call_http'),
  method: z.enum(METHODS).optional(),
  /** Every `{{ … }}` in it is percent-encoded; the host must be written out. */
  url: z.string().regex(/^https?:\/\/[^{}/?#\s]+([/?#]|$)/, 'a url begins with http:// or https:// and a host without templates'),
  headers: z.record(HeaderName, z.string()).optional(),
  /** Added to the url; empty values are left out. */
  query: z.record(z.string(), z.string()).optional(),
  /** A text, or JSON whose texts are templates; one that is a single `{{ … }}` keeps the type of its value. */
  body: z.json().optional(),
  timeout_ms: z.number().int().min(100).max(LIMITS.call_ms).optional(),
  /** The answer is kept here as `{ok, status, body, error}`. */
  variable: VariableName.optional(),
  next: Target.optional(),
  ...nodeBase,
});
type CallHttp = z.infer<typeof schema>;

/** JSON as pieces, secrets left out. */
function jsonText(value: Json, turn: Turn): Text {
  if (typeof value === 'string') {
    if (!hasSecret(value)) return [JSON.stringify(turn.renderValue(value))];
    return ['"', ...turn.renderSealed(value, 'json'), '"'];
  }
  if (Array.isArray(value)) return ['[', ...value.flatMap((item, i) => [...(i > 0 ? [','] : []), ...jsonText(item, turn)]), ']'];
  if (typeof value === 'object' && value !== null) {
    return ['{', ...Object.entries(value).flatMap(([key, item], i) => [`${i > 0 ? ',' : ''}${JSON.stringify(key)}:`, ...jsonText(item, turn)]), '}'];
  }
  return [JSON.stringify(value)];
}

function joined(text: Text): Text {
  const out: Text = [];
  for (const piece of text) {
    const last = out.at(-1);
    if (typeof piece === 'string' && typeof last === 'string') out[out.length - 1] = last + piece;
    else out.push(piece);
  }
  return out;
}

function requestOf(node: CallHttp, turn: Turn): CallRequest {
  const rendered = turn.renderUrl(node.url);
  if (!URL.canParse(rendered)) throw new FlowFailure('bad_request', `"${rendered}" is not an absolute address`);
  const url = new URL(rendered);
  for (const [name, template] of Object.entries(node.query ?? {})) {
    const value = turn.render(template);
    if (value !== '') url.searchParams.append(name, value);
  }
  const headers: Record<string, Text> = {};
  for (const [name, template] of Object.entries(node.headers ?? {})) headers[name.toLowerCase()] = joined(turn.renderSealed(template, 'none'));
  const body = node.body === undefined ? undefined
    : typeof node.body === 'string' ? turn.renderSealed(node.body, 'none') : jsonText(node.body, turn);
  if (body) headers['content-type'] ??= [typeof node.body === 'string' ? 'text/plain; charset=utf-8' : 'application/json'];
  return {
    method: node.method ?? (body ? 'POST' : 'GET'), url: url.href, headers, timeout_ms: node.timeout_ms ?? 10_000,
    ...(body && { body: joined(body) }),
  };
}

function answerOf(input: CallCompletedInput): JsonObject {
  return { ok: input.ok, status: input.status ?? null, body: input.body ?? null, error: input.error ?? null };
}

/**
 * Asks another system: `{"type":"call_http","url":"https://api.example.com/tramites","query":{"rut":"{{ rut }}"},"headers":{"authorization":"Bearer {{ secrets.API_TOKEN }}"},"variable":"tramite","next":"muestra","on_error":"disculpa"}`.
 * Without an answer, or with one that is not 2xx, it goes to `on_error`; the answer is kept in both cases.
 */
export const call_http = {
  type: 'call_http',
  schema,
  pauses: false,
  advance(node, turn, input) {
    if (input?.kind !== 'call_completed') {
      const request = requestOf(node, turn);
      turn.emit({ type: 'call_requested', node: turn.node, call_id: turn.call_id, request });
      return { kind: 'wait', waiting: { for: 'call', since: turn.context.now, call_id: turn.call_id } };
    }
    if (node.variable !== undefined) turn.set(node.variable, answerOf(input));
    if (!input.ok) throw new FlowFailure('call_failed', input.error ?? `the answer had status ${input.status ?? 'none'}`);
    return { kind: 'go', to: node.next };
  },
  references: (node) => refs(node, 'next', 'on_error'),
  defines: (node) => (node.variable === undefined ? [] : [node.variable]),
  lint(node, lint) {
    lint.template(['url'], node.url);
    for (const [name, template] of Object.entries(node.query ?? {})) lint.template(['query', name], template);
    for (const [name, template] of Object.entries(node.headers ?? {})) lint.template(['headers', name], template, { secrets: true });
    if (node.body !== undefined) lintJson(node.body, ['body'], (path, text) => lint.template(path, text, { secrets: true }));
    if (node.on_error === undefined) lint.problem([], 'missing', 'calls fail now and then; give "on_error" so that the conversation goes on', 'warning');
  },
  cases,
} satisfies NodeHandler<CallHttp>;
