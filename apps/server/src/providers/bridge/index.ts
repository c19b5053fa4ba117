import { newUuid } from '@centralita/kernel';
import type { CarrierError, ProviderType } from '../../messaging/index.ts';
import { HUMAN_LIKE, type CarrierContext, type Provider } from '../contract.ts';
import { checkPhone } from '../whatsapp/phone-limits.ts';
import { FIELDS, sessionOf } from './fields.ts';
import { foreignMedia, foreignPairing, foreignSetup, sendForeign } from './foreign.ts';
import { explainHosted, hostedMedia, hostedPresence, hostedSetup, messageIdOf, sendHosted } from './hosted.ts';
import { push } from './push.ts';

type WebType = Extract<ProviderType, 'baileys' | 'wwebjs' | 'venom'>;

/** A bridge written by somebody else, in the manner of requirement B3: texts and files. */
export const foreignBridge = (type: WebType): Provider => ({
  ...common(type),
  contents: new Set(['text', 'image', 'video', 'audio', 'document', 'sticker', 'location', 'contacts', 'buttons', 'list', 'cta_url']),
  send: sendForeign,
  media: foreignMedia,
  setup: foreignSetup,
  pairing: foreignPairing,
});

/** What does not depend on who runs the session. */
const common = (type: WebType): Pick<Provider, 'type' | 'check' | 'fields' | 'numbered' | 'complete' | 'identify' | 'push' | 'limits'> => ({
  type,
  check: checkPhone,
  fields: FIELDS,
  numbered: new Set(['buttons', 'list']),
  complete: (credentials) => (sessionOf(credentials) === '' ? { ...credentials, session_name: `${type}_${newUuid().slice(-12)}` } : credentials),
  identify: (credentials) => ({
    sender_id: sessionOf(credentials), ...(credentials['phone_number'] ? { phone: credentials['phone_number'].replaceAll(/\D/g, '') } : {}), ...(credentials['secret'] ? { app_secret: credentials['secret'] } : {}),
  }),
  push,
  // One after the other, as a person writes (field-notes.md, ban risk).
  limits: { perSecond: 1, inFlight: 1, pair: { burst: 5, everyMs: 2_000 }, human: HUMAN_LIKE },
});

const BY_HAND: CarrierError = { class: 'config', code: 'webhook', title: 'Enter this address and the secret in your bridge: it posts what it hears there.' };
const BY_SESSION: CarrierError = { class: 'config', code: 'session', title: 'This session is started, shown and ended under /api/accounts/{id}/session.' };

/** A session of WhatsApp Web: run by this server, or by the bridge whose address is given. */
function webSession(type: WebType): Provider {
  const elsewhere = foreignBridge(type);
  const isElsewhere = ({ credentials }: CarrierContext): boolean => Boolean(credentials['bridge_url']);
  return {
    ...common(type),
    contents: new Set([...elsewhere.contents, 'reaction']),
    hosted: (credentials) => (credentials['bridge_url'] ? undefined : { engine: type === 'venom' ? (credentials['engine'] === 'venom' ? 'venom' : 'wppconnect') : type, sandbox: credentials['sandbox'] === 'true', reconnects: credentials['auto_reconnect'] !== 'false' }),
    send: (context, request) => (isElsewhere(context) ? sendForeign(context, request) : sendHosted(context, request)),
    messageId: (credentials, correlation) => (credentials['bridge_url'] ? undefined : messageIdOf(correlation)),
    explain: explainHosted,
    media: { takes: 'data', fetch: (context, id, most) => (isElsewhere(context) ? foreignMedia : hostedMedia).fetch!(context, id, most) },
    presence: { markRead: async (context, message) => !isElsewhere(context) && hostedPresence.markRead(context, message) },
    setup: {
      probe: (context) => (isElsewhere(context) ? foreignSetup : hostedSetup).probe(context),
      subscribe: async (context) => (isElsewhere(context) ? BY_HAND : undefined),
    },
    pairing: { pair: async (context, phone) => (isElsewhere(context) ? foreignPairing.pair(context, phone) : BY_SESSION) },
  };
}

export const baileys: Provider = webSession('baileys');
export const wwebjs: Provider = webSession('wwebjs');
export const venom: Provider = webSession('venom');
