/** Faults on demand: what can be made to go wrong, how often, for whom. */
import type { Runtime } from './runtime.ts';
import type { Journal } from './store/journal.ts';

export type FaultKind =
  | 'latency' | 'error' | 'accept_then_drop' | 'drop_before_accept' | 'timeout' | 'refuse'
  | 'duplicate' | 'reorder' | 'silence'
  /** Of WhatsApp Web: refuse a login, end or freeze a connection, harm questions, messages and files. */
  | 'web_login' | 'web_end' | 'web_freeze' | 'web_iq' | 'web_message' | 'web_media';

export const FAULT_KINDS: readonly FaultKind[] = [
  'latency', 'error', 'accept_then_drop', 'drop_before_accept', 'timeout', 'refuse', 'duplicate', 'reorder', 'silence',
  'web_login', 'web_end', 'web_freeze', 'web_iq', 'web_message', 'web_media',
];

/** How a connection of WhatsApp Web ends (web_end). */
export type WebEnding = 'restart' | 'replaced' | 'device_removed' | 'unavailable' | 'stream_end' | 'reset';

/** What becomes of a question (web_iq) or message (web_message). */
export type WebHarm = 'drop' | 'delay' | 'duplicate' | 'error' | 'nack' | 'corrupt';

/** `messages`: sends only (not marks as read); `media`: upload, information, download, deletion; `all`: every Graph call. */
export type FaultCalls = 'messages' | 'media' | 'all';

export interface Fault {
  readonly id: string;
  readonly kind: FaultKind;
  /** How many more times; null: until it is lifted. */
  remaining: number | null;
  hits: number;
  readonly phone_number_id: string | null;
  readonly calls: FaultCalls;
  /** latency: milliseconds, and up to how many more by chance. */
  readonly ms: number;
  readonly jitter: number;
  /** error: Meta's code and the HTTP status it comes with. */
  readonly code: number | null;
  readonly http: number | null;
  /** reorder: an update is held until a later one of the same phone was answered, at most this long. */
  readonly hold_ms: number;
  /** silence: thrown away (true) or delivered when it is lifted (false). */
  readonly drop: boolean;
  readonly how: WebEnding | WebHarm | null;
  /** web_iq: only questions whose `xmlns:child` begin with this. */
  readonly iq: string | null;
  /** web_message: `in` from a linked device, `out` to one. web_media: `upload` or `download`. */
  readonly direction: 'in' | 'out' | 'upload' | 'download' | null;
  readonly created_at: number;
}

export type NewFault = Pick<Fault, 'kind'> & Partial<Omit<Fault, 'id' | 'hits' | 'created_at' | 'kind'>>;

/** Where a fault would strike. */
export interface StrikesAt {
  readonly phoneNumberId: string | null;
  readonly calls?: FaultCalls;
  readonly fits?: (fault: Fault) => boolean;
}

const UNTIL_LIFTED: readonly FaultKind[] = ['latency', 'refuse', 'silence', 'web_freeze'];

/** What a kind of fault answers with, unless it is told otherwise. */
const CODES: Readonly<Partial<Record<FaultKind, number>>> = { error: 131000, web_login: 401 };

export class Faults {
  #faults: Fault[] = [];
  readonly #changed: (() => void)[] = [];
  readonly #journal: Journal;
  readonly #runtime: Runtime;

  constructor(journal: Journal, runtime: Runtime) {
    this.#journal = journal;
    this.#runtime = runtime;
    const row = journal.prepare("select value from meta where key = 'faults'").get();
    if (row !== undefined) this.#faults = JSON.parse(String(row['value'])) as Fault[];
  }

  get any(): boolean {
    return this.#faults.length > 0;
  }

  list(): readonly Fault[] {
    return this.#faults;
  }

  onChange(run: () => void): void {
    this.#changed.push(run);
  }

  add(given: NewFault): Fault {
    const network = given.kind === 'latency' || given.kind === 'refuse';
    const fault: Fault = {
      id: this.#runtime.hex(12), kind: given.kind, hits: 0,
      remaining: given.remaining === undefined ? (UNTIL_LIFTED.includes(given.kind) ? null : 1) : given.remaining,
      phone_number_id: given.phone_number_id ?? null, calls: given.calls ?? (network ? 'all' : 'messages'),
      ms: given.ms ?? 1000, jitter: given.jitter ?? 0, code: given.code ?? CODES[given.kind] ?? null,
      http: given.http ?? null, hold_ms: given.hold_ms ?? 2000, drop: given.drop ?? false, how: given.how ?? null, iq: given.iq ?? null,
      direction: given.direction ?? null, created_at: this.#runtime.now(),
    };
    this.#faults.push(fault);
    this.#save();
    return fault;
  }

  /** Lifts one, or all of them. Returns how many. */
  lift(id?: string): number {
    const before = this.#faults.length;
    this.#faults = id === undefined ? [] : this.#faults.filter((fault) => fault.id !== id);
    if (this.#faults.length !== before) this.#save();
    return before - this.#faults.length;
  }

  /** The fault of that kind that strikes now, counted down; undefined when none does. */
  take(kind: FaultKind, at: StrikesAt): Fault | undefined {
    if (this.#faults.length === 0) return undefined;
    const fault = this.find(kind, at);
    if (fault === undefined) return undefined;
    fault.hits += 1;
    if (fault.remaining !== null) {
      fault.remaining -= 1;
      if (fault.remaining <= 0) this.#faults = this.#faults.filter((other) => other !== fault);
    }
    this.#save();
    return fault;
  }

  /** The fault that would strike, not counted. */
  find(kind: FaultKind, at: StrikesAt): Fault | undefined {
    return this.#faults.find((fault) => fault.kind === kind
      && (fault.phone_number_id === null || fault.phone_number_id === at.phoneNumberId)
      && (at.calls === undefined || fault.calls === 'all' || fault.calls === at.calls) && at.fits?.(fault) !== false);
  }

  #save(): void {
    this.#journal.write();
    this.#journal.prepare("insert into meta values ('faults', ?) on conflict do update set value = excluded.value").run(JSON.stringify(this.#faults));
    for (const run of this.#changed) run();
  }
}
