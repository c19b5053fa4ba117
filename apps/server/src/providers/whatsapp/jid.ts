import type { Address, Peer } from '../../messaging/index.ts';
import { text, type Wire } from './wire.ts';

/** `digits[:device]@server`, as WhatsApp Web and its libraries name people. */
const JID = /^(\d{1,30})(?::\d+)?(?:_\d+)?@(s\.whatsapp\.net|c\.us|lid)$/;

export function addressOf(jid: unknown): Address | undefined {
  const [, user, server] = JID.exec(text(jid) ?? '') ?? [];
  return user === undefined ? undefined : { kind: server === 'lid' ? 'lid' : 'phone', value: user };
}

export const digitsOf = (jid: unknown): string | undefined => {
  const address = addressOf(jid);
  return address?.kind === 'phone' ? address.value : undefined;
};

/**
 * Whoever the key of a message names, by number and LID. Each version of Evolution has its own way (providers.md §4.3): 2.3.6 the LID
 * with the number beside it, 2.3.7 the number twice, 2.4 the number with the LID beside it; without either, one of them alone.
 */
export function personOf(key: Wire, { group, name }: { readonly group: boolean; readonly name?: string | undefined }): Peer | undefined {
  const named = group ? ['participant', 'participantAlt', 'participantPn', 'participantLid'] : ['remoteJid', 'remoteJidAlt', 'senderPn', 'senderLid'];
  const addresses: Address[] = [];
  for (const field of named) {
    const address = addressOf(key[field]);
    if (address && !addresses.some((a) => a.kind === address.kind && a.value === address.value)) addresses.push(address);
  }
  if (addresses.length === 0) return undefined;
  addresses.sort((a, b) => Number(a.kind === 'lid') - Number(b.kind === 'lid'));
  return name ? { addresses, name } : { addresses };
}

/** Whom a message goes to: digits, or the LID of somebody whose number is not known. */
export function numberOf(to: Peer): string | undefined {
  const phone = to.addresses.find((a) => a.kind === 'phone')?.value;
  if (phone !== undefined) return phone;
  const lid = to.addresses.find((a) => a.kind === 'lid')?.value;
  return lid === undefined ? undefined : `${lid}@lid`;
}

/** The same as WhatsApp writes it. */
export function jidOf(to: Peer): string | undefined {
  const number = numberOf(to);
  return number === undefined || number.includes('@') ? number : `${number}@s.whatsapp.net`;
}
