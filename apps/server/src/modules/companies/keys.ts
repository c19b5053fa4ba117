import type { ChangeApiKeyBody, CreateApiKeyBody } from '@centralita/contracts';
import { encodeId } from '@centralita/kernel';
import type { Tx } from '@centralita/platform/database';
import type { z } from 'zod';
import type { Runtime } from '../../runtime.ts';
import { audit, difference } from './audit.ts';
import { decodeBusinesses } from './businesses.ts';
import type { Caller } from './caller-type.ts';
import { addApiKey } from './create-company.ts';
import { errors } from './errors.ts';
import { isNetwork } from './ip-list.ts';
import { permissionsOf, requireCovered } from './permissions.ts';
import { keyOf, revoke, setKeyBusinesses, updateKey, type ListedKey } from './store-keys.ts';

/** Throws `companies.forbidden` for a key that may more than the caller, `companies.bad_network`, `companies.past_expiry`, `companies.business_not_found`. */
export async function makeKey(rt: Runtime, caller: Caller, body: z.output<typeof CreateApiKeyBody>): Promise<{ row: ListedKey; key: string }> {
  const { allowed_ips, expires_at } = checked(rt, body);
  requireCovered(caller, permissionsOf(body.role, body));
  return rt.db.shared(async (tx) => {
    const { id, key } = await addApiKey(tx, caller.company.id, {
      name: body.name, role: body.role, scopes: body.scopes, platform: body.platform, allowed_ips: allowed_ips ?? null, expires_at: expires_at ?? null, created_by: caller.user?.id ?? null,
    });
    await setKeyBusinesses(tx, { id, company_id: caller.company.id }, await decodeBusinesses(tx, caller.company.id, body.business_ids));
    const row = (await keyOf(tx, caller.company.id, id))!;
    await audit(tx, caller, { action: 'api_key.created', target: target(row), after: told(row) });
    return { row, key };
  });
}

export async function changeKey(rt: Runtime, caller: Caller, { id, body }: { id: string; body: z.output<typeof ChangeApiKeyBody> }): Promise<ListedKey> {
  const { allowed_ips, expires_at } = checked(rt, body);
  return rt.db.shared(async (tx) => {
    const before = await changeable(tx, caller, id);
    const business_ids = body.business_ids === undefined ? before.business_ids : await decodeBusinesses(tx, caller.company.id, body.business_ids);
    const after: ListedKey = {
      ...before, name: body.name ?? before.name, allowed_ips: allowed_ips === undefined ? before.allowed_ips : allowed_ips, expires_at: expires_at === undefined ? before.expires_at : expires_at, business_ids,
    };
    await updateKey(tx, after);
    if (body.business_ids !== undefined) await setKeyBusinesses(tx, before, business_ids);
    const changed = difference(told(before), told(after));
    if (changed) await audit(tx, caller, { action: 'api_key.changed', target: target(after), ...changed });
    return after;
  });
}

/** It opens nothing from now on; it stays in the list. A second time changes nothing. */
export async function revokeKey(rt: Runtime, caller: Caller, id: string): Promise<void> {
  await rt.db.shared(async (tx) => {
    const key = await changeable(tx, caller, id);
    if (key.revoked_at !== null) return;
    await revoke(tx, id);
    await audit(tx, caller, { action: 'api_key.revoked', target: target(key), before: told(key) });
  });
}

async function changeable(tx: Tx, caller: Caller, id: string): Promise<ListedKey> {
  const key = await keyOf(tx, caller.company.id, id, true);
  if (!key) throw errors.key_not_found();
  requireCovered(caller, permissionsOf(key.role, key));
  return key;
}

function checked(rt: Runtime, body: z.output<typeof ChangeApiKeyBody>): { allowed_ips: string[] | null | undefined; expires_at: Date | null | undefined } {
  const wrong = body.allowed_ips?.find((network) => !isNetwork(network));
  if (wrong !== undefined) throw errors.bad_network(wrong);
  const expires_at = body.expires_at === undefined || body.expires_at === null ? body.expires_at : new Date(body.expires_at);
  if (expires_at && expires_at.getTime() <= rt.clock.now()) throw errors.past_expiry();
  // An empty list would let nobody in: it means that none was given.
  return { allowed_ips: body.allowed_ips?.length === 0 ? null : body.allowed_ips, expires_at };
}

const target = (k: ListedKey): { kind: string; id: string; name: string } => ({ kind: 'api_key', id: encodeId('key', k.id), name: `${k.name} (${k.prefix}…)` });
const told = (k: ListedKey) => ({ name: k.name, role: k.role, scopes: k.scopes, allowed_ips: k.allowed_ips, expires_at: k.expires_at?.toISOString() ?? null, platform: k.platform, business_ids: k.business_ids.map((id) => encodeId('biz', id)) });
