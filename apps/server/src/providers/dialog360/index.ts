import { callApi, isError, misconfigured } from '../carrier-api.ts';
import type { Provider, SetupCarrier } from '../contract.ts';
import { encodeMarkRead } from '../whatsapp/encode-message.ts';
import { explainStatusError } from '../whatsapp/errors.ts';
import { queryGraph, sendGraph } from '../whatsapp/graph-calls.ts';
import { checkContent } from '../whatsapp/limits.ts';
import { phoneDigits } from '../whatsapp/people.ts';
import { text } from '../whatsapp/wire.ts';
import { apiOf, FIELDS } from './api.ts';
import { media } from './media.ts';
import { authorization, push } from './push.ts';
import { templates } from './templates.ts';

const setup: SetupCarrier = {
  /** Reads where the number's webhooks go: proves the key. */
  async probe(context) {
    const api = apiOf(context.credentials);
    if (isError(api)) return { ok: false, error: api };
    const digits = phoneDigits(context.credentials['phone_number']);
    if (digits === undefined || digits.length < 7) return { ok: false, error: misconfigured('phone_number', 'phone_number is empty or no number with a country code') };
    const found = await queryGraph(context, FIELDS, () => callApi(context, api, { method: 'GET', path: '/v1/configs/webhook' }));
    return 'error' in found ? { ok: false, error: found.error } : { ok: true, display: `+${digits}`, info: { webhook: found.json['url'] } };
  },

  async subscribe(context, { url, secrets }) {
    const api = apiOf(context.credentials);
    if (isError(api)) return api;
    const done = await queryGraph(context, FIELDS, () => callApi(context, api, {
      method: 'POST', path: '/v1/configs/webhook', json: { url, headers: { Authorization: authorization(secrets.appSecret) } },
    }));
    return 'error' in done ? done.error : undefined;
  },

  async subscription(context, url) {
    const api = apiOf(context.credentials);
    if (isError(api)) return { state: 'unknown', detail: api.title };
    const found = await queryGraph(context, FIELDS, () => callApi(context, api, { method: 'GET', path: '/v1/configs/webhook' }));
    if ('error' in found) return { state: 'unknown', detail: found.error.title };
    const current = text(found.json['url']);
    if (current === undefined) return { state: 'none' };
    return current === url ? { state: 'here' } : { state: 'elsewhere', detail: URL.parse(current)?.origin ?? current };
  },
};

/** 360dialog: the Cloud API through a business solution provider, configured as `official`. The wire is Meta's. */
export const dialog360: Provider = {
  type: 'official',
  contents: new Set(['text', 'image', 'video', 'audio', 'document', 'sticker', 'location', 'contacts', 'reaction', 'buttons', 'list', 'cta_url', 'template', 'interactive']),
  check: checkContent,
  async send(context, request) {
    const api = apiOf(context.credentials);
    return isError(api) ? { outcome: 'rejected', error: api } : sendGraph(context, request, { api, path: '/messages', fields: FIELDS });
  },
  fields: FIELDS,
  identify: ({ phone_number, waba_id, webhook_secret, hmac_secret }) => ({
    sender_id: phoneDigits(phone_number) ?? '', phone: phoneDigits(phone_number) ?? '', ...(waba_id ? { waba_id } : {}),
    ...(webhook_secret ? { app_secret: webhook_secret } : {}), ...(hmac_secret ? { more: { hmac_secret } } : {}),
  }),
  push,
  media,
  presence: {
    async markRead(context, { remote_id, typing }) {
      const api = apiOf(context.credentials);
      if (isError(api)) return false;
      const done = await queryGraph(context, FIELDS, () => callApi(context, api, { method: 'POST', path: '/messages', json: encodeMarkRead(remote_id, typing) }));
      return 'json' in done && done.json['success'] === true;
    },
  },
  setup,
  templates,
  // As Meta's own: 80/s for a number, to one person 45 at once, then one every 6 s (providers.md §1.12, §2).
  limits: { perSecond: 80, inFlight: 32, pair: { burst: 45, everyMs: 6_000 } },
  explain: explainStatusError,
};
