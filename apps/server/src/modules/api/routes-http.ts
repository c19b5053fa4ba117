import type { FastifyInstance, FastifyRequest } from 'fastify';
import {
  AddRoute, ChangeRoute, OrderRoutes, TestMessage, TestQuery,
  type AddedRoute, type RouteCheck, type RouteDetails, type RouteList, type RouteWebhook, type TestProgress, type TestResult,
} from '@centralita/contracts/api';
import { decodeId, encodeId } from '@centralita/kernel';
import type { OutboundContent } from '../../messaging/index.ts';
import type { Runtime } from '../../runtime.ts';
import { accountErrors, appById, changeRoute, orderRoutes, ownRoute, removeRoute, type ChainRoute } from '../accounts/index.ts';
import { audit, callerOf, usageOf, type Caller } from '../companies/index.ts';
import { askCarrier, routeChanged, testRoute, testStatuses, viewRoutes } from '../delivery/index.ts';
import { connectRoute } from './connect-account.ts';
import { subscribe } from './carrier-credentials.ts';
import { errors } from './errors.ts';
import { ownAccount } from './lines.ts';
import { phoneOf } from './send-messages.ts';
import { showChain, showCheck, words } from './show-route.ts';

type ById = FastifyRequest<{ Params: { id: string } }>;
type ByRoute = FastifyRequest<{ Params: { id: string; route_id: string } }>;

/** The chain of an account: which numbers it has, how each does, and what an operator does about it. */
export function routeRoutes(app: FastifyInstance, rt: Runtime): void {
  app.get('/api/accounts/:id/routes', async (request: ById): Promise<RouteList> => {
    const caller = await callerOf(rt, request, 'whatsapp:read');
    return showChain(rt, await ownAccount(rt, caller, request.params.id));
  });

  app.post('/api/accounts/:id/routes', async (request: ById, reply): Promise<AddedRoute> => {
    const caller = await callerOf(rt, request, 'whatsapp:admin');
    const accountId = await ownAccount(rt, caller, request.params.id);
    const { routeId, webhook, renewed } = await connectRoute(rt, caller, { accountId, body: AddRoute.parse(request.body) });
    void reply.code(renewed ? 200 : 201).header('cache-control', 'no-store');
    return { route: await detailsOf(rt, { accountId, routeId }), webhook };
  });

  app.put('/api/accounts/:id/routes/order', async (request: ById): Promise<RouteList> => {
    const caller = await callerOf(rt, request, 'whatsapp:admin');
    const accountId = await ownAccount(rt, caller, request.params.id);
    const given = OrderRoutes.parse(request.body).route_ids;
    const routeIds = given.map((id) => decodeId('rt', id)).filter((id) => id !== undefined);
    if (routeIds.length !== given.length) throw accountErrors.route_order();
    await orderRoutes(rt, { companyId: caller.company.id, accountId, routeIds, note: (tx) => audit(tx, caller, { action: 'route.ordered', target: { kind: 'account', id: encodeId('acc', accountId) }, after: { route_ids: given } }) });
    return showChain(rt, accountId);
  });

  app.patch('/api/accounts/:id/routes/:route_id', async (request: ByRoute): Promise<RouteDetails> => {
    const { caller, wish, route } = await asked(rt, request);
    const change = ChangeRoute.parse(request.body);
    // A stop was the carrier's word: it has to take it back.
    if (change.status === 'active' && route.status === 'stopped') {
      const probe = await askCarrier(rt, route);
      if (!probe.ok) throw errors.credentials_refused([probe.error?.title, probe.error?.detail].filter(Boolean).join(' '));
    }
    await changeRoute(rt, { ...wish, note: (tx) => audit(tx, caller, { action: 'route.changed', target: targetOf(route), before: { status: route.status, ...route.settings }, after: change }) }, change);
    await routeChanged(rt, route.id);
    return detailsOf(rt, wish);
  });

  app.delete('/api/accounts/:id/routes/:route_id', async (request: ByRoute, reply) => {
    const { caller, wish, route } = await asked(rt, request);
    const [view] = await viewRoutes(rt, [route]);
    if (view!.waiting > 0) throw accountErrors.route_busy(`They are ${view!.waiting}.`, { waiting: view!.waiting });
    await removeRoute(rt, { ...wish, note: (tx) => audit(tx, caller, { action: 'route.removed', target: targetOf(route), before: { provider: route.provider, phone: route.phone } }) });
    await routeChanged(rt, route.id);
    return reply.code(204).send();
  });

  app.post('/api/accounts/:id/routes/:route_id/check', async (request: ByRoute): Promise<RouteCheck> => {
    const { wish, route } = await asked(rt, request);
    const probe = await askCarrier(rt, route);
    return { ...showCheck(probe), route: await detailsOf(rt, wish) };
  });

  app.post('/api/accounts/:id/routes/:route_id/test', async (request: ByRoute): Promise<TestResult> => {
    const { caller, route } = await asked(rt, request);
    const { phone_number, text, template } = TestMessage.parse(request.body);
    if ((text === undefined) === (template === undefined)) throw errors.test_content();
    const content: OutboundContent = template ? { type: 'template', name: template.name, language: template.language, components: [] } : { type: 'text', text: text! };
    await usageOf(rt).requireMessages(caller.company, 1);
    const { outcome, ms } = await testRoute(rt, route, { to: phoneOf(phone_number), content });
    usageOf(rt).messages(caller.company, { received: 0, sent: outcome.outcome === 'accepted' ? 1 : 0 });
    await rt.db.withCompany(caller.company, (tx) => audit(tx, caller, { action: 'route.tested', target: targetOf(route), after: { outcome: outcome.outcome } }));
    return { outcome: outcome.outcome, whatsapp_message_id: outcome.outcome === 'accepted' ? outcome.remote_id : null, error: outcome.outcome === 'accepted' ? null : words(outcome.error), milliseconds: ms };
  });

  app.get('/api/accounts/:id/routes/:route_id/test', async (request: ByRoute): Promise<TestProgress> => {
    const { caller, route } = await asked(rt, request);
    const { whatsapp_message_id } = TestQuery.parse(request.query);
    const statuses = await testStatuses(rt, caller.company, { route, remoteId: whatsapp_message_id });
    return { statuses: statuses.map((s) => ({ status: s.status, at: s.at.toISOString(), error: words(s.error) })) };
  });

  app.get('/api/accounts/:id/routes/:route_id/webhook', async (request: ByRoute, reply): Promise<RouteWebhook> => {
    const { route } = await asked(rt, request);
    void reply.header('cache-control', 'no-store');
    const [view] = await viewRoutes(rt, [route]);
    const { url, secrets } = await webhookOf(rt, route);
    const state = view?.health?.probe?.webhook?.state;
    return { url, verify_token: secrets.verifyToken, subscribed: state === 'here', reason: state === 'here' ? null : view?.health?.probe?.webhook?.detail ?? null };
  });

  app.post('/api/accounts/:id/routes/:route_id/webhook', async (request: ByRoute, reply): Promise<RouteWebhook> => {
    const { caller, route } = await asked(rt, request);
    void reply.header('cache-control', 'no-store');
    const { url, secrets } = await webhookOf(rt, route);
    const reason = await subscribe(rt, { provider: rt.providers[route.provider]!, credentials: route.credentials, secrets, url });
    await rt.db.withCompany(caller.company, (tx) => audit(tx, caller, { action: 'route.subscribed', target: targetOf(route), after: { subscribed: reason === null } }));
    await askCarrier(rt, route);
    return { url, verify_token: secrets.verifyToken, subscribed: reason === null, reason };
  });
}

const targetOf = (route: ChainRoute): { kind: string; id: string; name: string | null } => ({ kind: 'route', id: encodeId('rt', route.id), name: route.phone });

interface Asked {
  readonly caller: Caller;
  readonly wish: { readonly companyId: string; readonly accountId: string; readonly routeId: string };
  readonly route: ChainRoute;
}
/** Throws `accounts.not_found`, `accounts.route_not_found`. */
async function asked(rt: Runtime, request: ByRoute): Promise<Asked> {
  const caller = await callerOf(rt, request, 'whatsapp:admin');
  const accountId = await ownAccount(rt, caller, request.params.id);
  const routeId = decodeId('rt', request.params.route_id);
  if (routeId === undefined) throw accountErrors.route_not_found();
  const wish = { companyId: caller.company.id, accountId, routeId };
  return { caller, wish, route: await ownRoute(rt, wish) };
}

async function detailsOf(rt: Runtime, { accountId, routeId }: { accountId: string; routeId: string }): Promise<RouteDetails> {
  const found = (await showChain(rt, accountId)).routes.find((r) => r.id === encodeId('rt', routeId));
  if (!found) throw accountErrors.route_not_found();
  return found;
}

async function webhookOf(rt: Runtime, route: ChainRoute): Promise<{ url: string; secrets: { appSecret: string; verifyToken: string } }> {
  const app = route.app_id === null ? undefined : await appById(rt, route.app_id);
  if (!app) throw errors.no_webhook();
  return { url: `${rt.config.publicUrl}/webhook/${app.provider}/${app.slug}`, secrets: app.secrets };
}
