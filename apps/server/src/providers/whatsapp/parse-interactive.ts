import type { Content } from '../../messaging/index.ts';
import type { Read } from './read.ts';
import { readJson } from './read-json.ts';
import { idText, isWire, leftover, own, text, type Wire } from './wire.ts';

const BUTTON_REPLY = new Set(['id', 'title']);
const LIST_REPLY = new Set(['id', 'title', 'description']);
const FLOW_REPLY = new Set(['name', 'body', 'response_json']);
const NONE: ReadonlySet<string> = new Set();

/** Answers to our interactive messages; undefined when the inner object is missing (then `errors` say why) or of a type we do not know. */
export function readInteractive(w: Wire): Read | undefined {
  const type = text(w['type']) ?? '';
  const inner = own(w, type);
  if (!isWire(inner)) return undefined;
  switch (type) {
    case 'button_reply': {
      const reply = titled(inner);
      return reply && made({ type, ...reply }, w, BUTTON_REPLY);
    }
    case 'list_reply': {
      const reply = titled(inner);
      const description = text(inner['description']);
      return reply && made(description ? { type, ...reply, description } : { type, ...reply }, w, LIST_REPLY);
    }
    case 'nfm_reply': {
      const name = text(inner['name']);
      const body = text(inner['body']);
      return made({ type: 'flow_reply', ...(name ? { name } : {}), ...(body ? { body } : {}), response: responseOf(inner['response_json']) }, w, FLOW_REPLY);
    }
    case 'call_permission_reply':
      return made({ type: 'interactive', body: text(inner['response']) ?? '', interactive: w }, { type }, NONE);
    case 'payment_method':
      return made({ type: 'interactive', body: text(inner['payment_method']) ?? '', interactive: w }, { type }, NONE);
    default:
      return undefined;
  }
}

function titled(inner: Wire): { id: string; title: string } | undefined {
  const id = idText(inner['id']);
  const title = idText(inner['title']);
  return id === undefined && title === undefined ? undefined : { id: id ?? title!, title: title ?? id! };
}

/** A JSON document inside a JSON text; kept as text when it is none. */
function responseOf(value: unknown): unknown {
  if (typeof value !== 'string') return value ?? null;
  try {
    return readJson(Buffer.from(value));
  } catch {
    return value;
  }
}

function made(content: Content, w: Wire, known: ReadonlySet<string>): Read {
  const type = w['type'] as string;
  const inner = own(w, type);
  const restOfInner = isWire(inner) ? leftover(inner, known) : undefined;
  const rest = leftover(w, new Set(['type', type]));
  return rest || restOfInner ? { content, rest: restOfInner ? { ...rest, [type]: restOfInner } : rest! } : { content };
}
