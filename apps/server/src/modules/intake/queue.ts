import { newUuid } from '@centralita/kernel';
import type { Runtime } from '../../runtime.ts';
import { appsOfCompany } from '../accounts/index.ts';
import { finishReceipts, LANE, pendingFigures, pendingReceipts } from './store.ts';
import { insertFailures, openFailures } from './store-failures.ts';

/** Told after each batch: whose receipts, and how many were unpacked. */
export type UnpackedListener = (companyId: string, completed: number) => void;
const listeners = new WeakMap<Runtime['events'], UnpackedListener>();
export function onUnpacked(rt: Runtime, listener: UnpackedListener): void {
  listeners.set(rt.events, listener);
}
export function tellUnpacked(rt: Runtime, companyId: string | undefined, completed: number): void {
  if (companyId !== undefined && completed > 0) listeners.get(rt.events)?.(companyId, completed);
}

export interface ReceiptFigures {
  readonly waiting: number;
  readonly active: number;
  /** Tried before. */
  readonly delayed: number;
  /** Kept in failed webhooks, not replayed. */
  readonly kept: number;
}
/** Webhooks of a company's apps that are not unpacked yet; null: of all. */
export async function receiptFigures(rt: Runtime, companyId: string | null): Promise<ReceiptFigures> {
  const apps = companyId === null ? null : (await appsOfCompany(rt, companyId)).map((a) => a.id);
  const [pending, active, kept] = await Promise.all([pendingFigures(rt.db, apps), rt.lanes.active(LANE, apps ?? undefined), openFailures(rt.db, apps)]);
  return { waiting: Math.max(pending.fresh - active, 0), active: Math.min(active, pending.fresh + pending.tried), delayed: pending.tried, kept };
}

/** Nobody unpacks webhooks of this company's apps, or (null) any, until it is taken back. */
export async function pauseUnpacking(rt: Runtime, companyId: string | null, paused: boolean): Promise<void> {
  if (companyId === null) return rt.lanes.pause(LANE, paused);
  const apps = (await appsOfCompany(rt, companyId)).map((a) => a.id);
  if (apps.length > 0) await rt.lanes.pause(LANE, paused, apps);
}
export async function unpackingPaused(rt: Runtime, companyId: string | null): Promise<boolean> {
  return rt.lanes.paused(LANE, companyId === null ? [] : (await appsOfCompany(rt, companyId)).map((a) => a.id));
}

/** Receipts in one transaction, and bytes of them in memory. */
const AT_ONCE = 200;
const BYTES_AT_ONCE = 16 * 1024 * 1024;

/** Moves what waits to be unpacked to failed webhooks, from where it can be replayed. Answers how many. */
export async function clearReceipts(rt: Runtime, companyId: string): Promise<number> {
  let cleared = 0;
  for (const app of await appsOfCompany(rt, companyId)) {
    for (;;) {
      const receipts = await pendingReceipts(rt.db, [app.id], { count: AT_ONCE, bytes: BYTES_AT_ONCE });
      if (receipts.length === 0) break;
      await rt.db.shared(async (tx) => {
        const gone = new Set(await finishReceipts(tx, receipts));
        // Unpacked meanwhile: nothing is left of them to replay.
        const kept = receipts.filter((r) => gone.has(r.id));
        await insertFailures(tx, kept.map((r) => ({
          id: newUuid(), app_id: r.app_id, request_id: r.request_id, payload: r.body, message_id: null, error_message: 'Taken out of the queue before it was read. It can be replayed.', error_stack: null,
        })));
        cleared += kept.length;
      });
    }
  }
  return cleared;
}
