import { z } from 'zod';
import { ACCOUNT_TYPES } from './accounts.ts';
import { IDEMPOTENCY_KEY, type Endpoint } from './endpoint.ts';
import { SentMessage } from './messages.ts';

/** One way to reach the number, as B5 writes it: each type has members of its own (`GET /api/carriers` lists them). Secrets are kept sealed with the line, and answered masked. */
export const ProviderRef = z.looseObject({
  type: z.enum(ACCOUNT_TYPES),
  bridge_url: z.url({ protocol: /^https?$/ }).optional(),
  session_name: z.string().min(1).max(120).optional(),
  session_id: z.string().min(1).max(120).optional(),
  auto_reconnect: z.boolean().optional(),
}).refine((ref) => JSON.stringify(ref).length <= 8000, 'A provider takes at most 8000 characters of JSON.');

const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'A time such as 09:00.');
const Day = z.object({ start: time, end: time }).refine((d) => d.start < d.end, 'The day ends before it begins.').nullable();
export const BusinessHours = z.object({
  enabled: z.boolean(),
  timezone: z.string().refine(isZone, 'An IANA time zone such as America/Santiago.'),
  schedule: z.object({ monday: Day, tuesday: Day, wednesday: Day, thursday: Day, friday: Day, saturday: Day, sunday: Day }),
}).meta({ id: 'BusinessHours' });
export type BusinessHours = z.infer<typeof BusinessHours>;

function isZone(timeZone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

export const ProviderConfig = z.object({
  primary: ProviderRef,
  fallback: z.array(ProviderRef).max(6).default([]),
  fallback_threshold_errors: z.number().int().min(1).max(100).default(3),
  fallback_cooldown_seconds: z.number().int().min(1).max(86_400).default(300),
}).meta({ id: 'ProviderConfig' });
export const BotAnalytics = z.object({ track_opens: z.boolean(), track_clicks: z.boolean(), track_conversions: z.boolean() }).meta({ id: 'BotAnalytics' });

/** A bot's configuration, as the source document prints it (B5). */
export const BotConfig = z.object({
  bot_id: z.string().optional().describe('A UUID or `bot_…`. Made when absent.'),
  tenant_id: z.string().max(120).optional().describe('What you call the company; kept as it is. Which company it is, your key says.'),
  name: z.string().trim().min(1, 'A bot needs a name.').max(120),
  phone_number: z.string().max(40).describe('Of the line it answers on.'),
  provider_config: ProviderConfig,
  flows: z.record(z.string().min(1).max(64), z.string().min(1).max(120)).default({}),
  business_hours: BusinessHours.describe('Flows read `account.open`; always true when not enabled.'),
  analytics: BotAnalytics.default({ track_opens: false, track_clicks: false, track_conversions: false }),
}).meta({ id: 'BotConfig' });
export type BotConfig = z.infer<typeof BotConfig>;

export const Bot = z.object({
  bot_id: z.string().describe('A UUID.'), id: z.string().describe('The same as `bot_…`.'),
  tenant_id: z.string(), name: z.string(), phone_number: z.string().nullable(),
  provider_config: ProviderConfig, flows: z.record(z.string(), z.string()), business_hours: BusinessHours, analytics: BotAnalytics,
  account_ids: z.array(z.string()).describe('The lines it answers on.'),
  published: z.boolean().describe('It has a flow and so can answer.'),
  notice: z.string().nullable().describe('Right after a change: why its configuration connected no line.'),
  created_at: z.string(), updated_at: z.string(),
}).meta({ id: 'Bot' });
export type Bot = z.infer<typeof Bot>;
export const BotList = z.object({ bots: z.array(Bot) }).meta({ id: 'BotList' });
export type BotList = z.infer<typeof BotList>;

export const BotSend = z.object({
  bot_id: z.string(), to: z.string().min(1).max(40).describe('Digits with the country code, or E.164.'), message: z.string().trim().min(1).max(4096),
  account_id: z.string().optional().describe('Which of its lines, where the bot has several.'),
}).meta({ id: 'BotSend' });
export const BotSent = SentMessage.extend({ bot_id: z.string(), message_id: z.string().describe('The same as `id`.') }).meta({ id: 'BotSent' });
export type BotSent = z.infer<typeof BotSent>;

const workday = { start: '09:00', end: '18:00' };
const example = {
  bot_id: '550e8400-e29b-41d4-a716-446655440000', tenant_id: 'empresa_abc', name: 'Bot Ventas ABC', phone_number: '+5491234567890',
  provider_config: {
    primary: { type: 'venom', bridge_url: 'http://localhost:3013', session_name: 'bot_ventas_abc', auto_reconnect: true },
    fallback: [{ type: 'wwebjs', bridge_url: 'http://localhost:3014', session_id: 'bot_ventas_abc_wwebjs' }, { type: 'baileys', bridge_url: 'http://localhost:3012', session_id: 'bot_ventas_abc_baileys' }],
    fallback_threshold_errors: 3, fallback_cooldown_seconds: 300,
  },
  flows: { welcome: 'flow_uuid_welcome', catalog: 'flow_uuid_catalog', checkout: 'flow_uuid_checkout', support: 'flow_uuid_support' },
  business_hours: { enabled: true, timezone: 'America/Argentina/Buenos_Aires', schedule: { monday: workday, tuesday: workday, wednesday: workday, thursday: workday, friday: workday, saturday: { start: '10:00', end: '14:00' }, sunday: null } },
  analytics: { track_opens: true, track_clicks: true, track_conversions: true },
};
const PROBLEMS = ['api.phone_number', 'bots.name_taken', 'accounts.sender_taken', 'accounts.sender_elsewhere', 'accounts.route_busy', 'companies.limit_accounts'];
export const botEndpoints: readonly Endpoint[] = [
  {
    id: 'listBots', method: 'get', path: '/api/bots', tag: 'bots', permission: 'whatsapp:read', summary: 'Bots', answers: { 200: { description: 'All of them.', schema: BotList } },
  },
  {
    id: 'createBot', method: 'post', path: '/api/bots', tag: 'bots', permission: 'whatsapp:manage_bots', summary: 'Make a bot',
    description: 'With its configuration, which is all it takes: `provider_config` makes the line with its `phone_number`, a number for each provider in the order of the chain, with the permission `whatsapp:admin`. A line of yours that has this number gets the bot and becomes this chain; providers that are only named (`{"type":"meta"}`) are those it has. Secrets are kept sealed, and masked (`••••••••`) in every answer.',
    body: { schema: BotConfig, example }, answers: { 201: { description: 'The bot.', schema: Bot } }, problems: [...PROBLEMS, 'bots.id_taken'],
  },
  {
    id: 'getBot', method: 'get', path: '/api/bots/{id}', tag: 'bots', permission: 'whatsapp:read', summary: 'A bot and its configuration',
    answers: { 200: { description: 'The bot.', schema: Bot } }, problems: ['bots.not_found'],
  },
  {
    id: 'changeBot', method: 'put', path: '/api/bots/{id}', tag: 'bots', permission: 'whatsapp:manage_bots', summary: 'Replace a bot’s configuration',
    description: 'The chain of its line becomes that of the configuration: what is new is added, what is not named is taken out. A masked secret stays as it is.',
    body: { schema: BotConfig, example }, answers: { 200: { description: 'The bot as it is now.', schema: Bot } }, problems: [...PROBLEMS, 'bots.not_found', 'bots.id_other'],
  },
  {
    id: 'sendAsBot', method: 'post', path: '/api/bots/send', tag: 'bots', permission: 'whatsapp:send_message', summary: 'Send a text as a bot',
    description: 'From the line that the bot answers on. Otherwise like `POST /api/messages`.', headers: IDEMPOTENCY_KEY,
    body: { schema: BotSend, example: { bot_id: '550e8400-e29b-41d4-a716-446655440000', to: '1234567890', message: 'Hola!' } },
    answers: { 201: { description: 'WhatsApp has taken it.', schema: BotSent }, 202: { description: 'It waits to be sent.', schema: BotSent } },
    problems: ['bots.not_found', 'bots.no_line', 'api.phone_number', 'conversations.window_closed', 'api.refused_by_carrier'],
  },
];
