import type { SubscriptionBody, SubscriptionPatch } from '@centralita/contracts';
import { decodeId, newUuid } from '@centralita/kernel';
import type { Tx } from '@centralita/platform/database';
import type { Runtime } from '../../runtime.ts';
import { errors } from './errors.ts';
import { forgetListeners } from './listeners.ts';
import { ringCouriers } from './record-events.ts';
import { newSecret } from './sign.ts';
import { deleteSubscription, insertSubscription, listSubscriptions, lockSubscription, subscriptionById, updateSecrets, updateSubscription, type SubscriptionRow } from './store.ts';
import { hurryStalls } from './store-queue.ts';

/** The old secret signs too for this long, so that receivers can be changed without haste. */
export const ROTATION_HOURS = 24;
const MOST = 50;

/** A new subscription and its secret, in the clear for this once. Accounts are those of the company, as the caller knows them. */
export async function createSubscription(rt: Runtime, tx: Tx, { body, accounts }: { readonly body: SubscriptionBody; readonly accounts: readonly string[] }): Promise<{ row: SubscriptionRow; secret: string | null }> {
  if (body.kind === 'rabbitmq' && rt.config.amqpUrl === undefined) throw errors.no_broker();
  if ((await listSubscriptions(tx)).length >= MOST) throw errors.too_many();
  const secret = body.kind === 'http' ? newSecret() : null;
  const id = newUuid();
  await insertSubscription(tx, {
    id, name: body.name, kind: body.kind, url: body.kind === 'http' ? body.url : null, secret: secret === null ? null : rt.sealer.seal(secret),
    events: body.events, accounts: accountIds(body.account_ids, accounts), settings: body.settings,
  });
  forgetListeners(rt, tx);
  return { row: (await subscriptionById(tx, id))!, secret };
}

function accountIds(given: readonly string[] | null, known: readonly string[]): string[] | null {
  return given === null ? null : given.map((text) => {
    const id = decodeId('acc', text);
    if (id === undefined || !known.includes(id)) throw errors.account_unknown(text);
    return id;
  });
}

/** Changes what is given. Whatever changed, what waited for a later try is tried now. */
export async function changeSubscription(rt: Runtime, tx: Tx, { id, patch, accounts }: { readonly id: string; readonly patch: SubscriptionPatch; readonly accounts: readonly string[] }): Promise<SubscriptionRow> {
  const row = await lockSubscription(tx, id);
  if (!row) throw errors.not_found();
  if (patch.url !== undefined && row.kind !== 'http') throw errors.only_http();
  await updateSubscription(tx, {
    id, name: patch.name ?? row.name, url: patch.url ?? row.url, events: patch.events === undefined ? row.events : patch.events,
    accounts: patch.account_ids === undefined ? row.accounts : accountIds(patch.account_ids, accounts),
    settings: { ...row.settings, ...patch.settings }, status: patch.status ?? row.status,
  });
  await hurryStalls(tx, id);
  forgetListeners(rt, tx);
  await ringCouriers(rt, tx, [id]);
  return (await subscriptionById(tx, id))!;
}

/** A new secret; the present one signs too for a day. */
export async function rotateSecret(rt: Runtime, tx: Tx, id: string): Promise<{ row: SubscriptionRow; secret: string }> {
  const row = await lockSubscription(tx, id);
  if (!row) throw errors.not_found();
  if (row.kind !== 'http') throw errors.only_http();
  const secret = newSecret();
  await updateSecrets(tx, { id, secret: rt.sealer.seal(secret), previous: row.secret, hours: ROTATION_HOURS });
  return { row: (await subscriptionById(tx, id))!, secret };
}

export async function removeSubscription(rt: Runtime, tx: Tx, id: string): Promise<void> {
  if (!await lockSubscription(tx, id)) throw errors.not_found();
  await deleteSubscription(tx, id);
  forgetListeners(rt, tx);
}
