import type { FastifyInstance, FastifyRequest } from 'fastify';
import { AccountQuery, ChangeAccount, CreateAccount, MetricsQuery, type Account, type AccountList, type AccountMetrics, type ConnectedAccount } from '@centralita/contracts/api';
import { encodeId } from '@centralita/kernel';
import type { Runtime } from '../../runtime.ts';
import { changeAccount, chainOf, setFallback, type AccountChange } from '../accounts/index.ts';
import { audit, callerOf, difference, ownBusiness, type Caller } from '../companies/index.ts';
import { accountMetrics } from './account-metrics.ts';
import { connectAccount, renewCredentials } from './connect-account.ts';
import { ownAccount } from './lines.ts';
import { phoneOf } from './send-messages.ts';
import { detailsOf, showAccount, showAccounts } from './show-account.ts';

type ById = FastifyRequest<{ Params: { id: string } }>;

export function accountRoutes(app: FastifyInstance, rt: Runtime): void {
  app.get('/api/accounts', async (request): Promise<AccountList> => {
    const caller = await callerOf(rt, request, 'whatsapp:read');
    const { business_id } = AccountQuery.parse(request.query);
    return { accounts: await showAccounts(rt, caller, business_id === undefined ? undefined : await ownBusiness(rt, caller, business_id)) };
  });

  app.post('/api/accounts', async (request, reply): Promise<ConnectedAccount> => {
    const caller = await callerOf(rt, request, 'whatsapp:admin');
    const { account, renewed } = await connectAccount(rt, caller, CreateAccount.parse(request.body));
    void reply.code(renewed ? 200 : 201).header('cache-control', 'no-store');
    return account;
  });

  app.get('/api/accounts/:id', async (request: ById): Promise<Account> => {
    const caller = await callerOf(rt, request, 'whatsapp:read');
    return showAccount(rt, await detailsOf(rt, caller.company.id, await ownAccount(rt, caller, request.params.id)));
  });

  app.put('/api/accounts/:id', async (request: ById): Promise<Account> => {
    const caller = await callerOf(rt, request, 'whatsapp:admin');
    const id = await ownAccount(rt, caller, request.params.id);
    return change(rt, caller, { id, body: ChangeAccount.parse(request.body) });
  });

  app.get('/api/accounts/:id/metrics', async (request: ById): Promise<AccountMetrics> => {
    const caller = await callerOf(rt, request, 'whatsapp:read');
    return accountMetrics(rt, caller, { account_id: await ownAccount(rt, caller, request.params.id), query: MetricsQuery.parse(request.query) });
  });
}

async function change(rt: Runtime, caller: Caller, { id, body }: { id: string; body: ChangeAccount }): Promise<Account> {
  const wanted: AccountChange = {
    name: body.name, status: body.status,
    phone: body.phone_number === undefined || body.phone_number === null ? body.phone_number : phoneOf(body.phone_number),
    business_id: body.business_id === undefined ? undefined : await ownBusiness(rt, caller, body.business_id),
  };
  await renewCredentials(rt, caller, { id, body });
  const { threshold, cooldownMs } = await chainOf(rt, id);
  if (body.fallback_threshold_errors !== undefined || body.fallback_cooldown_seconds !== undefined) {
    await setFallback(rt, id, { fallback_threshold_errors: body.fallback_threshold_errors ?? threshold, fallback_cooldown_seconds: body.fallback_cooldown_seconds ?? cooldownMs / 1000 });
  }
  const row = await changeAccount(rt, caller.company.id, {
    id, change: wanted,
    note: async (tx, before, after) => {
      const told = (a: typeof before) => ({ name: a.name, phone: a.phone, status: a.status, business_id: a.business_id, fallback: a.fallback ?? null });
      const differs = difference(told(before), told(after));
      const renewed = body.api_key !== undefined || body.webhook_secret !== undefined || body.credentials !== undefined;
      if (differs || renewed) await audit(tx, caller, { action: renewed ? 'account.renewed' : 'account.changed', target: { kind: 'account', id: encodeId('acc', after.id), name: after.name }, ...differs });
    },
  });
  return showAccount(rt, row);
}
