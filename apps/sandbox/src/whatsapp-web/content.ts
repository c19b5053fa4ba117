/** What a phone says, in the words of WhatsApp Web. */
import { proto } from 'baileys';
import { bodyOf, webMessage } from '../carriers/evolution/message.ts';
import { isFields } from '../graph/fields.ts';
import type { Fields } from '../graph/fields.ts';
import { isMediaKind } from '../network/media-kinds.ts';
import type { MediaKind } from '../network/media-kinds.ts';
import { authorOf } from '../network/viewers.ts';
import type { Message } from '../store/messages.ts';
import type { Web } from './context.ts';
import { sealMedia } from './media.ts';
import { isGroup, lid, pn } from './node.ts';
import { wireId } from './receipts.ts';

/** Undefined: there is nothing of it that WhatsApp Web could carry. */
export async function contentOf(web: Web, message: Message, author: string): Promise<proto.IMessage | undefined> {
  const body = bodyOf(message);
  switch (message.type) {
    case 'reaction': return { reactionMessage: { key: keyOf(web, String(body['message_id'] ?? ''), { message, author }), text: String(body['emoji'] ?? ''), senderTimestampMs: message.createdAt } };
    case 'revoke': return { protocolMessage: { key: keyOf(web, String(body['original_message_id'] ?? ''), { message, author }), type: proto.Message.ProtocolMessage.Type.REVOKE } };
    case 'edit': {
      const said = isFields(body['message']) && isFields(body['message']['text']) ? String(body['message']['text']['body'] ?? '') : '';
      return {
        protocolMessage: {
          key: keyOf(web, String(body['original_message_id'] ?? ''), { message, author }), type: proto.Message.ProtocolMessage.Type.MESSAGE_EDIT,
          editedMessage: { extendedTextMessage: { text: said } }, timestampMs: message.createdAt,
        },
      };
    }
    default:
  }
  const made = isMediaKind(message.type) ? await file(web, message, message.type) : webMessage(message, '')?.message;
  return made === undefined ? undefined : proto.Message.fromObject(withContext(web, message, made as Fields));
}

/** Another message, as its key on the wire says which. */
function keyOf(web: Web, id: string, of: { message: Message; author: string }): proto.IMessageKey {
  const original = web.sandbox.messages.byId(id);
  const group = isGroup(of.message.phoneNumberId) ? of.message.phoneNumberId : undefined;
  const writer = original === undefined ? of.author : authorOf(original);
  const fromMe = writer === of.author;
  return {
    remoteJid: group ?? of.message.phoneNumberId, fromMe, id: original === undefined ? id : wireId(original),
    participant: group === undefined || fromMe ? undefined : lid(web.directory.account(writer).lid),
  };
}

async function file(web: Web, message: Message, kind: MediaKind): Promise<Fields | undefined> {
  const held = message.extra?.media === undefined ? undefined : web.sandbox.media.find(message.extra.media.id);
  if (held === undefined) return undefined;
  const body = bodyOf(message);
  const sealed = await sealMedia(web, held, kind);
  const shared = { ...sealed, mimetype: held.mimeType, ...(typeof body['caption'] === 'string' ? { caption: body['caption'] } : {}) };
  switch (kind) {
    case 'image': return { imageMessage: shared };
    case 'video': return { videoMessage: shared };
    case 'audio': return { audioMessage: { ...shared, ptt: body['voice'] === true } };
    case 'sticker': return { stickerMessage: { ...shared, isAnimated: held.animated } };
    case 'document': {
      const documentMessage = { ...shared, fileName: held.filename ?? message.extra?.media?.filename ?? 'file', title: held.filename ?? undefined };
      return body['caption'] === undefined ? { documentMessage } : { documentWithCaptionMessage: { message: { documentMessage } } };
    }
  }
}

/** A quote, or the mark of what was forwarded, goes into the one member that the message has. */
function withContext(web: Web, message: Message, made: Fields): Fields {
  const wire = JSON.parse(message.payload) as Fields;
  const given = isFields(wire['context']) ? wire['context'] : undefined;
  if (given === undefined) return made;
  const quoted = typeof given['id'] === 'string' ? web.sandbox.messages.byId(given['id']) : undefined;
  const contextInfo = {
    ...(quoted === undefined ? {} : { stanzaId: wireId(quoted), participant: pn(authorOf(quoted)), quotedMessage: { conversation: quoted.text } }),
    ...(given['forwarded'] === true ? { isForwarded: true, forwardingScore: 1 } : {}),
  };
  const { conversation, ...rest } = made;
  if (typeof conversation === 'string') return { ...rest, extendedTextMessage: { text: conversation, contextInfo } };
  const [key] = Object.keys(rest);
  return key === undefined || !isFields(rest[key]) ? made : { ...rest, [key]: { ...rest[key], contextInfo } };
}
