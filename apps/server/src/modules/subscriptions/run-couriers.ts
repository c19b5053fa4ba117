import type { Claim, WorkerOptions } from '@centralita/platform/lanes';
import type { Runtime } from '../../runtime.ts';
import { company } from '../companies/index.ts';
import { useBroker } from './broker.ts';
import { Courier } from './courier.ts';
import { Health } from './health.ts';
import { LANE } from './record-events.ts';
import { sender } from './sender.ts';

/** Subscriptions served side by side in this process. Each has a courier of its own: one that waits for a slow subscriber holds up nobody else. */
const LOOPS = 1000;
/** A broker takes what it is given; away, it is ours, and back soon. */
const BROKER = { most: 256, first: 64, longestMs: 2000 };

export function courierWorker(rt: Runtime): WorkerOptions {
  const couriers = new Set<Courier>();
  const healths = new Map<string, Health>();
  const shared = useBroker(rt);
  const send = sender(rt, shared?.broker);
  let stopping = false;

  async function serve(claim: Claim): Promise<void> {
    if (claim.companyId === undefined) throw new Error('a subscription was rung outside of any company');
    const owner = await company(rt, claim.companyId);
    const courier = new Courier(rt, { company: owner, claim, send, health: (kind) => healthOf(claim.key, kind) });
    couriers.add(courier);
    if (stopping) courier.stop();
    await courier.run().finally(() => {
      couriers.delete(courier);
      if (stopping && couriers.size === 0) void shared?.release();
    });
  }

  function healthOf(id: string, kind: 'http' | 'rabbitmq'): Health {
    let health = healths.get(id);
    if (!health) healths.set(id, health = new Health(kind === 'rabbitmq' ? BROKER : {}));
    return health;
  }

  return {
    kind: LANE, batch: 1, loops: LOOPS,
    async handle([claim]) {
      if (claim) await serve(claim);
    },
    onStop() {
      stopping = true;
      for (const courier of couriers) courier.stop();
      if (couriers.size === 0) void shared?.release();
    },
  };
}
