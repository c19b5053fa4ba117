import { z } from 'zod';
import type { Endpoint } from './endpoint.ts';

export const ACCOUNT_TYPES = ['meta', 'official', 'twilio', 'evolution', 'baileys', 'wwebjs', 'venom'] as const;

export const AccountRoute = z.object({
  id: z.string(), account_type: z.string(), sender_id: z.string(), waba_id: z.string().nullable(),
  status: z.enum(['active', 'paused', 'stopped']), status_reason: z.string().nullable(),
  webhook_url: z.string().nullable().describe('Where the carrier shall call.'),
}).meta({ id: 'AccountRoute' });

export const Account = z.object({
  id: z.string(), company_id: z.string(), business_id: z.string().nullable(), name: z.string(),
  phone_number: z.string().nullable(), waba_id: z.string().nullable(),
  account_type: z.string().describe('The carrier of the first choice.'),
  provider: z.string().describe('The same as `account_type`.'),
  status: z.enum(['active', 'paused', 'stopped', 'disabled']).describe('`stopped`: the carrier refuses our credentials; `disabled`: by you.'),
  routes: z.array(AccountRoute).describe('The carriers it is reached by, first choice first.'),
  fallback_threshold_errors: z.number().int(), fallback_cooldown_seconds: z.number().int(),
  bot_id: z.string().nullable().describe('The bot that answers on it. Null: none, conversations wait for a person.'),
  created_at: z.string(), updated_at: z.string(),
}).meta({ id: 'Account' });
export type Account = z.infer<typeof Account>;
export const AccountList = z.object({ accounts: z.array(Account) }).meta({ id: 'AccountList' });
export type AccountList = z.infer<typeof AccountList>;
export const AccountQuery = z.object({ business_id: z.string().optional().describe('Only those of this business.') });

/** Answered to who connects or renews: what has to be entered at the carrier, where that is still to be done. */
export const ConnectedAccount = Account.extend({
  webhook: z.object({
    url: z.string(), verify_token: z.string(),
    subscribed: z.boolean().describe('The carrier was told and calls from now on.'),
    reason: z.string().nullable().describe('Why not.'),
  }),
}).meta({ id: 'ConnectedAccount' });
export type ConnectedAccount = z.infer<typeof ConnectedAccount>;

const secret = z.string().min(1).max(2000);
export const carrierCredentials = {
  waba_id: z.string().max(64).optional(),
  phone_number_id: z.string().max(64).optional().describe('Meta’s id of the number.'),
  api_key: secret.optional().describe('Access token or API key at the carrier. Kept sealed, never shown.'),
  webhook_secret: secret.optional().describe('What the carrier signs its webhooks with (Meta: the app secret). Kept sealed, never shown.'),
  credentials: z.record(z.string().max(64), secret).optional().describe('Anything else that the carrier needs, by the names that `centralita account add` asks for.'),
};
const name = z.string().trim().min(1, 'Write a name.').max(120);

export const CreateAccount = z.object({
  name: name.optional().describe('Default: as the carrier calls it.'),
  phone_number: z.string().max(40).optional().describe('Default: as the carrier tells it.'),
  account_type: z.enum(ACCOUNT_TYPES).default('meta'),
  business_id: z.string().nullable().optional(),
  ...carrierCredentials,
  webhook_name: z.string().regex(/^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/, 'Small letters, digits and hyphens only, such as: main').optional().describe('The webhook’s address ends in it.'),
  verify: z.boolean().default(true).describe('Try the credentials at the carrier first; nothing is stored when they do not work.'),
  subscribe: z.boolean().default(true).describe('Tell the carrier where to call.'),
}).meta({ id: 'CreateAccount' });
export type CreateAccount = z.infer<typeof CreateAccount>;

export const ChangeAccount = z.object({
  name: name.optional(),
  phone_number: z.string().max(40).nullable().optional(),
  business_id: z.string().nullable().optional(),
  status: z.enum(['active', 'disabled']).optional(),
  fallback_threshold_errors: z.number().int().min(1).max(100).optional(),
  fallback_cooldown_seconds: z.number().int().min(1).max(86_400).optional(),
  ...carrierCredentials,
  verify: z.boolean().default(true),
}).meta({ id: 'ChangeAccount' });
export type ChangeAccount = z.infer<typeof ChangeAccount>;

const at = z.iso.datetime({ offset: true });
export const MetricsQuery = z.object({ from: at.optional().describe('Default: 24 hours ago.'), to: at.optional().describe('Default: now.') });
const count = z.number().int();
export const AccountMetrics = z.object({
  account_id: z.string(), from: z.string(), to: z.string(),
  messages: z.object({
    received: count, sent: count.describe('Those that WhatsApp took, whatever came after.'), delivered: count, read: count, failed: count, queued: count, unknown: count,
    by_author: z.object({ bot: count, agent: count, api: count, echo: count }),
  }),
  conversations: z.object({ total: count, open: count, active: count.describe('With a message in this time.'), started: count, waiting_for_a_person: count }),
  acceptance_ms: z.object({ p50: z.number().nullable(), p95: z.number().nullable() }).describe('From our having a message to WhatsApp’s having it.'),
}).meta({ id: 'AccountMetrics' });
export type AccountMetrics = z.infer<typeof AccountMetrics>;

export const accountEndpoints: readonly Endpoint[] = [
  {
    id: 'listAccounts', method: 'get', path: '/api/accounts', tag: 'accounts', permission: 'whatsapp:read', summary: 'Lines of the company', query: AccountQuery,
    description: 'Those of the caller’s businesses, for who is held to some.',
    answers: { 200: { description: 'All of them, the oldest first.', schema: AccountList } },
  },
  {
    id: 'createAccount', method: 'post', path: '/api/accounts', tag: 'accounts', permission: 'whatsapp:admin', summary: 'Connect a line',
    description: 'Tries the credentials, stores them sealed and tells the carrier where to call. A number that is connected already gets the new credentials.',
    body: { schema: CreateAccount, example: { name: 'Línea principal', account_type: 'meta', phone_number_id: '106540352242922', waba_id: '102290129340398', api_key: 'EAAG…', webhook_secret: '8a1d…' } },
    answers: { 201: { description: 'Connected.', schema: ConnectedAccount }, 200: { description: 'Was connected already; its credentials are new now.', schema: ConnectedAccount } },
    problems: ['accounts.provider_unknown', 'api.credentials_missing', 'api.credentials_refused', 'api.address_not_allowed', 'accounts.sender_taken', 'accounts.app_taken', 'companies.limit_accounts'],
  },
  {
    id: 'getAccount', method: 'get', path: '/api/accounts/{id}', tag: 'accounts', permission: 'whatsapp:read', summary: 'A line',
    answers: { 200: { description: 'The line, without its secrets.', schema: Account } }, problems: ['accounts.not_found'],
  },
  {
    id: 'changeAccount', method: 'put', path: '/api/accounts/{id}', tag: 'accounts', permission: 'whatsapp:admin', summary: 'Change a line',
    description: 'What is not given stays as it is. New credentials are tried first.',
    body: { schema: ChangeAccount, example: { name: 'Atención', status: 'active' } },
    answers: { 200: { description: 'The line as it is now.', schema: Account } }, problems: ['accounts.not_found', 'api.credentials_refused', 'api.address_not_allowed', 'companies.business_not_found'],
  },
  {
    id: 'getAccountMetrics', method: 'get', path: '/api/accounts/{id}/metrics', tag: 'accounts', permission: 'whatsapp:read', summary: 'Figures of a line',
    query: MetricsQuery, answers: { 200: { description: 'Counted anew.', schema: AccountMetrics } }, problems: ['accounts.not_found', 'api.period'],
  },
];
