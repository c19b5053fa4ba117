import { groupBy } from '@centralita/kernel';
import type { Runtime } from '../../runtime.ts';
import { appsOfCompany } from '../accounts/index.ts';
import { company } from '../companies/index.ts';
import { errors } from './errors.ts';
import { dated, routeEvents, routeOf, type Routed } from './route-events.ts';
import { insertReceipts, LANE } from './store.ts';
import {
  deleteUnrouted, listFailures, listUnrouted, markFailureReplayed, takeFailure, unroutedById, unroutedOfApp, type FailureRow, type Page, type UnroutedRow,
} from './store-failures.ts';

export interface ShownFailure extends Omit<FailureRow, 'payload' | 'bytes'> {
  /** JSON where it is some, otherwise text; a long body is cut. */
  readonly payload: unknown;
}
export interface ShownUnrouted extends Omit<UnroutedRow, 'app_id' | 'event'> {
  /** As in the webhook's address: `meta/demo`. */
  readonly app: string;
  readonly payload: unknown;
}
/** Unrouted events routed in one transaction of their company. */
const AT_ONCE = 200;

/** Webhooks to this company's apps that could not be read, newest first. */
export async function failedWebhooks(rt: Runtime, companyId: string, page: Page): Promise<ShownFailure[]> {
  const rows = await listFailures(rt.db, await appIds(rt, companyId), page);
  return rows.map(({ payload, bytes, ...row }) => ({ ...row, payload: shownPayload(payload, bytes) }));
}

/**
 * Takes a body in again, as a new receipt, with the mark that it was in one transaction. False: it was replayed before.
 * Throws `intake.not_found`.
 */
export async function replayFailedWebhook(rt: Runtime, companyId: string, id: string): Promise<boolean> {
  const apps = await appIds(rt, companyId);
  return rt.db.shared(async (tx) => {
    const failure = await takeFailure(tx, apps, id);
    if (!failure) throw errors.not_found();
    if (failure.replayed_at) return false;
    await markFailureReplayed(tx, id);
    await insertReceipts(tx, [{ app_id: failure.app_id, request_id: failure.request_id, body: failure.payload }]);
    tx.onCommit(() => rt.lanes.kick(LANE));
    return true;
  });
}

/** Events for numbers that are not added, of this company's apps, newest first. */
export async function unroutedEvents(rt: Runtime, companyId: string, page: Page): Promise<ShownUnrouted[]> {
  const apps = new Map((await appsOfCompany(rt, companyId)).map((a) => [a.id, `${a.provider}/${a.slug}`]));
  const rows = await listUnrouted(rt.db, [...apps.keys()], page);
  return rows.map(({ app_id, event, ...row }) => ({ ...row, app: apps.get(app_id) ?? '', payload: event }));
}

/** Routes an event whose number was added since. False: it still is nobody's. Throws `intake.not_found`. */
export async function replayUnrouted(rt: Runtime, companyId: string, id: string): Promise<boolean> {
  const row = await unroutedById(rt.db, await appIds(rt, companyId), id);
  if (!row) throw errors.not_found();
  return await routeRows(rt, [row]) > 0;
}

/** After a number was added to an app: routes what came for it before, in the order it came. Answers how many events. */
export async function replayUnroutedOfApp(rt: Runtime, appId: string): Promise<number> {
  let routed = 0;
  for (let after: string | null = null; ;) {
    const rows: UnroutedRow[] = await unroutedOfApp(rt.db, appId, { after, limit: AT_ONCE });
    routed += await routeRows(rt, rows);
    if (rows.length < AT_ONCE) return routed;
    after = rows.at(-1)!.id;
  }
}

async function routeRows(rt: Runtime, rows: readonly UnroutedRow[]): Promise<number> {
  const known: { row: UnroutedRow; routed: Routed }[] = [];
  for (const row of rows) {
    const route = await routeOf(rt, row.app_id, row.event);
    if (route) known.push({ row, routed: { route, event: dated(row.event, row.created_at) } });
  }
  for (const [companyId, own] of groupBy(known, (k) => k.routed.route.company_id)) {
    await rt.db.withCompany(await company(rt, companyId), (tx) => routeEvents(rt, tx, own.map((k) => k.routed)));
    // Routed again after a crash in between, they change nothing: their keys are known.
    await deleteUnrouted(rt.db, own.map((k) => k.row.id));
  }
  return known.length;
}

const appIds = async (rt: Runtime, companyId: string): Promise<string[]> => (await appsOfCompany(rt, companyId)).map((a) => a.id);

function shownPayload(payload: Buffer, bytes: number): unknown {
  const text = payload.toString('utf8');
  if (bytes > payload.length) return `${text}… (${bytes} bytes)`;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
