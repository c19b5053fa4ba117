import type { IdentityChange, InboundEvent, InboundMessage, Line, Peer } from '../../messaging/index.ts';
import { messageKey } from './event-key.ts';
import { readContent, typeOf } from './parse-content.ts';
import { phoneDigits, type Contacts, type WireIds } from './people.ts';
import { idText, isWire, isoTime, leftover, merge, text, type Wire } from './wire.ts';

/** What the messages of one change share. */
export interface ChangeScope {
  readonly line: Line;
  readonly contacts: Contacts;
  /** `entry[].time`: seconds, where there is one. */
  readonly time: unknown;
  /** It holds one message or status only. */
  readonly alone: boolean;
  /** Fields of entry, change and value that we do not know. */
  readonly extra: Wire | undefined;
}

const FIELDS = new Set(['from', 'from_user_id', 'from_parent_user_id', 'id', 'timestamp', 'type', 'context', 'referral', 'group_id', 'errors']);
const ECHO_FIELDS = new Set([...FIELDS, 'to', 'to_user_id', 'to_parent_user_id']);
const CONTEXT_FIELDS = new Set(['from', 'id', 'forwarded']);

/**
 * One message of `value.messages[]` (direction `in`) or `value.message_echoes[]` (`echo`: the person is in `to`).
 * A change of number or user id gives a second event. Undefined when there is no id or nobody it could be from.
 */
export function parseMessage(wire: Wire, direction: InboundMessage['direction'], scope: ChangeScope): InboundEvent[] | undefined {
  const id = idText(wire['id']);
  if (id === undefined) return undefined;
  const ids: WireIds = direction === 'in'
    ? { phone: wire['from'], user: wire['from_user_id'], parent: wire['from_parent_user_id'] }
    : { phone: wire['to'], user: wire['to_user_id'], parent: wire['to_parent_user_id'] };
  const person = scope.contacts.find(ids, scope.alone);
  if (!person) return undefined;

  const type = typeOf(wire);
  const { content, rest } = readContent(wire, type);
  const group_id = idText(wire['group_id']);
  const context = wire['context'];
  const referral = wire['referral'];
  const at = isoTime(wire['timestamp'], scope.time);
  let extra = restOfMessage(wire, type, direction === 'in' ? FIELDS : ECHO_FIELDS);
  // What the typed fields could not take.
  if (rest) extra = { ...extra, [type]: rest };
  if (wire['errors'] !== undefined && content.type !== 'unsupported') extra = { ...extra, errors: wire['errors'] };
  if (context !== undefined && context !== null && !isWire(context)) extra = { ...extra, context };
  if (referral !== undefined && referral !== null && !isWire(referral)) extra = { ...extra, referral };
  if (person.extra) extra = { ...extra, contact: person.extra };
  extra = merge(extra, scope.extra);

  const message: InboundMessage = {
    kind: 'message', key: messageKey(id), line: scope.line, at, remote_id: id, direction, peer: person.peer, content,
    ...(group_id ? { group_id } : {}),
    ...(isWire(context) ? { context: readContext(context) } : {}),
    ...(isWire(referral) ? { referral } : {}),
    ...(extra ? { extra } : {}),
  };
  const identity = type === 'system' && isWire(wire['system']) ? readIdentity(wire['system'], message) : undefined;
  return identity ? [message, identity] : [message];
}

function restOfMessage(wire: Wire, type: string, known: ReadonlySet<string>): Wire | undefined {
  const rest = leftover(wire, known);
  if (!rest || !Object.hasOwn(rest, type)) return rest;
  const { [type]: _body, ...more } = rest;
  return Object.keys(more).length === 0 ? undefined : more;
}

function readContext(wire: Wire): NonNullable<InboundMessage['context']> {
  const remote_id = idText(wire['id']);
  const from = idText(wire['from']);
  const extra = leftover(wire, CONTEXT_FIELDS);
  const forwarded = wire['forwarded'] === true || wire['frequently_forwarded'] === true;
  return { ...(remote_id ? { remote_id } : {}), ...(from ? { from } : {}), ...(forwarded ? { forwarded } : {}), ...(extra ? { extra } : {}) };
}

/** `user_changed_number` (old number in `from`, new one in `wa_id`) and `user_changed_user_id` (providers.md §1.7). */
function readIdentity(system: Wire, message: InboundMessage): IdentityChange | undefined {
  let before: Peer['addresses'] = [];
  let after: Peer['addresses'] = [];
  switch (system['type']) {
    case 'user_changed_number': {
      const phone = phoneDigits(system['wa_id']) ?? phoneDigits(system['new_wa_id']);
      before = message.peer.addresses;
      if (phone !== undefined && !before.some((a) => a.kind === 'phone' && a.value === phone)) after = [{ kind: 'phone', value: phone }];
      break;
    }
    case 'user_changed_user_id':
      before = userIds(system['previous_user_id'], system['previous_parent_user_id']);
      after = userIds(system['user_id'], system['parent_user_id']);
      break;
    default:
  }
  if (before.length === 0 || after.length === 0) return undefined;
  return { kind: 'identity', key: `i:${message.key}`, line: message.line, at: message.at, before: { addresses: before }, after: { addresses: after } };
}

function userIds(user: unknown, parent: unknown): Peer['addresses'] {
  const bsuid = text(user);
  const above = text(parent);
  return [...(bsuid ? [{ kind: 'bsuid', value: bsuid } as const] : []), ...(above ? [{ kind: 'parent_bsuid', value: above } as const] : [])];
}
