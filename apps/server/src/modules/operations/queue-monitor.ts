import type { QueueStats } from '@centralita/contracts/api';
import { chunk, uuidFloor } from '@centralita/kernel';
import type { Runtime } from '../../runtime.ts';
import { listCompanies, type Company } from '../companies/index.ts';
import { knownSince } from '../conversations/index.ts';
import { clearOutbox, DELIVERY_LANE, openDeadLetters, outboxFigures } from '../delivery/index.ts';
import { clearReceipts, pauseUnpacking, receiptFigures, unpackingPaused } from '../intake/index.ts';
import { queueCounts } from './queue-counts.ts';
import { countsOf, type Queue } from './store.ts';

/** Whose work: one company's, or everybody's. */
export type Scope = Company | 'platform';

const HOUR_MS = 3_600_000;
/** Companies looked into side by side. */
const SIDE_BY_SIDE = 4;

export async function queueStats(rt: Runtime, scope: Scope): Promise<QueueStats> {
  const id = scope === 'platform' ? null : scope.id;
  await queueCounts(rt).settle();
  const [webhook, message, counts, own, paused] = await Promise.all([
    receiptFigures(rt, id), outboxFigures(rt.db, id), countsOf(rt.db, id), perCompany(rt, await companiesOf(rt, scope)), pausedOf(rt, scope),
  ]);
  const completed = (queue: Queue): number => counts.find((c) => c.queue === queue)?.completed ?? 0;
  return {
    webhook: { waiting: webhook.waiting, active: webhook.active, completed: completed('webhook'), failed: webhook.kept, delayed: webhook.delayed },
    message: { waiting: message.waiting, active: message.sending, completed: completed('message'), failed: own.failed, delayed: message.delayed },
    deduplication: { cachedMessages: own.known }, scope: scope === 'platform' ? 'platform' : 'company', paused,
  };
}

const companiesOf = async (rt: Runtime, scope: Scope): Promise<readonly Company[]> => (scope === 'platform' ? listCompanies(rt.db) : [scope]);

async function perCompany(rt: Runtime, companies: readonly Company[]): Promise<{ failed: number; known: number }> {
  const since = uuidFloor(rt.clock.now() - HOUR_MS);
  const sum = { failed: 0, known: 0 };
  for (const some of chunk(companies, SIDE_BY_SIDE)) {
    const figures = await Promise.all(some.map((c) => rt.db.withCompany(c, async (tx) => ({ failed: await openDeadLetters(tx), known: await knownSince(tx, since) }))));
    for (const one of figures) {
      sum.failed += one.failed;
      sum.known += one.known;
    }
  }
  return sum;
}

export async function pausedOf(rt: Runtime, scope: Scope): Promise<QueueStats['paused']> {
  const owners = scope === 'platform' ? [] : [scope.id];
  return { webhook: await unpackingPaused(rt, scope === 'platform' ? null : scope.id), message: rt.lanes.paused(DELIVERY_LANE, owners) };
}

/** Takes effect here at once, in other processes with their next heartbeat. */
export async function pauseQueues(rt: Runtime, scope: Scope, { queues, paused }: { readonly queues: readonly Queue[]; readonly paused: boolean }): Promise<QueueStats['paused']> {
  if (queues.includes('webhook')) await pauseUnpacking(rt, scope === 'platform' ? null : scope.id, paused);
  if (queues.includes('message')) await rt.lanes.pause(DELIVERY_LANE, paused, scope === 'platform' ? undefined : [scope.id]);
  return pausedOf(rt, scope);
}

/** Sets aside what waits, where it can be replayed from. */
export async function clearQueues(rt: Runtime, scope: Scope, queues: readonly Queue[]): Promise<{ webhook: number; message: number }> {
  const cleared = { webhook: 0, message: 0 };
  for (const company of await companiesOf(rt, scope)) {
    if (queues.includes('message')) cleared.message += await clearOutbox(rt, company);
    if (queues.includes('webhook')) cleared.webhook += await clearReceipts(rt, company.id);
  }
  return cleared;
}
