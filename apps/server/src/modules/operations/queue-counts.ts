import type { DeliveryChange } from '../../messaging/index.ts';
import type { Runtime } from '../../runtime.ts';
import { addCounts, type Queue } from './store.ts';

/** How often a process writes down what it counted; a crash forgets at most this much. */
const SHARE_MS = 1000;
const WAITED = new Set(['queued', 'sending', 'unknown']);

/** Counts finished work of each company, in memory, and shares it once a second: no transaction waits for a figure. */
export class QueueCounts {
  readonly #rt: Runtime;
  #mine = new Map<string, number>();
  #timer: NodeJS.Timeout | undefined;
  #sharing: Promise<void> = Promise.resolve();

  constructor(rt: Runtime) {
    this.#rt = rt;
  }

  add(companyId: string, queue: Queue, completed: number): void {
    if (completed === 0) return;
    const key = `${companyId} ${queue}`;
    this.#mine.set(key, (this.#mine.get(key) ?? 0) + completed);
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#sharing = this.#sharing.then(() => this.#share());
    }, SHARE_MS).unref();
  }

  /** Those that left the outbox because the carrier took them. */
  taken(companyId: string, changes: readonly DeliveryChange[]): void {
    this.add(companyId, 'message', changes.filter((c) => WAITED.has(c.before) && !WAITED.has(c.after) && c.after !== 'failed').length);
  }

  /** Writes down what is counted so far. */
  async settle(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    await this.#sharing;
    await this.#share();
  }

  async #share(): Promise<void> {
    const rows = [...this.#mine].map(([key, completed]) => {
      const [company_id = '', queue = ''] = key.split(' ');
      return { company_id, queue: queue as Queue, completed };
    });
    this.#mine = new Map();
    if (rows.length === 0) return;
    try {
      await addCounts(this.#rt.db, rows);
    } catch (error) {
      // A database that is away misses this second's figures and nothing else.
      this.#rt.log.debug({ error: (error as Error).message }, 'figures of queues could not be shared');
    }
  }
}

const all = new WeakMap<Runtime['events'], QueueCounts>();
export function queueCounts(rt: Runtime): QueueCounts {
  let mine = all.get(rt.events);
  if (!mine) all.set(rt.events, mine = new QueueCounts(rt));
  return mine;
}
