/** Who sees a message, and how it looks to each: over WhatsApp Web a message has two ends that are phones, in a group more. */
import type { Sandbox } from '../context.ts';
import type { Message } from '../store/messages.ts';
import { messageView } from './view.ts';

const GROUP = '@g.us';
const LINE = '@s.whatsapp.net';

/** The number that wrote a message over WhatsApp Web: of what a phone received from a line, the line's. */
export function authorOf(message: Message): string {
  return message.direction === 'out' ? message.number : message.phoneNumberId.replace(/@.*$/, '');
}

/** Whether a message went over WhatsApp Web, where both ends are phones. */
export function isOverWeb(message: Message): boolean {
  return message.phoneNumberId.includes('@');
}

/** The phones on whose page a message stands. */
export function viewersOf(sandbox: Sandbox, message: Message): string[] {
  if (message.phoneNumberId.endsWith(GROUP)) return sandbox.web.members(message.phoneNumberId);
  return message.phoneNumberId.endsWith(LINE) ? [...new Set([message.number, message.phoneNumberId.slice(0, -LINE.length)])] : [message.number];
}

/** A message as one of its phones sees it: what the other wrote came `in`, what it wrote went `out`. */
export function viewFor(sandbox: Sandbox, message: Message, viewer: string): Record<string, unknown> {
  const business = sandbox.identities.numbers.get(message.phoneNumberId);
  if (message.phoneNumberId.endsWith(GROUP)) {
    const own = message.number === viewer;
    return { ...messageView(message, undefined), direction: own ? 'out' : 'in', from: message.number, from_name: sandbox.phones.find(message.number)?.name ?? '', to: message.phoneNumberId, chat: message.phoneNumberId, received: !own };
  }
  if (!message.phoneNumberId.endsWith(LINE)) return messageView(message, business);
  const mine = message.number === viewer;
  const partner = mine ? message.phoneNumberId.slice(0, -LINE.length) : message.number;
  const shown = { ...messageView(message, business), chat: `${partner}${LINE}` };
  return mine ? shown : { ...shown, direction: message.direction === 'in' ? 'out' : 'in', received: message.direction === 'out', phone_number_id: `${partner}${LINE}` };
}

/** The chats, besides those under its own number, whose messages a phone sees. */
export function chatsOf(sandbox: Sandbox, number: string): string[] {
  const line = sandbox.identities.numbers.get(`${number}${LINE}`);
  return [...(line === undefined ? [] : [line.phoneNumberId]), ...sandbox.web.groupsOf(number).map((group) => group.id)];
}
