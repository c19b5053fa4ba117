import type { Journal, Row } from './journal.ts';
import { number as integer, numberOrNull, text, textOrNull } from './journal.ts';

/** As the phone sees it: `out` is what it sent, `in` what it received. */
export type Direction = 'in' | 'out';
export type MessageStatus = 'accepted' | 'sent' | 'delivered' | 'read' | 'played' | 'failed';
/** What the sandbox still has to do for a message; null: nothing by itself. */
export type NextStep = 'fetch' | 'sent' | 'delivered' | 'read' | 'failed' | null;

export interface StatusFailure {
  readonly code: number;
  readonly title: string;
  readonly message: string;
  readonly error_data: { readonly details: string };
  readonly href: string;
}

/** What is known of a message beyond what was sent on the wire. */
export interface Extra {
  errors?: StatusFailure[];
  /** A template as the phone shows it. */
  rendered?: unknown;
  category?: string;
  /** Media fetched from a link. */
  mediaId?: string;
  media?: { id: string; mime_type: string; size: number; filename?: string };
  revoked?: boolean;
  edited?: string;
  [key: string]: unknown;
}

export interface Message {
  readonly seq: number;
  readonly id: string;
  readonly phoneNumberId: string;
  readonly number: string;
  readonly direction: Direction;
  readonly type: string;
  readonly text: string;
  status: MessageStatus;
  readonly callback: string | null;
  readonly contextId: string | null;
  /** JSON as it went over the wire: the business's request, or the `messages[]` object of the webhook. */
  readonly payload: string;
  extra: Extra | null;
  readonly createdAt: number;
  sentAt: number | null;
  deliveredAt: number | null;
  readAt: number | null;
  playedAt: number | null;
  failedAt: number | null;
  next: NextStep;
}

export interface NewMessage {
  readonly phoneNumberId: string;
  readonly number: string;
  readonly direction: Direction;
  readonly type: string;
  readonly text: string;
  readonly status: MessageStatus;
  readonly callback: string | null;
  readonly contextId: string | null;
  readonly payload: string;
  readonly extra: Extra | null;
  readonly createdAt: number;
  readonly next: NextStep;
}

const RANK: Record<MessageStatus, number> = { accepted: 0, sent: 1, delivered: 2, read: 3, played: 4, failed: 5 };

export class Messages {
  readonly #journal: Journal;
  readonly #keep: number;
  readonly #sql;
  #seq: number;
  #pruned: number;

  constructor(journal: Journal, keep: number) {
    this.#journal = journal;
    this.#keep = keep;
    const bounds = journal.prepare('select min(seq) as low, max(seq) as high from messages').get();
    this.#seq = Number(bounds?.['high'] ?? 0);
    this.#pruned = Number(bounds?.['low'] ?? 1) - 1;
    const stamp = (column: string): ReturnType<Journal['prepare']> => journal.prepare(`update messages set status = ?, next = ?, ${column} = ? where seq = ?`);
    this.#sql = {
      insert: journal.prepare(`insert into messages (seq, id, phone_number_id, number, direction, type, text, status, callback, context_id, payload, extra, created_at, next)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`),
      byId: journal.prepare('select * from messages where id = ?'),
      bySeq: journal.prepare('select * from messages where seq = ?'),
      stamps: {
        accepted: stamp('created_at'), sent: stamp('sent_at'), delivered: stamp('delivered_at'),
        read: stamp('read_at'), played: stamp('played_at'), failed: stamp('failed_at'),
      } satisfies Record<MessageStatus, unknown>,
      next: journal.prepare('update messages set next = ? where seq = ?'),
      extra: journal.prepare('update messages set extra = ? where seq = ?'),
      ofPhone: journal.prepare('select * from messages where number = ? and seq > ? order by seq limit ?'),
      lastOfPhone: journal.prepare('select * from (select * from messages where number = ? and seq < ? order by seq desc limit ?) order by seq'),
      ofChat: journal.prepare("select * from messages where phone_number_id = ? and instr(phone_number_id, '@') > 0 and seq > ? order by seq limit ?"),
      lastOfChat: journal.prepare("select * from messages where phone_number_id = ? and instr(phone_number_id, '@') > 0 and seq < ? order by seq desc limit ?"),
      open: journal.prepare('update messages set type = ?, text = ?, payload = ?, context_id = ?, extra = ? where seq = ?'),
      onTheWay: journal.prepare('select * from messages where next is not null order by seq'),
      waiting: journal.prepare("select * from messages where number = ? and direction = 'in' and status = ? and next is null order by seq"),
      unread: journal.prepare(`select * from messages where number = ? and phone_number_id = ? and direction = ? and seq <= ? and status in ('sent', 'delivered') order by seq`),
      accepted: journal.prepare("select * from messages where seq > ? and direction = 'in' and phone_number_id = ? order by seq limit ?"),
      acceptedAll: journal.prepare("select * from messages where seq > ? and direction = 'in' order by seq limit ?"),
      prune: journal.prepare('delete from messages where seq <= ? and next is null'),
    };
  }

  /** The seq of the newest message. */
  get last(): number {
    return this.#seq;
  }

  /** `id` is made by the caller, who may need it inside the payload. */
  insert(id: string, message: NewMessage): Message {
    this.#journal.write();
    this.#seq += 1;
    const extra = message.extra === null ? null : JSON.stringify(message.extra);
    this.#sql.insert.run(
      this.#seq, id, message.phoneNumberId, message.number, message.direction, message.type, message.text, message.status,
      message.callback, message.contextId, message.payload, extra, message.createdAt, message.next,
    );
    return { ...message, seq: this.#seq, id, sentAt: null, deliveredAt: null, readAt: null, playedAt: null, failedAt: null };
  }

  byId(id: string): Message | undefined {
    const row = this.#sql.byId.get(id);
    return row === undefined ? undefined : messageOf(row);
  }

  bySeq(seq: number): Message | undefined {
    const row = this.#sql.bySeq.get(seq);
    return row === undefined ? undefined : messageOf(row);
  }

  /** Moves a message up the ladder; false when it already stands there or higher. */
  climb(message: Message, status: MessageStatus, step: { at: number; next: NextStep }): boolean {
    if (RANK[status] <= RANK[message.status]) return false;
    this.#journal.write();
    message.status = status;
    message.next = step.next;
    if (status === 'sent') message.sentAt = step.at;
    else if (status === 'delivered') message.deliveredAt = step.at;
    else if (status === 'read') message.readAt = step.at;
    else if (status === 'played') message.playedAt = step.at;
    else if (status === 'failed') message.failedAt = step.at;
    this.#sql.stamps[status].run(status, step.next, step.at, message.seq);
    return true;
  }

  setNext(message: Message, next: NextStep): void {
    this.#journal.write();
    message.next = next;
    this.#sql.next.run(next, message.seq);
  }

  setExtra(message: Message, extra: Extra): void {
    this.#journal.write();
    message.extra = extra;
    this.#sql.extra.run(JSON.stringify(extra), message.seq);
  }

  /** Oldest first, after a seq. */
  ofPhone(number: string, page: { after: number; limit: number }): Message[] {
    return this.#sql.ofPhone.all(number, page.after, page.limit).map(messageOf);
  }

  /** The last `limit` before a seq, oldest first. */
  lastOfPhone(number: string, page: { before: number; limit: number }): Message[] {
    return this.#sql.lastOfPhone.all(number, page.before, page.limit).map(messageOf);
  }

  /** What a phone wrote or received, and everything in those chats: its own number's over WhatsApp Web, and its groups. Oldest first, after a seq. */
  ofChats(number: string, chats: readonly string[], page: { after: number; limit: number }): Message[] {
    const rows = [...this.#sql.ofPhone.all(number, page.after, page.limit), ...chats.flatMap((chat) => this.#sql.ofChat.all(chat, page.after, page.limit))];
    return merged(rows).slice(0, page.limit);
  }

  /** The last `limit` of the same before a seq, oldest first. */
  lastOfChats(number: string, chats: readonly string[], page: { before: number; limit: number }): Message[] {
    const rows = [...this.#sql.lastOfPhone.all(number, page.before, page.limit), ...chats.flatMap((chat) => this.#sql.lastOfChat.all(chat, page.before, page.limit))];
    return merged(rows).slice(-page.limit);
  }

  /** A message that was sealed has been read: what it says. */
  open(message: Message, said: Pick<Message, 'type' | 'text' | 'payload' | 'contextId' | 'extra'>): Message {
    this.#journal.write();
    this.#sql.open.run(said.type, said.text, said.payload, said.contextId, said.extra === null ? null : JSON.stringify(said.extra), message.seq);
    const { type, text: words, payload, contextId, extra } = said;
    return { ...message, type, text: words, payload, contextId, extra };
  }

  /** What a restart has to take up again. */
  onTheWay(): Message[] {
    return this.#sql.onTheWay.all().map(messageOf);
  }

  /** What a phone has not received (`sent`) or not read (`delivered`), with nobody else about to change that. */
  waiting(number: string, status: 'sent' | 'delivered'): Message[] {
    return this.#sql.waiting.all(number, status).map(messageOf);
  }

  unread(chat: { number: string; phoneNumberId: string; direction: Direction; upTo: number }): Message[] {
    return this.#sql.unread.all(chat.number, chat.phoneNumberId, chat.direction, chat.upTo).map(messageOf);
  }

  /** Everything accepted from the business side, oldest first: the witness's list. */
  accepted(page: { phoneNumberId?: string; after: number; limit: number }): Message[] {
    const rows = page.phoneNumberId === undefined
      ? this.#sql.acceptedAll.all(page.after, page.limit)
      : this.#sql.accepted.all(page.after, page.phoneNumberId, page.limit);
    return rows.map(messageOf);
  }

  /** Forgets the oldest beyond the cap, at most 2,000 a call (about 10 ms). */
  prune(): void {
    const target = Math.min(this.#seq - this.#keep, this.#pruned + 2000);
    if (target <= this.#pruned) return;
    this.#journal.write();
    this.#sql.prune.run(target);
    this.#pruned = target;
  }
}

/** By seq, each once: what a phone wrote to a group is also in the group. */
function merged(rows: readonly Row[]): Message[] {
  return [...new Map(rows.map((row) => [integer(row, 'seq'), row])).values()].map(messageOf).sort((one, other) => one.seq - other.seq);
}

function messageOf(row: Row): Message {
  const extra = textOrNull(row, 'extra');
  return {
    seq: integer(row, 'seq'), id: text(row, 'id'), phoneNumberId: text(row, 'phone_number_id'), number: text(row, 'number'),
    direction: row['direction'] === 'out' ? 'out' : 'in', type: text(row, 'type'), text: text(row, 'text'), status: statusOf(text(row, 'status')),
    callback: textOrNull(row, 'callback'), contextId: textOrNull(row, 'context_id'), payload: text(row, 'payload'),
    extra: extra === null ? null : (JSON.parse(extra) as Extra), createdAt: integer(row, 'created_at'),
    sentAt: numberOrNull(row, 'sent_at'), deliveredAt: numberOrNull(row, 'delivered_at'), readAt: numberOrNull(row, 'read_at'),
    playedAt: numberOrNull(row, 'played_at'), failedAt: numberOrNull(row, 'failed_at'), next: nextOf(textOrNull(row, 'next')),
  };
}

function statusOf(value: string): MessageStatus {
  switch (value) {
    case 'sent': case 'delivered': case 'read': case 'played': case 'failed': return value;
    default: return 'accepted';
  }
}

function nextOf(value: string | null): NextStep {
  switch (value) {
    case 'fetch': case 'sent': case 'delivered': case 'read': case 'failed': return value;
    default: return null;
  }
}
