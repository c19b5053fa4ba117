import type { Runtime } from '../../runtime.ts';
import { addPartitions, dropPartitions } from './store.ts';

const DAY_MS = 86_400_000;
/** Days made ahead: a database that refuses to make tables is noticed long before webhooks are refused. */
const AHEAD = 3;
const EVERY_MS = 3_600_000;

const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

/** Makes the partitions of the next days and drops those beyond the retention. */
export async function tidyPartitions(rt: Runtime): Promise<void> {
  const now = rt.clock.now();
  await addPartitions(rt.db, Array.from({ length: AHEAD + 2 }, (_, n) => dayOf(now + (n - 1) * DAY_MS)));
  const dropped = await dropPartitions(rt.db, dayOf(now - rt.config.receiptRetentionDays * DAY_MS));
  if (dropped.length > 0) rt.log.info({ days: dropped }, 'receipts beyond their retention were dropped');
}

/** Does so now and every hour; answers how to end it. */
export async function keepPartitions(rt: Runtime): Promise<() => Promise<void>> {
  await tidyPartitions(rt);
  let running: Promise<void> = Promise.resolve();
  const timer = setInterval(() => {
    running = tidyPartitions(rt).catch((error: unknown) => rt.log.error({ error }, 'partitions of receipts could not be looked after'));
  }, EVERY_MS);
  return async () => {
    clearInterval(timer);
    await running;
  };
}
