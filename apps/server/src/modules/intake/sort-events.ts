import { groupBy, newUuid } from '@centralita/kernel';
import type { InboundEvent } from '../../messaging/index.ts';
import type { Runtime } from '../../runtime.ts';
import type { App } from '../accounts/index.ts';
import { dated, routeOf, type Routed } from './route-events.ts';
import type { Receipt } from './store.ts';
import type { NewFailure, NewUnrouted } from './store-failures.ts';

/** What a batch of receipts holds, by whom it concerns. */
export interface Sorted {
  readonly byCompany: Map<string, Routed[]>;
  readonly unrouted: NewUnrouted[];
  readonly failures: NewFailure[];
  readonly counts: Map<string, number>;
}

/** Reads receipts of one app, in their order, and finds the route of every event. */
export async function sortEvents(rt: Runtime, app: App | undefined, receipts: readonly Receipt[]): Promise<Sorted> {
  const sorted: Sorted = { byCompany: new Map(), unrouted: [], failures: [], counts: new Map() };
  const trace = rt.log.isLevelEnabled('debug');
  for (const receipt of receipts) {
    let events: InboundEvent[];
    try {
      const push = rt.providers[app?.provider ?? '']?.push;
      if (!push) throw new Error(`the app of this webhook (${app?.slug ?? receipt.app_id}) is not set up any more`);
      events = push.parse(receipt.body);
    } catch (error) {
      sorted.failures.push(failure(receipt, error as Error));
      continue;
    }
    if (trace) rt.log.debug({ request_id: receipt.request_id, receipt: receipt.id, app: receipt.app_id, events: events.map((e) => e.key) }, 'receipt unpacked');
    for (const event of events) {
      const route = await routeOf(rt, receipt.app_id, event);
      const kind = `${event.kind} ${route ? 'routed' : 'unrouted'}`;
      sorted.counts.set(kind, (sorted.counts.get(kind) ?? 0) + 1);
      if (!route) {
        sorted.unrouted.push(unrouted(receipt, event));
        continue;
      }
      const mine = sorted.byCompany.get(route.company_id);
      const routed = { route, event: dated(event, receipt.received_at) };
      if (mine) mine.push(routed);
      else sorted.byCompany.set(route.company_id, [routed]);
    }
  }
  return sorted;
}

function unrouted(receipt: Receipt, event: InboundEvent): NewUnrouted {
  const id = event.line.kind === 'number' ? event.line.display ?? event.line.id : event.line.id;
  return {
    id: newUuid(), app_id: receipt.app_id, event_key: event.key, line: `${event.line.kind}:${event.line.id}`, kind: event.kind,
    summary: `${event.kind === 'account' ? event.field : event.kind} for ${event.line.kind === 'number' ? `number ${id}` : `business account ${id}`}, which is not added`, event,
  };
}

/** A receipt that is set aside whole. */
export function failure(receipt: Receipt, error: Error): NewFailure {
  return {
    id: newUuid(), app_id: receipt.app_id, request_id: receipt.request_id, payload: receipt.body, message_id: null,
    error_message: error.message.slice(0, 1000), error_stack: error.stack?.slice(0, 8000) ?? null,
  };
}

export function measure(rt: Runtime, receipts: readonly Receipt[], { counts, failures }: Sorted): void {
  const now = rt.clock.now();
  for (const r of receipts) rt.metrics.unpackLag.observe(Math.max(now - r.received_at.getTime(), 0) / 1000);
  for (const [key, all] of groupBy([...counts], ([k]) => k)) {
    const [kind = '', result = ''] = key.split(' ');
    rt.metrics.events.inc({ kind, result }, all[0]![1]);
  }
  if (failures.length > 0) rt.metrics.events.inc({ kind: 'receipt', result: 'failed' }, failures.length);
}
