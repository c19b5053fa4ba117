import { groupBy } from '@centralita/kernel';
import type { Module, Runtime } from '../../runtime.ts';
import { company } from '../companies/index.ts';
import { onDoorbell } from './doorbell.ts';
import { LANE } from './enqueue-messages.ts';
import { followSessions } from './follow-sessions.ts';
import { lookAfterRoutes } from './look-after-routes.ts';
import { Pump } from './pump.ts';

/** Routes claimed at once, and batches of them held side by side: a busy route keeps its batch for as long as it is busy. */
const BATCH = 50;
const LOOPS = 1000;

export const deliveryModule: Module = {
  name: 'delivery',
  subscribe: followSessions,
  work(rt) {
    const pumps = new Map<string, Pump>();
    let stopping = false;
    onDoorbell(rt, (routes) => {
      for (const pump of pumps.values()) for (const route of routes) pump.wake(route);
    });
    rt.lanes.worker({
      kind: LANE, batch: BATCH, loops: LOOPS,
      async handle(claims) {
        await Promise.all([...groupBy(claims, (c) => c.companyId ?? '')].map(async ([id, all]) => {
          const pump = await pumpOf(rt, pumps, id);
          // Claimed in the moment of stopping, for a company without a pump until now.
          if (stopping) pump.stop();
          return pump.add(all);
        }));
      },
      onStop() {
        stopping = true;
        for (const pump of pumps.values()) pump.stop();
      },
    });
  },
  start: lookAfterRoutes,
};

async function pumpOf(rt: Runtime, pumps: Map<string, Pump>, companyId: string): Promise<Pump> {
  const owner = await company(rt, companyId);
  const known = pumps.get(companyId);
  if (known) return known;
  const pump = new Pump(rt, owner);
  pumps.set(companyId, pump);
  return pump;
}
