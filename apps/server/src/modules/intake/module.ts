import type { Module } from '../../runtime.ts';
import { webhookRoutes } from './http.ts';
import { keepPartitions, tidyPartitions } from './keep-partitions.ts';
import { LANE } from './store.ts';
import { unpackApp } from './unpack.ts';

/** Apps worked on side by side. Each is in order by itself. */
const LOOPS = 4;
/** A receipt that cannot be processed is set aside after its tries; what makes a whole app fail is a database that is away. */
const RETRY_MS = 500;

export const intakeModule: Module = {
  name: 'intake',
  http(app, rt) {
    webhookRoutes(app, rt);
    // Without today's partition no webhook can be stored: before the first one is taken.
    app.addHook('onReady', () => tidyPartitions(rt));
  },
  work(rt) {
    rt.lanes.worker({
      kind: LANE, batch: 1, loops: LOOPS, backoff: () => RETRY_MS,
      handle: async ([claim]) => {
        if (claim) await unpackApp(rt, claim);
      },
    });
  },
  start: keepPartitions,
};
