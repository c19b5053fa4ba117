import type { Runtime } from '../../runtime.ts';
import { carrierContext, chainOf, routeById } from '../accounts/index.ts';
import { company } from '../companies/index.ts';
import { breakersOf } from './breakers.ts';
import { ringPumps } from './doorbell.ts';
import { LANE } from './enqueue-messages.ts';
import { putOff, takeDueBreakers } from './store-breakers.ts';

const EVERY_MS = 1000;
/** A process that dies while it probes leaves the next probe to another, after this time. */
const AGAIN_MS = 30_000;

/** Asks carriers whose breaker is open whether they work again, each after its cooldown; answers how to end it. */
export async function probeRoutes(rt: Runtime): Promise<() => Promise<void>> {
  let running: Promise<void> = Promise.resolve();
  let busy = false;
  const timer = setInterval(() => {
    if (busy) return;
    busy = true;
    running = probeDue(rt).catch((error: unknown) => rt.log.debug({ error }, 'breakers could not be looked after')).finally(() => {
      busy = false;
    });
  }, EVERY_MS);
  return async () => {
    clearInterval(timer);
    await running;
  };
}

async function probeDue(rt: Runtime): Promise<void> {
  for (const breaker of await takeDueBreakers(rt.db, AGAIN_MS)) {
    const route = await routeById(rt, breaker.route_id);
    if (!route) continue;
    const probe = rt.providers[route.provider]?.setup?.probe;
    // Without a way to ask, the next message is the probe.
    const result = probe ? await probe(await carrierContext(rt, route)) : { ok: true as const };
    if (!result.ok) {
      const { cooldownMs } = await chainOf(rt, route.account_id);
      await putOff(rt.db, route.id, cooldownMs);
      rt.log.info({ route: route.id, code: result.error.code, reason: result.error.title }, 'the route does not work yet');
      continue;
    }
    await breakersOf(rt).close(route.id);
    rt.log.info({ route: route.id, out_for_seconds: Math.round((rt.clock.now() - breaker.opened_at.getTime()) / 1000) }, 'the route works again');
    const owner = await company(rt, route.company_id);
    await rt.db.withCompany(owner, async (tx) => {
      await rt.lanes.ring(tx, LANE, [{ key: route.id, count: 0 }]);
      tx.onCommit(() => ringPumps(rt, [route.id]));
    });
  }
}
