import { decodeId, encodeId } from '@centralita/kernel';
import type { Runtime } from '../../runtime.ts';
import { accountById, accountErrors, accountsWithin, mayReach, routesOfAccount, type Route } from '../accounts/index.ts';
import type { Caller } from '../companies/index.ts';
import { errors } from './errors.ts';

/** An account of the caller's company, ready to send from: its first active route. */
export interface Line {
  readonly account_id: string;
  readonly route: Route;
}

/** The id of an account of the caller's company and businesses, on which a company's own IAM allows what is asked. Throws `accounts.not_found`, `companies.forbidden`. */
export async function ownAccount(rt: Runtime, caller: Caller, given: string): Promise<string> {
  const id = decodeId('acc', given);
  const account = id === undefined ? undefined : await accountById(rt, id);
  if (!account || !mayReach(caller, account)) throw accountErrors.not_found();
  await caller.onAccount?.(account.id);
  return account.id;
}

/**
 * The line to send from: the one given, or the only one there is. Not inside a transaction.
 * Throws `accounts.not_found`, `api.no_account`, `api.account_needed`, `api.account_disabled`, `api.no_route`.
 */
export async function lineOf(rt: Runtime, caller: Caller, given: string | undefined): Promise<Line> {
  return lineOfAccount(rt, given === undefined ? await onlyAccount(rt, caller) : await ownAccount(rt, caller, given));
}

export async function lineOfAccount(rt: Runtime, account_id: string): Promise<Line> {
  if ((await accountById(rt, account_id))?.status === 'disabled') throw errors.account_disabled();
  const routes = await routesOfAccount(rt, account_id);
  const route = routes.find((r) => r.status === 'active') ?? routes[0];
  if (!route) throw errors.no_route();
  return { account_id, route };
}

async function onlyAccount(rt: Runtime, caller: Caller): Promise<string> {
  const usable = (await accountsWithin(rt, caller)).filter((a) => a.status === 'active');
  if (usable.length > 1) throw errors.account_needed(undefined, { account_ids: usable.map((a) => encodeId('acc', a.id)) });
  if (usable.length === 0) throw errors.no_account();
  await caller.onAccount?.(usable[0]!.id);
  return usable[0]!.id;
}
