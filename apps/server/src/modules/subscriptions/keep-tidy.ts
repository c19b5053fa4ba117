import type { Runtime } from '../../runtime.ts';
import { listCompanies } from '../companies/index.ts';
import { trimLog } from './store.ts';
import { dropOldEvents, dropOrphans } from './store-queue.ts';

const EVERY_MS = 60_000;
/** Events removed in one transaction. */
const AT_ONCE = 5000;
/** Tries kept of each subscription. */
const LOG = { newest: 5000, days: 30 };

/** Removes what is too old, company by company. Answers how to end it. */
export function keepTidy(rt: Runtime): Promise<() => Promise<void>> {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  const again = (): void => {
    timer = setTimeout(() => {
      running = tidyEvents(rt, () => stopped).catch((error: unknown) => rt.log.warn({ error }, 'old events were not removed; trying again')).finally(() => {
        if (!stopped) again();
      });
    }, EVERY_MS);
  };
  again();
  return Promise.resolve(async () => {
    stopped = true;
    clearTimeout(timer);
    await running;
  });
}

export async function tidyEvents(rt: Runtime, stopped: () => boolean = () => false): Promise<void> {
  for (const company of await listCompanies(rt.db)) {
    let removed = AT_ONCE;
    while (removed === AT_ONCE && !stopped()) removed = await rt.db.withCompany(company, (tx) => dropOldEvents(tx, { days: rt.config.eventRetentionDays, limit: AT_ONCE }));
    if (stopped()) return;
    await rt.db.withCompany(company, async (tx) => {
      await trimLog(tx, LOG);
      await dropOrphans(tx);
    });
  }
}
