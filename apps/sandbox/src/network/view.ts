/** Rows as the HTTP of the sandbox shows them. */
import type { BusinessNumber } from '../store/identities.ts';
import type { Message } from '../store/messages.ts';
import type { Chat, Phone } from '../store/phones.ts';

const WINDOW = 24 * 3_600_000;

/** When the 24-hour window of a chat closes, or null when it is closed. */
export function windowEnd(chat: Chat, now: number): number | null {
  const end = (chat.lastInboundAt ?? 0) + WINDOW;
  return end > now ? end : null;
}

function iso(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}

/** A message for phones, outbox and page. `cursor` goes into `after=`. */
export function messageView(message: Message, business: BusinessNumber | undefined): Record<string, unknown> {
  const company = business?.businessNumber ?? '';
  const received = message.direction === 'in';
  return {
    cursor: message.seq, id: message.id, direction: message.direction, type: message.type, text: message.text, status: message.status,
    from: received ? company : message.number, to: received ? message.number : company,
    phone_number_id: message.phoneNumberId, timestamp: Math.floor(message.createdAt / 1000), created_at: iso(message.createdAt),
    sent_at: iso(message.sentAt), delivered_at: iso(message.deliveredAt), read_at: iso(message.readAt),
    ...(message.playedAt === null ? {} : { played_at: iso(message.playedAt) }),
    ...(message.failedAt === null ? {} : { failed_at: iso(message.failedAt) }),
    context: message.contextId === null ? null : { message_id: message.contextId },
    biz_opaque_callback_data: message.callback, ...message.extra,
    payload: JSON.parse(message.payload) as unknown,
  };
}

export function phoneView(phone: Phone): Record<string, unknown> {
  return {
    number: phone.number, display: phone.display, name: phone.name, username: phone.username, bsuid: phone.bsuid, auto_read: phone.autoRead,
    online: phone.online, on_whatsapp: phone.onWhatsapp, share_number: phone.shareNumber, marketing: phone.marketing,
    suggested: phone.suggested, created_at: iso(phone.createdAt),
  };
}
