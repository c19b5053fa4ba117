import type { Runtime } from '../../runtime.ts';

const listeners = new WeakMap<Runtime['lanes'], (routeIds: readonly string[]) => void>();

/** The pumps of this process hear of new messages without asking the database. */
export function onDoorbell(rt: Runtime, listener: (routeIds: readonly string[]) => void): void {
  listeners.set(rt.lanes, listener);
}

/** After commit: these routes have something to send, or an attempt was answered by a webhook. */
export function ringPumps(rt: Runtime, routeIds: readonly string[]): void {
  listeners.get(rt.lanes)?.(routeIds);
}
