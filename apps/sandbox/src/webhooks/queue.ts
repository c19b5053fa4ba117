import type { Faults } from '../faults.ts';
import type { Live } from '../live.ts';
import type { Runtime } from '../runtime.ts';
import type { BusinessNumber, Destination, Identities } from '../store/identities.ts';
import type { Journal } from '../store/journal.ts';
import type { NewUpdate, Update, Updates } from '../store/updates.ts';
import type { TunableStore } from '../tunables.ts';
import { envelope, signature } from './body.ts';
import type { Rendered } from './rendered.ts';
import { Lane } from './lane.ts';
import type { Entry } from './lane.ts';
import { Poster } from './post.ts';
import type { PostResult } from './post.ts';

/** Updates of one app in memory; the rest of a long backlog stays on disk. */
const MOST_LOADED = 4000;
/** Meta gives up after 7 days (providers 1.6). */
const GIVE_UP_AFTER = 7 * 24 * 3_600_000;
/** From this many failures on, an update that fails while others succeed no longer holds up its own phone. */
const POISON_ATTEMPTS = 3;

interface AppQueue {
  readonly appId: string;
  readonly lane: Lane;
  flying: number;
  /** Everything up to this seq was put into the lane. */
  loaded: number;
  /** There may be more on disk. */
  overflow: boolean;
  /** Delivered so far, to tell a poisoned update from a target that is down. */
  successes: number;
  readonly failedAt: Map<number, number>;
  /** What the faults silence and reorder keep back. */
  readonly silenced: Set<Entry>;
  readonly reordered: Set<Entry>;
}

export interface QueueParts {
  readonly runtime: Runtime;
  readonly journal: Journal;
  readonly identities: Identities;
  readonly updates: Updates;
  readonly faults: Faults;
  readonly tunables: TunableStore;
  readonly live: Live;
  /** The POST that a carrier other than Meta makes of an update; undefined: it does not tell this. */
  readonly render: (update: Update, business: BusinessNumber) => Rendered | undefined;
  /** Called when an update was answered with 200. */
  readonly onDelivered: (update: Update) => void;
}

/** Brings updates to the apps' webhooks: signed, in order per phone, again and again until they are answered with 200. */
export class WebhookQueue {
  readonly #parts: QueueParts;
  readonly #apps = new Map<string, AppQueue>();
  readonly #poster = new Poster();
  #stopped = false;

  constructor(parts: QueueParts) {
    this.#parts = parts;
    parts.faults.onChange(() => this.#lifted());
  }

  /** Takes up what a former process left pending. */
  resume(): void {
    for (const appId of this.#parts.updates.appsWithPending()) {
      const queue = this.#queue(appId);
      queue.overflow = true;
      this.#load(queue);
      this.#pump(queue);
    }
  }

  /** Stores it with the current transaction and sends it once that is on disk. */
  enqueue(update: NewUpdate): void {
    const silence = this.#parts.faults.any ? this.#parts.faults.find('silence', update) : undefined;
    const stored = this.#parts.updates.insert(silence?.drop === true ? { ...update, dropped: 'silence: the fault throws webhooks away' } : update);
    if (stored.state === 'dropped') return;
    const queue = this.#queue(update.appId);
    if (queue.overflow || queue.lane.entries.size >= MOST_LOADED) {
      queue.overflow = true;
      return;
    }
    queue.loaded = stored.seq;
    const entry = queue.lane.add(stored, this.#parts.tunables.now.webhook_order === 'phone');
    // Only what is on disk may be shown; entries of this turn are pumped together after the commit.
    this.#parts.journal.afterCommit(() => {
      if (entry.state === 'ready') this.#pump(queue);
    });
  }

  /** Tries everything that waits for its next attempt now. Returns how many. */
  retryNow(): number {
    let count = 0;
    for (const queue of this.#apps.values()) {
      for (const entry of queue.lane.entries.values()) {
        if (entry.state !== 'waiting') continue;
        queue.lane.makeReady(entry);
        count += 1;
      }
      this.#pump(queue);
    }
    return count;
  }

  /** Forgets everything in memory (the rows are the caller's affair). */
  clear(): void {
    for (const queue of this.#apps.values()) {
      for (const entry of queue.lane.entries.values()) if (entry.timer !== null) clearTimeout(entry.timer);
    }
    this.#apps.clear();
  }

  get flying(): number {
    let count = 0;
    for (const queue of this.#apps.values()) count += queue.flying;
    return count;
  }

  /** Stops sending, waits a second for what is in flight, cuts the rest (it stays pending on disk). */
  async stop(): Promise<void> {
    this.#stopped = true;
    const until = this.#parts.runtime.now() + 1000;
    while (this.flying > 0 && this.#parts.runtime.now() < until) await new Promise((resolve) => setTimeout(resolve, 10));
    this.clear();
    await this.#poster.close();
  }

  #queue(appId: string): AppQueue {
    const known = this.#apps.get(appId);
    if (known !== undefined) return known;
    const fresh: AppQueue = { appId, lane: new Lane(), flying: 0, loaded: 0, overflow: false, successes: 0, failedAt: new Map(), silenced: new Set(), reordered: new Set() };
    this.#apps.set(appId, fresh);
    return fresh;
  }

  #load(queue: AppQueue): void {
    if (!queue.overflow || queue.lane.entries.size >= MOST_LOADED / 2) return;
    this.#parts.journal.flush();
    const limit = MOST_LOADED / 2;
    const page = this.#parts.updates.pending(queue.appId, { after: queue.loaded, limit });
    if (page.length < limit) queue.overflow = false;
    const chained = this.#parts.tunables.now.webhook_order === 'phone';
    for (const update of page) {
      queue.loaded = update.seq;
      queue.lane.add(update, chained);
    }
  }

  #pump(queue: AppQueue): void {
    if (this.#stopped) return;
    const { tunables, faults } = this.#parts;
    while (queue.flying < tunables.now.webhook_concurrency) {
      const entry = queue.lane.take();
      if (entry === undefined) return;
      if (faults.any && this.#heldByFault(queue, entry)) continue;
      const first = entry.update;
      const business = first.phoneNumberId === null ? undefined : this.#parts.identities.numbers.get(first.phoneNumberId);
      const other = business !== undefined && business.carrier !== 'meta' ? business : undefined;
      const batch = other === undefined ? this.#batch(queue, entry) : [entry];
      const destination = this.#parts.identities.destination(queue.appId, first);
      const made = destination === undefined ? undefined : other === undefined ? ofMeta(batch, destination) : this.#parts.render(first, other);
      if (made === undefined) {
        const error = destination === undefined ? 'nobody is subscribed any more' : 'this carrier does not tell it, or nobody asked for it';
        for (const one of batch) this.#finish(queue, one, { state: 'dropped', result: { status: null, error } });
        continue;
      }
      queue.flying += 1;
      for (const one of batch) one.state = 'flying';
      const post = { ...made, timeout: tunables.now.webhook_timeout };
      this.#poster.post(post, (result) => this.#answered(queue, batch, result));
      if (faults.any && faults.take('duplicate', first) !== undefined) this.#poster.post(post, () => undefined);
    }
  }

  /** The entry and what may travel with it: followers of its own chain, then others bound for the same place. */
  #batch(queue: AppQueue, entry: Entry): Entry[] {
    const most = this.#parts.tunables.now.webhook_batch;
    if (most <= 1) return [entry];
    const { identities, faults } = this.#parts;
    const url = identities.destination(queue.appId, entry.update)?.url;
    const batch: Entry[] = [];
    let next: Entry | undefined = entry;
    while (next !== undefined) {
      if (identities.destination(queue.appId, next.update)?.url !== url) {
        queue.lane.makeReady(next);
        break;
      }
      if (next === entry || !faults.any || !this.#heldByFault(queue, next)) {
        next.state = 'flying';
        batch.push(next);
        for (const follower of queue.lane.followers(next, most - batch.length)) {
          follower.state = 'flying';
          batch.push(follower);
        }
      }
      if (batch.length >= most) break;
      next = queue.lane.take();
    }
    return batch;
  }

  #heldByFault(queue: AppQueue, entry: Entry): boolean {
    const { faults } = this.#parts;
    if (faults.find('silence', entry.update) !== undefined) {
      entry.state = 'held';
      queue.silenced.add(entry);
      return true;
    }
    if (entry.wasHeld || entry.attempts > 0) return false;
    const reorder = faults.take('reorder', entry.update);
    if (reorder === undefined) return false;
    entry.wasHeld = true;
    entry.state = 'held';
    queue.reordered.add(entry);
    entry.timer = setTimeout(() => this.#letGo(queue, entry), reorder.hold_ms);
    queue.lane.unchain(entry);
    return true;
  }

  #letGo(queue: AppQueue, entry: Entry): void {
    if (!queue.reordered.delete(entry)) return;
    queue.lane.makeReady(entry);
    this.#pump(queue);
  }

  /** Faults changed: what silence held back may go, unless another silence holds it again. */
  #lifted(): void {
    for (const queue of this.#apps.values()) {
      let any = false;
      for (const entry of queue.silenced) {
        if (this.#parts.faults.find('silence', entry.update) !== undefined) continue;
        queue.silenced.delete(entry);
        queue.lane.makeReady(entry);
        any = true;
      }
      if (any) this.#parts.journal.afterCommit(() => setImmediate(() => this.#pump(queue)));
    }
  }

  #answered(queue: AppQueue, batch: readonly Entry[], result: PostResult): void {
    queue.flying -= 1;
    // Stopped or reset meanwhile: the rows say what is still to do.
    if (this.#stopped || this.#apps.get(queue.appId) !== queue) return;
    if (isTaken(result, batch[0]?.update, this.#parts.identities)) {
      queue.successes += batch.length;
      for (const entry of batch) this.#finish(queue, entry, { state: 'delivered', result });
      for (const entry of batch) this.#releaseReordered(queue, entry);
      this.#load(queue);
    } else {
      this.#failed(queue, batch, result);
    }
    this.#pump(queue);
  }

  #releaseReordered(queue: AppQueue, answered: Entry): void {
    for (const entry of queue.reordered) {
      if (entry.update.key !== answered.update.key || entry.update.seq >= answered.update.seq) continue;
      queue.reordered.delete(entry);
      queue.lane.makeReady(entry);
    }
  }

  #finish(queue: AppQueue, entry: Entry, end: { state: 'delivered' | 'gave_up' | 'dropped'; result: PostResult }): void {
    const now = this.#parts.runtime.now();
    const attempts = entry.attempts + (end.state === 'dropped' ? 0 : 1);
    this.#parts.updates.record(entry.update.seq, {
      state: end.state, attempts, dueAt: entry.dueAt, status: end.result.status, error: end.result.error, doneAt: now,
    });
    queue.lane.remove(entry);
    queue.failedAt.delete(entry.update.seq);
    if (end.state === 'delivered') this.#parts.onDelivered(entry.update);
    if (entry.attempts > 0 || end.state !== 'delivered') this.#tell(entry, { state: end.state, attempts, dueAt: null, result: end.result });
  }

  #failed(queue: AppQueue, batch: readonly Entry[], result: PostResult): void {
    const now = this.#parts.runtime.now();
    const schedule = this.#parts.tunables.now.retry_schedule;
    const error = result.error ?? `HTTP ${result.status}`;
    for (const entry of batch) {
      if (now - entry.update.createdAt > GIVE_UP_AFTER || schedule.length === 0 || this.#isFinal(entry, result)) {
        this.#finish(queue, entry, { state: 'gave_up', result });
        continue;
      }
      const wait = schedule[Math.min(entry.attempts, schedule.length - 1)] ?? 1000;
      entry.attempts += 1;
      entry.dueAt = now + wait;
      // Of a batch, only the first of each chain takes the next try; the others follow it.
      entry.state = queue.lane.follows(entry) ? 'chained' : 'waiting';
      this.#parts.updates.record(entry.update.seq, { state: 'pending', attempts: entry.attempts, dueAt: entry.dueAt, status: result.status, error, doneAt: null });
      const before = queue.failedAt.get(entry.update.seq) ?? queue.successes;
      queue.failedAt.set(entry.update.seq, before);
      if (entry.state === 'chained') continue;
      if (entry.attempts >= POISON_ATTEMPTS && queue.successes > before) queue.lane.unchain(entry);
      entry.timer = setTimeout(() => {
        queue.lane.makeReady(entry);
        this.#pump(queue);
      }, wait);
      this.#tell(entry, { state: 'pending', attempts: entry.attempts, dueAt: entry.dueAt, result: { status: null, error } });
    }
  }

  /** Evolution takes some answers as final (providers 4.3). */
  #isFinal(entry: Entry, { status }: PostResult): boolean {
    if (status === null || ![400, 401, 403, 404, 422].includes(status)) return false;
    return this.#parts.identities.numbers.get(entry.update.phoneNumberId ?? '')?.carrier === 'evolution';
  }

  #tell(entry: Entry, news: { state: string; attempts: number; dueAt: number | null; result: PostResult }): void {
    if (!this.#parts.live.heard) return;
    const { update } = entry;
    this.#parts.live.tell({
      kind: 'delivery',
      delivery: {
        id: update.seq, about: update.label, phone_number_id: update.phoneNumberId, phone: update.key.split(':')[1] ?? null, message_id: update.messageId,
        state: news.state, attempts: news.attempts, next_attempt_at: news.dueAt, last_error: news.result.error,
      },
    });
  }
}

function ofMeta(batch: readonly Entry[], destination: Destination): Rendered {
  const body = envelope(batch.map((one) => one.update));
  const signed = signature(body, destination.app.appSecret);
  return { url: destination.url, body, headers: ['content-type', 'application/json', 'user-agent', 'facebookexternalua', 'accept', '*/*', 'x-hub-signature-256', signed] };
}

/** Meta wants 200, the others any success. */
function isTaken({ status }: PostResult, update: Update | undefined, identities: Identities): boolean {
  if (status === 200 || status === null) return status === 200;
  const business = update?.phoneNumberId == null ? undefined : identities.numbers.get(update.phoneNumberId);
  return business !== undefined && business.carrier !== 'meta' && status > 200 && status < 300;
}
