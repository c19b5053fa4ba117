import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import {
  AcknowledgeBody, EraseEventsQuery, EraseLogQuery, PublishEvent, ReplayBody, SubscriptionBody, SubscriptionPatch,
  type ErasedEvents, type ErasedLog, type PublishedEvent, type Subscription, type SubscriptionList, type SubscriptionLogEntry, type SubscriptionLogPage, type SubscriptionWithSecret,
} from '@centralita/contracts';
import { decodeId } from '@centralita/kernel';
import type { Tx } from '@centralita/platform/database';
import type { Runtime } from '../../runtime.ts';
import { accountsWithin, reachOf, type Reach } from '../accounts/index.ts';
import { idempotencyKey } from '../api/index.ts';
import { audit, callerOf, companyErrors, difference, type Caller } from '../companies/index.ts';
import { acknowledgeEvents } from './acknowledge-events.ts';
import { useBroker } from './broker.ts';
import { eraseKept, eraseLog } from './erase-kept.ts';
import { errors } from './errors.ts';
import { settleListeners } from './listeners.ts';
import { changeSubscription, createSubscription, removeSubscription, rotateSecret } from './manage-subscription.ts';
import { publishEvent } from './publish-event.ts';
import { replayEvents } from './replay-events.ts';
import { sender } from './sender.ts';
import { listSubscriptions, logPage, subscriptionById, type SubscriptionRow } from './store.ts';
import { waitingCounts } from './store-queue.ts';
import { testSubscription } from './test-subscription.ts';
import { viewLogEntry, viewSubscription } from './view.ts';

const LogQuery = z.object({ cursor: z.string().regex(/^\d+$/).optional(), limit: z.coerce.number().int().min(1).max(200).default(50) });

export function subscriptionRoutes(app: FastifyInstance, rt: Runtime): void {
  const shared = useBroker(rt);
  const send = sender(rt, shared?.broker);
  app.addHook('onClose', () => shared?.release());

  app.post('/api/events', async (request, reply): Promise<PublishedEvent> => {
    const caller = await callerOf(rt, request, 'whatsapp:publish_events');
    const body = PublishEvent.parse(request.body);
    void reply.code(202);
    return publishEvent(rt, caller, { body, once: { operation: 'events', key: idempotencyKey(request), body } });
  });

  app.get('/api/subscriptions', async (request): Promise<SubscriptionList> => {
    const caller = await manager(rt, request);
    const reach = await reachOf(rt, caller);
    const subscriptions = await rt.db.withCompany(caller.company, async (tx) => shown(rt, tx, caller, (await listSubscriptions(tx)).filter((row) => within(reach, row))));
    return { subscriptions, rabbitmq_available: rt.config.amqpUrl !== undefined };
  });

  app.post('/api/subscriptions', async (request, reply): Promise<SubscriptionWithSecret> => {
    const caller = await manager(rt, request);
    const body = SubscriptionBody.parse(request.body);
    requireAccounts(caller, body.account_ids);
    const accounts = await accountIdsOf(rt, caller);
    const made = await rt.db.withCompany(caller.company, async (tx) => {
      const { row, secret } = await createSubscription(rt, tx, { body, accounts });
      const view = await one(rt, tx, { caller, row });
      await audit(tx, caller, { action: 'subscription.created', target: targetOf(view), after: told(view) });
      return { ...view, secret };
    });
    await settleListeners(rt);
    void reply.code(201).header('cache-control', 'no-store');
    return made;
  });

  app.get('/api/subscriptions/:id', async (request): Promise<Subscription> => {
    const { caller, id } = await asked(rt, request);
    return rt.db.withCompany(caller.company, async (tx) => one(rt, tx, { caller, row: await subscriptionById(tx, id) }));
  });

  app.patch('/api/subscriptions/:id', async (request): Promise<Subscription> => {
    const { caller, id } = await asked(rt, request);
    const patch = SubscriptionPatch.parse(request.body);
    if (patch.account_ids !== undefined) requireAccounts(caller, patch.account_ids);
    const accounts = await accountIdsOf(rt, caller);
    const changed = await rt.db.withCompany(caller.company, async (tx) => {
      const before = await one(rt, tx, { caller, row: await subscriptionById(tx, id) });
      const after = await one(rt, tx, { caller, row: await changeSubscription(rt, tx, { id, patch, accounts }) });
      const differs = difference(told(before), told(after));
      if (differs) await audit(tx, caller, { action: 'subscription.changed', target: targetOf(after), ...differs });
      return after;
    });
    await settleListeners(rt);
    return changed;
  });

  app.delete('/api/subscriptions/:id', async (request, reply) => {
    const { caller, id } = await asked(rt, request);
    await rt.db.withCompany(caller.company, async (tx) => {
      const before = await one(rt, tx, { caller, row: await subscriptionById(tx, id) });
      await removeSubscription(rt, tx, id);
      await audit(tx, caller, { action: 'subscription.removed', target: targetOf(before), before: told(before) });
    });
    return reply.code(204).send();
  });

  app.post('/api/subscriptions/:id/rotate-secret', async (request, reply): Promise<SubscriptionWithSecret> => {
    const { caller, id } = await asked(rt, request);
    void reply.header('cache-control', 'no-store');
    return rt.db.withCompany(caller.company, async (tx) => {
      const { row, secret } = await rotateSecret(rt, tx, id);
      const view = await one(rt, tx, { caller, row });
      await audit(tx, caller, { action: 'subscription.secret_rotated', target: targetOf(view) });
      return { ...view, secret };
    });
  });

  app.get('/api/subscriptions/:id/log', async (request): Promise<SubscriptionLogPage> => {
    const { caller, id } = await asked(rt, request);
    const { cursor, limit } = LogQuery.parse(request.query);
    return rt.db.withCompany(caller.company, async (tx) => {
      if (!await subscriptionById(tx, id)) throw errors.not_found();
      const rows = await logPage(tx, id, { before: cursor === undefined ? null : Number(cursor), limit: limit + 1 });
      return { entries: rows.slice(0, limit).map(viewLogEntry), next_cursor: rows.length > limit ? String(rows[limit - 1]!.id) : null };
    });
  });

  app.delete('/api/events', async (request): Promise<ErasedEvents> => {
    const caller = await manager(rt, request);
    if (caller.businesses !== null) throw companyErrors.whole_company();
    return eraseKept(rt, caller, EraseEventsQuery.parse(request.query));
  });

  app.delete('/api/subscriptions/:id/log', async (request): Promise<ErasedLog> => {
    const { caller, id } = await asked(rt, request);
    return eraseLog(rt, caller, { id, before: EraseLogQuery.parse(request.query).before });
  });

  app.post('/api/subscriptions/:id/replay', async (request) => {
    const { caller, id, reach } = await asked(rt, request);
    const body = ReplayBody.parse(request.body);
    return { replayed: await rt.db.withCompany(caller.company, (tx) => replayEvents(rt, tx, { id, body, reach })) };
  });

  app.post('/api/subscriptions/:id/acknowledge', async (request) => {
    const { caller, id } = await asked(rt, request);
    const body = AcknowledgeBody.parse(request.body);
    return { acknowledged: await rt.db.withCompany(caller.company, (tx) => acknowledgeEvents(rt, tx, { id, body })) };
  });

  app.post('/api/subscriptions/:id/test', async (request): Promise<SubscriptionLogEntry> => {
    const { caller, id } = await asked(rt, request);
    return viewLogEntry(await testSubscription(rt, { company: caller.company, id, send }));
  });
}

const manager = (rt: Runtime, request: FastifyRequest): Promise<Caller> => callerOf(rt, request, 'whatsapp:manage_subscriptions');

/** What the audit log says of one. */
const told = ({ name, kind, url, events, account_ids, settings, status }: Subscription): object => ({ name, kind, url, events, account_ids, settings, status });
const targetOf = ({ id, name }: Subscription) => ({ kind: 'subscription', id, name });

function idOf(request: FastifyRequest): string {
  const id = decodeId('sub', (request.params as { id: string }).id);
  if (id === undefined) throw errors.not_found();
  return id;
}

async function accountIdsOf(rt: Runtime, caller: Caller): Promise<string[]> {
  return (await accountsWithin(rt, caller)).map((a) => a.id);
}

/** All accounts are those of the others too. Throws `subscriptions.accounts_needed`. */
function requireAccounts(caller: Caller, given: readonly string[] | null): void {
  if (caller.businesses !== null && given === null) throw errors.accounts_needed();
}

/** Who is held to some businesses reaches the subscriptions that are told of their accounts alone. */
const within = (reach: Reach, row: Pick<SubscriptionRow, 'accounts'>): boolean => reach === null || (row.accounts !== null && row.accounts.every((id) => reach.has(id)));

/** The caller and the subscription that is asked for. Throws `subscriptions.not_found`. */
async function asked(rt: Runtime, request: FastifyRequest): Promise<{ caller: Caller; id: string; reach: Reach }> {
  const caller = await manager(rt, request);
  const id = idOf(request);
  const reach = await reachOf(rt, caller);
  const row = reach && await rt.db.withCompany(caller.company, (tx) => subscriptionById(tx, id));
  if (row === undefined || (row && !within(reach, row))) throw errors.not_found();
  return { caller, id, reach };
}

async function shown(rt: Runtime, tx: Tx, caller: Caller, rows: readonly SubscriptionRow[]): Promise<Subscription[]> {
  const waiting = await waitingCounts(tx, rows.map((r) => r.id));
  return rows.map((row) => viewSubscription(caller.company.id, row, { waiting: waiting.get(row.id) ?? 0, now: rt.clock.now() }));
}

async function one(rt: Runtime, tx: Tx, { caller, row }: { readonly caller: Caller; readonly row: SubscriptionRow | undefined }): Promise<Subscription> {
  if (!row) throw errors.not_found();
  return (await shown(rt, tx, caller, [row]))[0]!;
}
