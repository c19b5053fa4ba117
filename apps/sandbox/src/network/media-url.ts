import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Sandbox } from '../context.ts';
import type { Media } from '../store/media.ts';

/** Addresses of files live 5 minutes (providers 1.1). */
const LIFETIME = 5 * 60_000;

function hash(sandbox: Sandbox, id: string, expires: number): string {
  const { appSecret } = sandbox.identities.appOf(sandbox.identities.demo);
  return createHmac('sha256', appSecret).update(`${id}.${expires}`).digest('base64url');
}

/** Where the bytes can be had, for who holds the token. */
export function mediaUrl(sandbox: Sandbox, media: Media): string {
  const expires = Math.floor((sandbox.runtime.now() + LIFETIME) / 1000);
  return `${sandbox.origin}/whatsapp_business/attachments/?mid=${media.id}&ext=${expires}&hash=${hash(sandbox, media.id, expires)}`;
}

/** Whether an address is one of ours and has not run out. */
export function validMediaUrl(sandbox: Sandbox, query: { mid?: string; ext?: string; hash?: string }): boolean {
  const expires = Number(query.ext);
  if (query.mid === undefined || query.hash === undefined || !Number.isFinite(expires) || expires * 1000 < sandbox.runtime.now()) return false;
  const given = Buffer.from(query.hash);
  const expected = Buffer.from(hash(sandbox, query.mid, expires));
  return given.length === expected.length && timingSafeEqual(given, expected);
}
