import { hash } from 'node:crypto';

/** Longer ids are hashed: a key is indexed, and a btree entry holds at most 2704 bytes. */
const MAX_ID = 400;

/** `m:<id>`. */
export function messageKey(id: string): string {
  return `m:${short(id)}`;
}

/** `s:<id>:<status>[:participant]`: in a group each participant has statuses of its own. */
export function statusKey(id: string, status: string, participant: string | undefined): string {
  const key = `s:${short(id)}:${short(status)}`;
  return participant === undefined ? key : `${key}:${short(participant)}`;
}

/** For what has no id: the same wire fact, whatever the order of its fields, gives the same key. */
export function contentKey(prefix: string, ...facts: unknown[]): string {
  return `${prefix}:${hash('sha256', canonical(facts), 'base64url')}`;
}

function short(id: string): string {
  return id.length <= MAX_ID ? id : `#${hash('sha256', id, 'base64url')}`;
}

/** JSON with sorted keys. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const wire = value as Record<string, unknown>;
    return `{${Object.keys(wire).sort().map((k) => `${JSON.stringify(k)}:${canonical(wire[k])}`).join(',')}}`;
  }
  return JSON.stringify(value) ?? 'null';
}
