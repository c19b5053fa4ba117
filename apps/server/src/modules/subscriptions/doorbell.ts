import type { Runtime } from '../../runtime.ts';

const awake = new WeakMap<Runtime, Map<string, () => void>>();

/** A courier of this process that is under way hears of new events without asking the database. */
export function onWake(rt: Runtime, subscriptionId: string, listener: () => void): () => void {
  let all = awake.get(rt);
  if (!all) awake.set(rt, all = new Map());
  all.set(subscriptionId, listener);
  const mine = all;
  return () => {
    if (mine.get(subscriptionId) === listener) mine.delete(subscriptionId);
  };
}

/** After commit. */
export function wakeCouriers(rt: Runtime, subscriptionIds: readonly string[]): void {
  const all = awake.get(rt);
  if (all) for (const id of subscriptionIds) all.get(id)?.();
}
