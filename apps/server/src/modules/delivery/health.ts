import { warnSeldom } from '@centralita/platform/log';
import type { CarrierError, SendOutcome } from '../../messaging/index.ts';
import type { Runtime } from '../../runtime.ts';
import { routeById } from '../accounts/index.ts';
import { isFailure } from './outcomes.ts';
import { FAILING, type RouteNews } from './route-state.ts';
import { addCounts, ensureHealth, writeNews, type RouteCount } from './store-health.ts';

const EVERY_MS = 1000;
export const HOUR_MS = 3_600_000;

/** Notes what this process sees of routes, and writes it down once a second for all of them. A crash loses that second. */
export class HealthNotes {
  readonly #rt: Runtime;
  readonly #warn: ReturnType<typeof warnSeldom>;
  #news = new Map<string, RouteNews>();
  #counts = new Map<string, RouteCount>();
  /** Have a row. */
  readonly #known = new Set<string>();
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> = Promise.resolve();

  constructor(rt: Runtime) {
    this.#rt = rt;
    this.#warn = warnSeldom(rt.log);
  }

  /** What came of a try. */
  sent(routeId: string, outcome: SendOutcome): void {
    const now = this.#rt.clock.now();
    const news = this.#of(routeId);
    if (isFailure(outcome)) {
      news.failures += 1;
      news.failed = now;
    } else {
      news.failures = 0;
      news.worked = true;
    }
    if (outcome.outcome === 'accepted') {
      news.accepted = now;
      news.first ??= now;
      this.count(routeId, 'accepted');
      return;
    }
    if (isFailure(outcome)) news.error = plain(outcome.error);
    this.count(routeId, outcome.outcome, outcome.error);
  }

  /** Statuses of messages of this route came, with these failures among them. */
  told(routeId: string, failures: readonly CarrierError[] = []): void {
    const news = this.#of(routeId);
    news.status = this.#rt.clock.now();
    delete news.first;
    for (const error of failures) this.count(routeId, 'failed', error);
  }

  /** A webhook with something about this route. */
  received(routeId: string, at: number): void {
    const news = this.#of(routeId);
    news.received = Math.max(news.received ?? 0, at);
  }

  count(routeId: string, kind: RouteCount['kind'], error?: Pick<CarrierError, 'code' | 'title'>): void {
    const now = this.#rt.clock.now();
    const hour = Math.floor(now / HOUR_MS) * HOUR_MS;
    const code = error?.code.slice(0, 100) ?? '';
    const key = `${routeId} ${hour} ${kind} ${code}`;
    const n = (this.#counts.get(key)?.n ?? 0) + 1;
    this.#counts.set(key, { route_id: routeId, hour: new Date(hour), kind, code, title: error?.title.slice(0, 300) ?? null, n, last_at: new Date(now) });
    this.#plan();
  }

  /** Writes what is noted, now. */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#writing = this.#writing.then(() => this.#write());
    return this.#writing;
  }

  #of(routeId: string): RouteNews {
    let news = this.#news.get(routeId);
    if (!news) this.#news.set(routeId, news = { route_id: routeId, failures: 0, worked: false });
    this.#plan();
    return news;
  }

  #plan(): void {
    this.#timer ??= setTimeout(() => void this.flush(), EVERY_MS).unref();
  }

  async #write(): Promise<void> {
    const [news, counts] = [[...this.#news.values()], [...this.#counts.values()]];
    this.#news = new Map();
    this.#counts = new Map();
    if (news.length === 0 && counts.length === 0) return;
    try {
      const unseen = [...new Set([...news, ...counts].map((n) => n.route_id))].filter((id) => !this.#known.has(id));
      const found = (await Promise.all(unseen.map((id) => routeById(this.#rt, id)))).filter((r) => r !== undefined);
      if (found.length > 0) await ensureHealth(this.#rt.db, found);
      for (const { id } of found) this.#known.add(id);
      const known = (of: { route_id: string }): boolean => this.#known.has(of.route_id);
      // Sorted: several processes write at once.
      const sorted = news.filter(known).sort((a, b) => (a.route_id < b.route_id ? -1 : 1));
      if (sorted.length > 0) await writeNews(this.#rt.db, sorted, { failing: FAILING, now: new Date(this.#rt.clock.now()) });
      if (counts.some(known)) await addCounts(this.#rt.db, counts.filter(known).sort((a, b) => (`${a.route_id}${a.kind}${a.code}` < `${b.route_id}${b.kind}${b.code}` ? -1 : 1)));
    } catch (error) {
      this.#warn({ error: (error as Error).message }, 'how routes do could not be written down');
    }
  }
}

/** Without what changes each time. */
const plain = ({ class: kind, code, title, detail }: CarrierError): CarrierError => ({ class: kind, code, title, ...(detail && { detail }) });

const notes = new WeakMap<Runtime['db'], HealthNotes>();
/** The notes of this process. */
export function healthOf(rt: Runtime): HealthNotes {
  let mine = notes.get(rt.db);
  if (!mine) notes.set(rt.db, mine = new HealthNotes(rt));
  return mine;
}

/** Webhooks with something about these routes came. */
export function noteReceived(rt: Runtime, routeIds: Iterable<string>): void {
  const now = rt.clock.now();
  for (const id of new Set(routeIds)) healthOf(rt).received(id, now);
}
