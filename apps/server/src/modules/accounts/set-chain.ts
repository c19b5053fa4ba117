import type { Runtime } from '../../runtime.ts';
import type { AddedAccount } from './add-account.ts';
import { orderRoutes, removeRoute } from './change-route.ts';
import { forgetAccounts, routesOfAccount } from './directory.ts';
import { addRoute, type RouteConfig } from './provider-config.ts';
import { setFallback } from './set-fallback.ts';

/** A route of the chain as it shall be: one that is there (stays as it is), or a configuration (new, or renewed where the sender is known). */
export type ChainPart = { readonly routeId: string } | { readonly config: RouteConfig };
export interface ChainWish {
  readonly companyId: string;
  readonly accountId: string;
  readonly name: string;
  readonly base: string;
  /** First choice first. */
  readonly parts: readonly ChainPart[];
  readonly fallback: { readonly fallback_threshold_errors: number; readonly fallback_cooldown_seconds: number };
}

/**
 * Makes the chain of an account this one: adds what is new, takes out what is not named, puts it in order. The caller has seen that nothing
 * waits on what is taken out. Answers what was added or renewed. Throws like `addAccount`; what was added before stays.
 */
export async function setChain(rt: Runtime, { companyId, accountId, name, base, parts, fallback }: ChainWish): Promise<AddedAccount[]> {
  const added: AddedAccount[] = [];
  const order: string[] = [];
  for (const part of parts) {
    if ('routeId' in part) {
      order.push(part.routeId);
      continue;
    }
    const one = await addRoute(rt, { companyId, name, base, config: part.config, accountId });
    added.push(one);
    order.push(one.routeId);
  }
  forgetAccounts(rt);
  for (const route of await routesOfAccount(rt, accountId)) if (!order.includes(route.id)) await removeRoute(rt, { companyId, accountId, routeId: route.id });
  await orderRoutes(rt, { companyId, accountId, routeIds: [...new Set(order)] });
  await setFallback(rt, accountId, fallback);
  return added;
}
