import type { Module } from '../../runtime.ts';
import { useBroker } from './broker.ts';
import { consumeCommands } from './consume-commands.ts';
import { subscriptionRoutes } from './http.ts';
import { keepTidy } from './keep-tidy.ts';
import { LANE } from './record-events.ts';
import { courierWorker } from './run-couriers.ts';
import { listenToRooms } from './tell-facts.ts';

export const subscriptionsModule: Module = {
  name: 'subscriptions',
  subscribe(rt) {
    listenToRooms(rt);
    // What a suspended company's systems would be told waits; afterwards all of it goes, as far as it is still kept.
    rt.events.on('company.suspended', (_tx, { company_id, suspended }) => rt.lanes.pause(LANE, suspended, [company_id]));
  },
  http: subscriptionRoutes,
  work(rt) {
    rt.lanes.worker(courierWorker(rt));
  },
  async start(rt) {
    const endTidying = await keepTidy(rt);
    const shared = useBroker(rt);
    const endCommands = shared && consumeCommands(rt, shared.broker);
    return async () => {
      await endTidying();
      await endCommands?.();
      await shared?.release();
    };
  },
};
