import type { Runtime } from '../../runtime.ts';
import { accountsOfCompany, reachOf, routesOfAccount, routesOfCompany, type Bound, type Reach } from '../accounts/index.ts';
import { userNames } from '../companies/index.ts';

/** What views need besides the company's own rows; gathered before the transaction, which must not wait for a second connection. */
export interface Viewer {
  readonly accounts: ReadonlyMap<string, { readonly name: string; readonly phone: string | null; readonly status: string; readonly provider: string | null }>;
  /** Provider by route. */
  readonly providers: ReadonlyMap<string, string>;
  /** Of those providers, the ones that can show the contact that somebody is writing. */
  readonly showTyping: ReadonlySet<string>;
  /** The company's numbers (digits) by route, those that are gone too. */
  readonly numbers: ReadonlyMap<string, string | null>;
  readonly users: ReadonlyMap<string, string>;
  /** What is on other accounts is not there for who looks. */
  readonly reach: Reach;
  readonly now: number;
}

export const reaches = (reach: Reach, accountId: string): boolean => reach === null || reach.has(accountId);

/** For what a caller may see. Not inside a transaction. */
export async function viewerFor(rt: Runtime, caller: Bound): Promise<Viewer> {
  return { ...await viewerOf(rt, caller.company.id), reach: await reachOf(rt, caller) };
}

/** Names and numbers of a company, for showing all its conversations; to a caller `viewerFor`. Not inside a transaction. */
export async function viewerOf(rt: Runtime, companyId: string): Promise<Viewer> {
  const [accounts, users, routes] = await Promise.all([accountsOfCompany(rt, companyId), userNames(rt, companyId), routesOfCompany(rt, companyId)]);
  const chains = await Promise.all(accounts.map((a) => routesOfAccount(rt, a.id)));
  return {
    accounts: new Map(accounts.map((a, i) => {
      const first = chains[i]![0];
      return [a.id, { name: a.name, phone: a.phone, status: a.status === 'disabled' ? a.status : first?.status ?? 'stopped', provider: first?.provider ?? null }];
    })),
    providers: new Map(chains.flat().map((r) => [r.id, r.provider])),
    showTyping: new Set(chains.flat().map((r) => r.provider).filter((provider) => rt.providers[provider]?.presence)),
    numbers: new Map(routes.map((r) => [r.id, r.phone])),
    users, reach: null, now: rt.clock.now(),
  };
}
