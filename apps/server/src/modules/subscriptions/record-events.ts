import { eventTypes, type EventData, type EventType } from '@centralita/contracts';
import { encodeId, newUuid } from '@centralita/kernel';
import type { Tx } from '@centralita/platform/database';
import type { Runtime } from '../../runtime.ts';
import { wakeCouriers } from './doorbell.ts';
import { listenersOf, wants } from './listeners.ts';
import type { Listener } from './store.ts';
import { insertEvents, type NewEvent } from './store-queue.ts';

export const LANE = 'event';

/** Something that happened, as it is told. `except`: a subscription that is not told of it. */
export type Fact = {
  [T in EventType]: { readonly type: T; readonly account_id: string | null; readonly ordering_key: string; readonly at: string; readonly data: EventData<T>; readonly except?: string }
}[EventType] | { readonly id: string; readonly type: CustomType; readonly account_id: string | null; readonly ordering_key: string; readonly at: string; readonly data: Readonly<Record<string, unknown>>; readonly except?: undefined };
/** One of the company's own. */
export type CustomType = `${string}.${string}`;

/** Whether anybody would be told of one of these. */
export async function anybodyWants(rt: Runtime, tx: Tx, types: readonly EventType[]): Promise<boolean> {
  const list = await listenersOf(rt, tx);
  return list.some((l) => l.events === null || types.some((type) => l.events!.includes(type)));
}

/**
 * Writes facts with the transaction that made them, in the order given, into the queue of each subscription that wants them. What
 * nobody wants is not written.
 */
export async function recordEvents(rt: Runtime, tx: Tx, facts: readonly Fact[]): Promise<void> {
  const list = await listenersOf(rt, tx);
  const wanted = facts.map((fact) => ({ fact, by: list.filter((l) => l.id !== fact.except && wants(l, fact.type, fact.account_id)) })).filter(({ by }) => by.length > 0);
  if (wanted.length === 0) return;
  const events = wanted.map(({ fact, by }) => ({ ...written(fact), by: by.filter((l) => l.status !== 'disabled') }));
  const queued = events.flatMap((e) => e.by.map((l: Listener) => ({ subscription_id: l.id, event_id: e.id })));
  await insertEvents(tx, events, queued);
  await ringCouriers(rt, tx, queued.map((q) => q.subscription_id));
}

/** Its body is made once: every try sends and signs the same bytes. */
function written(fact: Fact): NewEvent {
  const id = 'id' in fact ? fact.id : newUuid();
  const body = { id: encodeId('evt', id), event_type: fact.type, version: 'id' in fact ? 1 : eventTypes[fact.type].version, timestamp: fact.at, data: fact.data };
  return { id, type: fact.type, account_id: fact.account_id, ordering_key: fact.ordering_key, body: JSON.stringify(body) };
}

/** There is something to send for these subscriptions, after the commit. */
export async function ringCouriers(rt: Runtime, tx: Tx, subscriptionIds: readonly string[]): Promise<void> {
  const ids = [...new Set(subscriptionIds)];
  await rt.lanes.ring(tx, LANE, ids.map((key) => ({ key })));
  tx.onCommit(() => wakeCouriers(rt, ids));
}
