import { getContentType, normalizeMessageContent, type proto } from 'baileys';
import type { BridgeContent, BridgeMedia } from '@centralita/contracts/bridge';

type Wire = proto.IMessage;

/** What can be fetched later: everything that its decryption needs. */
export interface MediaReference {
  readonly kind: 'image' | 'video' | 'audio' | 'document' | 'sticker';
  readonly url?: string | undefined;
  readonly directPath?: string | undefined;
  /** Base64. */
  readonly mediaKey: string;
  readonly mime: string;
  readonly size?: number | undefined;
  /** For asking the phone to upload it again. */
  readonly key: { readonly id: string; readonly remoteJid: string; readonly fromMe: boolean; readonly participant?: string | undefined };
}
export type MessageName = MediaReference['key'];

/** Protocol matters that say nothing to anybody. */
const SILENT = new Set(['senderKeyDistributionMessage', 'messageContextInfo', 'fastRatchetKeySenderKeyDistributionMessage', 'deviceSentMessage', 'chat', 'stickerSyncRmrMessage', 'encReactionMessage',
  'pollUpdateMessage', 'keepInChatMessage', 'pinInChatMessage', 'encCommentMessage', 'secretEncryptedMessage', 'messageHistoryBundle', 'messageHistoryNotice', 'botInvokeMessage', 'placeholderMessage']);

/** What a message says; undefined: nothing that anybody wrote. `name` is the message's own key, which references to files hold. */
export function readContent(message: Wire, name: MessageName): BridgeContent | undefined {
  const said = normalizeMessageContent(message);
  if (!said) return undefined;
  if (said.protocolMessage) return protocol(said.protocolMessage);
  const type = getContentType(said);
  if (type === undefined || SILENT.has(type)) return undefined;
  return READERS[type]?.(said, name) ?? { type: 'unsupported', wire_type: type };
}

/** Quotes, forwards and mentions stand with the content, whatever its type. */
export function contextInfoOf(message: Wire): proto.IContextInfo | undefined {
  const said = normalizeMessageContent(message);
  const type = said && getContentType(said);
  const part = type ? (said as Record<string, unknown>)[type] : undefined;
  return typeof part === 'object' && part !== null && 'contextInfo' in part ? (part as { contextInfo?: proto.IContextInfo | null }).contextInfo ?? undefined : undefined;
}

/** Readable text of a message, for quotes. */
export function textOf(message: Wire | null | undefined): string | undefined {
  const said = normalizeMessageContent(message ?? undefined);
  if (!said) return undefined;
  return said.conversation ?? said.extendedTextMessage?.text ?? said.imageMessage?.caption ?? said.videoMessage?.caption ?? said.documentMessage?.caption ?? said.documentMessage?.fileName
    ?? said.locationMessage?.name ?? said.contactMessage?.displayName ?? undefined;
}

type Reader = (said: Wire, name: MessageName) => BridgeContent | undefined;
const READERS: Readonly<Record<string, Reader>> = {
  conversation: (said) => ({ type: 'text', text: said.conversation ?? '' }),
  extendedTextMessage: (said) => ({ type: 'text', text: said.extendedTextMessage?.text ?? '' }),
  imageMessage: (said, name) => file('image', said.imageMessage, name),
  videoMessage: (said, name) => file('video', said.videoMessage, name),
  ptvMessage: (said, name) => file('video', said.ptvMessage, name),
  audioMessage: (said, name) => file('audio', said.audioMessage, name),
  documentMessage: (said, name) => file('document', said.documentMessage, name),
  stickerMessage: (said, name) => file('sticker', said.stickerMessage, name),
  locationMessage: ({ locationMessage: l }) => place(l, false),
  liveLocationMessage: ({ liveLocationMessage: l }) => place(l, true),
  contactMessage: ({ contactMessage: c }) => ({ type: 'contacts', contacts: [{ name: c?.displayName ?? '', vcard: c?.vcard ?? '' }] }),
  contactsArrayMessage: ({ contactsArrayMessage: c }) => ({ type: 'contacts', contacts: (c?.contacts ?? []).map((k) => ({ name: k.displayName ?? '', vcard: k.vcard ?? '' })) }),
  reactionMessage: ({ reactionMessage: r }) => (r?.key?.id ? { type: 'reaction', id: r.key.id, emoji: r.text ?? '' } : undefined),
  pollCreationMessage: ({ pollCreationMessage: p }) => poll(p),
  pollCreationMessageV2: ({ pollCreationMessageV2: p }) => poll(p),
  pollCreationMessageV3: ({ pollCreationMessageV3: p }) => poll(p),
  buttonsResponseMessage: ({ buttonsResponseMessage: b }) => ({ type: 'button_reply', id: b?.selectedButtonId ?? '', title: b?.selectedDisplayText ?? '' }),
  templateButtonReplyMessage: ({ templateButtonReplyMessage: b }) => ({ type: 'button_reply', id: b?.selectedId ?? '', title: b?.selectedDisplayText ?? '' }),
  listResponseMessage: ({ listResponseMessage: l }) => ({ type: 'list_reply', id: l?.singleSelectReply?.selectedRowId ?? '', title: l?.title ?? '', ...(l?.description ? { description: l.description } : {}) }),
  orderMessage: ({ orderMessage: o }) => ({
    type: 'order', ...(o?.message ? { text: o.message } : {}), ...(o?.orderId ? { order_id: o.orderId } : {}), ...(o?.token ? { token: o.token } : {}), ...(o?.itemCount ? { items: o.itemCount } : {}),
  }),
};

function protocol(said: proto.Message.IProtocolMessage): BridgeContent | undefined {
  const id = said.key?.id;
  // REVOKE is 0, the default of the field.
  if (id && (said.type ?? 0) === 0) return { type: 'revoke', id };
  if (id && said.type === MESSAGE_EDIT) return { type: 'edit', id, text: textOf(said.editedMessage) ?? '' };
  return undefined;
}
const MESSAGE_EDIT = 14;

interface WireFile {
  url?: string | null;
  directPath?: string | null;
  mediaKey?: Uint8Array | null;
  mimetype?: string | null;
  fileSha256?: Uint8Array | null;
  fileLength?: number | { toString(): string } | null;
  caption?: string | null;
  fileName?: string | null;
  seconds?: number | null;
  ptt?: boolean | null;
  isAnimated?: boolean | null;
  gifPlayback?: boolean | null;
}

function file(kind: MediaReference['kind'], given: WireFile | null | undefined, key: MessageName): BridgeContent | undefined {
  if (!given?.mediaKey) return undefined;
  const size = given.fileLength === null || given.fileLength === undefined ? undefined : Number(given.fileLength);
  const mime = given.mimetype ?? 'application/octet-stream';
  const reference: MediaReference = {
    kind, url: given.url ?? undefined, directPath: given.directPath ?? undefined, mediaKey: Buffer.from(given.mediaKey).toString('base64'), mime, size, key,
  };
  const media: BridgeMedia = {
    remote_id: JSON.stringify(reference), mime_type: mime,
    ...(given.fileSha256?.length ? { sha256: Buffer.from(given.fileSha256).toString('hex') } : {}), ...(given.fileName ? { filename: given.fileName } : {}),
    ...(size ? { size } : {}), ...(given.seconds ? { seconds: given.seconds } : {}), ...(given.ptt ? { voice: true } : {}), ...(given.isAnimated || given.gifPlayback ? { animated: true } : {}),
  };
  return { type: kind, media, ...(given.caption ? { caption: given.caption } : {}) };
}

function place(l: proto.Message.ILocationMessage | proto.Message.ILiveLocationMessage | null | undefined, live: boolean): BridgeContent {
  const named = l && 'name' in l ? l as proto.Message.ILocationMessage : undefined;
  return {
    type: 'location', latitude: l?.degreesLatitude ?? 0, longitude: l?.degreesLongitude ?? 0,
    ...(named?.name ? { name: named.name } : {}), ...(named?.address ? { address: named.address } : {}), ...(named?.url ? { url: named.url } : {}), ...(live ? { live } : {}),
  };
}

const poll = (p: proto.Message.IPollCreationMessage | null | undefined): BridgeContent => ({ type: 'poll', name: p?.name ?? '', options: (p?.options ?? []).map((o) => o.optionName ?? '') });
