/** A message and its files as resources of Twilio's API (providers 3.1). */
import type { Sandbox } from '../../context.ts';
import type { BusinessNumber } from '../../store/identities.ts';
import type { Message } from '../../store/messages.ts';
import { failureOf } from './errors.ts';

export const API = '/2010-04-01';

/** `ME…` of a file: its own digits are in it. */
export const mediaSid = (id: string): string => `ME${id.padStart(32, '0')}`;
export const mediaIdOf = (sid: string): string => sid.replace(/^ME0*/, '');
export const contentSid = (templateId: string): string => `HX${templateId.padStart(32, '0')}`;

export const whatsapp = (digits: string): string => `whatsapp:+${digits}`;

/** Where the person is: their number, or without it their business-scoped id. */
export function addressOf(sandbox: Sandbox, number: string): string {
  const phone = sandbox.phones.ensure(number);
  return phone.shareNumber ? whatsapp(number) : `whatsapp:${phone.bsuid}`;
}

const rfc2822 = (at: number | null): string | null => (at === null ? null : new Date(at).toUTCString().replace('GMT', '+0000'));

const STATUS = { accepted: 'queued', sent: 'sent', delivered: 'delivered', read: 'read', played: 'read', failed: 'failed' } as const;

export const wordOf = (message: Message): string => (message.direction === 'out' ? 'received' : STATUS[message.status]);

export function messageResource(sandbox: Sandbox, business: BusinessNumber, message: Message): Record<string, unknown> {
  const account = business.line.account_sid ?? '';
  const failure = message.status === 'failed' ? failureOf(message.extra?.errors) : undefined;
  const uri = `${API}/Accounts/${account}/Messages/${message.id}`;
  const person = addressOf(sandbox, message.number);
  const company = whatsapp(business.businessNumber);
  const inbound = message.direction === 'out';
  return {
    sid: message.id, account_sid: account, api_version: '2010-04-01', messaging_service_sid: null, body: message.extra?.['body'] ?? message.text,
    from: inbound ? person : company, to: inbound ? company : person, direction: inbound ? 'inbound' : 'outbound-api', status: wordOf(message),
    error_code: failure?.code ?? null, error_message: failure?.message ?? null, num_media: message.extra?.media === undefined && message.extra?.['links'] === undefined ? '0' : '1', num_segments: '1',
    price: null, price_unit: 'USD', date_created: rfc2822(message.createdAt), date_sent: rfc2822(message.sentAt), date_updated: rfc2822(message.readAt ?? message.deliveredAt ?? message.sentAt ?? message.createdAt),
    uri: `${uri}.json`, subresource_uris: { media: `${uri}/Media.json` },
  };
}
