import { callApi, isError, segment } from '../carrier-api.ts';
import type { CarrierContext, Subscription } from '../contract.ts';
import { isWire, text, type Wire } from '../whatsapp/wire.ts';
import { query, twilioOf, type Twilio } from './api.ts';

const PAGE = 100;
const PAGES = 20;

/** Where Twilio calls when somebody writes: the messaging service's own address, where it has one, else the sender's (Senders API). */
export async function subscription(context: CarrierContext, url: string): Promise<Subscription> {
  const twilio = twilioOf(context.credentials);
  if (isError(twilio)) return { state: 'unknown', detail: twilio.title };
  const service = segment(context.credentials['messaging_service_sid'] || undefined);
  if (service !== undefined) {
    const found = await query(context, () => callApi(context, twilio.messaging, { method: 'GET', path: `/v1/Services/${service}` }));
    if ('error' in found) return { state: 'unknown', detail: found.error.title };
    if (found.json['use_inbound_webhook_on_number'] !== true) return placed(text(found.json['inbound_request_url']), url);
  }
  const sender = await senderOf(context, twilio);
  if (sender === undefined) return { state: 'unknown', detail: 'Twilio does not list this sender; the number of its sandbox is set up by hand.' };
  if ('error' in sender) return { state: 'unknown', detail: String(sender['error']) };
  return placed(isWire(sender['webhook']) ? text(sender['webhook']['callback_url']) : undefined, url);
}

const placed = (current: string | undefined, url: string): Subscription =>
  current === undefined ? { state: 'none' } : current === url ? { state: 'here' } : { state: 'elsewhere', detail: URL.parse(current)?.origin ?? current };

async function senderOf(context: CarrierContext, twilio: Twilio): Promise<Wire | undefined> {
  let page: string | undefined = `?${new URLSearchParams({ Channel: 'whatsapp', PageSize: String(PAGE) })}`;
  for (let n = 0; n < PAGES && page !== undefined; n++) {
    const search: string = page;
    const found = await query(context, () => callApi(context, twilio.messaging, { method: 'GET', path: `/v2/Channels/Senders${search}` }));
    if ('error' in found) return { error: found.error.title };
    const senders = Array.isArray(found.json['senders']) ? found.json['senders'].filter(isWire) : [];
    const own = senders.find((s) => s['sender_id'] === `whatsapp:+${twilio.from}`);
    if (own) return own;
    // Only the query of the address it names: the token goes to the host that we know.
    const next = isWire(found.json['meta']) ? URL.parse(text(found.json['meta']['next_page_url']) ?? '') : null;
    page = next?.search;
  }
  return undefined;
}
