import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { timingSafeEqualText } from '@centralita/kernel';
import type { PushCarrier, WebhookRequest } from '../contract.ts';
import { parseForm, QUERY } from './parse.ts';

/** Our own id in the address of a status callback. */
export const CORRELATION = 'correlation';

/** Webhooks of Twilio: forms, signed together with the address that was called (providers.md §3.2 to §3.4). There is no handshake. */
export const push: PushCarrier = {
  verify(request, { appSecret }) {
    const given = request.headers['x-twilio-signature'];
    if (appSecret === '' || typeof given !== 'string') return false;
    return addresses(request.url).some((url) => timingSafeEqualText(given, signatureOf(url, request, appSecret))) && isWhole(request);
  },

  /** Whatever is answered may be sent to the person: nothing, in TwiML. */
  answer: { type: 'text/xml', body: '<Response/>' },

  /** With the query of the address: our own id is in it, and nowhere in the body. */
  receipt({ raw, url }) {
    const query = URL.parse(url)?.search.slice(1);
    return query ? Buffer.concat([raw, Buffer.from(`&${QUERY}=${encodeURIComponent(query)}`)]) : raw;
  },

  parse: parseForm,
};

/** base64(HMAC-SHA1(auth token, address + each key and its values, sorted)). */
function signatureOf(url: string, { raw, headers }: WebhookRequest, secret: string): string {
  const hmac = createHmac('sha1', secret).update(url);
  // Of JSON bodies the address alone is signed; it holds the hash of the body.
  if (!isJson(headers)) {
    const fields = new URLSearchParams(raw.toString('utf8'));
    for (const key of [...new Set(fields.keys())].sort()) {
      for (const value of [...new Set(fields.getAll(key))].sort()) hmac.update(key + value);
    }
  }
  return hmac.digest('base64');
}

const isJson = (headers: WebhookRequest['headers']): boolean => String(headers['content-type'] ?? '').startsWith('application/json');

function isWhole({ url, raw, headers }: WebhookRequest): boolean {
  if (!isJson(headers)) return true;
  const named = URL.parse(url)?.searchParams.get('bodySHA256') ?? '';
  return /^[0-9a-f]{64}$/i.test(named) && timingSafeEqual(Buffer.from(named, 'hex'), createHash('sha256').update(raw).digest());
}

/** Twilio signs the address with its port or without, where that is the usual one. */
function addresses(url: string): string[] {
  const [, scheme, host, rest = ''] = /^(https?):\/\/([^/?#]+)(.*)$/i.exec(url) ?? [];
  if (scheme === undefined || host === undefined) return [url];
  const port = scheme.toLowerCase() === 'https' ? '443' : '80';
  const bare = host.replace(new RegExp(`:${port}$`), '');
  return /:\d+$/.test(bare) ? [url] : [`${scheme}://${bare}${rest}`, `${scheme}://${bare}:${port}${rest}`];
}
