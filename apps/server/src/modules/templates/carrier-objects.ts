import { createHash } from 'node:crypto';
import type { CompanyRef } from '@centralita/platform/database';
import type { CarrierError, OutboundContent } from '../../messaging/index.ts';
import type { Runtime } from '../../runtime.ts';
import { carrierContext, type Route } from '../accounts/index.ts';
import { company } from '../companies/index.ts';
import { deleteObject, insertObject, objectOf, oldObjects } from './store.ts';

/** An object nobody used for so long is removed at the carrier; the next message that needs it makes another. */
const KEEP_DAYS = 14;
const AT_ONCE = 50;

const underWay = new WeakMap<Runtime['db'], Map<string, Promise<Made>>>();
type Made = { readonly object?: string } | CarrierError;

/**
 * What has to be made of a content at the route's carrier before it is sent: made once, then known. Nothing where the content is
 * sent as it is, or where the carrier refuses to make it: it leaves in the carrier's plainer form then. An error: try again later.
 * Not inside a transaction.
 */
export async function objectFor(rt: Runtime, ref: CompanyRef, route: Route, content: OutboundContent): Promise<Made> {
  const description = rt.providers[route.provider]?.objects?.describe(content);
  if (description === undefined) return {};
  const key = createHash('sha256').update(description).digest('hex');
  const known = await rt.db.withCompany(ref, (tx) => objectOf(tx, route.id, key));
  if (known !== undefined) return { object: known };
  let mine = underWay.get(rt.db);
  if (!mine) underWay.set(rt.db, mine = new Map());
  const all = mine;
  const place = `${route.id} ${key}`;
  const running = all.get(place);
  if (running) return running;
  const one = make(rt, ref, route, { key, description }).finally(() => all.delete(place));
  all.set(place, one);
  return one;
}

async function make(rt: Runtime, ref: CompanyRef, route: Route, { key, description }: { key: string; description: string }): Promise<Made> {
  const made = await rt.providers[route.provider]!.objects!.make(await carrierContext(rt, route), description);
  if (!('class' in made)) {
    await rt.db.withCompany(ref, (tx) => insertObject(tx, { route_id: route.id, key, remote_id: made.id }));
    return { object: made.id };
  }
  if (made.class === 'retry' || made.class === 'slow_down') return made;
  rt.log.warn({ route: route.id, code: made.code, reason: made.title }, 'the carrier does not make what a message needs; it leaves in a plainer form');
  return {};
}

/** The carrier has it no more. */
export async function forgetObject(rt: Runtime, ref: CompanyRef, route: Route, id: string): Promise<void> {
  await rt.db.withCompany(ref, (tx) => deleteObject(tx, route.id, id));
}

/** Removes a route's objects that nobody used for long, some at a time. */
export async function dropOldObjects(rt: Runtime, route: Route): Promise<void> {
  const carrier = rt.providers[route.provider]?.objects;
  if (!carrier) return;
  const ref = await company(rt, route.company_id);
  for (const id of await rt.db.withCompany(ref, (tx) => oldObjects(tx, route.id, { days: KEEP_DAYS, limit: AT_ONCE }))) {
    const error = await carrier.remove(await carrierContext(rt, route), id);
    if (error !== undefined && !carrier.missing(error)) return;
    await forgetObject(rt, ref, route, id);
  }
}
