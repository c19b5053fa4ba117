import type { Journal, Row } from './journal.ts';
import { number as integer, numberOrNull, text, textOrNull } from './journal.ts';

export type UpdateState = 'pending' | 'delivered' | 'gave_up' | 'dropped';
const STATES: readonly UpdateState[] = ['pending', 'delivered', 'gave_up', 'dropped'];

/** One thing an app has to be told. */
export interface Update {
  readonly seq: number;
  readonly appId: string;
  readonly phoneNumberId: string | null;
  readonly wabaId: string;
  /** Updates of one key keep their order: number and phone. */
  readonly key: string;
  /** What it is about: `message`, `status:delivered`, `template`… */
  readonly label: string;
  readonly messageId: string | null;
  /** `{"value":…,"field":…}` as JSON. */
  readonly change: string;
  readonly state: UpdateState;
  readonly attempts: number;
  readonly dueAt: number;
  readonly lastStatus: number | null;
  readonly lastError: string | null;
  readonly createdAt: number;
  readonly doneAt: number | null;
}

export interface NewUpdate {
  readonly appId: string;
  readonly phoneNumberId: string | null;
  readonly wabaId: string;
  readonly key: string;
  readonly label: string;
  readonly messageId: string | null;
  readonly change: string;
  readonly at: number;
  /** Set: it will not be sent, for this reason. */
  readonly dropped?: string;
}

export interface Outcome {
  readonly state: UpdateState;
  readonly attempts: number;
  readonly dueAt: number;
  readonly status: number | null;
  readonly error: string | null;
  readonly doneAt: number | null;
}

export class Updates {
  readonly #journal: Journal;
  readonly #keep: number;
  readonly #sql;
  #seq: number;
  #pruned: number;

  constructor(journal: Journal, keep: number) {
    this.#journal = journal;
    this.#keep = keep;
    const bounds = journal.prepare('select min(seq) as low, max(seq) as high from updates').get();
    this.#seq = Number(bounds?.['high'] ?? 0);
    this.#pruned = Number(bounds?.['low'] ?? 1) - 1;
    this.#sql = {
      insert: journal.prepare(`insert into updates (seq, app_id, phone_number_id, waba_id, key, label, message_id, change, state, attempts, due_at, last_error, created_at, done_at)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?, ?, ?)`),
      outcome: journal.prepare('update updates set state = ?, attempts = ?, due_at = ?, last_status = ?, last_error = ?, done_at = ? where seq = ?'),
      pending: journal.prepare('select * from updates where app_id = ? and state = 0 and seq > ? order by seq limit ?'),
      apps: journal.prepare('select distinct app_id from updates where state = 0'),
      log: journal.prepare('select * from updates where seq < ? order by seq desc limit ?'),
      logOfState: journal.prepare('select * from updates where seq < ? and state = ? order by seq desc limit ?'),
      prune: journal.prepare('delete from updates where seq <= ? and state > 0'),
    };
  }

  insert(update: NewUpdate): Update {
    this.#journal.write();
    this.#seq += 1;
    const dropped = update.dropped;
    const doneAt = dropped === undefined ? null : update.at;
    this.#sql.insert.run(
      this.#seq, update.appId, update.phoneNumberId, update.wabaId, update.key, update.label, update.messageId, update.change,
      dropped === undefined ? 0 : 3, update.at, dropped ?? null, update.at, doneAt,
    );
    return {
      seq: this.#seq, appId: update.appId, phoneNumberId: update.phoneNumberId, wabaId: update.wabaId, key: update.key, label: update.label,
      messageId: update.messageId, change: update.change, state: dropped === undefined ? 'pending' : 'dropped', attempts: 0, dueAt: update.at,
      lastStatus: null, lastError: dropped ?? null, createdAt: update.at, doneAt,
    };
  }

  record(seq: number, outcome: Outcome): void {
    this.#journal.write();
    this.#sql.outcome.run(STATES.indexOf(outcome.state), outcome.attempts, outcome.dueAt, outcome.status, outcome.error, outcome.doneAt, seq);
  }

  /** Pending ones of an app in order, after a seq. */
  pending(appId: string, page: { after: number; limit: number }): Update[] {
    return this.#sql.pending.all(appId, page.after, page.limit).map(updateOf);
  }

  appsWithPending(): string[] {
    return this.#sql.apps.all().map((row) => text(row, 'app_id'));
  }

  pendingCount(): number {
    return Number(this.#journal.prepare('select count(*) as n from updates where state = 0').get()?.['n'] ?? 0);
  }

  /** Newest first. */
  log(page: { before: number; limit: number; state?: UpdateState }): Update[] {
    const rows = page.state === undefined
      ? this.#sql.log.all(page.before, page.limit)
      : this.#sql.logOfState.all(page.before, STATES.indexOf(page.state), page.limit);
    return rows.map(updateOf);
  }

  prune(): void {
    const target = Math.min(this.#seq - this.#keep, this.#pruned + 5000);
    if (target <= this.#pruned) return;
    this.#journal.write();
    this.#sql.prune.run(target);
    this.#pruned = target;
  }
}

export function isUpdateState(value: string): value is UpdateState {
  return STATES.some((state) => state === value);
}

function updateOf(row: Row): Update {
  return {
    seq: integer(row, 'seq'), appId: text(row, 'app_id'), phoneNumberId: textOrNull(row, 'phone_number_id'), wabaId: text(row, 'waba_id'),
    key: text(row, 'key'), label: text(row, 'label'), messageId: textOrNull(row, 'message_id'), change: text(row, 'change'),
    state: STATES[integer(row, 'state')] ?? 'pending', attempts: integer(row, 'attempts'), dueAt: integer(row, 'due_at'),
    lastStatus: numberOrNull(row, 'last_status'), lastError: textOrNull(row, 'last_error'),
    createdAt: integer(row, 'created_at'), doneAt: numberOrNull(row, 'done_at'),
  };
}
