import { useSyncExternalStore } from 'react';
import { now } from '../api/runtime.ts';

const EVERY_MS = 30_000;
const floor = (): number => Math.floor(now() / EVERY_MS) * EVERY_MS;
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    for (const l of listeners) l();
  }, 5_000);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      clearInterval(timer);
      timer = undefined;
    }
  };
}

/** The time in steps of half a minute: enough for countdowns and "yesterday", one timer for the whole page. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, floor);
}
