import { encodeId } from '@centralita/kernel';
import type { MessageInput } from '@centralita/flow-engine';
import type { Content } from '../../messaging/index.ts';
import type { Received } from '../conversations/index.ts';

/** Whether a message is something to answer. Reactions, notes of the carrier, corrections and what could not be read are not. */
export function wakes(message: Pick<Received, 'content' | 'group_id'>): boolean {
  if (message.group_id !== undefined) return false;
  switch (message.content.type) {
    case 'reaction': case 'system': case 'edit': case 'revoke': case 'unsupported': case 'unknown': return false;
    default: return true;
  }
}

/** A message as the engine reads it. */
export function messageInput(message: Pick<Received, 'message_id' | 'content' | 'text' | 'at'>): MessageInput {
  const { content } = message;
  return { kind: 'message', id: encodeId('msg', message.message_id), type: content.type, text: message.text, at: message.at, ...choice(content), ...file(content), ...place(content) };
}

function choice(content: Content): Pick<MessageInput, 'choice_id'> {
  switch (content.type) {
    case 'button_reply': case 'list_reply': return { choice_id: content.id };
    case 'template_button': return { choice_id: content.payload };
    default: return {};
  }
}

function file(content: Content): Pick<MessageInput, 'media'> {
  if (!('media' in content) || content.media.id === undefined) return {};
  const { id, mime_type = 'application/octet-stream', filename } = content.media;
  return { media: { id, mime_type, ...(filename !== undefined && { filename }) } };
}

function place(content: Content): Pick<MessageInput, 'location'> {
  if (content.type !== 'location') return {};
  const { latitude, longitude, name } = content;
  return { location: { latitude, longitude, ...(name !== undefined && { name }) } };
}
