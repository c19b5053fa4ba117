import type { AddRoute, ChangeAccount, ConnectedAccount, CreateAccount } from '@centralita/contracts/api';
import { encodeId } from '@centralita/kernel';
import type { Provider } from '../../providers/contract.ts';
import type { Runtime } from '../../runtime.ts';
import { accountErrors, addAccount, appById, changeAccount, reachOf, routesOfAccount, routesOfCompany, suggestWebhook, type AddedAccount } from '../accounts/index.ts';
import { audit, ownBusiness, type Caller } from '../companies/index.ts';
import { parsePhone } from '../contacts/index.ts';
import { replayUnroutedOfApp } from '../intake/index.ts';
import { routeChanged } from '../delivery/index.ts';
import { credentialsOf, probe, requireFields, subscribe, type Given } from './carrier-credentials.ts';
import { errors } from './errors.ts';
import { phoneOf } from './send-messages.ts';
import { detailsOf, showAccount } from './show-account.ts';

interface Connected {
  readonly added: AddedAccount;
  readonly webhook: ConnectedAccount['webhook'];
}

/** Tries the credentials, stores them and tells the carrier where to call. `to`: a further route of this account. */
async function connect(rt: Runtime, caller: Caller, { body, to }: { body: AddRoute & { name?: string }; to?: string }): Promise<Connected> {
  const { company } = caller;
  const provider = rt.providers[body.account_type];
  if (!provider) throw accountErrors.provider_unknown(`“${body.account_type}”`);
  const given = body.phone_number === undefined ? undefined : phoneOf(body.phone_number);
  const named = credentialsOf(rt, caller, { provider, given: body, phone: given });
  const credentials = { ...provider.complete?.(named) ?? named };
  requireFields(provider, credentials);
  const identity = provider.identify(credentials);
  await requireFree(rt, caller, { provider: provider.type, sender: identity.sender_id });
  const found = body.verify ? await probe(rt, provider, credentials) : {};
  const phone = given ?? parsePhone(found.display ?? '') ?? identity.phone ?? null;
  const appSecret = identity.app_secret;
  const added = await addAccount(rt, {
    companyId: company.id, name: body.name ?? found.name ?? found.display ?? phone ?? identity.sender_id, phone, provider: body.account_type,
    senderId: identity.sender_id, wabaId: identity.waba_id ?? body.waba_id ?? null, credentials, appSecret, more: identity.more, limits: found.info && provider.limitsFor?.(found.info),
    appSlug: body.webhook_name ?? await suggestWebhook(rt, { companyId: company.id, provider: body.account_type, senderId: identity.sender_id, appSecret, base: company.slug }),
    ...(to !== undefined && { accountId: to }),
  });
  await replayUnroutedOfApp(rt, added.appId);
  const url = rt.config.publicUrl + added.webhookPath;
  const reason = body.subscribe ? await subscribe(rt, { provider, credentials, secrets: added.secrets, url }) : 'It was not asked for.';
  await routeChanged(rt, added.routeId);
  return { added, webhook: { url, verify_token: added.verifyToken, subscribed: reason === null, reason } };
}

/** A number of an account that the caller does not reach is not theirs to renew. Throws `accounts.sender_elsewhere`. */
export async function requireFree(rt: Runtime, caller: Caller, { provider, sender }: { provider: string; sender: string }): Promise<void> {
  const reach = await reachOf(rt, caller);
  const elsewhere = (await routesOfCompany(rt, caller.company.id)).some((r) => r.provider === provider && r.sender_id === sender && r.status !== 'removed' && !(reach?.has(r.account_id) ?? true));
  if (elsewhere) throw accountErrors.sender_elsewhere();
}

/** `POST /api/accounts`. */
export async function connectAccount(rt: Runtime, caller: Caller, body: CreateAccount): Promise<{ account: ConnectedAccount; renewed: boolean }> {
  const { company } = caller;
  const business = await ownBusiness(rt, caller, body.business_id);
  const { added, webhook } = await connect(rt, caller, { body });
  const row = await changeAccount(rt, company.id, {
    id: added.accountId, change: { ...(business !== null && { business_id: business }) },
    note: (tx, _before, after) => audit(tx, caller, { action: added.renewed ? 'account.renewed' : 'account.connected', target: { kind: 'account', id: after.id, name: after.name }, after: { provider: body.account_type, phone: after.phone } }),
  });
  return { account: { ...await showAccount(rt, row), webhook }, renewed: added.renewed };
}

/** `POST /api/accounts/{id}/routes`. */
export async function connectRoute(rt: Runtime, caller: Caller, { accountId, body }: { accountId: string; body: AddRoute }): Promise<{ routeId: string; webhook: ConnectedAccount['webhook']; renewed: boolean }> {
  const { added, webhook } = await connect(rt, caller, { body, to: accountId });
  await changeAccount(rt, caller.company.id, {
    id: accountId, change: {},
    note: (tx, _before, after) => audit(tx, caller, { action: added.renewed ? 'route.renewed' : 'route.connected', target: { kind: 'route', id: encodeId('rt', added.routeId), name: after.name }, after: { provider: body.account_type } }),
  });
  return { routeId: added.routeId, webhook, renewed: added.renewed };
}

/** `PUT /api/accounts/{id}`, the part with credentials: those of the first route, the sender stays the same. */
export async function renewCredentials(rt: Runtime, caller: Caller, { id, body }: { id: string; body: ChangeAccount }): Promise<void> {
  if (body.api_key === undefined && body.webhook_secret === undefined && body.credentials === undefined && body.waba_id === undefined && body.phone_number_id === undefined) return;
  const account = await detailsOf(rt, caller.company.id, id);
  const [route] = await routesOfAccount(rt, id);
  const provider = route && rt.providers[route.provider];
  const app = route?.app_id ? await appById(rt, route.app_id) : undefined;
  if (!route || !provider || !app) throw errors.no_route();
  const credentials = { ...route.credentials, ...changed(rt, caller, { provider, body, phone: account.phone ?? undefined }) };
  requireFields(provider, credentials);
  const identity = provider.identify(credentials);
  if (identity.sender_id !== route.sender_id) throw errors.credentials_refused('They belong to another number. Connect it as a line of its own.');
  const found = body.verify ? await probe(rt, provider, credentials) : {};
  await addAccount(rt, {
    companyId: caller.company.id, name: account.name, phone: route.phone, provider: route.provider, senderId: route.sender_id, wabaId: identity.waba_id ?? route.waba_id,
    credentials, appSecret: identity.app_secret ?? app.secrets.appSecret, more: identity.more, appSlug: app.slug, limits: found.info && provider.limitsFor?.(found.info),
  });
  await routeChanged(rt, route.id);
}

/** Only what was given: the defaults of a new line stay out. */
function changed(rt: Runtime, caller: Caller, { provider, body, phone }: { provider: Provider; body: Given; phone: string | undefined }): Record<string, string> {
  const { graph_url, graph_version, phone_number, ...rest } = credentialsOf(rt, caller, { provider, given: body, phone });
  return {
    ...rest, ...(body.credentials?.['graph_url'] !== undefined && { graph_url: graph_url! }), ...(body.credentials?.['graph_version'] !== undefined && { graph_version: graph_version! }),
    ...(body.credentials?.['phone_number'] !== undefined && { phone_number: phone_number! }),
  };
}
