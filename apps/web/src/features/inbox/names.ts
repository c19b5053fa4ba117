import type { Conversation, Message } from '../../api/types.ts';
import { phoneNumber } from '../../ui/format.ts';

/** How a conversation is called: the customer's name, else the number, else any address. */
export function nameOf(c: Conversation): string | null {
  const name = c.contact.name ?? c.contact_name;
  if (name?.trim()) return name.trim();
  const phone = c.contact.phone ?? c.contact_phone;
  if (phone) return phoneNumber(phone);
  return c.contact.addresses.find((a) => a.kind === 'username')?.value ?? c.contact.addresses[0]?.value ?? null;
}

/** The key of the words for who said a message, where the message itself brings no name. */
export function authorKey(kind: Message['author']['kind']): `author.${Message['author']['kind']}` {
  return `author.${kind}`;
}
