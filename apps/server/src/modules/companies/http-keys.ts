import type { FastifyInstance, FastifyRequest } from 'fastify';
import { ChangeApiKeyBody, CreateApiKeyBody, type ApiKey, type ApiKeyPage, type MadeApiKey } from '@centralita/contracts';
import { decodeId, encodeId } from '@centralita/kernel';
import type { z } from 'zod';
import type { Runtime } from '../../runtime.ts';
import { callerOf } from './caller.ts';
import { userNames } from './directory.ts';
import { errors } from './errors.ts';
import { changeKey, makeKey, revokeKey } from './keys.ts';
import { keysOf, type ListedKey } from './store-keys.ts';

/** API keys of a company. The key itself is answered once, when it is made. */
export function keyRoutes(app: FastifyInstance, rt: Runtime): void {
  app.get('/api/api-keys', async (request): Promise<z.output<typeof ApiKeyPage>> => {
    const caller = await callerOf(rt, request, 'company:manage_api_keys');
    const names = await userNames(rt, caller.company.id);
    return { api_keys: (await keysOf(rt.db, caller.company.id)).map((key) => view(key, names)) };
  });
  app.post('/api/api-keys', async (request, reply): Promise<z.output<typeof MadeApiKey>> => {
    const caller = await callerOf(rt, request, 'company:manage_api_keys');
    const { row, key } = await makeKey(rt, caller, CreateApiKeyBody.parse(request.body));
    void reply.code(201).header('cache-control', 'no-store');
    return { api_key: view(row, await userNames(rt, caller.company.id)), key };
  });
  app.patch('/api/api-keys/:id', async (request): Promise<ApiKey> => {
    const caller = await callerOf(rt, request, 'company:manage_api_keys');
    return view(await changeKey(rt, caller, { id: keyId(request), body: ChangeApiKeyBody.parse(request.body) }), await userNames(rt, caller.company.id));
  });
  app.delete('/api/api-keys/:id', async (request, reply) => {
    const caller = await callerOf(rt, request, 'company:manage_api_keys');
    await revokeKey(rt, caller, keyId(request));
    return reply.code(204).send();
  });
}

function view(k: ListedKey, names: ReadonlyMap<string, string>): ApiKey {
  return {
    id: encodeId('key', k.id), name: k.name, prefix: k.prefix, role: k.role, scopes: k.scopes, allowed_ips: k.allowed_ips, platform: k.platform, business_ids: k.business_ids.map((id) => encodeId('biz', id)),
    expires_at: k.expires_at?.toISOString() ?? null, last_used_at: k.last_used_at?.toISOString() ?? null, last_used_ip: k.last_used_ip, created_at: k.created_at.toISOString(),
    created_by: k.created_by === null ? null : { id: encodeId('usr', k.created_by), name: names.get(k.created_by) ?? '' }, revoked_at: k.revoked_at?.toISOString() ?? null,
  };
}

function keyId(request: FastifyRequest): string {
  const id = decodeId('key', (request.params as { id: string }).id);
  if (id === undefined) throw errors.key_not_found();
  return id;
}
