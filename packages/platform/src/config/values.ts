import { isIP } from 'node:net';
import { z } from 'zod';

/** Schemas from a variable's text to its value. Each failure's message finishes the sentence "NAME must be …". */

const integerText = /^\d+$/;
const numberText = /^\d+(\.\d+)?$/;

/** A TCP port; 0 lets the system choose a free one. */
export const port = z.string()
  .refine((text) => integerText.test(text) && Number(text) <= 65535, 'a port from 0 to 65535')
  .transform(Number);

/** A whole number between `min` and `max`, both included. */
export function integer(min: number, max: number) {
  return z.string()
    .refine((text) => integerText.test(text) && Number(text) >= min && Number(text) <= max, `a whole number from ${min} to ${max}`)
    .transform(Number);
}

/** A number between `min` and `max`; fractions are allowed so that drills can be quick. */
export function number(min: number, max: number) {
  return z.string()
    .refine((text) => numberText.test(text) && Number(text) >= min && Number(text) <= max, `a number from ${min} to ${max}`)
    .transform(Number);
}

const words: Readonly<Record<string, boolean>> = { on: true, true: true, yes: true, '1': true, off: false, false: false, no: false, '0': false };

export const onOff = z.string()
  .refine((text) => text.toLowerCase() in words, '"on" or "off"')
  .transform((text) => words[text.toLowerCase()] === true);

export function oneOf<const V extends readonly [string, ...string[]]>(values: V) {
  return z.enum(values, { error: `one of ${values.join(', ')}` });
}

/** An address or a host name to listen on. */
export const host = z.string()
  .refine((text) => isIP(text) > 0 || /^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$/.test(text), 'an address such as 127.0.0.1 or 0.0.0.0');

function parseUrl(text: string, protocols: readonly string[]): URL | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  return protocols.includes(url.protocol) ? url : undefined;
}

/** An http(s) base address; kept without its trailing slash. */
export const httpBase = z.string()
  .refine((text) => {
    const url = parseUrl(text, ['http:', 'https:']);
    return url !== undefined && url.search === '' && url.hash === '' && url.username === '' && url.password === '';
  }, 'an http:// or https:// address without a query, such as https://chat.example.org')
  .transform((text) => text.replace(/\/+$/, ''));

export const databaseUrl = z.string()
  .refine((text) => parseUrl(text, ['postgres:', 'postgresql:']) !== undefined, 'an address such as postgres://user:password@host:5432/name');

export const amqpUrl = z.string()
  .refine((text) => parseUrl(text, ['amqp:', 'amqps:']) !== undefined, 'an address such as amqp://user:password@host:5672/vhost');

export const email = z.string()
  .refine((text) => /^[^\s@]+@[^\s@]+$/.test(text), 'an e-mail address');

/** Printable text of at least `min` characters with no spaces around or inside. */
export function secretText(min: number) {
  return z.string().refine((text) => text.length >= min && !/\s/.test(text), `at least ${min} characters without spaces`);
}

export function longText(min: number) {
  return z.string().refine((text) => text.length >= min, `at least ${min} characters long`);
}

/** 32 bytes as 64 hexadecimal digits or as base64 (also base64url). */
export const key32 = z.string().transform((text, ctx) => {
  const bytes = /^[0-9a-f]{64}$/i.test(text) ? Buffer.from(text, 'hex')
    : /^[A-Za-z0-9+/_-]{43}=?$/.test(text) ? Buffer.from(text, 'base64') : undefined;
  if (bytes?.length === 32) return bytes;
  ctx.addIssue({ code: 'custom', message: '32 bytes as 64 hexadecimal digits or as base64 (make one with: openssl rand -base64 32)' });
  return z.NEVER;
});

/** What Fastify calls trustProxy: no, every proxy, the nearest N, or those of a list of addresses and networks. */
export const trustProxy = z.string().transform((text, ctx): boolean | number | string => {
  const word = text.toLowerCase();
  if (word === 'off' || word === 'false' || word === 'no' || word === '0') return false;
  if (word === 'on' || word === 'true' || word === 'yes') return true;
  if (integerText.test(text) && Number(text) <= 20) return Number(text);
  const parts = text.split(',').map((part) => part.trim());
  if (parts.every(isNetwork)) return parts.join(',');
  ctx.addIssue({ code: 'custom', message: '"off", "on", the number of proxies in front, or their addresses (10.0.0.1, 10.0.0.0/8) separated by commas' });
  return z.NEVER;
});

function isNetwork(text: string): boolean {
  const [address = '', bits, more] = text.split('/');
  const family = isIP(address);
  if (family === 0 || more !== undefined) return false;
  return bits === undefined || (integerText.test(bits) && Number(bits) <= (family === 4 ? 32 : 128));
}

/** Host names, addresses or `host:port`, separated by commas. */
export const hostList = z.string().transform((text, ctx): readonly string[] => {
  const parts = text.split(',').map((part) => part.trim().toLowerCase()).filter((part) => part !== '');
  if (parts.every((part) => /^[a-z0-9._-]+(:\d{1,5})?$/.test(part) || /^\[[0-9a-f:]+\](:\d{1,5})?$/.test(part))) return parts;
  ctx.addIssue({ code: 'custom', message: 'host names separated by commas, such as erp.local,10.0.0.7:8443' });
  return z.NEVER;
});

/** Origins of pages, as browsers write them. */
export const originList = z.string().transform((text, ctx): readonly string[] => {
  const parts = text.split(',').map((part) => part.trim().replace(/\/$/, '').toLowerCase()).filter((part) => part !== '');
  if (parts.every((part) => URL.canParse(part) && /^https?:$/.test(new URL(part).protocol) && new URL(part).origin === part)) return parts;
  ctx.addIssue({ code: 'custom', message: 'origins separated by commas, such as https://crm.example,http://localhost:5173' });
  return z.NEVER;
});

export const graphVersion = z.string().refine((text) => /^v\d{1,3}\.\d$/.test(text), 'a Graph API version such as v25.0');

/** A WebSocket address. */
export const socketUrl = z.string()
  .refine((text) => parseUrl(text, ['ws:', 'wss:']) !== undefined, 'a ws:// or wss:// address such as ws://127.0.0.1:3021/ws/chat');

/** `2.3000.1043857760` as its three numbers. */
export const whatsappVersion = z.string()
  .refine((text) => /^\d{1,3}\.\d{1,6}\.\d{1,12}$/.test(text), 'three numbers such as 2.3000.1043857760')
  .transform((text) => text.split('.').map(Number) as [number, number, number]);
