import type { Message } from '../../../api/types.ts';
import { safeLink } from './safe-link.ts';

/**
 * The content of a message as the screen reads it: the union of the server's vocabulary (`apps/server/src/messaging/content.ts`).
 * Stored long ago or by a newer server, a content may lack anything but its type; every field is optional here.
 */
export interface MediaRef {
  /** Ours, once the file is stored. */
  id?: string;
  link?: string;
  mime_type?: string;
  filename?: string;
  size?: number;
  voice?: boolean;
  animated?: boolean;
  /** How far fetching the file from the carrier is. */
  state?: 'pending' | 'ready' | 'failed';
  reason?: string;
}
export const MEDIA_TYPES = ['image', 'video', 'audio', 'document', 'sticker'] as const;
export type MediaType = (typeof MEDIA_TYPES)[number];
export interface ChoiceOption { id?: string; title?: string; description?: string }
export interface Card {
  name?: string;
  phones?: { phone?: string; wa_id?: string; type?: string }[];
  emails?: { email?: string; type?: string }[];
  wire?: Record<string, unknown>;
}
export type Header = string | { type?: string; media?: MediaRef };
export interface OrderItem { product?: string; quantity?: number; price?: number; currency?: string }

export type Content =
  | { type: 'text'; text?: string }
  | { type: MediaType; media?: MediaRef; caption?: string }
  | { type: 'location'; latitude?: number; longitude?: number; name?: string; address?: string; url?: string }
  | { type: 'contacts'; contacts?: Card[] }
  | { type: 'reaction'; remote_id?: string; message_id?: string; emoji?: string }
  | { type: 'buttons'; body?: string; header?: Header; footer?: string; buttons?: ChoiceOption[] }
  | { type: 'list'; body?: string; header?: Header; footer?: string; button?: string; sections?: { title?: string; rows?: ChoiceOption[] }[] }
  | { type: 'cta_url'; body?: string; header?: Header; footer?: string; display_text?: string; url?: string }
  | { type: 'template'; name?: string; language?: string; components?: Record<string, unknown>[]; preview?: string }
  | { type: 'interactive'; body?: string; interactive?: Record<string, unknown> }
  | { type: 'button_reply' | 'list_reply'; id?: string; title?: string; description?: string }
  | { type: 'template_button'; payload?: string; text?: string }
  | { type: 'flow_reply'; name?: string; body?: string; response?: unknown }
  | { type: 'order'; catalog_id?: string; text?: string; items?: OrderItem[] }
  | { type: 'system'; event?: string; text?: string; data?: Record<string, unknown> }
  | { type: 'edit'; remote_id?: string; text?: string }
  | { type: 'revoke'; remote_id?: string }
  | { type: 'welcome_request' }
  | { type: 'unsupported'; wire_type?: string; errors?: Record<string, unknown>[] }
  | { type: 'unknown'; wire_type?: string; payload?: unknown };
export type ContentType = Content['type'];

export const CONTENT_TYPES = [
  ...MEDIA_TYPES, 'text', 'location', 'contacts', 'reaction', 'buttons', 'list', 'cta_url', 'template', 'interactive', 'button_reply', 'list_reply',
  'template_button', 'flow_reply', 'order', 'system', 'edit', 'revoke', 'welcome_request', 'unsupported', 'unknown',
] as const satisfies readonly ContentType[];
const KNOWN = new Set<string>(CONTENT_TYPES);

/** The content of a message; a type this page does not know is shown as unknown, with all of it. */
export function contentOf(message: Pick<Message, 'content'>): Content {
  const content = message.content;
  if (KNOWN.has(content.type)) return content as Content;
  return { type: 'unknown', wire_type: content.type, payload: content };
}

export function isKnownType(type: string): type is ContentType {
  return KNOWN.has(type);
}

export function isMedia(content: Content): content is Extract<Content, { type: MediaType }> {
  return (MEDIA_TYPES as readonly string[]).includes(content.type);
}

export type MediaState = { kind: 'ready'; id: string } | { kind: 'linked'; link: string } | { kind: 'pending' } | { kind: 'failed'; reason: string | null };

/** Where a file stands. Without an id of ours it is still on its way, unless fetching it was given up or it was sent by its address alone. */
export function mediaState(media: MediaRef | undefined): MediaState {
  if (media?.state === 'failed') return { kind: 'failed', reason: media.reason ?? null };
  const link = media?.id === undefined ? safeLink(media?.link) : null;
  if (link !== null) return { kind: 'linked', link };
  return media?.id && media.state !== 'pending' ? { kind: 'ready', id: media.id } : { kind: 'pending' };
}

/** Shown without a bubble of its own: it says something about another message or about the conversation. */
export function isNote(content: Content): boolean {
  return content.type === 'system' || content.type === 'revoke' || content.type === 'welcome_request' || content.type === 'reaction';
}
