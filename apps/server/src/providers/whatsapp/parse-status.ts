import type { RemoteStatus, StatusUpdate } from '../../messaging/index.ts';
import { statusKey } from './event-key.ts';
import type { ChangeScope } from './parse-message.ts';
import { idText, isWire, isoTime, leftover, merge, text, type Wire } from './wire.ts';

const FIELDS = new Set([
  'id', 'status', 'timestamp', 'recipient_id', 'recipient_user_id', 'parent_recipient_user_id', 'parent_user_id', 'recipient_type',
  'recipient_participant_id', 'recipient_participant_user_id', 'biz_opaque_callback_data', 'pricing', 'errors',
]);
const STATUSES = {
  sent: true, delivered: true, read: true, played: true, failed: true, deleted: true, warning: true,
} satisfies Record<RemoteStatus, true>;

/** One of `value.statuses[]` (providers.md §1.8). Undefined when it does not say which message, or which status. */
export function parseStatus(wire: Wire, scope: ChangeScope): StatusUpdate | undefined {
  const remote_id = idText(wire['id']);
  const word = text(wire['status']);
  if (remote_id === undefined || word === undefined) return undefined;
  const known = Object.hasOwn(STATUSES, word);
  const group = wire['recipient_type'] === 'group';
  const group_id = group ? idText(wire['recipient_id']) : undefined;
  const participant = idText(wire['recipient_participant_id']) ?? idText(wire['recipient_participant_user_id']);
  const person = scope.contacts.find(group
    ? { phone: wire['recipient_participant_id'], user: wire['recipient_participant_user_id'] }
    : { phone: wire['recipient_id'], user: wire['recipient_user_id'], parent: wire['parent_recipient_user_id'] ?? wire['parent_user_id'] }, scope.alone && !group);

  const { errors, strange } = readErrors(wire['errors']);
  const correlation = text(wire['biz_opaque_callback_data']);
  const pricing = wire['pricing'];
  const type = wire['recipient_type'];
  let extra = leftover(wire, FIELDS);
  if (!known) extra = { ...extra, status: word };
  if (strange) extra = { ...extra, errors: wire['errors'] };
  if (pricing !== undefined && pricing !== null && !isWire(pricing)) extra = { ...extra, pricing };
  if (type !== undefined && type !== 'group' && type !== 'individual') extra = { ...extra, recipient_type: type };
  // A recipient that is neither phone nor group stays readable.
  if (!person && !group && wire['recipient_id'] !== undefined) extra = { ...extra, recipient_id: wire['recipient_id'] };
  if (person?.extra) extra = { ...extra, contact: person.extra };
  extra = merge(extra, scope.extra);

  return {
    kind: 'status', key: statusKey(remote_id, word, participant), line: scope.line, at: isoTime(wire['timestamp'], scope.time),
    remote_id, status: known ? word as RemoteStatus : 'warning',
    ...(person ? { peer: person.peer } : {}),
    ...(group_id ? { group_id } : {}),
    ...(correlation ? { correlation } : {}),
    ...(errors.length > 0 ? { errors } : {}),
    ...(isWire(pricing) ? { pricing } : {}),
    ...(extra ? { extra } : {}),
  };
}

type StatusErrors = NonNullable<StatusUpdate['errors']>;

function readErrors(value: unknown): { errors: StatusErrors; strange: boolean } {
  if (value === undefined || value === null) return { errors: [], strange: false };
  if (!Array.isArray(value)) return { errors: [], strange: true };
  const objects = value.filter(isWire);
  const errors = objects.map((e) => {
    const title = text(e['title']) ?? text(e['message']);
    const data = e['error_data'];
    const detail = (isWire(data) ? text(data['details']) : undefined) ?? text(e['message']);
    return { code: idText(e['code']) ?? '', ...(title ? { title } : {}), ...(detail && detail !== title ? { detail } : {}) };
  });
  return { errors, strange: objects.length !== value.length };
}
