import { createHmac, timingSafeEqual } from 'node:crypto';
import { timingSafeEqualText } from '@centralita/kernel';
import type { InboundEvent } from '../../messaging/index.ts';
import type { PushCarrier, WebhookRequest } from '../contract.ts';
import { parseWebhook } from '../whatsapp/parse-webhook.ts';
import { phoneDigits } from '../whatsapp/people.ts';

/** Webhooks of 360dialog: Meta's bodies, proved by a header that we told it (providers.md §2). There is no handshake. */
export const push: PushCarrier = {
  /** A signature that is there must be right; without one, our own header must be. */
  verify(request, { appSecret, more }) {
    const signature = request.headers['x-360dialog-signature'];
    if (more?.['hmac_secret'] && signature !== undefined) return isSigned(request, signature, more['hmac_secret']);
    const given = request.headers['authorization'];
    return appSecret !== '' && typeof given === 'string' && timingSafeEqualText(given, authorization(appSecret));
  },

  parse: (raw) => parseWebhook(raw).map(onItsNumber),
};

export const authorization = (secret: string): string => `Bearer ${secret}`;

/** HMAC-SHA256; which encoding is nowhere said: hex with or without `sha256=`, base64 and base64url are all taken. */
function isSigned({ raw }: WebhookRequest, signature: string | string[], secret: string): boolean {
  if (typeof signature !== 'string') return false;
  const given = signature.replace(/^sha256=/i, '').trim();
  const bytes = /^[0-9a-f]{64}$/i.test(given) ? Buffer.from(given, 'hex') : Buffer.from(given, 'base64');
  return bytes.length === 32 && timingSafeEqual(createHmac('sha256', secret).update(raw).digest(), bytes);
}

/** Customers of 360dialog know their number, not Meta's id of it: that is what routes are found by. */
function onItsNumber<E extends InboundEvent>(event: E): E {
  if (event.line.kind !== 'number') return event;
  const digits = phoneDigits(event.line.display);
  return digits === undefined ? event : { ...event, line: { ...event.line, id: digits } };
}
