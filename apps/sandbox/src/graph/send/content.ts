/** Checks of the plain types of section 1.3: text, media, location, contacts, reaction. */
import { isMediaKind } from '../../network/media-kinds.ts';
import type { MediaKind } from '../../network/media-kinds.ts';
import { GraphError } from '../errors.ts';
import { isFields, listOf, object, optionalText, textOf } from '../fields.ts';
import type { Fields } from '../fields.ts';
import type { CheckContext, Draft } from './draft.ts';
import { checkInteractive } from './interactive.ts';
import { mediaReference } from './media-reference.ts';
import { checkTemplate } from './template.ts';

const TYPES = ['text', 'image', 'video', 'audio', 'document', 'sticker', 'location', 'contacts', 'reaction', 'interactive', 'template'];

/** The checked content of a send, or Meta's error for what is wrong with it. */
export function checkContent(body: Fields, context: CheckContext): Draft {
  const given = body['type'];
  // Without a type Meta reads the message as text.
  const type = given === undefined ? 'text' : given;
  if (typeof type !== 'string') throw new GraphError(100, 'Param type must be a string.');
  if (type === 'text') return checkText(body);
  if (isMediaKind(type)) return checkMedia(type, body, context);
  switch (type) {
    case 'location': return checkLocation(body);
    case 'contacts': return checkContacts(body);
    case 'reaction': return checkReaction(body);
    case 'interactive': return checkInteractive(object(body, 'interactive'), context);
    case 'template': return checkTemplate(object(body, 'template'), context);
    default: throw new GraphError(131051, `Message type "${type}" is not supported. It must be one of ${TYPES.join(', ')}.`);
  }
}

function checkText(body: Fields): Draft {
  const content = object(body, 'text');
  const text = textOf(content, 'body', { path: "text['body']", max: 4096 });
  const preview = content['preview_url'];
  if (preview !== undefined && typeof preview !== 'boolean') throw new GraphError(100, "Param text['preview_url'] must be a boolean.");
  return { type: 'text', text, category: 'service', media: [] };
}

function checkMedia(kind: MediaKind, body: Fields, context: CheckContext): Draft {
  const content = object(body, kind);
  const reference = mediaReference(kind, content, context);
  let caption: string | undefined;
  if (kind === 'audio' || kind === 'sticker') {
    if (content['caption'] !== undefined) throw new GraphError(100, `Unexpected key "caption" on param "${kind}".`);
  } else {
    caption = optionalText(content, 'caption', { path: `${kind}['caption']`, max: 1024 });
  }
  const filename = kind === 'document' ? optionalText(content, 'filename', { path: "document['filename']", max: 240 }) : undefined;
  const voice = content['voice'];
  if (voice !== undefined && (kind !== 'audio' || typeof voice !== 'boolean')) throw new GraphError(100, `Param ${kind}['voice'] must be a boolean, on audio only.`);
  return { type: kind, text: caption ?? filename ?? '', category: 'service', media: [reference], voice: voice === true };
}

function coordinate(content: Fields, key: 'latitude' | 'longitude', most: number): number {
  const value = content[key];
  if (value === undefined || value === null || value === '') throw new GraphError(131008, `The parameter location['${key}'] is required.`);
  const degrees = typeof value === 'string' || typeof value === 'number' ? Number(value) : Number.NaN;
  if (!Number.isFinite(degrees) || Math.abs(degrees) > most) throw new GraphError(131009, `Param location['${key}'] must be a number from -${most} to ${most}.`);
  return degrees;
}

function checkLocation(body: Fields): Draft {
  const content = object(body, 'location');
  const latitude = coordinate(content, 'latitude', 90);
  const longitude = coordinate(content, 'longitude', 180);
  const name = optionalText(content, 'name', { path: "location['name']", max: 1000 });
  optionalText(content, 'address', { path: "location['address']", max: 1000 });
  return { type: 'location', text: name ?? `${latitude}, ${longitude}`, category: 'service', media: [] };
}

const NAME_PARTS = ['first_name', 'last_name', 'middle_name', 'suffix', 'prefix'];

function checkContacts(body: Fields): Draft {
  const contacts = listOf(body, 'contacts', { path: 'contacts', min: 1, max: 257 });
  const names = contacts.map((contact, at) => {
    const name = object(contact, 'name', `contacts[${at}]['name']`);
    const formatted = textOf(name, 'formatted_name', { path: `contacts[${at}]['name']['formatted_name']`, max: 1024 });
    if (!NAME_PARTS.some((part) => typeof name[part] === 'string' && name[part] !== '')) {
      throw new GraphError(131008, `The parameter contacts[${at}]['name'] needs formatted_name and at least one of ${NAME_PARTS.join(', ')}.`);
    }
    const birthday = contact['birthday'];
    if (birthday !== undefined && (typeof birthday !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(birthday))) {
      throw new GraphError(131009, `Param contacts[${at}]['birthday'] must be written YYYY-MM-DD.`);
    }
    for (const key of ['phones', 'emails', 'addresses', 'urls']) {
      const list = contact[key];
      if (list !== undefined && (!Array.isArray(list) || !list.every(isFields))) throw new GraphError(100, `Param contacts[${at}]['${key}'] must be an array of JSON objects.`);
    }
    return formatted;
  });
  return { type: 'contacts', text: names.join(', '), category: 'service', media: [] };
}

function checkReaction(body: Fields): Draft {
  if (body['context'] !== undefined) throw new GraphError(131009, 'A reaction cannot have a context.');
  const content = object(body, 'reaction');
  textOf(content, 'message_id', { path: "reaction['message_id']", max: 512 });
  const emoji = content['emoji'];
  if (emoji === undefined || emoji === null) throw new GraphError(131008, "The parameter reaction['emoji'] is required; an empty string removes the reaction.");
  if (typeof emoji !== 'string' || !isEmoji(emoji)) throw new GraphError(131009, "Param reaction['emoji'] must be one emoji or an empty string.");
  return { type: 'reaction', text: emoji, category: 'service', media: [] };
}

function isEmoji(value: string): boolean {
  if (value === '') return true;
  return value.length <= 40 && /\p{Extended_Pictographic}|\p{Emoji_Presentation}|\p{Regional_Indicator}|\u20e3/u.test(value)
    && [...new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(value)].length === 1;
}
