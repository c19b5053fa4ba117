import type { FastifyInstance, FastifyRequest } from 'fastify';
import { BotConfig, BotSend, type Bot, type BotList, type BotSent } from '@centralita/contracts/api';
import { encodeId } from '@centralita/kernel';
import type { Tx } from '@centralita/platform/database';
import type { Runtime } from '../../runtime.ts';
import { accountsWithin, chainOf, reachOf, requireReach, routesOfAccount, setFallback } from '../accounts/index.ts';
import { botErrors, botId, changeBot, claimLine, configuredBot, configuredBots, createBot, requireChangeable, requireNew, type ConfiguredBot } from '../bots/index.ts';
import { audit, callerOf, type Caller, type Company } from '../companies/index.ts';
import { e164OrNull, phoneVariants } from '../contacts/index.ts';
import { masked, setBotLine } from './bot-line.ts';
import { idempotencyKey } from './idempotency.ts';
import { ownAccount } from './lines.ts';
import { prefersAsync, sendAndWait, shown } from './messages-http.ts';
import { phoneOf, takeOrder } from './send-messages.ts';

type ById = FastifyRequest<{ Params: { id: string } }>;

export function botRoutes(app: FastifyInstance, rt: Runtime): void {
  app.get('/api/bots', async (request): Promise<BotList> => {
    const caller = await callerOf(rt, request, 'whatsapp:read');
    const lines = await linesOf(rt, caller);
    const bots = (await rt.db.withCompany(caller.company, configuredBots)).filter((bot) => isShown(bot, caller, lines));
    return { bots: bots.map((bot) => show(bot, caller.company, lines)) };
  });

  app.post('/api/bots', async (request, reply): Promise<Bot> => {
    const caller = await callerOf(rt, request, 'whatsapp:manage_bots');
    const body = BotConfig.parse(request.body);
    const bot = await configure(rt, caller, { body, check: (tx) => requireNew(tx, body), write: (tx, config) => createBot(tx, config), action: 'bot.created' });
    void reply.code(201).header('location', `/api/bots/${bot.id}`);
    return bot;
  });

  app.get('/api/bots/:id', async (request: ById): Promise<Bot> => {
    const caller = await callerOf(rt, request, 'whatsapp:read');
    const id = botId(request.params.id);
    const lines = await linesOf(rt, caller);
    const bot = await rt.db.withCompany(caller.company, (tx) => configuredBot(tx, id));
    if (!bot || !isShown(bot, caller, lines)) throw botErrors.not_found();
    return show(bot, caller.company, lines);
  });

  app.put('/api/bots/:id', async (request: ById): Promise<Bot> => {
    const caller = await callerOf(rt, request, 'whatsapp:manage_bots');
    const id = botId(request.params.id);
    const reach = await reachOf(rt, caller);
    // Whoever changes a bot changes what every line says that it answers on.
    requireReach(reach, (await rt.db.withCompany(caller.company, (tx) => configuredBot(tx, id)))?.accounts ?? []);
    const body = BotConfig.parse(request.body);
    return configure(rt, caller, { body, check: (tx) => requireChangeable(tx, id, body), write: (tx, config) => changeBot(tx, id, config), action: 'bot.changed' });
  });

  app.post('/api/bots/send', async (request, reply): Promise<BotSent> => {
    const caller = await callerOf(rt, request, 'whatsapp:send_message');
    const body = BotSend.parse(request.body);
    const id = botId(body.bot_id);
    const bot = await rt.db.withCompany(caller.company, (tx) => configuredBot(tx, id));
    if (!bot) throw botErrors.not_found();
    const wanted = body.account_id === undefined ? undefined : await ownAccount(rt, caller, body.account_id);
    const reach = await reachOf(rt, caller);
    const account = bot.accounts.find((a) => (wanted === undefined ? reach?.has(a) ?? true : a === wanted));
    if (account === undefined) throw botErrors.no_line();
    const order = await takeOrder(rt, caller, { phone_number: body.to, type: 'text', content: body.message, account_id: encodeId('acc', account) });
    const { sent, delivery } = await sendAndWait(rt, caller.company, { order: { ...order, author: { kind: 'bot' } }, once: { operation: 'bots', key: idempotencyKey(request), body }, wait: !prefersAsync(request) });
    void reply.code(delivery.remote_id === null ? 202 : 201);
    const message = shown(sent, delivery);
    return { ...message, message_id: message.id, bot_id: id };
  });
}

interface Line {
  readonly account_id: string;
  readonly phone: string | null;
  readonly provider: string | undefined;
  readonly threshold: number;
  readonly cooldownMs: number;
}
/** Who is held to some businesses sees the bots of their lines, and those that answer nowhere yet. */
const isShown = (bot: ConfiguredBot, { businesses }: Caller, lines: readonly Line[]): boolean =>
  businesses === null || bot.accounts.length === 0 || lines.some((l) => bot.accounts.includes(l.account_id));

/** Those the caller reaches. */
async function linesOf(rt: Runtime, caller: Caller): Promise<readonly Line[]> {
  return Promise.all((await accountsWithin(rt, caller)).map(async (a) => {
    const { threshold, cooldownMs } = await chainOf(rt, a.id);
    return { account_id: a.id, phone: a.phone, provider: (await routesOfAccount(rt, a.id))[0]?.provider, threshold, cooldownMs };
  }));
}

interface Configuring {
  readonly body: BotConfig;
  /** Before a line is made for it. */
  check(tx: Tx): Promise<unknown>;
  write(tx: Tx, config: BotConfig): Promise<ConfiguredBot>;
  readonly action: string;
}
/** Makes or changes the line of a configuration, stores it without its secrets, and gives the bot the line, and the line the limits after which it falls back. */
async function configure(rt: Runtime, caller: Caller, { body, check, write, action }: Configuring): Promise<Bot> {
  const { company } = caller;
  const phone = phoneOf(body.phone_number);
  const variants = phoneVariants(phone);
  const before = (await linesOf(rt, caller)).find((l) => l.phone !== null && variants.includes(l.phone));
  await rt.db.withCompany(company, check);
  const { accountId, notice } = await setBotLine(rt, caller, { body, phone, accountId: before?.account_id });
  const lines = await linesOf(rt, caller);
  const line = lines.find((l) => l.account_id === accountId);
  const bot = await rt.db.withCompany(company, async (tx) => {
    const stored = await write(tx, { ...body, phone_number: `+${variants[0]}`, provider_config: masked(rt, body.provider_config) });
    const claimed = line !== undefined && await claimLine(tx, stored, line.account_id);
    await audit(tx, caller, { action, target: { kind: 'bot', id: encodeId('bot', stored.id), name: stored.name }, after: { phone_number: body.phone_number, line: claimed ? encodeId('acc', line.account_id) : null } });
    return (await configuredBot(tx, stored.id))!;
  });
  const { fallback_threshold_errors, fallback_cooldown_seconds } = body.provider_config;
  if (line && bot.accounts.includes(line.account_id) && (line.threshold !== fallback_threshold_errors || line.cooldownMs !== fallback_cooldown_seconds * 1000)) {
    await setFallback(rt, line.account_id, { fallback_threshold_errors, fallback_cooldown_seconds });
  }
  return { ...show(bot, company, lines), notice };
}

const CLOSED = { monday: null, tuesday: null, wednesday: null, thursday: null, friday: null, saturday: null, sunday: null };

/** A bot that was never configured is shown as it works. */
function show(bot: ConfiguredBot, company: Company, lines: readonly Line[]): Bot {
  const line = lines.find((l) => bot.accounts.includes(l.account_id));
  const flows: Record<string, string> = bot.revision_id === null ? {} : { main: encodeId('rev', bot.revision_id) };
  const config = bot.config ?? {
    phone_number: undefined, tenant_id: undefined, flows,
    provider_config: { primary: { type: (line?.provider ?? 'meta') as 'meta' }, fallback: [], fallback_threshold_errors: line?.threshold ?? 3, fallback_cooldown_seconds: (line?.cooldownMs ?? 300_000) / 1000 },
    business_hours: { enabled: false, timezone: company.timezone, schedule: CLOSED }, analytics: { track_opens: false, track_clicks: false, track_conversions: false },
  };
  return {
    bot_id: bot.id, id: encodeId('bot', bot.id), tenant_id: config.tenant_id ?? company.slug, name: bot.name, phone_number: config.phone_number ?? e164OrNull(line?.phone),
    provider_config: config.provider_config, flows: config.flows, business_hours: config.business_hours, analytics: config.analytics,
    account_ids: bot.accounts.filter((id) => lines.some((l) => l.account_id === id)).map((id) => encodeId('acc', id)), published: bot.revision_id !== null,
    notice: null, created_at: bot.created_at.toISOString(), updated_at: bot.updated_at.toISOString(),
  };
}
