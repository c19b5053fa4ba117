import { isJidGroup, isLidUser, isPnUser, jidDecode, jidNormalizedUser } from 'baileys';
import type { BridgePerson } from '@centralita/contracts/bridge';
import { EngineError } from '../../engine.ts';

/** The digits of a phone address, without device; undefined for every other kind. */
export function phoneOf(jid: string | null | undefined): string | undefined {
  if (!jid) return undefined;
  const decoded = jidDecode(jid);
  return decoded && (isPnUser(jid) || decoded.server === 'hosted' || decoded.server === 'c.us') ? decoded.user : undefined;
}
/** The digits of a LID, without device. */
export function lidOf(jid: string | null | undefined): string | undefined {
  if (!jid) return undefined;
  const decoded = jidDecode(jid);
  return decoded && (isLidUser(jid) || decoded.server === 'hosted.lid') ? decoded.user : undefined;
}

/** One person by all the addresses at hand. */
export function personOf(jids: readonly (string | null | undefined)[], name?: string | null): BridgePerson {
  let phone: string | undefined;
  let lid: string | undefined;
  for (const jid of jids) {
    phone ??= phoneOf(jid);
    lid ??= lidOf(jid);
  }
  return { ...(phone === undefined ? {} : { phone }), ...(lid === undefined ? {} : { lid }), ...(name ? { name } : {}) };
}

export const isPerson = (jid: string | null | undefined): boolean => phoneOf(jid) !== undefined || lidOf(jid) !== undefined;
export const groupOf = (jid: string | null | undefined): string | undefined => (jid && isJidGroup(jid) ? jid : undefined);
export const pnJid = (phone: string): string => `${phone}@s.whatsapp.net`;

/** Where something goes, as the caller wrote it. Throws EngineError `invalid`. */
export function addressOf(to: string): string {
  const text = to.trim();
  if (text.includes('@')) {
    const normal = jidNormalizedUser(text.replace(/@c\.us$/, '@s.whatsapp.net'));
    if (isPnUser(normal) || isLidUser(normal) || isJidGroup(normal)) return normal;
    throw new EngineError('invalid', `${text} is no number, LID or group.`);
  }
  const digits = text.replaceAll(/[\s().-]/g, '').replace(/^\+/, '');
  if (!/^\d{5,15}$/.test(digits)) throw new EngineError('invalid', `${text} is no phone number with its country code.`);
  return pnJid(digits);
}
