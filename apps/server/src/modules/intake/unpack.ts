import { groupBy } from '@centralita/kernel';
import { isDatabaseAway } from '@centralita/platform/database';
import { LeaseLost, type Claim } from '@centralita/platform/lanes';
import type { Runtime } from '../../runtime.ts';
import { appById } from '../accounts/index.ts';
import { company } from '../companies/index.ts';
import { routeEvents, type Routed } from './route-events.ts';
import { pressure } from './pressure.ts';
import { tellUnpacked } from './queue.ts';
import { failure, measure, sortEvents, type Sorted } from './sort-events.ts';
import { countAttempt, finishReceipts, LANE, pendingReceipts, type Receipt } from './store.ts';
import { insertFailures, insertUnrouted } from './store-failures.ts';

/** Receipts unpacked together, of all apps at hand. */
const AT_ONCE = 250;
/** Of each app at least so many, however many there are. */
const FEWEST = 10;
/** Bodies in memory at once: 250 of the largest, 4 MiB, would be a gigabyte. */
const BYTES_AT_ONCE = 16 * 1024 * 1024;
/** Companies' transactions side by side, of those that have one of their own. */
const ABREAST = 3;
/** Events of a company that go along with those of others. */
const FEW = 24;
/** Batches after which lanes go back, so that every app gets its turn. */
const BATCHES = 20;
/** Tries of a receipt that can be read but not be processed, before it is set aside. */
const TRIES = 5;
/** Acknowledging goes first: with this many webhooks waiting for their commit, unpacking waits a moment, but never for good. */
const MANY_WAITING = 16;
const YIELD_MS = 5;
const MOST_YIELDS = 10;

/** What is unpacked of one app. */
interface Batch {
  readonly claim: Claim;
  readonly receipts: readonly Receipt[];
  /** The lane is given back with them. */
  readonly last: boolean;
}

/** Unpacks receipts of these apps, of each in the order of receipt: all there are, but not so many that others wait for long. */
export async function unpackApps(rt: Runtime, claims: readonly Claim[]): Promise<void> {
  let open = claims;
  for (let n = 1; open.length > 0; n++) {
    await yieldToIntake(rt);
    const most = { count: Math.max(FEWEST, Math.floor(AT_ONCE / open.length)), bytes: Math.floor(BYTES_AT_ONCE / open.length) };
    const receipts = groupBy(await pendingReceipts(rt.db, open.map((c) => c.key), most), (r) => r.app_id);
    const batches = open.map((claim): Batch => {
      const own = receipts.get(claim.key) ?? [];
      return { claim, receipts: own, last: own.length < most.count || n >= BATCHES };
    });
    try {
      await unpack(rt, batches);
    } catch (error) {
      if (isDatabaseAway(error) || (batches.length === 1 && error instanceof LeaseLost)) throw error;
      // One app must not take the others down with it.
      for (const batch of batches) await unpackOne(rt, batch);
    }
    open = batches.filter((b) => !b.last).map((b) => b.claim);
  }
}

async function unpackOne(rt: Runtime, batch: Batch): Promise<void> {
  try {
    await unpack(rt, [batch]);
  } catch (error) {
    // Somebody else works on it.
    if (error instanceof LeaseLost) return;
    if (isDatabaseAway(error) || batch.receipts.length === 0) throw error;
    rt.log.warn({ error, app: batch.claim.key, receipts: batch.receipts.length }, 'a batch of receipts could not be processed; now one by one');
    for (const receipt of batch.receipts) await unpackAlone(rt, batch.claim, receipt);
    if (batch.last) await unpack(rt, [{ ...batch, receipts: [] }]);
  }
}

async function unpack(rt: Runtime, batches: readonly Batch[]): Promise<void> {
  const sorted = await Promise.all(batches.map(async (b) => ({ ...b, sorted: await sortEvents(rt, await appById(rt, b.claim.key), b.receipts) })));
  await routeAll(rt, sorted);
  await rt.db.shared(async (tx) => {
    tx.relax();
    const failures = sorted.flatMap((b) => b.sorted.failures);
    const unrouted = sorted.flatMap((b) => b.sorted.unrouted);
    if (failures.length > 0) await insertFailures(tx, failures);
    if (unrouted.length > 0) await insertUnrouted(tx, unrouted);
    const receipts = batches.flatMap((b) => b.receipts);
    if (receipts.length > 0) await finishReceipts(tx, receipts);
    for (const keep of [false, true]) {
      // An empty lane has nothing pending, whatever was counted.
      await rt.lanes.finish(tx, LANE, batches.filter((b) => b.last !== keep).map(({ claim, receipts: own }) => ({ claim, done: own.length === 0 ? claim.seen : own.length })), keep);
    }
  });
  for (const b of sorted) {
    measure(rt, b.receipts, b.sorted);
    tellUnpacked(rt, (await appById(rt, b.claim.key))?.company_id, b.receipts.length - b.sorted.failures.length);
  }
}

/**
 * Each company's rows in a transaction of its own; all are idempotent, so that a crash between them repeats no effect.
 * What one company cannot take is no reason to keep it from the others.
 */
async function routeAll(rt: Runtime, batches: readonly { readonly claim: Claim; readonly sorted: Sorted }[]): Promise<void> {
  const companies = new Map<string, { claims: Claim[]; events: Routed[] }>();
  for (const { claim, sorted } of batches) {
    for (const [id, events] of sorted.byCompany) {
      const known = companies.get(id) ?? { claims: [], events: [] };
      companies.set(id, { claims: [...known.claims, claim], events: [...known.events, ...events] });
    }
  }
  const refusals: unknown[] = [];
  async function route(id: string, { claims, events }: { claims: Claim[]; events: Routed[] }): Promise<void> {
    try {
      const whose = await company(rt, id);
      await rt.db[events.length > FEW ? 'withCompany' : 'together'](whose, async (tx) => {
        // Lost with the receipts' own end, which is committed later: then they are unpacked again.
        tx.relax();
        await routeEvents(rt, tx, events);
        await rt.lanes.fence(tx, claims);
      });
    } catch (error) {
      refusals.push(error);
    }
  }
  const queue = [...companies].filter(([, { events }]) => events.length > FEW);
  await Promise.all([
    ...[...companies].filter(([, { events }]) => events.length <= FEW).map(([id, its]) => route(id, its)),
    ...Array.from({ length: Math.min(ABREAST, queue.length) }, async () => {
      for (let next = queue.shift(); next; next = queue.shift()) await route(...next);
    }),
  ]);
  const reason = refusals.find((e) => isDatabaseAway(e)) ?? refusals.find((e) => e instanceof LeaseLost) ?? refusals[0];
  if (reason !== undefined) throw reason as Error;
}

/** One that cannot be processed is tried a few times, then set aside, and those behind it go on. */
async function unpackAlone(rt: Runtime, claim: Claim, receipt: Receipt): Promise<void> {
  for (;;) {
    try {
      await unpack(rt, [{ claim, receipts: [receipt], last: false }]);
      return;
    } catch (error) {
      if (error instanceof LeaseLost || isDatabaseAway(error)) throw error;
      if (await countAttempt(rt.db, claim.key, receipt.id) < TRIES) continue;
      rt.log.error({ error, app: claim.key, request_id: receipt.request_id }, 'a receipt cannot be processed; it was set aside in failed webhooks');
      await rt.db.shared(async (tx) => {
        await insertFailures(tx, [failure(receipt, error as Error)]);
        await finishReceipts(tx, [receipt]);
        await rt.lanes.finish(tx, LANE, [{ claim, done: 1 }], true);
      });
      return;
    }
  }
}

async function yieldToIntake(rt: Runtime): Promise<void> {
  for (let i = 0; i < MOST_YIELDS && pressure(rt) > MANY_WAITING; i++) {
    await new Promise((resolve) => {
      setTimeout(resolve, YIELD_MS);
    });
  }
}
