import type { Message } from '../../../api/types.ts';
import { contentOf, isNote } from './content.ts';

/** A line of the thread, top to bottom. */
export type TimelineItem =
  | { kind: 'day'; key: string; at: string }
  | { kind: 'unread'; key: string; count: number }
  /** From here on another number of the company. */
  | { kind: 'number'; key: string; number: string | null }
  | { kind: 'note'; key: string; message: Message; target?: Message }
  | { kind: 'message'; key: string; message: Message; first: boolean; last: boolean; target?: Message; amended?: Amendment };

/** What later messages did to this one. */
export interface Amendment {
  edited?: string;
  revoked?: boolean;
}

/** Messages of one author stand together while no more than this lies between them. */
const GROUP_MS = 5 * 60_000;

const dayOf = (iso: string): string => {
  const d = new Date(iso);
  return `${d.getFullYear()}-${d.getMonth() + 1}-${d.getDate()}`;
};
const voice = (m: Message): string => `${m.direction}/${m.author.kind}/${m.author.user_id ?? m.author.name ?? ''}`;

/**
 * Lays out messages (oldest first): day separators, groups of one author, the line where the unread ones begin; reactions
 * go onto the bubble they speak of, edits and deletions mark it. `firstUnread` is the id of the first unread message.
 */
export function buildTimeline(messages: readonly Message[], unread: { first: string; count: number } | null): TimelineItem[] {
  const byRemote = new Map<string, Message>();
  const byId = new Map<string, Message>();
  for (const m of messages) {
    byId.set(m.id, m);
    if (m.whatsapp_message_id) byRemote.set(m.whatsapp_message_id, m);
  }
  const amended = new Map<string, Amendment>();
  const targets = new Map<string, Message>();
  for (const m of messages) {
    const content = contentOf(m);
    if (content.type !== 'edit' && content.type !== 'revoke' && content.type !== 'reaction') continue;
    const target = byRemote.get(content.remote_id ?? '') ?? (content.type === 'reaction' ? byId.get(content.message_id ?? '') : undefined);
    if (!target) continue;
    targets.set(m.id, target);
    if (content.type === 'edit') amended.set(target.id, { ...amended.get(target.id), edited: content.text ?? '' });
    if (content.type === 'revoke') amended.set(target.id, { ...amended.get(target.id), revoked: true });
  }

  const items: TimelineItem[] = [];
  let day = '';
  let route = '';
  let previous: Extract<TimelineItem, { kind: 'message' }> | null = null;
  const close = (): void => {
    if (previous) previous.last = true;
    previous = null;
  };
  for (const m of messages) {
    const content = contentOf(m);
    const target = targets.get(m.id);
    // On the bubble already; one that did not reach the customer is still told.
    if (content.type === 'reaction' && target && m.status !== 'failed' && m.status !== 'unknown') continue;
    const today = dayOf(m.created_at);
    if (today !== day) {
      close();
      day = today;
      items.push({ kind: 'day', key: `day ${today}`, at: m.created_at });
    }
    if (m.route_id !== '' && m.route_id !== route) {
      if (route !== '') {
        close();
        items.push({ kind: 'number', key: `number ${m.id}`, number: m.company_number });
      }
      route = m.route_id;
    }
    if (unread?.first === m.id) {
      close();
      items.push({ kind: 'unread', key: 'unread', count: unread.count });
    }
    if (isNote(content)) {
      close();
      items.push({ kind: 'note', key: m.client_id ?? m.id, message: m, target });
      continue;
    }
    const together: boolean = previous !== null && voice(previous.message) === voice(m) && Date.parse(m.created_at) - Date.parse(previous.message.created_at) < GROUP_MS;
    if (!together) close();
    const item: Extract<TimelineItem, { kind: 'message' }> = { kind: 'message', key: m.client_id ?? m.id, message: m, first: !together, last: false, target, amended: amended.get(m.id) };
    items.push(item);
    previous = item;
  }
  close();
  return items;
}

/** Where the unread messages of a conversation begin: its last `count` messages from the customer. */
export function firstUnread(messages: readonly Message[], count: number): { first: string; count: number } | null {
  if (count <= 0) return null;
  let left = count;
  let first: Message | undefined;
  for (let i = messages.length - 1; i >= 0 && left > 0; i--) {
    const m = messages[i]!;
    if (m.direction !== 'in') continue;
    first = m;
    left--;
  }
  return first ? { first: first.id, count } : null;
}

/** Whether this agent has written after the first unread message. */
export function answeredSince(messages: readonly Message[], { first, me }: { first: string; me: string }): boolean {
  const from = messages.findIndex((m) => m.id === first);
  return from !== -1 && messages.slice(from).some((m) => m.direction === 'out' && m.author.kind === 'agent' && m.author.user_id === me);
}
