import { HttpError } from '@centralita/platform/http';
import type { SendOutcome } from '../../messaging/index.ts';
import { callApi, isError } from '../carrier-api.ts';
import { HUMAN_LIKE, type CarrierContext, type MediaCarrier, type PresenceCarrier, type Provider, type SendRequest } from '../contract.ts';
import { classifyFailure } from '../outcomes.ts';
import { redactOutcome } from '../redact.ts';
import { jidOf, numberOf } from '../whatsapp/jid.ts';
import { checkPhone } from '../whatsapp/phone-limits.ts';
import { text } from '../whatsapp/wire.ts';
import { evolutionOf, FIELDS, query } from './api.ts';
import { encode } from './encode.ts';
import { classify, explain } from './errors.ts';
import { outcomes } from './outcomes.ts';
import { push } from './push.ts';
import { pairing, setup } from './setup.ts';

/** POST /message/…, once. */
async function send(context: CarrierContext, { to, content, quote, file, attempt }: SendRequest): Promise<SendOutcome> {
  const api = evolutionOf(context.credentials);
  if (isError(api)) return { outcome: 'rejected', error: api };
  const said = encode(content, { to, file, quote });
  if (isError(said)) return { outcome: 'rejected', error: said };
  let outcome: SendOutcome;
  try {
    outcome = classify(await callApi(context, api, { method: 'POST', path: `/message/${said.call}/${api.instance}`, json: said.body }), attempt);
  } catch (failure) {
    outcome = classifyFailure(failure, attempt);
  }
  return redactOutcome(outcome, FIELDS, context.credentials);
}

const media: MediaCarrier = {
  takes: 'data',
  /** As base64 in JSON: a third larger than the file. */
  async fetch(context, remoteId, maxBytes) {
    const api = evolutionOf(context.credentials);
    if (isError(api)) return api;
    if (remoteId === '') return { class: 'permanent', code: 'media', title: 'The file cannot be fetched: its message has no id.' };
    let tooLarge = false;
    const found = await query(context, async () => {
      try {
        return await callApi(context, api, {
          method: 'POST', path: `/chat/getBase64FromMediaMessage/${api.instance}`, json: { message: { key: { id: remoteId } }, convertToMp4: false }, maxBytes: Math.ceil(maxBytes * 4 / 3) + 65_536,
        });
      } catch (error) {
        tooLarge = error instanceof HttpError && error.kind === 'too_large';
        throw error;
      }
    });
    if ('error' in found) return tooLarge ? { class: 'permanent', code: 'media', title: `The file is larger than ${maxBytes} bytes.` } : found.error;
    const base64 = text(found.json['base64'])?.replace(/^data:[^,]*,/, '');
    if (base64 === undefined) return { class: 'retry', code: 'answer', title: 'Evolution answered without the file.' };
    return { data: Buffer.from(base64, 'base64'), mime_type: text(found.json['mimetype']) ?? 'application/octet-stream' };
  },
};

/** How long the other side sees that something is being written; the call lasts as long. */
const TYPING_MS = 1_200;
const presence: PresenceCarrier = {
  async markRead(context, { remote_id, peer, typing }) {
    const api = evolutionOf(context.credentials);
    const jid = jidOf(peer);
    if (isError(api) || jid === undefined) return false;
    const read = await query(context, () => callApi(context, api, { method: 'POST', path: `/chat/markMessageAsRead/${api.instance}`, json: { readMessages: [{ remoteJid: jid, fromMe: false, id: remote_id }] } }));
    if ('error' in read || !typing) return !('error' in read);
    const shown = await query(context, () => callApi(context, api, { method: 'POST', path: `/chat/sendPresence/${api.instance}`, json: { number: numberOf(peer), presence: 'composing', delay: TYPING_MS } }));
    return !('error' in shown);
  },
};

/** Evolution API 2.3: a phone behind a server of yours. No window and no templates, but a number that can be lost. */
export const evolution: Provider = {
  type: 'evolution',
  contents: new Set(['text', 'image', 'video', 'audio', 'document', 'sticker', 'location', 'contacts', 'reaction', 'buttons', 'list', 'cta_url']),
  check: checkPhone,
  send,
  fields: FIELDS,
  numbered: new Set(['buttons', 'list']),
  identify: ({ instance = '', phone_number, webhook_secret, allowed_ips }) => ({
    sender_id: instance, ...(phone_number ? { phone: phone_number.replaceAll(/\D/g, '') } : {}), ...(webhook_secret ? { app_secret: webhook_secret } : {}), ...(allowed_ips ? { more: { allowed_ips } } : {}),
  }),
  push,
  media,
  presence,
  setup,
  pairing,
  outcomes,
  // One after the other, as a person writes (field-notes.md, ban risk).
  limits: { perSecond: 1, inFlight: 1, pair: { burst: 5, everyMs: 2_000 }, human: HUMAN_LIKE },
  explain,
};
