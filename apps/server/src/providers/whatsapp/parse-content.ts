import type { Content } from '../../messaging/index.ts';
import { readCard } from './parse-card.ts';
import { readInteractive } from './parse-interactive.ts';
import { readMedia } from './parse-media.ts';
import { read, type Read } from './read.ts';
import { idText, isWire, leftover, numeric, own, text, type Wire } from './wire.ts';

/** Undefined: not as the type promises, show it as unknown. */
type Reader = (body: Wire) => Read | undefined;

/** Inbound types with an object under their key (providers.md §1.7). */
const READERS = new Map<string, Reader>(Object.entries({
  text: (w) => {
    const body = typeof w['body'] === 'string' ? w['body'] : undefined;
    return body === undefined ? undefined : read({ type: 'text', text: body }, w, TEXT);
  },
  image: (w) => readMedia('image', w),
  video: (w) => readMedia('video', w),
  audio: (w) => readMedia('audio', w),
  document: (w) => readMedia('document', w),
  sticker: (w) => readMedia('sticker', w),
  location: readLocation,
  reaction: (w) => {
    const id = idText(w['message_id']);
    if (id === undefined) return undefined;
    // Missing or empty: the reaction was taken back.
    return read({ type: 'reaction', remote_id: id, emoji: text(w['emoji']) ?? '' }, w, REACTION);
  },
  interactive: readInteractive,
  button: (w) => {
    const payload = idText(w['payload']);
    const title = idText(w['text']);
    if (payload === undefined && title === undefined) return undefined;
    return read({ type: 'template_button', payload: payload ?? '', text: title ?? '' }, w, BUTTON);
  },
  order: readOrder,
  system: (w) => {
    const { type, body, ...data } = w;
    const content: Content = { type: 'system', event: idText(type) ?? '', text: text(body) ?? '' };
    return { content: Object.keys(data).length === 0 ? content : { ...content, data } };
  },
  edit: readEdit,
  revoke: (w) => {
    const id = idText(w['original_message_id']);
    return id === undefined ? undefined : read({ type: 'revoke', remote_id: id }, w, REVOKE);
  },
} satisfies Record<string, Reader>));

const TEXT = new Set(['body']);
const LOCATION = new Set(['latitude', 'longitude', 'name', 'address', 'url']);
const REACTION = new Set(['message_id', 'emoji']);
const BUTTON = new Set(['payload', 'text']);
const ORDER = new Set(['catalog_id', 'text', 'product_items']);
const ITEM = new Set(['product_retailer_id', 'quantity', 'item_price', 'currency']);
const EDIT = new Set(['original_message_id', 'message']);
const REVOKE = new Set(['original_message_id']);
const UNSUPPORTED = new Set(['type']);

/** The type of a wire message; where it is missing, the one field that is named like a type. */
export function typeOf(message: Wire): string {
  const type = text(message['type']);
  if (type !== undefined) return type;
  for (const key in message) if (key === 'contacts' || READERS.has(key)) return key;
  return '';
}

/** What a wire message says. Never throws: what is not as it should be is `unsupported` (the carrier says why) or `unknown`. */
export function readContent(message: Wire, type: string): Read {
  const body = own(message, type);
  switch (type) {
    case 'request_welcome':
      return { content: { type: 'welcome_request' }, ...(isWire(body) ? { rest: body } : {}) };
    case 'unsupported': case 'ephemeral': case 'unknown': {
      const about = own(message, 'unsupported');
      const named = isWire(about) ? text(about['type']) : undefined;
      const content: Content = { type: 'unsupported', wire_type: named ?? type, errors: errorsOf(message) };
      return isWire(body) ? read(content, body, UNSUPPORTED) : { content };
    }
    case 'contacts':
      if (Array.isArray(body) && body.length > 0 && body.every(isWire)) return { content: { type: 'contacts', contacts: body.map(readCard) } };
      break;
    default: {
      const made = isWire(body) ? READERS.get(type)?.(body) : undefined;
      if (made) return made;
    }
  }
  // A file too large (131052), a reply without its inner object: the errors say why there is nothing.
  const errors = errorsOf(message);
  if (errors.length > 0) {
    const inner = isWire(body) ? text(body['type']) : undefined;
    const content: Content = { type: 'unsupported', wire_type: inner ? `${type}.${inner}` : type || 'message', errors };
    return isWire(body) && Object.keys(body).length > 0 ? { content, rest: body } : { content };
  }
  return { content: { type: 'unknown', wire_type: type || 'message', payload: body ?? message } };
}

/** The objects of `message.errors`. */
export function errorsOf(message: Wire): Wire[] {
  const errors = message['errors'];
  return Array.isArray(errors) ? errors.filter(isWire) : [];
}

function readLocation(w: Wire): Read | undefined {
  const latitude = numeric(w['latitude']);
  const longitude = numeric(w['longitude']);
  if (latitude === undefined || longitude === undefined) return undefined;
  const name = text(w['name']);
  const address = text(w['address']);
  const url = text(w['url']);
  const content: Content = { type: 'location', latitude, longitude };
  if (name) content.name = name;
  if (address) content.address = address;
  if (url) content.url = url;
  return read(content, w, LOCATION);
}

function readOrder(w: Wire): Read | undefined {
  const wireItems = w['product_items'];
  if (!Array.isArray(wireItems)) return undefined;
  const content: Extract<Content, { type: 'order' }> = { type: 'order', items: [] };
  const catalog = idText(w['catalog_id']);
  const note = text(w['text']);
  if (catalog) content.catalog_id = catalog;
  if (note) content.text = note;
  let more = false;
  for (const item of wireItems) {
    const product = isWire(item) ? idText(item['product_retailer_id']) : undefined;
    const quantity = isWire(item) ? numeric(item['quantity']) : undefined;
    if (!isWire(item) || product === undefined || quantity === undefined) return undefined;
    const price = numeric(item['item_price']);
    const currency = text(item['currency']);
    content.items.push({ product, quantity, ...(price === undefined ? {} : { price }), ...(currency ? { currency } : {}) });
    more ||= leftover(item, ITEM) !== undefined;
  }
  const rest = leftover(w, ORDER);
  return more ? { content, rest: { ...rest, product_items: wireItems } } : rest ? { content, rest } : { content };
}

function readEdit(w: Wire): Read | undefined {
  const id = idText(w['original_message_id']);
  const message = w['message'];
  if (id === undefined || !isWire(message)) return undefined;
  const body = own(message, text(message['type']) ?? '');
  const said = isWire(body) ? text(body['body']) ?? text(body['caption']) : undefined;
  return read({ type: 'edit', remote_id: id, text: said ?? '', message }, w, EDIT);
}
