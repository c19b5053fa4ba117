import { callApi, isError } from '../carrier-api.ts';
import type { MediaCarrier, PresenceCarrier, Provider, SetupCarrier } from '../contract.ts';
import { text } from '../whatsapp/wire.ts';
import { digitsOf, FIELDS, query, twilioOf } from './api.ts';
import { templates } from './content-api.ts';
import { check } from './encode.ts';
import { explain } from './errors.ts';
import { objects } from './objects.ts';
import { outcomes } from './outcomes.ts';
import { push } from './push.ts';
import { send } from './send.ts';
import { subscription } from './senders.ts';

const media: MediaCarrier = {
  takes: 'link',
  /** Inbound files are named by their address at Twilio, which wants the account's token; it redirects to a host that must not see it. */
  locate(context, remoteId) {
    const twilio = twilioOf(context.credentials);
    if (isError(twilio)) return Promise.resolve(twilio);
    const url = URL.parse(remoteId);
    const own = url !== null && url.origin === twilio.origin && url.href.startsWith(`${twilio.base}/`) && url.username === '' && url.password === '';
    if (!own) return Promise.resolve({ class: 'permanent', code: 'media', title: `The file cannot be fetched: its address is not at ${twilio.origin}.` });
    return Promise.resolve({ url: url.href, headers: { authorization: twilio.headers['authorization']! } });
  },
};

const presence: PresenceCarrier = {
  /** One call for both: what is marked as read also shows typing, until something is sent or 25 s have passed. */
  async markRead(context, { remote_id }) {
    const twilio = twilioOf(context.credentials);
    if (isError(twilio)) return false;
    const json = { channel: 'WHATSAPP', messageId: remote_id.split('/')[0] };
    const done = await query(context, () => callApi(context, twilio.messaging, { method: 'POST', path: '/v3/Indicators/Typing.json', json }));
    return 'json' in done && done.json['success'] !== false;
  },
};

const setup: SetupCarrier = {
  /** Reads the account: proves SID and token. Twilio has no call that says whether a sender is one of it. */
  async probe(context) {
    const twilio = twilioOf(context.credentials);
    if (isError(twilio)) return { ok: false, error: twilio };
    const found = await query(context, () => callApi(context, twilio, { method: 'GET', path: `${twilio.account}.json` }));
    if ('error' in found) return { ok: false, error: found.error };
    const state = text(found.json['status']);
    if (state !== undefined && state !== 'active') return { ok: false, error: { class: 'config', code: 'account_sid', title: `The Twilio account is ${state}: see the Console.` } };
    const name = text(found.json['friendly_name']);
    return { ok: true, display: `+${twilio.from}`, ...(name ? { name } : {}), info: { account: name, status: state } };
  },
  subscription,
};

/** Twilio's Programmable Messaging for WhatsApp. */
export const twilio: Provider = {
  type: 'twilio',
  contents: new Set(['text', 'image', 'video', 'audio', 'document', 'sticker', 'location', 'contacts', 'buttons', 'list', 'cta_url', 'template']),
  check,
  send,
  fields: FIELDS,
  numbered: new Set(['buttons', 'list']),
  identify: ({ from, auth_token = '' }) => ({ sender_id: digitsOf(from) ?? '', phone: digitsOf(from) ?? '', app_secret: auth_token }),
  push,
  media,
  presence,
  setup,
  objects,
  outcomes,
  templates,
  // Twilio queues what is above WhatsApp's own limits (providers.md §3.5): the same as Meta's, to keep its queue short.
  limits: { perSecond: 80, inFlight: 32, pair: { burst: 45, everyMs: 6_000 } },
  explain,
};
