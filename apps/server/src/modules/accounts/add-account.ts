import { newUuid, randomToken } from '@centralita/kernel';
import { isUniqueViolation } from '@centralita/platform/database';
import type { RouteLimits } from '../../providers/contract.ts';
import type { Runtime } from '../../runtime.ts';
import { forgetAccounts } from './directory.ts';
import { errors } from './errors.ts';
import { allApps, insertAccount, insertApp, insertRoute, type AppRow } from './store.ts';

export interface NewAccount {
  readonly companyId: string;
  readonly name: string;
  /** Digits, country code first. */
  readonly phone: string | null;
  readonly provider: string;
  readonly senderId: string;
  readonly wabaId: string | null;
  readonly credentials: Readonly<Record<string, string>>;
  readonly appSecret: string;
  /** The webhook's address ends in it; an existing app with the same secret and slug is shared. */
  readonly appSlug: string;
  /** Made when absent. */
  readonly verifyToken?: string;
  readonly limits?: Partial<RouteLimits>;
}
export interface AddedAccount {
  readonly accountId: string;
  readonly routeId: string;
  readonly appId: string;
  readonly verifyToken: string;
  readonly webhookPath: string;
}

/** Adds an account with one route, and its app when there is none yet. Throws `accounts.sender_taken`. */
export async function addAccount(rt: Runtime, input: NewAccount): Promise<AddedAccount> {
  if (!rt.providers[input.provider]) throw errors.provider_unknown(input.provider);
  const apps = await allApps(rt.db);
  const existing = apps.find((a) => a.provider === input.provider && a.slug === input.appSlug);
  const known = existing ? (JSON.parse(rt.sealer.open(existing.secrets)) as { appSecret: string; verifyToken: string }) : undefined;
  if (known && known.appSecret !== input.appSecret) throw errors.sender_taken(`The app “${input.appSlug}” has another app secret; choose another webhook name.`);
  const verifyToken = known?.verifyToken ?? input.verifyToken ?? randomToken(18);
  const app: AppRow = existing ?? {
    id: newUuid(), company_id: input.companyId, provider: input.provider, slug: input.appSlug,
    is_default: !apps.some((a) => a.provider === input.provider && a.is_default),
    secrets: rt.sealer.seal(JSON.stringify({ appSecret: input.appSecret, verifyToken })),
  };
  const accountId = newUuid();
  const routeId = newUuid();
  try {
    await rt.db.shared(async (tx) => {
      if (!existing) await insertApp(tx, app);
      await insertAccount(tx, { id: accountId, company_id: input.companyId, name: input.name, phone: input.phone, status: 'active' });
      await insertRoute(tx, {
        id: routeId, company_id: input.companyId, account_id: accountId, app_id: app.id, provider: input.provider, sender_id: input.senderId,
        waba_id: input.wabaId, position: 0, credentials: rt.sealer.seal(JSON.stringify(input.credentials)),
        settings: input.limits ? { limits: input.limits } : {}, status: 'active', status_reason: null,
      });
    });
  } catch (error) {
    if (isUniqueViolation(error, 'routes_app_sender')) throw errors.sender_taken(input.senderId);
    throw error;
  }
  forgetAccounts(rt);
  return { accountId, routeId, appId: app.id, verifyToken, webhookPath: `/webhook/${input.provider}/${app.slug}` };
}
