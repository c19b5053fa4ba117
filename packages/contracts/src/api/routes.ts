import { z } from 'zod';
import { ACCOUNT_TYPES, AccountRoute, carrierCredentials, ConnectedAccount, CreateAccount } from './accounts.ts';
import type { Endpoint } from './endpoint.ts';

const at = z.string().nullable();
const CarrierWords = z.object({ code: z.string(), title: z.string(), detail: z.string().nullable(), class: z.string() });

export const ROUTE_PROBLEMS = ['waiting', 'session', 'stopped', 'breaker', 'failing', 'credentials', 'unreachable', 'silent', 'webhook'] as const;
export const RouteProblem = z.object({
  code: z.enum(ROUTE_PROBLEMS).describe('`waiting`: its web session waits for somebody to link a phone or start it, which is no failure; `session`: its web session ended and needs somebody; `stopped`: the carrier refused the credentials while sending; `breaker`: it failed too often, the next number took over; `failing`: the same without a next one; `credentials`: refused when it was asked; `unreachable`: it does not answer; `silent`: messages are accepted but no status comes; `webhook`: the carrier does not call here.'),
  detail: z.string().nullable(),
});

export const RouteDetails = AccountRoute.extend({
  phone_number: z.string().nullable(),
  position: z.number().int().describe('0 is the first choice.'),
  state: z.enum(['up', 'degraded', 'down', 'waiting', 'paused', 'unknown']).describe('As seen from outside; `waiting`: for a person, nothing is wrong; `unknown`: nothing was seen of it yet.'),
  problems: z.array(RouteProblem).describe('The worst first.'),
  breaker: z.object({ reason: z.string(), opened_at: z.string(), next_probe_at: z.string() }).nullable().describe('Open: its messages go by the next number until a probe succeeds.'),
  waiting: z.number().int().describe('Messages that have not left; counted to 1000.'),
  health: z.object({
    last_received_at: at.describe('The last webhook about it.'), last_status_at: at, last_accepted_at: at, last_failed_at: at,
    last_error: CarrierWords.nullable(), failures_in_a_row: z.number().int(),
    unanswered_since: at.describe('The first message accepted after the last status.'),
    checked_at: at,
    check: z.object({
      ok: z.boolean(), number: z.string().nullable(), error: CarrierWords.nullable(),
      webhook: z.object({ state: z.enum(['here', 'elsewhere', 'none', 'unknown']), detail: z.string().nullable() }).nullable(),
    }).nullable().describe('What the carrier answered when it was last asked.'),
  }),
  last_24_hours: z.object({
    accepted: z.number().int(), refused: z.number().int(), unknown: z.number().int(), failed_later: z.number().int().describe('Accepted, and told to have failed by a status.'),
    errors: z.array(z.object({ code: z.string(), title: z.string().nullable(), n: z.number().int(), last_at: z.string() })).describe('The most frequent first.'),
  }),
  pace: z.object({
    mode: z.enum(['plain', 'human']), chosen: z.enum(['plain', 'human']).nullable().describe('Null: as the carrier needs it.'),
    per_second: z.number().nullable(),
    per_day: z.number().int().nullable().describe('Messages within 24 hours that the company begins, at this age of the number.'),
    begun_last_24_hours: z.number().int().nullable(), number_since: z.string().nullable(),
  }),
}).meta({ id: 'RouteDetails' });
export type RouteDetails = z.infer<typeof RouteDetails>;
export const RouteList = z.object({
  routes: z.array(RouteDetails), fallback_threshold_errors: z.number().int(), fallback_cooldown_seconds: z.number().int(),
}).meta({ id: 'RouteList' });
export type RouteList = z.infer<typeof RouteList>;

export const AddRoute = CreateAccount.omit({ name: true, business_id: true }).meta({ id: 'AddRoute' });
export type AddRoute = z.infer<typeof AddRoute>;
export const AddedRoute = z.object({ route: RouteDetails, webhook: ConnectedAccount.shape.webhook }).meta({ id: 'AddedRoute' });
export type AddedRoute = z.infer<typeof AddedRoute>;

export const ChangeRoute = z.object({
  status: z.enum(['active', 'paused']).optional().describe('`active` also ends a stop, after the credentials were tried.'),
  pace: z.enum(['plain', 'human']).nullable().optional(),
  per_day: z.number().int().min(1).max(100_000).nullable().optional(),
  number_since: z.iso.date().nullable().optional().describe('When the number was first used on WhatsApp: young numbers begin slowly.'),
}).meta({ id: 'ChangeRoute' });
export type ChangeRoute = z.infer<typeof ChangeRoute>;
export const OrderRoutes = z.object({ route_ids: z.array(z.string()).min(1).describe('Every number of the line, first choice first.') }).meta({ id: 'OrderRoutes' });

export const RouteCheck = z.object({
  ok: z.boolean(), number: z.string().nullable(), error: CarrierWords.nullable(), webhook: z.object({ state: z.enum(['here', 'elsewhere', 'none', 'unknown']), detail: z.string().nullable() }).nullable(),
  route: RouteDetails,
}).meta({ id: 'RouteCheck' });
export type RouteCheck = z.infer<typeof RouteCheck>;

export const TestMessage = z.object({
  phone_number: z.string().min(1).max(40), text: z.string().trim().min(1).max(1000).optional(),
  template: z.object({ name: z.string().min(1).max(512), language: z.string().min(2).max(20) }).optional().describe('One without variables, such as hello_world: for who has not written to the number within 24 hours.'),
}).meta({ id: 'TestMessage' });
export const TestResult = z.object({
  outcome: z.enum(['accepted', 'rejected', 'retry', 'unknown']), whatsapp_message_id: z.string().nullable(), error: CarrierWords.nullable(), milliseconds: z.number().int(),
}).meta({ id: 'TestResult' });
export type TestResult = z.infer<typeof TestResult>;
export const TestQuery = z.object({ whatsapp_message_id: z.string().min(1).max(2000) });
export const TestProgress = z.object({ statuses: z.array(z.object({ status: z.string(), at: z.string(), error: CarrierWords.nullable() })) }).meta({ id: 'TestProgress' });
export type TestProgress = z.infer<typeof TestProgress>;

export const RouteWebhook = ConnectedAccount.shape.webhook.meta({ id: 'RouteWebhook' });
export type RouteWebhook = z.infer<typeof RouteWebhook>;

export const Carrier = z.object({
  account_type: z.enum(ACCOUNT_TYPES),
  fields: z.array(z.object({ name: z.string(), secret: z.boolean(), required: z.boolean(), help: z.string(), mine: z.boolean().describe('False: only who runs the installation may give it.') })),
  webhook: z.enum(['automatic', 'by_hand', 'none']).describe('Whether the carrier can be told from here where to call.'),
  verify_token: z.boolean().describe('The carrier asks for it when the address is entered by hand.'),
  pairing: z.boolean().describe('The number is a phone, to be paired by a picture or a code.'),
  official: z.boolean().describe('False: it drives WhatsApp Web; WhatsApp may block the number.'),
}).meta({ id: 'Carrier' });
export type Carrier = z.infer<typeof Carrier>;
export const CarrierList = z.object({ carriers: z.array(Carrier) }).meta({ id: 'CarrierList' });
export type CarrierList = z.infer<typeof CarrierList>;
export const CheckCredentials = z.object(carrierCredentials).extend({ phone_number: z.string().max(40).optional() }).meta({ id: 'CheckCredentials' });
export type CheckCredentials = z.infer<typeof CheckCredentials>;
export const CredentialsCheck = z.object({ ok: z.boolean(), number: z.string().nullable(), name: z.string().nullable(), error: CarrierWords.nullable() }).meta({ id: 'CredentialsCheck' });
export type CredentialsCheck = z.infer<typeof CredentialsCheck>;

const NONE = ['accounts.not_found', 'accounts.route_not_found'];
const connecting = ['accounts.provider_unknown', 'api.credentials_missing', 'api.credentials_refused', 'api.address_not_allowed'];
export const routeEndpoints: readonly Endpoint[] = [
  {
    id: 'listRoutes', method: 'get', path: '/api/accounts/{id}/routes', tag: 'accounts', permission: 'whatsapp:read', summary: 'Numbers of a line, and how each does',
    description: 'The chain, first choice first. What it counts is at most a second old.',
    answers: { 200: { description: 'The chain.', schema: RouteList } }, problems: ['accounts.not_found'],
  },
  {
    id: 'addRoute', method: 'post', path: '/api/accounts/{id}/routes', tag: 'accounts', permission: 'whatsapp:admin', summary: 'Connect a further number to a line',
    description: 'As `POST /api/accounts`; it becomes the last choice. A number that was removed from this line comes back.',
    body: { schema: AddRoute, example: { account_type: 'twilio', phone_number: '+56229876543', credentials: { account_sid: 'AC…', auth_token: '…', from: '+56229876543' } } },
    answers: { 201: { description: 'Connected.', schema: AddedRoute }, 200: { description: 'Was connected already; its credentials are new now.', schema: AddedRoute } },
    problems: ['accounts.not_found', ...connecting, 'accounts.sender_taken', 'accounts.sender_elsewhere', 'accounts.app_taken'],
  },
  {
    id: 'changeRoute', method: 'patch', path: '/api/accounts/{id}/routes/{route_id}', tag: 'accounts', permission: 'whatsapp:admin', summary: 'Pause a number, let it go on, set its pace',
    description: 'What waits on a paused number goes by the others that can take it.',
    body: { schema: ChangeRoute, example: { status: 'paused' } }, answers: { 200: { description: 'The number as it is now.', schema: RouteDetails } }, problems: [...NONE, 'api.credentials_refused'],
  },
  {
    id: 'orderRoutes', method: 'put', path: '/api/accounts/{id}/routes/order', tag: 'accounts', permission: 'whatsapp:admin', summary: 'Set the order of choice',
    body: { schema: OrderRoutes, example: { route_ids: ['rt_01kah0s0xbe7rtq1rq7mpv0a6e', 'rt_01kah0rz2pe7rtq1rq7mpv0a6e'] } },
    answers: { 200: { description: 'The chain as it is now.', schema: RouteList } }, problems: ['accounts.not_found', 'accounts.route_order'],
  },
  {
    id: 'removeRoute', method: 'delete', path: '/api/accounts/{id}/routes/{route_id}', tag: 'accounts', permission: 'whatsapp:admin', summary: 'Remove a number from a line',
    description: 'Only when nothing waits on it. Its secrets are erased; past messages keep their number.',
    answers: { 204: { description: 'Removed.' } }, problems: [...NONE, 'accounts.route_busy'],
  },
  {
    id: 'checkRoute', method: 'post', path: '/api/accounts/{id}/routes/{route_id}/check', tag: 'accounts', permission: 'whatsapp:admin', summary: 'Ask the carrier now',
    description: 'Tries the credentials without sending anything. A good answer closes the breaker.',
    answers: { 200: { description: 'What it said.', schema: RouteCheck } }, problems: NONE,
  },
  {
    id: 'testRoute', method: 'post', path: '/api/accounts/{id}/routes/{route_id}/test', tag: 'accounts', permission: 'whatsapp:admin', summary: 'Send a test message by one number',
    description: 'At once, by this number and no other; it is part of no conversation.',
    body: { schema: TestMessage, example: { phone_number: '+56961234567', text: 'Prueba' } }, answers: { 200: { description: 'What the carrier answered.', schema: TestResult } }, problems: [...NONE, 'api.phone_number', 'api.test_content'],
  },
  {
    id: 'getRouteTest', method: 'get', path: '/api/accounts/{id}/routes/{route_id}/test', tag: 'accounts', permission: 'whatsapp:admin', summary: 'What became of a test message',
    query: TestQuery, answers: { 200: { description: 'Statuses that came so far, oldest first.', schema: TestProgress } }, problems: NONE,
  },
  {
    id: 'getRouteWebhook', method: 'get', path: '/api/accounts/{id}/routes/{route_id}/webhook', tag: 'accounts', permission: 'whatsapp:admin', summary: 'Where the carrier shall call',
    description: 'Address and verify token, to be entered at a carrier by hand. `subscribed` as the carrier last told.',
    answers: { 200: { description: 'The webhook.', schema: RouteWebhook } }, problems: NONE,
  },
  {
    id: 'subscribeRoute', method: 'post', path: '/api/accounts/{id}/routes/{route_id}/webhook', tag: 'accounts', permission: 'whatsapp:admin', summary: 'Tell the carrier where to call',
    answers: { 200: { description: 'The webhook, and whether the carrier took it.', schema: RouteWebhook } }, problems: NONE,
  },
  {
    id: 'listCarriers', method: 'get', path: '/api/carriers', tag: 'accounts', permission: 'whatsapp:admin', summary: 'Kinds of lines that can be connected',
    answers: { 200: { description: 'Each with what it needs.', schema: CarrierList } },
  },
  {
    id: 'checkCredentials', method: 'post', path: '/api/carriers/{account_type}/check', tag: 'accounts', permission: 'whatsapp:admin', summary: 'Try credentials without storing them',
    body: { schema: CheckCredentials, example: { phone_number_id: '106540352242922', waba_id: '102290129340398', api_key: 'EAAG…', webhook_secret: '8a1d…' } },
    answers: { 200: { description: 'What the carrier said.', schema: CredentialsCheck } }, problems: ['accounts.provider_unknown', 'api.credentials_missing', 'api.address_not_allowed'],
  },
];
