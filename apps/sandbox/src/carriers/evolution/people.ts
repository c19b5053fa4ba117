/** How WhatsApp Web names people: by number, by LID, by both (providers 4.3). */
import type { Sandbox } from '../../context.ts';
import type { LidVariant } from '../../store/identities.ts';
import type { Phone } from '../../store/phones.ts';
import { EvolutionError } from './errors.ts';

export const jid = (number: string): string => `${number}@s.whatsapp.net`;

/** Digits that say nothing of the number. */
export function lidOf(phone: Phone): string {
  const own = phone.bsuid.split('.').at(-1) ?? '';
  return /^\d+$/.test(own) ? own : `9${phone.number}`;
}

/** The part of a message's key that says who: as the versions write it. */
export function keyOf(phone: Phone, variant: LidVariant): Record<string, string> {
  const [pn, lid] = [jid(phone.number), `${lidOf(phone)}@lid`];
  switch (phone.shareNumber ? variant : 'only') {
    case '2.3.6': return { remoteJid: lid, remoteJidAlt: pn, addressingMode: 'lid' };
    case '2.3.7': return { remoteJid: pn, remoteJidAlt: pn, addressingMode: 'lid' };
    case '2.4': return { remoteJid: pn, remoteJidAlt: lid, addressingMode: 'pn' };
    case 'only': return { remoteJid: lid, addressingMode: 'lid' };
    case 'none': return { remoteJid: pn };
  }
}

/** The digits behind `number` of a send: digits, a jid, or a LID that was seen here. */
export function numberOf(sandbox: Sandbox, given: unknown): string {
  const text = typeof given === 'string' || typeof given === 'number' ? String(given) : '';
  const lid = /^(\d+)@lid$/.exec(text)?.[1];
  if (lid !== undefined) {
    const row = sandbox.journal.prepare("select number from phones where bsuid like '%.' || ?").get(lid);
    const number = row === undefined ? (lid.startsWith('9') ? sandbox.phones.find(lid.slice(1))?.number : undefined) : String(row['number']);
    if (number === undefined) throw notThere(text);
    return number;
  }
  const digits = text.replace(/@s\.whatsapp\.net$/, '').replaceAll(/[\s+()-]/g, '');
  if (!/^\d{5,20}$/.test(digits)) throw new EvolutionError(400, [`instance requires property "number": "${text.slice(0, 40)}" is none`]);
  return digits;
}

export function notThere(number: string): EvolutionError {
  return new EvolutionError(400, [{ jid: number.includes('@') ? number : jid(number), exists: false, number }]);
}
