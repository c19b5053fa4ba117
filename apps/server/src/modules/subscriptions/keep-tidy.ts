import { KNOWN_SETTINGS } from '@centralita/contracts';
import type { Tx } from '@centralita/platform/database';
import type { Runtime } from '../../runtime.ts';
import { listCompanies, settingOf } from '../companies/index.ts';
import { trimLog } from './store.ts';
import { dropEvents, dropOrphans } from './store-queue.ts';

const EVERY_MS = 60_000;
const DAY_MS = 86_400_000;
/** Events removed in one transaction. */
const AT_ONCE = 5000;
/** Tries kept of each subscription, where the company has chosen no days. */
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
    const keep = await rt.db.withCompany(company, (tx) => keeping(rt, tx));
    const before = new Date(rt.clock.now() - keep.days * DAY_MS);
    let removed = AT_ONCE;
    while (removed === AT_ONCE && !stopped()) removed = await rt.db.withCompany(company, (tx) => dropEvents(tx, { before, waiting: true, limit: AT_ONCE }));
    if (stopped()) return;
    await rt.db.withCompany(company, async (tx) => {
      await trimLog(tx, { ...LOG, days: keep.logDays });
      await dropOrphans(tx);
    });
  }
}

/** How long the company wants them kept. What is no such number counts for nothing. */
async function keeping(rt: Runtime, tx: Tx): Promise<{ days: number; logDays: number }> {
  const days = KNOWN_SETTINGS['events.retention_days'].safeParse(await settingOf(tx, 'events.retention_days')).data ?? rt.config.eventRetentionDays;
  return { days, logDays: KNOWN_SETTINGS['events.log_days'].safeParse(await settingOf(tx, 'events.log_days')).data ?? LOG.days };
}
