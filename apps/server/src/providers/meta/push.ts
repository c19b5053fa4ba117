import { createHmac, timingSafeEqual } from 'node:crypto';
import { timingSafeEqualText } from '@centralita/kernel';
import type { PushCarrier } from '../contract.ts';
import { parseWebhook } from '../whatsapp/parse-webhook.ts';

const SIGNATURE = /^sha256=([0-9a-f]{64})$/i;

/** Webhooks of Meta (providers.md §1.6). */
export const push: PushCarrier = {
  /** The challenge, to be answered as text/plain. */
  handshake(query, { verifyToken }) {
    const challenge = query['hub.challenge'];
    const token = query['hub.verify_token'];
    if (query['hub.mode'] !== 'subscribe' || !challenge || !token || verifyToken === '') return undefined;
    return timingSafeEqualText(token, verifyToken) ? challenge : undefined;
  },

  /** Exactly one header: a list, or two joined by a proxy, is refused. */
  verify({ headers, raw }, { appSecret }) {
    const header = headers['x-hub-signature-256'];
    const given = typeof header === 'string' ? SIGNATURE.exec(header)?.[1] : undefined;
    if (given === undefined || appSecret === '') return false;
    return timingSafeEqual(createHmac('sha256', appSecret).update(raw).digest(), Buffer.from(given, 'hex'));
  },

  parse: parseWebhook,
};
