import { groupBy, newUuid } from '@centralita/kernel';
import { isDatabaseAway } from '@centralita/platform/database';
import { LeaseLost, type Claim } from '@centralita/platform/lanes';
import type { InboundEvent } from '../../messaging/index.ts';
import type { Runtime } from '../../runtime.ts';
import { appById, type App } from '../accounts/index.ts';
import { company } from '../companies/index.ts';
import { dated, routeEvents, routeOf, type Routed } from './route-events.ts';
import { pressure } from './pressure.ts';
import { countAttempt, finishReceipts, LANE, pendingReceipts, type Receipt } from './store.ts';
import { insertFailures, insertUnrouted, type NewFailure, type NewUnrouted } from './store-failures.ts';

/** Receipts unpacked in one transaction. */
const AT_ONCE = 250;
/** Batches after which the lane goes back, so that every app gets its turn. */
const BATCHES = 20;
/** Tries of a receipt that can be read but not be processed, before it is set aside. */
const TRIES = 5;
/** Acknowledging goes first: with this many webhooks waiting for their commit, unpacking waits a moment, but never for good. */
const MANY_WAITING = 16;
const YIELD_MS = 5;
const MOST_YIELDS = 10;

/** What a batch of receipts holds, by whom it concerns. */
interface Sorted {
  readonly byCompany: Map<string, Routed[]>;
  readonly unrouted: NewUnrouted[];
  readonly failures: NewFailure[];
  readonly counts: Map<string, number>;
}

/** Unpacks receipts of one app in the order of receipt: all there are, but not so many that others wait for long. */
export async function unpackApp(rt: Runtime, claim: Claim): Promise<void> {
  const app = await appById(rt, claim.key);
  for (let n = 1; ; n++) {
    await yieldToIntake(rt);
    const receipts = await pendingReceipts(rt.db, claim.key, AT_ONCE);
    const last = receipts.length < AT_ONCE || n >= BATCHES;
    try {
      await unpack(rt, claim, { app, receipts, last });
    } catch (error) {
      if (error instanceof LeaseLost || isDatabaseAway(error) || receipts.length === 0) throw error;
      rt.log.warn({ error, app: claim.key, receipts: receipts.length }, 'a batch of receipts could not be processed; now one by one');
      for (const receipt of receipts) await unpackAlone(rt, claim, { app, receipt });
      continue;
    }
    if (last) return;
  }
}

interface Batch {
  readonly app: App | undefined;
  readonly receipts: readonly Receipt[];
  /** The lane is given back with them. */
  readonly last: boolean;
}

async function unpack(rt: Runtime, claim: Claim, { app, receipts, last }: Batch): Promise<void> {
  const sorted = await sort(rt, app, receipts);
  // Each company's rows in a transaction of its own; all are idempotent, so that a crash between them repeats no effect.
  // What one company cannot take is no reason to keep it from the others.
  const refusals: unknown[] = [];
  for (const [id, events] of sorted.byCompany) {
    try {
      await rt.db.withCompany(await company(rt, id), async (tx) => {
        await routeEvents(rt, tx, events);
        await rt.lanes.fence(tx, claim);
      });
    } catch (error) {
      if (error instanceof LeaseLost || isDatabaseAway(error)) throw error;
      refusals.push(error);
    }
  }
  if (refusals.length > 0) throw refusals[0];
  await rt.db.shared(async (tx) => {
    if (sorted.failures.length > 0) await insertFailures(tx, sorted.failures);
    if (sorted.unrouted.length > 0) await insertUnrouted(tx, sorted.unrouted);
    if (receipts.length > 0) await finishReceipts(tx, claim.key, receipts.map((r) => r.id));
    // An empty lane has nothing pending, whatever was counted.
    const done = receipts.length === 0 ? claim.seen : receipts.length;
    await rt.lanes.finish(tx, LANE, [{ claim, done }], !last);
  });
  measure(rt, receipts, sorted);
}

/** One that cannot be processed is tried a few times, then set aside, and those behind it go on. */
async function unpackAlone(rt: Runtime, claim: Claim, { app, receipt }: { app: App | undefined; receipt: Receipt }): Promise<void> {
  for (;;) {
    try {
      await unpack(rt, claim, { app, receipts: [receipt], last: false });
      return;
    } catch (error) {
      if (error instanceof LeaseLost || isDatabaseAway(error)) throw error;
      if (await countAttempt(rt.db, claim.key, receipt.id) < TRIES) continue;
      rt.log.error({ error, app: claim.key, request_id: receipt.request_id }, 'a receipt cannot be processed; it was set aside in failed webhooks');
      await rt.db.shared(async (tx) => {
        await insertFailures(tx, [failure(receipt, error as Error)]);
        await finishReceipts(tx, claim.key, [receipt.id]);
        await rt.lanes.finish(tx, LANE, [{ claim, done: 1 }], true);
      });
      return;
    }
  }
}

async function sort(rt: Runtime, app: App | undefined, receipts: readonly Receipt[]): Promise<Sorted> {
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

function failure(receipt: Receipt, error: Error): NewFailure {
  return {
    id: newUuid(), app_id: receipt.app_id, request_id: receipt.request_id, payload: receipt.body, message_id: null,
    error_message: error.message.slice(0, 1000), error_stack: error.stack?.slice(0, 8000) ?? null,
  };
}

function measure(rt: Runtime, receipts: readonly Receipt[], { counts, failures }: Sorted): void {
  const now = rt.clock.now();
  for (const r of receipts) rt.metrics.unpackLag.observe(Math.max(now - r.received_at.getTime(), 0) / 1000);
  for (const [key, all] of groupBy([...counts], ([k]) => k)) {
    const [kind = '', result = ''] = key.split(' ');
    rt.metrics.events.inc({ kind, result }, all[0]![1]);
  }
  if (failures.length > 0) rt.metrics.events.inc({ kind: 'receipt', result: 'failed' }, failures.length);
}

async function yieldToIntake(rt: Runtime): Promise<void> {
  for (let i = 0; i < MOST_YIELDS && pressure(rt) > MANY_WAITING; i++) {
    await new Promise((resolve) => {
      setTimeout(resolve, YIELD_MS);
    });
  }
}
