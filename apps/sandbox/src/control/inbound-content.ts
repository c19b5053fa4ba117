/** From what a phone was asked to send to the message object of section 1.7. */
import type { Sandbox } from '../context.ts';
import { Problem } from '../http/problem.ts';
import { mediaUrl } from '../network/media-url.ts';
import type { Inbound, Line } from '../network/inbound.ts';
import { kindOfMime, plainMime } from '../network/media-kinds.ts';
import { authorOf, isOverWeb } from '../network/viewers.ts';
import type { MediaKind } from '../network/media-kinds.ts';
import { WEBHOOK_LIFETIME } from '../store/media.ts';
import type { Media } from '../store/media.ts';
import type { InboundInput, MediaInput } from './inbound-body.ts';
import { mimeOf } from './media.ts';
import { offeredButton, offeredReply } from './offered.ts';

const UNSUPPORTED = { code: 131051, title: 'Message type unknown', message: 'Message type unknown', error_data: { details: 'Message type is currently not supported.' } };

const member = (key: string, value: unknown): string => `${JSON.stringify(key)}:${JSON.stringify(value)}`;

/** Throws a Problem for what a phone could not send. Files are kept before the message that holds them. */
export async function inboundContent(sandbox: Sandbox, line: Line, body: InboundInput): Promise<Inbound> {
  const context = contextOf(sandbox, line, body);
  const referral = body.referral === undefined ? '' : member('referral', body.referral);
  const plain = (text: string, members: string): Inbound => ({
    type: body.type, text, members: [members, referral].filter((part) => part !== '').join(','), context,
  });
  switch (body.type) {
    case 'text': {
      const text = typeof body.text === 'string' ? body.text : body.text.body;
      return plain(text, `"text":{"body":${JSON.stringify(text)}}`);
    }
    case 'image': return { ...plain(body.image.caption ?? '', ''), ...(await media(sandbox, line, { kind: 'image', given: body.image, referral })) };
    case 'video': return { ...plain(body.video.caption ?? '', ''), ...(await media(sandbox, line, { kind: 'video', given: body.video, referral })) };
    case 'audio': return { ...plain('', ''), ...(await media(sandbox, line, { kind: 'audio', given: body.audio, referral })) };
    case 'document': return { ...plain(body.document.caption ?? body.document.filename ?? '', ''), ...(await media(sandbox, line, { kind: 'document', given: body.document, referral })) };
    case 'sticker': return { ...plain('', ''), ...(await media(sandbox, line, { kind: 'sticker', given: body.sticker, referral })) };
    case 'location': return plain(body.location.name ?? `${body.location.latitude}, ${body.location.longitude}`, member('location', body.location));
    case 'contacts': return plain(body.contacts.map(nameOf).join(', '), member('contacts', body.contacts));
    case 'reaction': return plain(body.reaction.emoji ?? '', member('reaction', body.reaction));
    case 'button_reply': {
      const offered = offeredReply(sandbox, line, { kind: 'button', ...body.button_reply, contextId: context?.id });
      return interactive('button_reply', { id: body.button_reply.id, title: offered.title }, { text: offered.title, context: context ?? offered.context });
    }
    case 'list_reply': {
      const offered = offeredReply(sandbox, line, { kind: 'list', ...body.list_reply, contextId: context?.id });
      const description = body.list_reply.description ?? offered.description;
      const row = { id: body.list_reply.id, title: offered.title, ...(description === undefined ? {} : { description }) };
      return interactive('list_reply', row, { text: offered.title, context: context ?? offered.context });
    }
    case 'nfm_reply': {
      const { response_json: response, body: text = 'Sent', name = 'flow' } = body.nfm_reply;
      return interactive('nfm_reply', { response_json: typeof response === 'string' ? response : JSON.stringify(response), body: text, name }, { text, context });
    }
    case 'call_permission_reply': {
      const reply = { response_source: 'user_action', ...body.call_permission_reply };
      return interactive('call_permission_reply', reply, { text: reply.response, context });
    }
    case 'interactive': {
      const errors = body.errors === undefined ? '' : `,${member('errors', body.errors)}`;
      return plain(String(body.interactive['type'] ?? ''), member('interactive', body.interactive) + errors);
    }
    case 'button': {
      const offered = offeredButton(sandbox, line, { payload: body.button.payload, text: body.button.text, contextId: context?.id });
      return { ...plain(offered.text, member('button', { payload: body.button.payload, text: offered.text })), context: context ?? offered.context };
    }
    case 'order': return plain(body.order.text ?? '', member('order', body.order));
    case 'system': return { ...plain(String(body.system['body'] ?? ''), member('system', body.system)), withoutContacts: true };
    case 'unsupported': {
      const about = body.unsupported === undefined ? '' : `,${member('unsupported', body.unsupported)}`;
      return plain('', member('errors', body.errors ?? [UNSUPPORTED]) + about);
    }
    case 'edit': {
      changeOwn(sandbox, line, { id: body.edit.original_message_id, change: { edited: body.edit.text } });
      return plain(body.edit.text, member('edit', { original_message_id: body.edit.original_message_id, message: { type: 'text', text: { body: body.edit.text } } }));
    }
    case 'revoke': {
      changeOwn(sandbox, line, { id: body.revoke.original_message_id, change: { revoked: true } });
      return plain('', member('revoke', body.revoke));
    }
    case 'request_welcome': return plain('', '');
    case 'raw': {
      const { type, ...members } = body.message;
      const own = Object.entries(members).filter(([key]) => !['from', 'id', 'timestamp', 'context'].includes(key));
      return { type, text: '', members: own.map(([key, value]) => member(key, value)).join(','), context: context ?? asContext(body.message['context']) };
    }
  }
}

function asContext(value: unknown): Inbound['context'] {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
}

function interactive(type: string, value: unknown, of: { text: string; context: Inbound['context'] }): Inbound {
  return { type: 'interactive', text: of.text, members: `"interactive":{"type":"${type}",${member(type, value)}}`, context: of.context };
}

function nameOf(contact: Record<string, unknown>): string {
  const { name } = contact;
  const formatted = typeof name === 'object' && name !== null && 'formatted_name' in name ? name.formatted_name : undefined;
  return typeof formatted === 'string' ? formatted : 'contact';
}

/** A quote names the message and who wrote it. */
function contextOf(sandbox: Sandbox, line: Line, body: InboundInput): Inbound['context'] {
  if (body.context === undefined) return undefined;
  const { message_id: messageId, id = messageId, ...rest } = body.context;
  if (id === undefined) return rest;
  const quoted = sandbox.messages.byId(id);
  const other = quoted?.direction === 'out' ? line.phone.number : line.business.businessNumber;
  const from = quoted !== undefined && isOverWeb(quoted) ? authorOf(quoted) : other;
  return { from, id, ...rest };
}

function changeOwn(sandbox: Sandbox, line: Line, what: { id: string; change: { edited?: string; revoked?: boolean } }): void {
  const original = sandbox.messages.byId(what.id);
  const own = original !== undefined && (isOverWeb(original) ? authorOf(original) === line.phone.number : original.number === line.phone.number && original.direction === 'out');
  if (original === undefined || !own) {
    throw new Problem(404, 'The phone sent no such message.', { where: 'body.original_message_id', toDo: 'Take the id of one of its own messages (direction "out").' });
  }
  sandbox.messages.setExtra(original, { ...original.extra, ...what.change });
}

async function media(sandbox: Sandbox, line: Line, what: { kind: MediaKind; given: MediaInput; referral: string }): Promise<Pick<Inbound, 'members' | 'extra'>> {
  const { kind, given } = what;
  const held = await fileOf(sandbox, line, { kind, given });
  const filename = given.filename ?? held.filename ?? undefined;
  const object = {
    ...(given.caption === undefined ? {} : { caption: given.caption }),
    ...(kind === 'document' && filename !== undefined ? { filename } : {}),
    mime_type: held.mimeType, sha256: Buffer.from(held.sha256, 'hex').toString('base64'), id: held.id, url: mediaUrl(sandbox, held),
    ...(kind === 'audio' ? { voice: given.voice ?? false } : {}),
    ...(kind === 'sticker' ? { animated: given.animated ?? held.animated } : {}),
  };
  const members = [member(kind, object), what.referral].filter((part) => part !== '').join(',');
  return { members, extra: { media: { id: held.id, mime_type: held.mimeType, size: held.size, ...(filename === undefined ? {} : { filename }) } } };
}

async function fileOf(sandbox: Sandbox, line: Line, what: { kind: MediaKind; given: MediaInput }): Promise<Media> {
  const { given, kind } = what;
  const where = `body.${kind}`;
  if (given.id !== undefined) {
    const held = sandbox.media.find(given.id);
    if (held === undefined) throw new Problem(404, 'There is no such file.', { where: `${where}.id`, toDo: 'Upload it with POST /sandbox/media first.' });
    return fitting(held, kind, where);
  }
  if (given.link !== undefined) {
    try {
      const fetched = await sandbox.links.fetch({ kind, url: given.link, phoneNumberId: line.business.phoneNumberId });
      const held = sandbox.media.find(fetched.id);
      if (held !== undefined) return held;
    } catch (error) {
      throw new Problem(422, error instanceof Error ? error.message : 'The link could not be fetched.', { where: `${where}.link`, toDo: 'Give a link that answers 200 with a fitting content-type.' });
    }
  }
  const bytes = Buffer.from(given.data ?? '', 'base64');
  const mimeType = given.mime_type ?? (await mimeOf(bytes, undefined));
  return fitting(await sandbox.media.keep({
    phoneNumberId: line.business.phoneNumberId, mimeType, bytes, filename: given.filename ?? null, lifetime: WEBHOOK_LIFETIME,
  }), kind, where);
}

/** A phone turns a photograph into a JPEG and anything it cannot show into a document, so only gross mistakes are refused. */
function fitting(held: Media, kind: MediaKind, where: string): Media {
  const family = plainMime(held.mimeType).split('/')[0];
  const natural = kindOfMime(held.mimeType);
  const fits = kind === 'document' || natural === kind || family === kind || (kind === 'sticker' && family === 'image');
  if (!fits) throw new Problem(422, `A file of type ${held.mimeType} cannot be sent as ${kind}.`, { where, toDo: 'Send it as "document", or choose another file.' });
  return held;
}
