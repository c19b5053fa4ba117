import { newUuid } from '@centralita/kernel';
import type { ProviderType } from '../../messaging/index.ts';
import { HUMAN_LIKE, type Provider } from '../contract.ts';
import { checkPhone } from '../whatsapp/phone-limits.ts';
import { FIELDS, sessionOf } from './fields.ts';
import { foreignMedia, foreignPairing, foreignSetup, sendForeign } from './foreign.ts';
import { push } from './push.ts';

type WebType = Extract<ProviderType, 'baileys' | 'wwebjs' | 'venom'>;

/** A bridge written by somebody else, in the manner of requirement B3: texts and files. */
const foreignBridge = (type: WebType): Provider => ({
  type,
  contents: new Set(['text', 'image', 'video', 'audio', 'document', 'sticker', 'location', 'contacts', 'buttons', 'list', 'cta_url']),
  check: checkPhone,
  send: sendForeign,
  fields: FIELDS,
  numbered: new Set(['buttons', 'list']),
  identify: (credentials) => ({
    sender_id: sessionOf(credentials), ...(credentials['phone_number'] ? { phone: credentials['phone_number'].replaceAll(/\D/g, '') } : {}), ...(credentials['secret'] ? { app_secret: credentials['secret'] } : {}),
  }),
  complete: (credentials) => (sessionOf(credentials) === '' ? { ...credentials, session_name: `${type}_${newUuid().slice(-12)}` } : credentials),
  push,
  media: foreignMedia,
  setup: foreignSetup,
  pairing: foreignPairing,
  // One after the other, as a person writes (field-notes.md, ban risk).
  limits: { perSecond: 1, inFlight: 1, pair: { burst: 5, everyMs: 2_000 }, human: HUMAN_LIKE },
});

export const baileys: Provider = foreignBridge('baileys');
export const wwebjs: Provider = foreignBridge('wwebjs');
export const venom: Provider = foreignBridge('venom');
