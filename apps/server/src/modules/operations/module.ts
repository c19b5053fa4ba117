import type { Module } from '../../runtime.ts';
import { onUnpacked } from '../intake/index.ts';
import { operationsRoutes } from './http.ts';
import { queueRoutes } from './http-queue.ts';
import { queueCounts } from './queue-counts.ts';
import { followSuspensions, stopSuspended } from './suspensions.ts';

export const operationsModule: Module = {
  name: 'operations',
  subscribe(rt) {
    followSuspensions(rt);
    const counts = queueCounts(rt);
    onUnpacked(rt, (companyId, completed) => counts.add(companyId, 'webhook', completed));
    rt.events.on('delivery.changed', (tx, changes) => {
      const companyId = tx.company?.id;
      if (companyId !== undefined) tx.onCommit(() => counts.taken(companyId, changes));
    });
  },
  http(app, rt) {
    operationsRoutes(app, rt);
    queueRoutes(app, rt);
  },
  async start(rt) {
    await stopSuspended(rt);
    return () => queueCounts(rt).settle();
  },
};
