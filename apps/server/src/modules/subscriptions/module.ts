import type { Module } from '../../runtime.ts';
import { courierWorker } from './run-couriers.ts';
import { listenToRooms } from './tell-facts.ts';
import { keepTidy } from './keep-tidy.ts';
import { subscriptionRoutes } from './http.ts';

export const subscriptionsModule: Module = {
  name: 'subscriptions',
  subscribe: listenToRooms,
  http: subscriptionRoutes,
  work(rt) {
    rt.lanes.worker(courierWorker(rt));
  },
  start: keepTidy,
};
