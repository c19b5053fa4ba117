import type { Tx } from '@centralita/platform/database';
import type { Runtime } from '../../runtime.ts';
import { listeners, type Listener } from './store.ts';

/**
 * Who subscribes to what is asked with every fact, so it is kept in memory, for a second at most. Whoever changes it waits that
 * long before it answers (`settleListeners`), and from its answer on every process knows.
 */
const TTL_MS = 1000;

interface Known {
  readonly at: number;
  readonly list: readonly Listener[];
}
interface Cache {
  readonly known: Map<string, Known>;
  /** Counts changes: what was read before one is not kept after it. */
  changes: number;
}
const caches = new WeakMap<Runtime, Cache>();

function cacheOf(rt: Runtime): Cache {
  let cache = caches.get(rt);
  if (!cache) caches.set(rt, cache = { known: new Map(), changes: 0 });
  return cache;
}

/** The subscriptions of the transaction's company. A transaction of no company has none. */
export async function listenersOf(rt: Runtime, tx: Tx): Promise<readonly Listener[]> {
  if (!tx.company) return [];
  const cache = cacheOf(rt);
  const known = cache.known.get(tx.company.id);
  const { changes } = cache;
  const now = performance.now();
  if (known && now - known.at < TTL_MS) return known.list;
  const list = await listeners(tx);
  if (changes === cache.changes) cache.known.set(tx.company.id, { at: now, list });
  return list;
}

/** In the transaction that changes them. */
export function forgetListeners(rt: Runtime, tx: Tx): void {
  const { company } = tx;
  if (!company) return;
  tx.onCommit(() => {
    const cache = cacheOf(rt);
    cache.changes += 1;
    cache.known.delete(company.id);
  });
}

/** Resolves when no process can still believe what was before the change. Alone, this one knew at its commit. */
export async function settleListeners(rt: Runtime): Promise<void> {
  if (await rt.lanes.peers() === 0) return;
  await new Promise((resolve) => {
    setTimeout(resolve, TTL_MS);
  });
}

/** Whether it wants events of this type and account. A disabled one gets nothing, but what it misses is kept for a replay. */
export function wants(listener: Pick<Listener, 'events' | 'accounts'>, type: string, accountId: string | null): boolean {
  return (listener.events === null || listener.events.includes(type)) && (listener.accounts === null || accountId === null || listener.accounts.includes(accountId));
}
