import type { FastifyInstance, FastifyRequest } from 'fastify';
import { CheckCredentials, type Carrier, type CredentialsCheck } from '@centralita/contracts/api';
import type { Provider } from '../../providers/contract.ts';
import type { Runtime } from '../../runtime.ts';
import { accountErrors } from '../accounts/index.ts';
import { callerOf, type Caller } from '../companies/index.ts';
import { contextOf, credentialsOf, mayGive, requireFields } from './carrier-credentials.ts';
import { phoneOf } from './send-messages.ts';
import { words } from './show-route.ts';

/** What can be connected, and with what: whoever draws a form for it needs to know nothing of carriers. */
export function carrierRoutes(app: FastifyInstance, rt: Runtime): void {
  app.get('/api/carriers', async (request): Promise<{ carriers: Carrier[] }> => {
    const caller = await callerOf(rt, request, 'whatsapp:admin');
    return { carriers: Object.values(rt.providers).map((provider) => show(caller, provider)) };
  });

  app.post('/api/carriers/:account_type/check', async (request: FastifyRequest<{ Params: { account_type: string } }>): Promise<CredentialsCheck> => {
    const caller = await callerOf(rt, request, 'whatsapp:admin');
    const body = CheckCredentials.parse(request.body);
    const provider = Object.hasOwn(rt.providers, request.params.account_type) ? rt.providers[request.params.account_type] : undefined;
    if (!provider) throw accountErrors.provider_unknown(`“${request.params.account_type}”`);
    const credentials = credentialsOf(rt, caller, { provider, given: body, phone: body.phone_number === undefined ? undefined : phoneOf(body.phone_number) });
    requireFields(provider, credentials);
    const result = await provider.setup?.probe(contextOf(rt, credentials));
    if (result?.ok === false) return { ok: false, number: null, name: null, error: words(result.error) };
    return { ok: true, number: result?.display ?? null, name: result?.name ?? null, error: null };
  });
}

function show(caller: Caller, { type, fields, setup, push, pairing, limits }: Provider): Carrier {
  return {
    account_type: type, fields: fields.map(({ name, secret, required, help }) => ({ name, secret, required, help, mine: mayGive(caller, name) })),
    webhook: push === undefined ? 'none' : setup?.subscribe ? 'automatic' : 'by_hand', verify_token: push?.handshake !== undefined, pairing: pairing !== undefined, official: limits.human === undefined,
  };
}
