import type { CarrierError } from '../../messaging/index.ts';
import { isCarrierError } from '../../providers/templates.ts';
import type { Runtime } from '../../runtime.ts';
import { carrierContext, type Route } from '../accounts/index.ts';
import { company } from '../companies/index.ts';
import { replaceTemplates, writeSync } from './store.ts';

/** After a failure the carrier is asked again, at the latest, in five minutes. */
const AGAIN_MS = 300_000;

/** Null: they are as the carrier has them. */
export type Synced = CarrierError | null;

const underWay = new WeakMap<Runtime['db'], Map<string, Promise<Synced>>>();

/**
 * Reads a route's templates from its carrier; who asks while that is being done gets the same answer. Not inside a transaction.
 * Never throws for what the network or the carrier does.
 */
export function syncTemplates(rt: Runtime, route: Route): Promise<Synced> {
  let mine = underWay.get(rt.db);
  if (!mine) underWay.set(rt.db, mine = new Map());
  const running = mine.get(route.id);
  if (running) return running;
  const all = mine;
  const one = sync(rt, route).finally(() => all.delete(route.id));
  all.set(route.id, one);
  return one;
}

async function sync(rt: Runtime, route: Route): Promise<Synced> {
  const carrier = rt.providers[route.provider]?.templates;
  if (!carrier) return null;
  const found = await carrier.list(await carrierContext(rt, route));
  const at = new Date(rt.clock.now());
  const every = rt.config.templateSyncSeconds * 1000;
  if (isCarrierError(found)) {
    const { class: kind, code, title, detail, http_status } = found;
    const error = { class: kind, code, title, ...(detail && { detail }), ...(http_status && { http_status }) };
    await writeSync(rt.db, route, { at, error, next: new Date(at.getTime() + Math.min(every, AGAIN_MS)) });
    rt.log.warn({ route: route.id, provider: route.provider, code, reason: title }, 'the templates of a route could not be read');
    return error;
  }
  const changed = await rt.db.withCompany(await company(rt, route.company_id), (tx) => replaceTemplates(tx, route.id, found));
  await writeSync(rt.db, route, { at, error: null, next: new Date(at.getTime() + every) });
  if (changed > 0) rt.log.info({ route: route.id, templates: found.length, changed }, 'templates were read from the carrier');
  return null;
}
