import { newUuid } from '@centralita/kernel';
import { isUniqueViolation } from '@centralita/platform/database';
import type { HostedSession } from '../../providers/contract.ts';
import type { Runtime } from '../../runtime.ts';
import type { Route } from '../accounts/index.ts';
import { errors } from './errors.ts';
import { putSession, sessionOfRoute, type SessionRow } from './store.ts';

/** How a route's web session is run by us; undefined: it is none of ours. */
export const hostedOf = (rt: Runtime, route: Pick<Route, 'provider' | 'credentials'>): HostedSession | undefined => rt.providers[route.provider]?.hosted?.(route.credentials);

/** The session of a route, made where there is none yet; undefined: the route is no web session of ours. Throws `web-sessions.name_taken`. */
export async function ensureSession(rt: Runtime, route: Route): Promise<SessionRow | undefined> {
  const hosted = hostedOf(rt, route);
  if (!hosted || route.app_id === null) return undefined;
  const known = await sessionOfRoute(rt.db, route.id);
  if (known && known.engine === hosted.engine && known.sandbox === hosted.sandbox && known.name === route.sender_id && known.account_id === route.account_id) return known;
  try {
    await putSession(rt.db, {
      id: newUuid(), company_id: route.company_id, account_id: route.account_id, route_id: route.id, app_id: route.app_id, name: route.sender_id, engine: hosted.engine, sandbox: hosted.sandbox,
    });
  } catch (error) {
    if (isUniqueViolation(error, 'web_sessions_company_id_name_key')) throw errors.name_taken(`“${route.sender_id}”`);
    throw error;
  }
  return sessionOfRoute(rt.db, route.id);
}
