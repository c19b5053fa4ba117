import type { BridgePerson } from '@centralita/contracts/bridge';

/** The address a browser engine sends to. A number is taken as it is; whether WhatsApp knows it under another, `lookup` tells. */
export function chatOf(to: string): { readonly chat: string; readonly phone?: string } {
  const [user = '', server] = to.split('@');
  if (server === 'g.us' || server === 'lid') return { chat: to };
  const phone = user.replaceAll(/\D/g, '');
  return { chat: `${phone}@c.us`, phone };
}

/** Who an address is, as far as it says. A device (`1555:3@c.us`) is its owner. */
export function personOf(address: string, name?: string): BridgePerson {
  const [user = '', server] = address.split('@');
  const id = user.split(':')[0]!;
  return { ...(server === 'lid' ? { lid: id } : { phone: id }), ...(name && { name }) };
}

export const isGroup = (address: string): boolean => address.endsWith('@g.us');
/** Chats of two, and groups; not channels, status updates or broadcasts. */
export const isConversation = (address: string): boolean => /@(c\.us|s\.whatsapp\.net|lid|g\.us)$/.test(address);
