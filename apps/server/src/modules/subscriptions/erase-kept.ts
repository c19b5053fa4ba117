import type { ErasedEvents, ErasedLog, EraseEventsQuery } from '@centralita/contracts';
import { encodeId } from '@centralita/kernel';
import type { Tx } from '@centralita/platform/database';
import type { z } from 'zod';
import type { Runtime } from '../../runtime.ts';
import { audit, type Caller } from '../companies/index.ts';
import { errors } from './errors.ts';
import { dropLog, subscriptionById } from './store.ts';
import { dropEvents } from './store-queue.ts';

/** Rows removed in one transaction. */
const AT_ONCE = 5000;

/** Erases the company's kept events of before a time, and what subscribers answered to them. */
export async function eraseKept(rt: Runtime, caller: Caller, { before, waiting }: z.output<typeof EraseEventsQuery>): Promise<ErasedEvents> {
  const until = before === undefined ? new Date(rt.clock.now()) : new Date(before);
  const events = await inParts(rt, caller, (tx) => dropEvents(tx, { before: until, waiting, limit: AT_ONCE }));
  const log_entries = await inParts(rt, caller, (tx) => dropLog(tx, null, { before: until, limit: AT_ONCE }));
  await rt.db.withCompany(caller.company, (tx) => audit(tx, caller, { action: 'events.erased', target: { kind: 'events' }, after: { before: until.toISOString(), waiting, events, log_entries } }));
  return { events, log_entries };
}

/** Erases the log of a subscription. Throws `subscriptions.not_found`. */
export async function eraseLog(rt: Runtime, caller: Caller, { id, before }: { readonly id: string; readonly before: string | undefined }): Promise<ErasedLog> {
  const subscription = await rt.db.withCompany(caller.company, (tx) => subscriptionById(tx, id));
  if (!subscription) throw errors.not_found();
  const until = before === undefined ? new Date(rt.clock.now()) : new Date(before);
  const log_entries = await inParts(rt, caller, (tx) => dropLog(tx, id, { before: until, limit: AT_ONCE }));
  await rt.db.withCompany(caller.company, (tx) => audit(tx, caller, { action: 'subscription.log_erased', target: { kind: 'subscription', id: encodeId('sub', id), name: subscription.name }, after: { before: until.toISOString(), log_entries } }));
  return { log_entries };
}

async function inParts(rt: Runtime, { company }: Caller, drop: (tx: Tx) => Promise<number>): Promise<number> {
  let all = 0;
  for (;;) {
    const n = await rt.db.withCompany(company, drop);
    all += n;
    if (n < AT_ONCE) return all;
  }
}
