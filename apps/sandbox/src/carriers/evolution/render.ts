/** Evolution's webhooks: its envelope around messages and flat statuses (providers 4.3). */
import { createHmac } from 'node:crypto';
import type { Sandbox } from '../../context.ts';
import { isFields } from '../../graph/fields.ts';
import type { Fields } from '../../graph/fields.ts';
import type { BusinessNumber } from '../../store/identities.ts';
import type { Message } from '../../store/messages.ts';
import type { Update } from '../../store/updates.ts';
import type { Rendered } from '../../webhooks/rendered.ts';
import { bodyOf, webMessage } from './message.ts';
import { jid, keyOf } from './people.ts';

const ACKS: Readonly<Record<string, string>> = { sent: 'SERVER_ACK', delivered: 'DELIVERY_ACK', read: 'READ', played: 'PLAYED', failed: 'ERROR' };

interface Said {
  readonly event: string;
  readonly data: unknown;
}

export function renderEvolution(sandbox: Sandbox, update: Update, business: BusinessNumber): Rendered | undefined {
  const { hook } = business.line;
  const said = saidBy(sandbox, update, business);
  if (hook === undefined || said === undefined) return undefined;
  if (hook.events !== undefined && hook.events.length > 0 && !hook.events.includes(said.event.toUpperCase().replaceAll(/[.-]/g, '_'))) return undefined;
  const now = sandbox.runtime.now();
  const body = JSON.stringify({
    event: said.event, instance: business.line.instance, data: said.data, destination: hook.url,
    // Local time with a false Z: in Santiago three hours behind.
    date_time: new Date(now - 3 * 3_600_000).toISOString(), sender: jid(business.businessNumber), server_url: `${sandbox.origin}/evolution`, apikey: business.line.key,
  });
  const { jwt_key: key, ...own } = hook.headers ?? {};
  const bearer = key === undefined ? {} : { authorization: `Bearer ${token(key, Math.floor(now / 1000))}` };
  return { url: hook.url, body, headers: ['content-type', 'application/json', 'user-agent', 'axios/1.7.9', ...Object.entries({ ...own, ...bearer }).flat()] };
}

function token(key: string, seconds: number): string {
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const signed = `${part({ alg: 'HS256', typ: 'JWT' })}.${part({ iat: seconds, exp: seconds + 600, app: 'evolution', action: 'webhook' })}`;
  return `${signed}.${createHmac('sha256', key).update(signed).digest('base64url')}`;
}

function saidBy(sandbox: Sandbox, update: Update, business: BusinessNumber): Said | undefined {
  const message = update.messageId === null ? undefined : sandbox.messages.byId(update.messageId);
  if (message === undefined) {
    const { field, value } = JSON.parse(update.change) as { field: string; value: unknown };
    return { event: field, data: value };
  }
  const phone = sandbox.phones.ensure(message.number);
  const key = keyOf(phone, business.line.lid ?? '2.3.7');
  const [kind, status = ''] = update.label.split(':');
  // A phone that is not connected hears nothing.
  if (business.line.state !== 'open') return undefined;
  if (kind === 'status') {
    return { event: 'messages.update', data: { messageId: `c${message.seq}`, keyId: message.id, remoteJid: key['remoteJid'], fromMe: true, participant: key['remoteJid'], status: ACKS[status], instanceId: instanceId(business) } };
  }
  return kind === 'message' ? inbound(message, { key, name: phone.name === '' ? phone.display : phone.name, business }) : undefined;
}

function inbound(message: Message, of: { key: Record<string, string>; name: string; business: BusinessNumber }): Said | undefined {
  const body = bodyOf(message);
  if (message.type === 'revoke') return { event: 'messages.delete', data: { ...of.key, fromMe: false, id: body['original_message_id'], status: 'DELETED', instanceId: instanceId(of.business) } };
  if (message.type === 'edit') {
    const said = isFields(body['message']) && isFields(body['message']['text']) ? body['message']['text']['body'] : '';
    return { event: 'messages.edited', data: { key: { ...of.key, fromMe: false, id: body['original_message_id'] }, type: 'MESSAGE_EDIT', editedMessage: { conversation: said }, timestampMs: String(message.createdAt) } };
  }
  const made = webMessage(message, of.key['remoteJid'] ?? '');
  if (made === undefined) return undefined;
  const wire = JSON.parse(message.payload) as Fields;
  return {
    event: 'messages.upsert',
    data: {
      key: { ...of.key, fromMe: false, id: message.id }, pushName: of.name, status: 'DELIVERY_ACK', message: { ...made.message, messageContextInfo: { deviceListMetadataVersion: 2 } },
      contextInfo: contextInfo(wire['context'], jid(of.business.businessNumber)), messageType: made.messageType, messageTimestamp: Math.floor(message.createdAt / 1000), instanceId: instanceId(of.business), source: 'android',
    },
  };
}

function contextInfo(context: unknown, own: string): Fields | null {
  if (!isFields(context)) return null;
  const quoted = typeof context['id'] === 'string' ? { stanzaId: context['id'], participant: typeof context['from'] === 'string' ? jid(context['from']) : own, quotedMessage: { conversation: '' } } : {};
  return { ...quoted, ...(context['forwarded'] === true ? { isForwarded: true, forwardingScore: 1 } : {}) };
}

export const instanceId = (business: BusinessNumber): string => business.wabaId.padStart(32, '0').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
