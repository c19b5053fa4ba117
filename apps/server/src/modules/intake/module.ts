import type { Module } from '../../runtime.ts';
import { webhookRoutes } from './http.ts';
import { keepPartitions, tidyPartitions } from './keep-partitions.ts';
import { LANE } from './store.ts';
import { unpackApps } from './unpack.ts';

/** Apps worked on together, and such batches side by side. Each app is in order by itself. */
const APPS = 32;
const LOOPS = 3;
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
      kind: LANE, batch: APPS, loops: LOOPS, backoff: () => RETRY_MS, handle: (claims) => unpackApps(rt, claims),
    });
  },
  start: keepPartitions,
};
