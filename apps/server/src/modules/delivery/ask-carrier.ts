import type { CarrierError } from '../../messaging/index.ts';
import type { Runtime } from '../../runtime.ts';
import { carrierContext, routeById, routesOfAccount, type Route } from '../accounts/index.ts';
import { company } from '../companies/index.ts';
import { breakersOf } from './breakers.ts';
import { ringPumps } from './doorbell.ts';
import { LANE } from './enqueue-messages.ts';
import { ensureHealth, lookAt, writeProbe } from './store-health.ts';
import type { ProbeNote } from './route-state.ts';

/**
 * Asks the carrier of a route whether the credentials work and where it calls us, without sending anything, and writes the answer
 * down. A good answer closes the route's breaker. A carrier that cannot be asked is taken to be well: the next message will tell.
 */
export async function askCarrier(rt: Runtime, route: Route): Promise<ProbeNote> {
  const probe = await ask(rt, route);
  await ensureHealth(rt.db, [route]);
  await writeProbe(rt.db, route.id, { probe, now: new Date(rt.clock.now()) });
  if (probe.ok) await goOn(rt, route);
  return probe;
}

async function ask(rt: Runtime, route: Route): Promise<ProbeNote> {
  const setup = rt.providers[route.provider]?.setup;
  if (!setup) return { ok: true };
  const context = await carrierContext(rt, route);
  try {
    const result = await setup.probe(context);
    if (!result.ok) return { ok: false, error: short(result.error) };
    const webhook = context.webhookUrl === undefined ? undefined : await setup.subscription?.(context, context.webhookUrl);
    return { ok: true, display: result.display, ...(webhook && { webhook }) };
  } catch (error) {
    rt.log.error({ error, route: route.id, provider: route.provider }, 'a provider threw while its carrier was asked');
    return { ok: false, error: { class: 'unknown', code: 'internal', title: 'The carrier could not be asked because of an error of ours.' } };
  }
}
const short = ({ class: kind, code, title, detail, http_status }: CarrierError): CarrierError => ({ class: kind, code, title, ...(detail && { detail }), ...(http_status && { http_status }) });

/** What waits on the route may go by it again. */
async function goOn(rt: Runtime, route: Route): Promise<void> {
  const opened = await breakersOf(rt).close(route.id);
  if (opened === undefined) return;
  rt.log.info({ route: route.id, out_for_seconds: Math.round((rt.clock.now() - opened.getTime()) / 1000) }, 'the route works again');
  await ringRoute(rt, route);
}

/** Lets pumps look at what waits on a route and on its neighbours, which may give it their messages; wherever they run. */
export async function ringRoute(rt: Runtime, route: Pick<Route, 'id' | 'account_id' | 'company_id'>): Promise<void> {
  const ids = [...new Set([route.id, ...(await routesOfAccount(rt, route.account_id)).map((r) => r.id)])].sort();
  await rt.db.withCompany(await company(rt, route.company_id), async (tx) => {
    await rt.lanes.ring(tx, LANE, ids.map((key) => ({ key, count: 0 })));
    tx.onCommit(() => ringPumps(rt, ids));
  });
}

/** After an operator changed a route: what waits may go, and its state is told anew. */
export async function routeChanged(rt: Runtime, routeId: string): Promise<void> {
  const route = await routeById(rt, routeId);
  if (!route) return;
  await ringRoute(rt, route);
  await ensureHealth(rt.db, [route]);
  await lookAt(rt.db, routeId, new Date(rt.clock.now()));
}
