import type { Claim, WorkerOptions } from '@centralita/platform/lanes';
import type { Runtime } from '../../runtime.ts';
import { company } from '../companies/index.ts';
import { Courier } from './courier.ts';
import { Health } from './health.ts';
import { LANE } from './record-events.ts';
import { sender } from './sender.ts';

/** Subscriptions served side by side in this process. Each has a courier of its own: one that waits for a slow subscriber holds up nobody else. */
const LOOPS = 1000;

export function courierWorker(rt: Runtime): WorkerOptions {
  const couriers = new Set<Courier>();
  const healths = new Map<string, Health>();
  let stopping = false;
  const send = sender(rt);

  async function serve(claim: Claim): Promise<void> {
    if (claim.companyId === undefined) throw new Error('a subscription was rung outside of any company');
    const owner = await company(rt, claim.companyId);
    let health = healths.get(claim.key);
    if (!health) healths.set(claim.key, health = new Health());
    const courier = new Courier(rt, { company: owner, claim, health, send });
    couriers.add(courier);
    if (stopping) courier.stop();
    await courier.run().finally(() => couriers.delete(courier));
  }

  return {
    kind: LANE, batch: 1, loops: LOOPS,
    async handle([claim]) {
      if (claim) await serve(claim);
    },
    onStop() {
      stopping = true;
      for (const courier of couriers) courier.stop();
    },
  };
}
