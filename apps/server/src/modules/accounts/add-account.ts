import { isDeepStrictEqual } from 'node:util';
import { newUuid, randomToken } from '@centralita/kernel';
import { isUniqueViolation } from '@centralita/platform/database';
import type { RouteLimits, WebhookSecrets } from '../../providers/contract.ts';
import type { Runtime } from '../../runtime.ts';
import { takeRoom } from '../companies/index.ts';
import { forgetAccounts } from './directory.ts';
import { errors } from './errors.ts';
import type { RouteSettings } from './route-settings.ts';
import { allApps, allRoutes, countAccounts, insertAccount, insertApp, insertRoute, nextPosition, updateAppSecrets, updateRoute, type AppRow, type RouteRow } from './store.ts';
import { freeSender, placeRoute } from './store-chain.ts';

export interface NewAccount {
  readonly companyId: string;
  readonly name: string;
  /** Digits, country code first. */
  readonly phone: string | null;
  readonly provider: string;
  readonly senderId: string;
  readonly wabaId: string | null;
  readonly credentials: Readonly<Record<string, string>>;
  /** What the carrier proves its webhooks with. Absent: one is made up to be told to the carrier; an app of the company keeps its own. */
  readonly appSecret?: string;
  /** Further things that its webhooks are checked with (`WebhookSecrets.more`). */
  readonly more?: WebhookSecrets['more'];
  /** The webhook's address ends in it; an app of the company with this slug is shared, one of another company only with the same secret. */
  readonly appSlug: string;
  /** Made when absent; an existing app keeps its own. */
  readonly verifyToken?: string;
  readonly limits?: Partial<RouteLimits>;
  /** A further route of this account of the company, behind those it has; without it a new account is made. */
  readonly accountId?: string;
}
export interface AddedAccount {
  readonly accountId: string;
  readonly routeId: string;
  readonly appId: string;
  readonly verifyToken: string;
  /** Of the app: stays inside the process. */
  readonly secrets: WebhookSecrets;
  readonly webhookPath: string;
  /** The sender was connected already: its credentials are new now, and a stopped route is active again. */
  readonly renewed: boolean;
}

/**
 * Adds an account with one route, and its app when there is none yet. A sender that the company has connected on this app already gets
 * the new credentials and secret instead, and is active again. Throws `accounts.sender_taken`, `accounts.sender_elsewhere`, `accounts.app_taken`, `accounts.provider_unknown`, `accounts.not_found`,
 * `companies.limit_accounts`.
 */
export async function addAccount(rt: Runtime, input: NewAccount): Promise<AddedAccount> {
  if (!rt.providers[input.provider]) throw errors.provider_unknown(input.provider);
  try {
    return await add(rt, input);
  } catch (error) {
    // Somebody made the same app, or the first one of this carrier, at the same moment: now it is there.
    if (isUniqueViolation(error, 'apps_provider_slug_key') || isUniqueViolation(error, 'apps_default')) return add(rt, input);
    throw error;
  }
}

async function add(rt: Runtime, input: NewAccount): Promise<AddedAccount> {
  const { app, known: found, isNew, secretsChanged = false, secrets } = await appFor(rt, input);
  // A sender that was removed is the same route again in its account; in another one its number is free for a new route.
  const freed = found?.status === 'removed' && found.account_id !== input.accountId ? found : undefined;
  const known = freed ? undefined : found;
  if (known && input.accountId !== undefined && known.account_id !== input.accountId) throw errors.sender_elsewhere();
  const ids = { accountId: known?.account_id ?? input.accountId ?? newUuid(), routeId: known?.id ?? newUuid() };
  const credentials = rt.sealer.seal(JSON.stringify(input.credentials));
  const settings: RouteSettings = { ...(input.limits && { limits: input.limits }), ...(input.phone && { phone: input.phone }) };
  try {
    await rt.db.shared(async (tx) => {
      if (isNew) await insertApp(tx, app);
      // Written only where it is another one: what was read above may be older than what somebody has written since.
      else if (secretsChanged) await updateAppSecrets(tx, app.id, app.secrets);
      if (freed) await freeSender(tx, freed.id);
      const position = input.accountId === undefined ? 0 : await nextPosition(tx, input.companyId, input.accountId);
      if (position === undefined) throw errors.not_found();
      if (known) {
        await updateRoute(tx, { id: known.id, credentials, waba_id: input.wabaId, settings });
        if (known.status === 'removed') await placeRoute(tx, known.id, position);
        return;
      }
      if (input.accountId === undefined) await takeRoom(tx, input.companyId, { what: 'accounts', has: () => countAccounts(tx, input.companyId) });
      if (input.accountId === undefined) await insertAccount(tx, { id: ids.accountId, company_id: input.companyId, name: input.name, phone: input.phone, status: 'active' });
      await insertRoute(tx, {
        id: ids.routeId, company_id: input.companyId, account_id: ids.accountId, app_id: app.id, provider: input.provider, sender_id: input.senderId,
        waba_id: input.wabaId, position, credentials, settings, status: 'active', status_reason: null,
      });
    });
  } catch (error) {
    if (isUniqueViolation(error, 'routes_app_sender')) throw errors.sender_taken(input.senderId);
    throw error;
  }
  forgetAccounts(rt);
  return { ...ids, appId: app.id, verifyToken: secrets.verifyToken, secrets, webhookPath: `/webhook/${input.provider}/${app.slug}`, renewed: known !== undefined };
}

/** The app as it shall be: the existing one, with a new secret only for a sender it has already, or a new one. */
async function appFor(rt: Runtime, input: NewAccount): Promise<{ app: AppRow; known: RouteRow | undefined; isNew: boolean; secretsChanged?: boolean; secrets: WebhookSecrets }> {
  const apps = (await allApps(rt.db)).filter((a) => a.provider === input.provider);
  const existing = apps.find((a) => a.slug === input.appSlug);
  const current = existing && JSON.parse(rt.sealer.open(existing.secrets)) as WebhookSecrets;
  const appSecret = input.appSecret ?? (existing?.company_id === input.companyId ? current!.appSecret : randomToken(24));
  const wanted = (verifyToken: string): WebhookSecrets => ({ appSecret, verifyToken, ...(input.more && { more: input.more }) });
  const seal = (secrets: WebhookSecrets): string => rt.sealer.seal(JSON.stringify(secrets));
  if (!existing || !current) {
    const secrets = wanted(input.verifyToken ?? randomToken(18));
    const app = { id: newUuid(), company_id: input.companyId, provider: input.provider, slug: input.appSlug, is_default: !apps.some((a) => a.is_default), secrets: seal(secrets) };
    return { app, known: undefined, isNew: true, secrets };
  }
  const known = (await allRoutes(rt.db)).find((r) => r.app_id === existing.id && r.sender_id === input.senderId);
  if (known && known.company_id !== input.companyId && known.status !== 'removed') throw errors.sender_taken(input.senderId);
  if (current.appSecret === appSecret && (input.more === undefined || isDeepStrictEqual(current.more, input.more))) return { app: existing, known, isNew: false, secrets: current };
  // Somebody else's webhooks would stop being believed.
  if (!known || existing.company_id !== input.companyId) throw errors.app_taken(`“${input.appSlug}”`);
  const secrets = wanted(current.verifyToken);
  return { app: { ...existing, secrets: seal(secrets) }, known, isNew: false, secretsChanged: true, secrets };
}
