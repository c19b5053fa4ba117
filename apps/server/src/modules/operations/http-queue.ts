import type { FastifyInstance, FastifyRequest } from 'fastify';
import { QueueAsked, QueueClear, type QueueCleared, type QueuePaused, type QueueStats } from '@centralita/contracts/api';
import type { Runtime } from '../../runtime.ts';
import { audit, callerOf, may, requirePermission, type Caller } from '../companies/index.ts';
import { errors } from './errors.ts';
import { clearQueues, pauseQueues, queueStats, type Scope } from './queue-monitor.ts';
import type { Queue } from './store.ts';

/** The queue monitor of the source document (E5): for a company's own work, or for all of it. */
export function queueRoutes(app: FastifyInstance, rt: Runtime): void {
  app.get('/api/queue-monitor/stats', async (request): Promise<QueueStats> => {
    const caller = await callerOf(rt, request, 'whatsapp:operate');
    return queueStats(rt, scopeOf(caller, QueueAsked.parse(request.query).scope));
  });

  for (const verb of ['pause', 'resume'] as const) {
    app.post(`/api/queue-monitor/${verb}`, async (request): Promise<QueuePaused> => {
      const caller = await callerOf(rt, request, 'whatsapp:operate');
      const asked = QueueAsked.parse({ ...(request.query as object), ...(request.body as object | undefined) });
      const scope = scopeOf(caller, asked.scope);
      const paused = await pauseQueues(rt, scope, { queues: queuesOf(asked.queue), paused: verb === 'pause' });
      await note(rt, caller, { action: verb === 'pause' ? 'queue.paused' : 'queue.resumed', scope, after: { queue: asked.queue } });
      return { paused, scope: nameOf(scope) };
    });
  }

  app.delete('/api/queue-monitor/clear', async (request: FastifyRequest): Promise<QueueCleared> => {
    const caller = await callerOf(rt, request, 'whatsapp:operate');
    const asked = QueueClear.parse({ ...(request.query as object), ...(request.body as object | undefined) });
    if (asked.confirm === undefined) throw errors.confirm();
    const scope = scopeOf(caller, asked.scope);
    const cleared = await clearQueues(rt, scope, queuesOf(asked.queue));
    await note(rt, caller, { action: 'queue.cleared', scope, after: { queue: asked.queue, ...cleared } });
    return { cleared, scope: nameOf(scope) };
  });
}

/** Everything the caller may reach, unless they ask for their own company. Throws `companies.forbidden`. */
function scopeOf(caller: Caller, asked: 'company' | 'platform' | undefined): Scope {
  if (asked === 'platform') requirePermission(caller, 'platform:admin');
  return asked === 'company' || !may(caller, 'platform:admin') ? caller.company : 'platform';
}
const nameOf = (scope: Scope): 'company' | 'platform' => (scope === 'platform' ? 'platform' : 'company');
const queuesOf = (asked: Queue | 'all'): readonly Queue[] => (asked === 'all' ? ['webhook', 'message'] : [asked]);

async function note(rt: Runtime, caller: Caller, { action, scope, after }: { action: string; scope: Scope; after: object }): Promise<void> {
  await rt.db.shared((tx) => audit(tx, caller, { action, target: { kind: 'queue', name: nameOf(scope) }, after, ...(scope === 'platform' && { companyId: null }) }));
}
