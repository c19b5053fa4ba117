import type { Tx } from '@centralita/platform/database';
import { NO_TIME, type AccountEvent, type IdentityChange, type InboundEvent, type InboundMessage, type PeopleTold, type PreferenceChange, type StatusUpdate } from '../../messaging/index.ts';
import type { Runtime } from '../../runtime.ts';
import { insertAccountEvents, routeOfSender, routeOfWaba, type Route } from '../accounts/index.ts';
import { wakeBots } from '../bots/index.ts';
import { preferAddresses, renameContacts, resolveContacts, setStopped } from '../contacts/index.ts';
import { receiveMessages } from '../conversations/index.ts';
import { applyStatuses, noteReceived } from '../delivery/index.ts';

/** An event and the route it is about. */
export interface Routed {
  readonly route: Route;
  readonly event: InboundEvent;
}

/** The route an event belongs to, among those of its app; undefined: nobody's. */
export function routeOf(rt: Runtime, appId: string, event: InboundEvent): Promise<Route | undefined> {
  return event.line.kind === 'number' ? routeOfSender(rt, appId, event.line.id) : routeOfWaba(rt, appId, event.line.id);
}

/** Carriers' clocks run ahead by seconds, not by minutes: a time beyond this is not believed. */
const AHEAD_MS = 60_000;

/** The event with a time we can use: the carrier's, or that of receipt where it gave none or one in the future. */
export function dated<E extends InboundEvent>(event: E, receivedAt: Date): E {
  const sound = event.at !== NO_TIME && Date.parse(event.at) <= receivedAt.getTime() + AHEAD_MS;
  return sound ? event : { ...event, at: receivedAt.toISOString() };
}

/**
 * Does what events of one company say, in their order, in one transaction. Everything here is idempotent by the keys of
 * the events: the same receipt twice leaves the same rows.
 */
export async function routeEvents(rt: Runtime, tx: Tx, events: readonly Routed[]): Promise<void> {
  let batch = emptyBatch();
  for (const { route, event } of events) {
    switch (event.kind) {
      case 'message': batch.messages.push({ route, event }); break;
      case 'status': batch.statuses.push({ route_id: route.id, event }); break;
      case 'account': batch.account.push({ route, event }); break;
      // What was said before belongs to the person known before.
      case 'identity': case 'preference': case 'people':
        await apply(rt, tx, batch);
        batch = emptyBatch();
        if (await isNew(tx, route, event)) await applyToPerson(rt, tx, event);
        break;
    }
  }
  await apply(rt, tx, batch);
  tx.onCommit(() => noteReceived(rt, events.map((e) => e.route.id)));
}

type PersonEvent = IdentityChange | PreferenceChange | PeopleTold;

async function applyToPerson(rt: Runtime, tx: Tx, event: PersonEvent): Promise<void> {
  if (event.kind === 'identity') {
    await resolveContacts(rt, tx, [{ addresses: [...event.before.addresses, ...event.after.addresses], name: event.after.name ?? event.before.name }]);
    await preferAddresses(tx, event.after.addresses);
    return;
  }
  if (event.kind === 'people') {
    const known = await resolveContacts(rt, tx, event.people);
    const named = event.people.flatMap(({ name }, n) => (name === undefined || known[n]!.name === name ? [] : [[known[n]!.id, name] as const]));
    await renameContacts(tx, [...new Map(named)].sort(([a], [b]) => (a < b ? -1 : 1)).map(([id, name]) => ({ id, name })));
    return;
  }
  const [contact] = await resolveContacts(rt, tx, [event.peer]);
  await setStopped(tx, contact!.id, { category: event.category, stopped: event.value === 'stop', at: event.at });
}

/** What changes a person is kept as an event of the account: told again later, it must not undo what came after it. */
async function isNew(tx: Tx, route: Route, { kind, key, line: _, at, ...payload }: PersonEvent): Promise<boolean> {
  return (await insertAccountEvents(tx, [{ route_id: route.id, event_key: key, field: kind, payload, at }])).length > 0;
}

interface Batch {
  readonly messages: { route: Route; event: InboundMessage }[];
  readonly statuses: { route_id: string; event: StatusUpdate }[];
  readonly account: { route: Route; event: AccountEvent }[];
}
const emptyBatch = (): Batch => ({ messages: [], statuses: [], account: [] });

async function apply(rt: Runtime, tx: Tx, { messages, statuses, account }: Batch): Promise<void> {
  if (messages.length > 0) await wakeBots(rt, tx, await receiveMessages(rt, tx, messages));
  if (statuses.length > 0) await applyStatuses(rt, tx, statuses);
  if (account.length > 0) {
    const fresh = new Set(await insertAccountEvents(tx, account.map(({ route, event }) => ({
      route_id: route.id, event_key: event.key, field: event.field, payload: event.extra ? { payload: event.payload, extra: event.extra } : event.payload, at: event.at,
    }))));
    const told = account.filter(({ event }) => fresh.delete(event.key));
    if (told.length > 0) await rt.events.emit(tx, 'account.told', told.map(({ route, event }) => ({ account_id: route.account_id, route_id: route.id, field: event.field, payload: event.payload, at: event.at })));
  }
}
