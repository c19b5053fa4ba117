import { z } from 'zod';
import { GroupAnswer, GroupChangeBody, GroupCreateBody, GroupList, MembersAnswer, MembersBody } from '../bridge/groups.ts';
import { ACCOUNT_TYPES } from './accounts.ts';
import type { Endpoint } from './endpoint.ts';
import { SENDABLE } from './messages.ts';

/** States of 12.3.2, and three ways to end that want different help. */
export const SessionStatus = z.enum(['created', 'initializing', 'waiting_qr', 'connecting', 'active', 'reconnecting', 'closed', 'error', 'conflict', 'logged_out', 'banned'])
  .describe('`conflict`: another program uses the login; `logged_out`: unlinked, link the phone again; `banned`: WhatsApp refuses the number.');
const route_id = z.string().optional().describe('Which number of the line (`rt_…`). Default: its first one that has a session.');
export const SessionQuery = z.object({ route_id });
const ChooseSession = z.object({ route_id }).meta({ id: 'ChooseSession' });

export const StartSession = z.object({
  session_type: z.enum(ACCOUNT_TYPES).optional(),
  route_id,
  restart: z.boolean().default(false).describe('A new connection, also where it is active. The login stays.'),
  phone_number: z.string().max(40).optional().describe('Asks for a code to be typed on this phone, instead of a picture to scan.'),
  metadata: z.record(z.string(), z.unknown()).optional(),
}).meta({ id: 'StartSession' });
export const Session = z.object({
  session_id: z.string(), account_id: z.string(), route_id: z.string(), session_type: z.string(), status: SessionStatus, detail: z.string().nullable(),
  qr_url: z.string().nullable(), created_at: z.string(),
}).meta({ id: 'Session' });
export type Session = z.infer<typeof Session>;
export const SessionQr = z.object({
  session_id: z.string(), status: SessionStatus, qr: z.string().nullable().describe('Text of the picture.'), picture: z.string().nullable().describe('The same as a data URL.'),
  code: z.string().nullable().describe('To be typed on the phone.'),
}).meta({ id: 'SessionQr' });
export type SessionQr = z.infer<typeof SessionQr>;

const at = z.string().nullable();
export const SessionHost = z.object({
  id: z.string(), engine: z.string(), hostname: z.string(), pid: z.number().int(), version: z.string(), sandbox: z.boolean(),
  sessions: z.number().int(), capacity: z.number().int(), rss_bytes: z.number().describe('Memory of the whole host; its sessions share it.'), draining: z.boolean(), started_at: z.string(),
}).meta({ id: 'SessionHost' });
export type SessionHost = z.infer<typeof SessionHost>;

/** Everything a page shows of a session. What only a session of this server has is null where a carrier runs it. */
export const SessionDetails = Session.extend({
  name: z.string().describe('`session_name`.'),
  engine: z.string().nullable(), sandbox: z.boolean(),
  wanted: z.boolean().describe('It shall run; false: it was stopped, or ended for a reason that somebody has to look at.'),
  reason: z.object({ code: z.string(), text: z.string() }).nullable(),
  state_since: at, active_since: at, last_activity_at: at,
  phone_number: z.string().nullable(), profile_name: z.string().nullable(), platform: z.string().nullable(),
  reconnects: z.number().int(),
  profile_stored_at: at.describe('Browser engines: when the login was last stored, which another host would start from.'),
  host: SessionHost.nullable().describe('Which host has it now.'),
  qr: z.string().nullable().describe('What the picture to scan says; only for who may link phones.'),
  qr_picture: z.string().nullable().describe('The picture as a data URL.'),
  qr_expires_at: at,
  pairing_code: z.string().nullable(), pairing_expires_at: at,
  hosts: z.array(SessionHost).describe('Where it could be moved.'),
  log: z.array(z.object({ at: z.string(), status: SessionStatus, code: z.string().nullable(), text: z.string().nullable() })).describe('The last lines, the newest first.'),
}).meta({ id: 'SessionDetails' });
export type SessionDetails = z.infer<typeof SessionDetails>;
export const SessionList = z.object({
  sessions: z.array(SessionDetails.omit({ qr: true, qr_picture: true, qr_expires_at: true, pairing_code: true, pairing_expires_at: true, hosts: true, log: true })), hosts: z.array(SessionHost),
}).meta({ id: 'SessionList' });
export type SessionList = z.infer<typeof SessionList>;
export const MoveSession = z.object({ route_id, host_id: z.string().optional().describe('Default: the one with the fewest sessions.') }).meta({ id: 'MoveSession' });

export const LookUpNumbers = z.object({ route_id, phone_numbers: z.array(z.string().min(5).max(40)).min(1).max(50) }).meta({ id: 'LookUpNumbers' });
export const NumbersFound = z.object({ numbers: z.array(z.object({ phone_number: z.string(), exists: z.boolean(), lid: z.string().nullable() })) }).meta({ id: 'NumbersFound' });
export type NumbersFound = z.infer<typeof NumbersFound>;

export const GroupMessage = z.object({
  type: z.enum(SENDABLE).default('text'),
  content: z.union([z.string().max(65_536), z.record(z.string(), z.unknown())]).optional().describe('As for `POST /api/messages`.'),
  media_id: z.string().optional(),
  media_url: z.url({ protocol: /^https?$/ }).optional(),
  quote: z.string().optional().describe('WhatsApp’s id of the message it answers.'),
}).meta({ id: 'GroupMessage' });
export const GroupSent = z.object({ whatsapp_message_id: z.string().nullable(), status: z.enum(['sent', 'unknown']), detail: z.string().nullable() }).meta({ id: 'GroupSent' });
export type GroupSent = z.infer<typeof GroupSent>;

const NONE = ['accounts.not_found', 'api.no_web_session'];
const HOSTS = [...NONE, 'web-sessions.off', 'web-sessions.no_host', 'web-sessions.host_refused'];
const ACTIVE = [...HOSTS, 'web-sessions.not_active', 'web-sessions.unsupported'];
const tag = 'web sessions';
const ofRoute = SessionQuery;
const session = { 200: { description: 'The session.', schema: Session } };

export const webSessionEndpoints: readonly Endpoint[] = [
  {
    id: 'startSession', method: 'post', path: '/api/accounts/{id}/session', tag, permission: 'whatsapp:admin', summary: 'Start the WhatsApp Web session',
    description: 'For lines that are a phone linked by a code. Others have no such session and say so. Answers when there is something to scan, at the latest after twelve seconds.',
    body: { schema: StartSession, example: { session_type: 'baileys', restart: false, metadata: { client_version: '1.0.0' } }, required: false },
    answers: session, problems: [...HOSTS, 'web-sessions.no_code'],
  },
  {
    id: 'getSession', method: 'get', path: '/api/accounts/{id}/session', tag, permission: 'whatsapp:read', summary: 'Everything about the session',
    description: 'State, codes (for who may link phones), host, memory, reconnects, the last lines of its log. Ask again upon `session.updated` over Socket.IO.',
    query: ofRoute, answers: { 200: { description: 'The session.', schema: SessionDetails } }, problems: NONE,
  },
  {
    id: 'getSessionStatus', method: 'get', path: '/api/accounts/{id}/session/status', tag, permission: 'whatsapp:read', summary: 'How the session stands',
    query: ofRoute, answers: session, problems: NONE,
  },
  {
    id: 'getSessionQr', method: 'get', path: '/api/accounts/{id}/session/qr', tag, permission: 'whatsapp:admin', summary: 'The picture to scan',
    description: 'Ask again every 20 seconds until the session is active: each picture is good for a short time. With `Accept: image/png` the picture itself, where the carrier gives one.',
    query: ofRoute, answers: { 200: { description: 'What to scan or to type.', schema: SessionQr } }, problems: NONE,
  },
  {
    id: 'restartSession', method: 'post', path: '/api/accounts/{id}/session/restart', tag, permission: 'whatsapp:admin', summary: 'Connect the session anew',
    description: 'The login stays.', body: { schema: ChooseSession, required: false }, answers: session, problems: HOSTS,
  },
  {
    id: 'stopSession', method: 'post', path: '/api/accounts/{id}/session/stop', tag, permission: 'whatsapp:admin', summary: 'Close the session',
    description: 'The login stays: starting it again needs no phone. Messages wait, or go by the line’s next number.', body: { schema: ChooseSession, required: false }, answers: session, problems: HOSTS,
  },
  {
    id: 'moveSession', method: 'post', path: '/api/accounts/{id}/session/move', tag, permission: 'whatsapp:admin', summary: 'Move the session to another host',
    body: { schema: MoveSession, required: false }, answers: session, problems: [...HOSTS, 'web-sessions.no_target'],
  },
  {
    id: 'closeSession', method: 'delete', path: '/api/accounts/{id}/session', tag, permission: 'whatsapp:admin', summary: 'Log the session out',
    description: 'The phone is unlinked and the login removed.', query: ofRoute, answers: { 204: { description: 'Logged out.' } }, problems: [...HOSTS, 'api.session_stays'],
  },
  {
    id: 'listSessions', method: 'get', path: '/api/sessions', tag, permission: 'whatsapp:read', summary: 'Sessions of the company and their hosts',
    answers: { 200: { description: 'All of them, the oldest first.', schema: SessionList } },
  },
  {
    id: 'lookUpNumbers', method: 'post', path: '/api/accounts/{id}/numbers/lookup', tag, permission: 'whatsapp:send_message', summary: 'Which numbers are on WhatsApp',
    description: 'At most 50 at a time, and seldom: WhatsApp watches who asks much.', body: { schema: LookUpNumbers, example: { phone_numbers: ['+56987650001'] } },
    answers: { 200: { description: 'Each of them.', schema: NumbersFound } }, problems: ACTIVE,
  },
  {
    id: 'listGroups', method: 'get', path: '/api/accounts/{id}/groups', tag, permission: 'whatsapp:read', summary: 'Groups the number is in',
    query: ofRoute, answers: { 200: { description: 'With their members.', schema: GroupList.meta({ id: 'GroupList' }) } }, problems: ACTIVE,
  },
  {
    id: 'createGroup', method: 'post', path: '/api/accounts/{id}/groups', tag, permission: 'whatsapp:admin', summary: 'Create a group', query: ofRoute,
    body: { schema: GroupCreateBody.meta({ id: 'CreateGroup' }), example: { subject: 'Vecinos', members: ['+56987650001'] } },
    answers: { 201: { description: 'The group.', schema: GroupAnswer.meta({ id: 'GroupAnswer' }) } }, problems: ACTIVE,
  },
  {
    id: 'getGroup', method: 'get', path: '/api/accounts/{id}/groups/{group_id}', tag, permission: 'whatsapp:read', summary: 'A group', query: ofRoute,
    answers: { 200: { description: 'With its members.', schema: GroupAnswer } }, problems: ACTIVE,
  },
  {
    id: 'changeGroup', method: 'patch', path: '/api/accounts/{id}/groups/{group_id}', tag, permission: 'whatsapp:admin', summary: 'Change subject or description', query: ofRoute,
    body: { schema: GroupChangeBody.meta({ id: 'ChangeGroup' }), example: { subject: 'Vecinos del pasaje' } }, answers: { 200: { description: 'The group.', schema: GroupAnswer } }, problems: ACTIVE,
  },
  {
    id: 'changeGroupMembers', method: 'post', path: '/api/accounts/{id}/groups/{group_id}/members', tag, permission: 'whatsapp:admin', summary: 'Add, remove, promote, demote', query: ofRoute,
    body: { schema: MembersBody.meta({ id: 'ChangeGroupMembers' }), example: { action: 'add', members: ['+56987650002'] } },
    answers: { 200: { description: 'What WhatsApp says of each: 200 done, 403 may only be invited, 404 not on WhatsApp, 408 left recently, 409 is in it already.', schema: MembersAnswer.meta({ id: 'GroupMembersAnswer' }) } }, problems: ACTIVE,
  },
  {
    id: 'leaveGroup', method: 'delete', path: '/api/accounts/{id}/groups/{group_id}', tag, permission: 'whatsapp:admin', summary: 'Leave a group', query: ofRoute, answers: { 204: { description: 'Left.' } }, problems: ACTIVE,
  },
  {
    id: 'sendToGroup', method: 'post', path: '/api/accounts/{id}/groups/{group_id}/messages', tag, permission: 'whatsapp:send_message', summary: 'Write to a group', query: ofRoute,
    description: 'Sent at once, outside of every conversation; what members answer is in the conversation with each of them, marked with the group.',
    body: { schema: GroupMessage, example: { content: 'Hola a todos' } }, answers: { 201: { description: 'It left.', schema: GroupSent }, 202: { description: 'It may have left.', schema: GroupSent } }, problems: [...ACTIVE, 'api.refused_by_carrier', 'api.content'],
  },
];
