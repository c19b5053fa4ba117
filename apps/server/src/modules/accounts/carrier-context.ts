import type { CarrierContext } from '../../providers/contract.ts';
import type { Runtime } from '../../runtime.ts';
import { appById, type Route } from './directory.ts';
import { webHostFinder } from './web-host.ts';

/** What a provider works with on a route. */
export async function carrierContext(rt: Runtime, route: Route): Promise<CarrierContext> {
  const app = route.app_id === null ? undefined : await appById(rt, route.app_id);
  const find = rt.providers[route.provider]?.hosted?.(route.credentials) && webHostFinder(rt);
  return {
    http: rt.http.carrier, credentials: route.credentials, timeoutMs: rt.config.carrierTimeoutSeconds * 1000,
    ...(find && { webHost: () => find(route) }),
    ...(app && { webhookUrl: `${rt.config.publicUrl}/webhook/${app.provider}/${app.slug}` }),
  };
}
