import type { BridgeContent, BridgePerson } from '@centralita/contracts/bridge';
import type { EngineEvent } from '../../engine.ts';
import { isConversation, isGroup } from './addresses.ts';
import type { RawMessage } from './driver.ts';

/** Entries of a timeline that nobody said: notices about encryption, numbers, calls, groups. */
const NOTICES = new Set(['e2e_notification', 'notification', 'notification_template', 'gp2', 'call_log', 'protocol', 'broadcast_notification', 'debug', 'newsletter_notification', 'reaction', 'poll_update', 'pinned_message', 'keep_in_chat', 'biz_content_placeholder']);

export interface View {
  /** Ourselves, for what we wrote on the phone in a group. */
  readonly me: BridgePerson;
  /** Everybody's phone number as far as it is known: LIDs are completed. */
  person(address: string, name?: string): BridgePerson;
  /** Seconds: messages from before it waited while the session was away. */
  readonly openedAt: number;
  readonly subject?: string | undefined;
}

/** A message of WhatsApp Web as the contract has it; undefined for what is none. Files are referred to by the page's whole id. */
export function messageEvent(raw: RawMessage, view: View): Extract<EngineEvent, { type: 'message' }> | undefined {
  const chat = raw.id.fromMe ? raw.to : raw.from;
  if (NOTICES.has(raw.type) || raw.type === 'revoked' || !isConversation(chat)) return undefined;
  const group = isGroup(chat);
  const author = group ? raw.author ?? raw.id.participant : chat;
  const quoted = raw.quotedParticipant === undefined ? undefined : text(raw.quotedParticipant);
  return {
    type: 'message',
    id: raw.id.id,
    ...(raw.t && { at: new Date(raw.t * 1000).toISOString() }),
    from_me: raw.id.fromMe,
    peer: group && raw.id.fromMe ? view.me : view.person(author ?? chat, raw.id.fromMe ? undefined : raw.notifyName),
    ...(group && { group: { id: chat, ...(view.subject && { subject: view.subject }) } }),
    content: contentOf(raw),
    ...(raw.quotedStanzaID && { quote: { id: raw.quotedStanzaID, ...(quoted && { from: view.person(quoted) }), ...quotedText(raw) } }),
    ...(raw.isForwarded && { forwarded: true }),
    ...(raw.mentionedJidList && raw.mentionedJidList.length > 0 && { mentions: raw.mentionedJidList.map((m) => view.person(text(m))) }),
    ...(raw.ctwaContext && { referral: { ...raw.ctwaContext } }),
    backfilled: raw.t !== undefined && raw.t < view.openedAt,
  };
}

const text = (address: string | { readonly _serialized: string }): string => (typeof address === 'string' ? address : address._serialized);
function quotedText(raw: RawMessage): { text?: string } {
  const said = raw.quotedMsg?.caption ?? raw.quotedMsg?.body;
  return said === undefined ? {} : { text: said };
}

function contentOf(raw: RawMessage): BridgeContent {
  switch (raw.type) {
    case 'chat': return { type: 'text', text: raw.body ?? '' };
    case 'image': case 'video': case 'document': case 'sticker': case 'audio': case 'ptt': case 'ptv': return mediaOf(raw, raw.type);
    case 'location': return { type: 'location', latitude: raw.lat ?? 0, longitude: raw.lng ?? 0, ...placeOf(raw.loc), ...(raw.clientUrl && { url: raw.clientUrl }), ...(raw.isLive && { live: true }) };
    case 'vcard': return { type: 'contacts', contacts: [{ name: raw.vcardFormattedName ?? '', vcard: raw.body ?? '' }] };
    case 'multi_vcard': return { type: 'contacts', contacts: (raw.vcardList ?? []).map((v) => ({ name: v.displayName ?? v.formattedName ?? '', vcard: v.vcard ?? '' })) };
    case 'poll_creation': return { type: 'poll', name: raw.pollName ?? '', options: (raw.pollOptions ?? []).map((o) => o.name) };
    case 'buttons_response': case 'template_button_reply': return { type: 'button_reply', id: raw.selectedButtonId ?? '', title: raw.body ?? '' };
    case 'list_response': return { type: 'list_reply', id: raw.listResponse?.singleSelectReply?.selectedRowId ?? '', title: raw.listResponse?.title ?? raw.body ?? '', ...(raw.listResponse?.description && { description: raw.listResponse.description }) };
    case 'order': return { type: 'order', ...(raw.orderTitle && { text: raw.orderTitle }), ...(raw.orderId && { order_id: raw.orderId }), ...(raw.token && { token: raw.token }), ...(raw.itemCount !== undefined && { items: raw.itemCount }) };
    case 'ciphertext': return { type: 'undecryptable' };
    default: return { type: 'unsupported', wire_type: raw.type };
  }
}

function mediaOf(raw: RawMessage, type: 'image' | 'video' | 'document' | 'sticker' | 'audio' | 'ptt' | 'ptv'): BridgeContent {
  const seconds = raw.duration === undefined ? Number.NaN : Number(raw.duration);
  return {
    type: type === 'ptt' ? 'audio' : type === 'ptv' ? 'video' : type,
    media: {
      remote_id: raw.id._serialized,
      ...(raw.mimetype && { mime_type: raw.mimetype }),
      ...(raw.filehash && { sha256: Buffer.from(raw.filehash, 'base64').toString('hex') }),
      ...(raw.filename && { filename: raw.filename }),
      ...(raw.size !== undefined && { size: raw.size }),
      ...(Number.isFinite(seconds) && { seconds }),
      ...(type === 'ptt' && { voice: true }),
      ...(raw.isAnimated && { animated: true }),
    },
    ...(raw.caption && { caption: raw.caption }),
  };
}

/** WhatsApp Web keeps name and address of a place in two lines. */
function placeOf(loc: string | undefined): { name?: string; address?: string } {
  const [name, ...address] = (loc ?? '').split('\n');
  return { ...(name && { name }), ...(address.length > 0 && { address: address.join(', ') }) };
}

/** A step of a message of ours; undefined for one that says nothing new. */
export function statusEvent(raw: RawMessage, ack: number, view: View): Extract<EngineEvent, { type: 'status' }> | undefined {
  if (!raw.id.fromMe || !isConversation(raw.to)) return undefined;
  const status = ack < 0 ? 'failed' as const : ([undefined, 'sent', 'delivered', 'read', 'played'] as const)[ack];
  if (!status) return undefined;
  const group = isGroup(raw.to);
  return {
    type: 'status', id: raw.id.id, status,
    ...(!group && { peer: view.person(raw.to) }),
    ...(group && { group: { id: raw.to } }),
    ...(status === 'failed' && { error: { code: String(ack), title: 'WhatsApp Web could not send the message' } }),
  };
}

