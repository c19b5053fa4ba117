import type { Content } from '../../messaging/index.ts';
import { leftover, type Wire } from './wire.ts';

/** What a reader made of the object under the type key; `rest`: its fields that we do not know. */
export interface Read {
  readonly content: Content;
  readonly rest?: Wire;
}

export function read(content: Content, wire: Wire, known: ReadonlySet<string>): Read {
  const rest = leftover(wire, known);
  return rest ? { content, rest } : { content };
}
