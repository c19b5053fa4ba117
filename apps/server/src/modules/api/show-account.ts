import type { Account } from '@centralita/contracts/api';
import { encodeId } from '@centralita/kernel';
import type { Runtime } from '../../runtime.ts';
import { accountDetails, accountErrors, appById, chainOf, mayReach, routesOfAccount, type AccountDetails, type ChainRoute } from '../accounts/index.ts';
import { botsOfAccounts } from '../bots/index.ts';
import { company, type Caller } from '../companies/index.ts';
import { e164OrNull } from '../contacts/index.ts';

/** The accounts a caller reaches as the API shows them; `business`: only those of it. */
export async function showAccounts(rt: Runtime, caller: Caller, business?: string | null): Promise<Account[]> {
  const own = (await accountDetails(rt.db, caller.company.id)).filter((a) => mayReach(caller, a) && (business === undefined || a.business_id === business));
  const bots = await rt.db.withCompany(caller.company, (tx) => botsOfAccounts(tx, own.map((a) => a.id)));
  return Promise.all(own.map((a) => show(rt, a, bots.get(a.id))));
}

/** Throws `accounts.not_found`. */
export async function detailsOf(rt: Runtime, companyId: string, id: string): Promise<AccountDetails> {
  const [account] = await accountDetails(rt.db, companyId, id);
  if (!account) throw accountErrors.not_found();
  return account;
}

/** Without any secret. */
export async function showAccount(rt: Runtime, account: AccountDetails): Promise<Account> {
  const bots = await rt.db.withCompany(await company(rt, account.company_id), (tx) => botsOfAccounts(tx, [account.id]));
  return show(rt, account, bots.get(account.id));
}

async function show(rt: Runtime, account: AccountDetails, bot: string | undefined): Promise<Account> {
  const routes = await routesOfAccount(rt, account.id);
  const chain = await chainOf(rt, account.id);
  const first = routes[0];
  return {
    id: encodeId('acc', account.id), company_id: encodeId('co', account.company_id), business_id: account.business_id === null ? null : encodeId('biz', account.business_id),
    name: account.name, phone_number: e164OrNull(account.phone), waba_id: first?.waba_id ?? null, account_type: first?.provider ?? '', provider: first?.provider ?? '',
    status: account.status === 'disabled' ? 'disabled' : first?.status ?? 'stopped',
    routes: await Promise.all(routes.map((r) => showRoute(rt, r))),
    fallback_threshold_errors: chain.threshold, fallback_cooldown_seconds: chain.cooldownMs / 1000,
    bot_id: bot === undefined ? null : encodeId('bot', bot), created_at: account.created_at.toISOString(), updated_at: account.updated_at.toISOString(),
  };
}

/** Without any secret. */
export async function showRoute(rt: Runtime, route: ChainRoute): Promise<Account['routes'][number]> {
  const app = route.app_id === null ? undefined : await appById(rt, route.app_id);
  return {
    id: encodeId('rt', route.id), account_type: route.provider, sender_id: route.sender_id, waba_id: route.waba_id, status: route.status, status_reason: route.status_reason,
    webhook_url: app ? `${rt.config.publicUrl}/webhook/${app.provider}/${app.slug}` : null,
  };
}
