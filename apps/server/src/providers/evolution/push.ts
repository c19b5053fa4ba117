import { createHmac, timingSafeEqual } from 'node:crypto';
import { BlockList, isIP } from 'node:net';
import { timingSafeEqualText } from '@centralita/kernel';
import type { PushCarrier, WebhookRequest } from '../contract.ts';
import { isWire } from '../whatsapp/wire.ts';
import { parseWebhook } from './parse.ts';

export const SECRET_HEADER = 'x-centralita-secret';
/** Clocks of two machines differ by seconds. */
const SKEW_S = 60;

/** Webhooks of Evolution: proved by a header or a token of ours, and by where they come from (providers.md §4.3). Nothing signs the body. */
export const push: PushCarrier = {
  verify(request, { appSecret, more }) {
    if (appSecret === '' || !isAllowed(request.ip, more?.['allowed_ips'])) return false;
    const own = request.headers[SECRET_HEADER];
    if (own !== undefined) return typeof own === 'string' && timingSafeEqualText(own, appSecret);
    const bearer = request.headers['authorization'];
    return typeof bearer === 'string' && isToken(/^Bearer (.+)$/.exec(bearer)?.[1] ?? '', appSecret, request.at);
  },

  /** Without the instance's key, which Evolution writes into each body: whoever reads receipts has no use for it. */
  receipt({ raw }: WebhookRequest) {
    return raw.includes('"apikey":"') ? Buffer.from(raw.toString('utf8').replaceAll(/"apikey":"[^"\\]*"/g, '"apikey":null')) : raw;
  },

  parse: parseWebhook,
};

/** HS256, `exp` ten minutes ahead. */
function isToken(token: string, secret: string, at: number): boolean {
  const [head = '', body = '', signature = '', ...rest] = token.split('.');
  if (rest.length > 0 || jsonOf(head)?.['alg'] !== 'HS256') return false;
  const given = Buffer.from(signature, 'base64url');
  const expected = createHmac('sha256', secret).update(`${head}.${body}`).digest();
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return false;
  const exp = jsonOf(body)?.['exp'];
  return typeof exp === 'number' && exp + SKEW_S > at / 1000;
}

function jsonOf(part: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
    return isWire(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Whether a caller is on the list; an entry that is neither an address nor a network lets nobody in. */
export function isAllowed(ip: string, list: string | undefined): boolean {
  const entries = (list ?? '').split(/[\s,]+/).filter((e) => e !== '');
  if (entries.length === 0) return true;
  const plain = ip.replace(/^::ffff:(?=\d+\.)/i, '');
  const family = isIP(plain) === 6 ? 'ipv6' : 'ipv4';
  if (isIP(plain) === 0) return false;
  return entries.some((entry) => {
    const [net = '', bits] = entry.split('/');
    const kind = isIP(net);
    const most = kind === 6 ? 128 : 32;
    const size = bits === undefined ? most : Number(bits);
    if (kind === 0 || !Number.isInteger(size) || size < 0 || size > most) return false;
    const one = new BlockList();
    one.addSubnet(net, size, kind === 6 ? 'ipv6' : 'ipv4');
    return one.check(plain, family);
  });
}
