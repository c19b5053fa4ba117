/** What a starter or test needs to know, and what may be set. */
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Sandbox } from '../context.ts';
import { parse } from '../http/input.ts';
import { Problem } from '../http/problem.ts';
import { addNumber } from '../network/add-number.ts';
import { instanceOf, paired, unpaired } from '../carriers/evolution/instances.ts';
import { addCarrierNumber, carrierConfig } from '../carriers/numbers.ts';
import type { Tunables } from '../settings.ts';
import { CARRIERS, LID_VARIANTS, TIERS } from '../store/identities.ts';
import type { App, BusinessNumber, Carrier, LidVariant } from '../store/identities.ts';
import { handshake } from '../webhooks/post.ts';

const Tier = z.enum(['STANDARD', 'HIGH', 'UNLIMITED'], { error: `must be one of ${TIERS.join(', ')}` });

const NewNumberBody = z.strictObject({
  business_number: z.string().regex(/^\+?\d{7,15}$/, 'digits with country code').optional(),
  name: z.string().trim().min(1).max(100).optional(),
  tier: Tier.optional(),
  waba_id: z.string().optional(),
  own_waba: z.boolean().optional(),
  own_app: z.boolean().optional(),
  carrier: z.enum(CARRIERS as [Carrier, ...Carrier[]], { error: `must be one of ${CARRIERS.join(', ')}` }).optional(),
  /** Evolution: the instance's name. */
  instance: z.string().regex(/^[\w-]{1,60}$/, 'letters, digits, _ and -').optional(),
});

const NumberPatch = z.strictObject({
  name: z.string().trim().min(1).max(100).optional(), tier: Tier.optional(),
  /** Evolution: how its webhooks name people. */
  lid: z.enum(LID_VARIANTS as [LidVariant, ...LidVariant[]], { error: `must be one of ${LID_VARIANTS.join(', ')}` }).optional(),
});

const WebhookBody = z.strictObject({
  callback_url: z.url({ protocol: /^https?$/, error: 'must be an http or https URL' }).max(2000),
  verify_token: z.string().min(1).max(500).optional(),
  app_id: z.string().optional(),
});

const HookBody = z.strictObject({ url: z.url({ protocol: /^https?$/, error: 'must be an http or https URL' }).max(2000), headers: z.record(z.string(), z.string()).optional() });

const Milliseconds = z.number().int().min(0).max(604_800_000);

const SettingsPatch = z.strictObject({
  retry_schedule: z.array(Milliseconds).max(50).optional(),
  status_delays: z.strictObject({ sent: Milliseconds, delivered: Milliseconds, read: Milliseconds })
    .refine((delays) => delays.sent <= delays.delivered && delays.delivered <= delays.read, 'must rise from sent to delivered to read').optional(),
  window: z.enum(['async', 'sync', 'off']).optional(),
  webhook_concurrency: z.number().int().min(1).max(1000).optional(),
  webhook_batch: z.number().int().min(1).max(1000).optional(),
  webhook_timeout: z.number().int().min(10).max(300_000).optional(),
  webhook_order: z.enum(['phone', 'none']).optional(),
  template_review: Milliseconds.optional(),
});

/** The shape of `GET /sandbox/config`, the same for every number of a carrier. */
function configOf(sandbox: Sandbox, business: BusinessNumber, app: App): Record<string, unknown> {
  if (business.carrier !== 'meta') return carrierConfig(sandbox, business);
  return {
    business_number: business.businessNumber, phone_number_id: business.phoneNumberId, waba_id: business.wabaId, app_id: app.appId,
    app_secret: app.appSecret, verify_token: app.verifyToken, access_token: app.accessToken, graph_url: sandbox.origin,
    name: business.name, display_phone_number: business.display, tier: business.tier, carrier: business.carrier,
    callback_url: sandbox.identities.destination(app.appId, business)?.url ?? null,
  };
}

function numberOf(sandbox: Sandbox, id: string): BusinessNumber {
  const business = sandbox.identities.numbers.get(id) ?? sandbox.identities.byBusinessNumber(id.replace('+', ''));
  if (business === undefined) throw new Problem(404, `There is no business number ${id.slice(0, 40)}.`, { where: 'path', toDo: 'GET /sandbox/numbers lists them; POST /sandbox/numbers makes one.' });
  return business;
}

export function configRoutes(app: FastifyInstance, sandbox: Sandbox): void {
  const { identities, journal, tunables } = sandbox;
  const config = (business: BusinessNumber): Record<string, unknown> => configOf(sandbox, business, identities.appOf(business));

  app.get<{ Querystring: { format?: string } }>('/config', (request, reply) => {
    const shown = config(identities.demo);
    if (request.query.format !== 'sh') return shown;
    // For `eval` in a shell: only what is a plain word.
    const words = Object.entries(shown).filter(([, value]) => typeof value === 'string' && /^[\w.:/-]+$/.test(value));
    return reply.type('text/plain').send(words.map(([key, value]) => `${key.toUpperCase()}=${String(value)}\n`).join(''));
  });

  /** What the page shows: the same without any secret. */
  app.get('/desk', () => ({
    graph_url: sandbox.origin,
    numbers: [...identities.numbers.values()].map(config).map(({ app_secret: _secret, access_token: _token, verify_token: _verify, api_key: _key, auth_token: _auth, partner_secret: _partner, ...shown }) => shown),
  }));

  app.get('/numbers', () => ({ numbers: [...identities.numbers.values()].map(config) }));

  app.post('/numbers', async (request, reply) => {
    const body = parse(NewNumberBody, request.body ?? {}, 'body');
    const digits = body.business_number?.replace('+', '');
    if (digits !== undefined && identities.byBusinessNumber(digits) !== undefined) {
      throw new Problem(409, `The number ${digits} exists already.`, { where: 'body.business_number', toDo: 'Choose another, or leave it out for the next free one.' });
    }
    if (body.waba_id !== undefined && !identities.wabas.has(body.waba_id)) {
      throw new Problem(404, 'There is no such WABA.', { where: 'body.waba_id', toDo: 'Take a waba_id from GET /sandbox/numbers, or leave it out.' });
    }
    if (body.carrier === 'whatsapp-web') {
      throw new Problem(409, 'A number comes to WhatsApp Web by linking a device to its phone.', { where: 'body.carrier', toDo: 'Scan the QR code of a session: POST /sandbox/phones/{number}/linked-devices.' });
    }
    if (body.carrier !== undefined && body.carrier !== 'meta') {
      const joined = addCarrierNumber(sandbox, body.carrier, { businessNumber: digits, name: body.name, tier: body.tier, instance: body.instance });
      await journal.committed();
      return reply.code(201).send(config(joined));
    }
    const own = body.own_app === true ? 'app' : body.own_waba === true ? 'waba' : undefined;
    const created = addNumber(sandbox, { businessNumber: digits, name: body.name, tier: body.tier, wabaId: body.waba_id, own });
    await journal.committed();
    return reply.code(201).send(config(created));
  });

  app.get<{ Params: { id: string } }>('/numbers/:id', (request) => config(numberOf(sandbox, request.params.id)));

  app.patch<{ Params: { id: string } }>('/numbers/:id', async (request) => {
    const business = numberOf(sandbox, request.params.id);
    const body = parse(NumberPatch, request.body, 'body');
    if (body.name !== undefined) business.name = body.name;
    if (body.tier !== undefined) business.tier = body.tier;
    if (body.lid !== undefined) business.line = { ...business.line, lid: body.lid };
    identities.saveNumber(business);
    await journal.committed();
    sandbox.live.tell({ kind: 'numbers' });
    return config(business);
  });

  /** What an operator enters at a carrier by hand: where the number's webhooks go. */
  app.post<{ Params: { id: string } }>('/numbers/:id/webhook', async (request) => {
    const business = numberOf(sandbox, request.params.id);
    const hook = parse(HookBody, request.body, 'body');
    if (business.carrier === 'meta') throw new Problem(409, 'Webhooks of Meta are set for its app.', { where: 'path', toDo: 'POST /sandbox/webhook, or use the Graph API.' });
    business.line = { ...business.line, hook: { url: hook.url, ...(hook.headers === undefined ? {} : { headers: hook.headers }) } };
    identities.saveNumber(business);
    await journal.committed();
    return config(business);
  });

  /** What the owner of the paired phone does: scans the picture, or logs out. */
  for (const [act, run] of [['scan', paired], ['logout', unpaired]] as const) {
    app.post<{ Params: { instance: string } }>(`/instances/:instance/${act}`, async (request) => {
      const business = instanceOf(sandbox, request.params.instance);
      if (business === undefined) throw new Problem(404, 'There is no such instance.', { where: 'path', toDo: 'POST /sandbox/numbers {"carrier":"evolution"} makes one, or POST /evolution/instance/create.' });
      run(sandbox, business);
      await journal.committed();
      return config(business);
    });
  }

  app.post('/webhook', async (request) => {
    const body = parse(WebhookBody, request.body, 'body');
    const target = body.app_id === undefined ? identities.appOf(identities.demo) : identities.apps.get(body.app_id);
    if (target === undefined) throw new Problem(404, 'There is no such app.', { where: 'body.app_id', toDo: 'Take an app_id from GET /sandbox/numbers, or leave it out.' });
    const verifyToken = body.verify_token ?? target.verifyToken;
    const result = await handshake({
      url: body.callback_url, verifyToken, challenge: sandbox.runtime.digits(10), timeout: tunables.now.webhook_timeout,
    });
    if (!result.ok) {
      throw new Problem(422, `The callback did not pass the verification: ${result.why}.`, {
        where: 'body.callback_url', toDo: 'It must answer GET with hub.mode=subscribe and the right hub.verify_token with 200 and hub.challenge as the body.',
      });
    }
    target.callbackUrl = body.callback_url;
    target.verifyToken = verifyToken;
    identities.saveApp(target);
    for (const waba of identities.wabas.values()) {
      if (waba.appId === target.appId && !identities.subscribed(waba.wabaId).some(([appId]) => appId === target.appId)) identities.subscribe(waba.wabaId, target.appId, null);
    }
    await journal.committed();
    sandbox.live.tell({ kind: 'numbers' });
    return { success: true, app_id: target.appId, callback_url: target.callbackUrl };
  });

  app.get('/settings', () => tunables.now);

  app.patch('/settings', async (request) => {
    const patch = parse<Partial<Tunables>>(SettingsPatch, request.body, 'body');
    const changed = tunables.change(patch);
    await journal.committed();
    return changed;
  });
}
