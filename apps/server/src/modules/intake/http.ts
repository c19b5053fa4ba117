import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { WebhookRequest as Asked } from '../../providers/contract.ts';
import type { Runtime } from '../../runtime.ts';
import { appsOfSender, findApp, type App } from '../accounts/index.ts';
import { errors } from './errors.ts';
import { writerOf } from './pressure.ts';

/** Meta sends up to 3 MB (providers.md §1.6). */
const BODY_LIMIT = 4 * 1024 * 1024;
const DEFAULT_PROVIDER = 'meta';

interface Address {
  provider?: string;
  app?: string;
}
type WebhookRequest = FastifyRequest<{ Params: Address; Querystring: Readonly<Record<string, string | undefined>>; Body: Buffer | undefined }>;

/** `GET|POST /webhook/{provider}/{app}`; without an app the provider's default one, without a provider Meta's. */
export function webhookRoutes(app: FastifyInstance, rt: Runtime): void {
  void app.register((scope, _options, ready) => {
    // Whatever the content type says, the signature is over these bytes.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: BODY_LIMIT }, (_request, body, done) => {
      done(null, body);
    });
    for (const path of ['/webhook', '/webhook/:provider', '/webhook/:provider/:app']) {
      scope.get(path, (request: WebhookRequest, reply) => handshake(rt, request, reply));
      scope.post(path, { bodyLimit: BODY_LIMIT }, (request: WebhookRequest, reply) => receive(rt, request, reply));
    }
    ready();
  });
}

/** The order matters: known app, size (by the parser), signature, stored and committed, answered. */
async function receive(rt: Runtime, request: WebhookRequest, reply: FastifyReply): Promise<FastifyReply> {
  const raw = request.body ?? Buffer.alloc(0);
  const asked = { headers: request.headers, raw, url: rt.config.publicUrl + request.url, ip: request.ip, at: rt.clock.now() };
  const app = await provenApp(rt, request.params, asked);
  const push = rt.providers[app.provider]?.push;
  if (!push?.verify(asked, app.secrets)) {
    rt.metrics.receipts.inc({ provider: app.provider, result: 'refused' });
    throw errors.signature();
  }
  const from = performance.now();
  try {
    await writerOf(rt).write({ app_id: app.id, request_id: request.id, body: push.receipt?.(asked) ?? raw });
  } catch (error) {
    rt.metrics.receipts.inc({ provider: app.provider, result: 'busy' });
    void reply.header('retry-after', '5');
    throw error;
  }
  rt.metrics.receipts.inc({ provider: app.provider, result: 'received' });
  rt.metrics.receiveSeconds.observe((performance.now() - from) / 1000);
  return push.answer ? reply.type(push.answer.type).send(push.answer.body) : reply.type('application/json').send(RECEIVED);
}
const RECEIVED = '{"status":"received"}';

/** The app of the address. Where it names none and the body names a sender: whichever app of that sender its secret proves. */
async function provenApp(rt: Runtime, address: Address, asked: Asked): Promise<App> {
  const app = await appOf(rt, address);
  const push = rt.providers[app.provider]?.push;
  const sender = address.app === undefined ? push?.sender?.(asked) : undefined;
  if (sender === undefined) return app;
  return (await appsOfSender(rt, app.provider, sender)).find((a) => push!.verify(asked, a.secrets)) ?? app;
}

async function handshake(rt: Runtime, request: WebhookRequest, reply: FastifyReply): Promise<FastifyReply> {
  const app = await appOf(rt, request.params);
  const push = rt.providers[app.provider]?.push;
  // Whoever opens the address in a browser to see whether it is the right one.
  if (push && !push.handshake) return reply.type('text/plain').send(`Webhooks of ${app.provider} arrive here.\n`);
  const answer = push?.handshake?.(request.query, app.secrets);
  if (answer === undefined) throw errors.handshake();
  return reply.type('text/plain').send(answer);
}

async function appOf(rt: Runtime, { provider = DEFAULT_PROVIDER, app }: Address): Promise<App> {
  const found = await findApp(rt, provider, app);
  if (!found) throw errors.app_unknown();
  return found;
}
