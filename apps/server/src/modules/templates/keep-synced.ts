import { warnSeldom } from '@centralita/platform/log';
import type { Runtime } from '../../runtime.ts';
import { routeById, routesInUse } from '../accounts/index.ts';
import { dropOldObjects } from './carrier-objects.ts';
import { ensureSyncs, takeDueSyncs } from './store.ts';
import { syncTemplates } from './sync-templates.ts';

const EVERY_MS = 2000;
/** New routes get their row within this time. */
const ENSURE_MS = 30_000;
/** Carriers asked in one round. */
const AT_ONCE = 10;
/** A process that dies while it reads leaves the route to another, after this time. */
const AGAIN_MS = 60_000;

/** Reads templates from carriers when their time has come. Answers how to end it. */
export function keepSynced(rt: Runtime): Promise<() => Promise<void>> {
  const warn = warnSeldom(rt.log);
  let ensured = -Infinity;
  let running: Promise<void> | undefined;
  const round = async (): Promise<void> => {
    const now = rt.clock.now();
    if (now - ensured > ENSURE_MS) {
      await ensureSyncs(rt.db, (await routesInUse(rt)).filter((r) => rt.providers[r.provider]?.templates !== undefined));
      ensured = now;
    }
    const due = await takeDueSyncs(rt.db, { limit: AT_ONCE, now: new Date(now), next: new Date(now + AGAIN_MS) });
    await Promise.all(due.map(async (id) => {
      const route = await routeById(rt, id);
      // What an operator has to mend cannot be asked.
      if (route?.status !== 'active') return;
      await syncTemplates(rt, route);
      await dropOldObjects(rt, route);
    }));
  };
  const timer = setInterval(() => {
    running ??= round().catch((error: unknown) => warn({ error }, 'templates could not be read')).finally(() => {
      running = undefined;
    });
  }, EVERY_MS);
  return Promise.resolve(async () => {
    clearInterval(timer);
    await running;
  });
}
