import { decodeId } from '@centralita/kernel';
import type { PairingCarrier, Provider } from '../../providers/contract.ts';
import type { Runtime } from '../../runtime.ts';
import { accountErrors, routesOfAccount, type Route } from '../accounts/index.ts';
import type { Caller } from '../companies/index.ts';
import { hostedOf } from '../web-sessions/index.ts';
import { errors } from './errors.ts';
import { ownAccount } from './lines.ts';

/** A number that is a phone linked by a code. */
export interface Linked {
  readonly account_id: string;
  readonly route: Route;
  readonly provider: Provider & { readonly pairing: PairingCarrier };
  /** This server runs its session; otherwise its carrier does. */
  readonly hosted: boolean;
}
export interface Wish {
  readonly id: string;
  readonly route_id?: string | undefined;
  readonly type?: string | undefined;
}

/** The number meant, or the first one of the line that has a session. Throws `accounts.not_found`, `accounts.route_not_found`, `api.no_web_session`. */
export async function linkedRoute(rt: Runtime, caller: Caller, { id, route_id, type }: Wish): Promise<Linked> {
  const account_id = await ownAccount(rt, caller, id);
  const routes = await routesOfAccount(rt, account_id);
  const wanted = route_id === undefined ? undefined : decodeId('rt', route_id);
  if (route_id !== undefined && !routes.some((r) => r.id === wanted)) throw accountErrors.route_not_found();
  for (const route of routes) {
    const provider = rt.providers[route.provider];
    if (provider?.pairing && (type === undefined || type === route.provider) && (wanted === undefined || wanted === route.id)) {
      return { account_id, route, provider: { ...provider, pairing: provider.pairing }, hosted: hostedOf(rt, route) !== undefined };
    }
  }
  throw errors.no_web_session(`Its carriers: ${routes.map((r) => r.provider).join(', ') || 'none'}.`);
}
