/** Which apps hear of a WABA, and where: with the real verification handshake. */
import type { FastifyInstance } from 'fastify';
import type { Sandbox } from '../context.ts';
import { handshake } from '../webhooks/post.ts';
import { GraphError } from './errors.ts';
import { httpUrl, textOf } from './fields.ts';
import type { Fields } from './fields.ts';
import { answerCommitted, appOf, notFound, ownWaba, parametersOf } from './request.ts';
import type { GraphRequest } from './request.ts';

/** The override URL of a body after its callback passed the handshake. 2200 when it did not, as at Meta. */
export async function verifyCallback(sandbox: Sandbox, body: Fields, names = { url: 'override_callback_uri', max: 200 }): Promise<string> {
  const url = httpUrl(textOf(body, names.url, { path: names.url, max: names.max }), names.url);
  const verifyToken = textOf(body, 'verify_token', { path: 'verify_token', max: 500 });
  const result = await handshake({ url, verifyToken, challenge: sandbox.runtime.digits(10), timeout: sandbox.tunables.now.webhook_timeout });
  if (!result.ok) throw new GraphError(2200, `Callback verification failed with the following errors: ${result.why}`);
  return url;
}

export function subscriptionRoutes(app: FastifyInstance, sandbox: Sandbox): void {
  const { identities } = sandbox;

  app.post('/:id/subscribed_apps', async (request: GraphRequest, reply) => {
    const waba = ownWaba(sandbox, request);
    const body = parametersOf(request);
    const override = body['override_callback_uri'] === undefined ? null : await verifyCallback(sandbox, body);
    identities.subscribe(waba.wabaId, appOf(request).appId, override);
    answerCommitted(sandbox, reply, '{"success":true}');
    return reply;
  });

  app.get('/:id/subscribed_apps', (request: GraphRequest) => {
    const waba = ownWaba(sandbox, request);
    return {
      data: identities.subscribed(waba.wabaId).map(([appId, override]) => ({
        whatsapp_business_api_data: { link: `${sandbox.origin}/${appId}`, name: identities.apps.get(appId)?.name ?? '', id: appId },
        ...(override === null ? {} : { override_callback_uri: override }),
      })),
    };
  });

  app.delete('/:id/subscribed_apps', (request: GraphRequest, reply) => {
    identities.unsubscribe(ownWaba(sandbox, request).wabaId, appOf(request).appId);
    answerCommitted(sandbox, reply, '{"success":true}');
  });

  /** The app's own callback, as its dashboard sets it. */
  app.post('/:id/subscriptions', async (request: GraphRequest, reply) => {
    const own = appOf(request);
    if (request.params.id !== own.appId) throw notFound(request.params.id);
    const body = parametersOf(request);
    if (body['object'] !== 'whatsapp_business_account') throw new GraphError(100, 'Param object must be "whatsapp_business_account".');
    own.callbackUrl = await verifyCallback(sandbox, body, { url: 'callback_url', max: 2000 });
    own.verifyToken = textOf(body, 'verify_token', { path: 'verify_token', max: 500 });
    identities.saveApp(own);
    answerCommitted(sandbox, reply, '{"success":true}');
    return reply;
  });

  app.get('/:id/subscriptions', (request: GraphRequest) => {
    const own = appOf(request);
    if (request.params.id !== own.appId) throw notFound(request.params.id);
    if (own.callbackUrl === null) return { data: [] };
    return { data: [{ object: 'whatsapp_business_account', callback_url: own.callbackUrl, active: true, fields: [{ name: 'messages', version: 'v25.0' }] }] };
  });
}
