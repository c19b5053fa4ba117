import type { Message } from '../../../api/types.ts';
import type { PendingSend } from '../composer/outbox.ts';

/** Messages the server has not confirmed, as messages: they stand at the end of the thread until it does. */
export interface PendingMessage extends Message {
  pending: PendingSend;
}

interface Place {
  /** The conversation. */
  id: string;
  account_id: string;
  me: string;
}

export const pendingOf = (message: Message): PendingSend | undefined => ('pending' in message ? (message as PendingMessage).pending : undefined);

/** The thread with what is on its way; what has arrived under its `client_id` is not shown twice. */
export function withPending(messages: readonly Message[], pending: readonly PendingSend[], place: Place): readonly Message[] {
  const arrived = new Set(messages.map((m) => m.client_id).filter((id) => id !== null));
  const waiting = pending.filter((p) => !arrived.has(p.client_id) && (p.content.type !== 'reaction' || p.state === 'failed'));
  if (waiting.length === 0) return messages;
  return [...messages, ...waiting.map((p) => toMessage(p, place))];
}

/** Reactions of ours under way, by the message they are for; empty when one is being taken back. */
export function pendingReactions(pending: readonly PendingSend[]): Map<string, string> {
  const out = new Map<string, string>();
  for (const p of pending) if (p.content.type === 'reaction' && p.state !== 'failed') out.set(p.content.message_id, p.content.emoji);
  return out;
}

function toMessage(p: PendingSend, place: Place): PendingMessage {
  const file = p.file ? { filename: p.file.name, size: p.file.size, mime_type: p.file.mime_type } : {};
  const content = 'media' in p.content ? { ...p.content, media: { ...p.content.media, ...file } }
    : p.content.type === 'template' ? { type: 'template', name: p.content.template_id, language: p.content.language, ...(p.preview !== undefined && { preview: p.preview }) } : p.content;
  return {
    id: `pending ${p.client_id}`, conversation_id: place.id, direction: 'out', author: { kind: 'agent', user_id: place.me, name: null },
    content, text: p.content.type === 'text' ? p.content.text : p.content.type === 'template' ? p.preview ?? '' : 'caption' in p.content ? (p.content.caption ?? '') : '',
    status: p.state === 'sending' ? 'sending' : 'queued', error: null, can_resend: false,
    quote: p.quote ? { message_id: p.quote.message_id, text: p.quote.text } : null, reactions: [], referral: null, extra: null, whatsapp_message_id: null,
    message_type: p.content.type, media_url: null, metadata: null,
    // Which number it will go by is not known yet.
    account_id: place.account_id, route_id: '', company_number: null, client_id: p.client_id, created_at: p.created_at, updated_at: p.created_at, sent_at: null, delivered_at: null, read_at: null,
    pending: p,
  };
}
