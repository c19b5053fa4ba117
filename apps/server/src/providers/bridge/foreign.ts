import type { HttpResponse } from '@centralita/platform/http';
import type { CarrierError, OutboundContent, SendOutcome } from '../../messaging/index.ts';
import { baseOf, callApi, headerSecret, isError, jsonObject, misconfigured, segment, type Api } from '../carrier-api.ts';
import { type CarrierContext, type Credentials, type MediaCarrier, type MediaFile, type Pairing, type PairingCarrier, type SendRequest, type SetupCarrier } from '../contract.ts';
import { again, BACKOFF, byStatus, classifyFailure, harmless, waitOf } from '../outcomes.ts';
import { redactError, redactOutcome } from '../redact.ts';
import { asText } from '../whatsapp/as-text.ts';
import { numberOf } from '../whatsapp/jid.ts';
import { checkPhone } from '../whatsapp/phone-limits.ts';
import { idText, isWire, text, type Wire } from '../whatsapp/wire.ts';
import { FIELDS, sessionOf } from './fields.ts';

/** A bridge that somebody else wrote, in the manner of requirement B3. */
interface Foreign extends Api {
  /** As in a body. */
  readonly session: string;
  /** As a segment of a path. */
  readonly segment: string;
}

/** Where this route's bridge is, or why its settings cannot be used. */
function foreignOf(credentials: Credentials): Foreign | CarrierError {
  const base = baseOf(credentials, 'bridge_url');
  if (isError(base)) return base;
  const session = sessionOf(credentials);
  const name = segment(session);
  if (name === undefined) return misconfigured('session_name', 'the name of the session has only letters, digits, _, - and dots');
  const secret = credentials['secret'] ? headerSecret(credentials, 'secret') : '';
  if (typeof secret !== 'string') return secret;
  return { ...base, headers: { accept: 'application/json', ...(secret && { authorization: `Bearer ${secret}` }) }, session, segment: name };
}

/** POST /send or /send-media, once. */
export async function sendForeign(context: CarrierContext, { to, content, quote, file, attempt, correlation }: SendRequest): Promise<SendOutcome> {
  const bridge = foreignOf(context.credentials);
  if (isError(bridge)) return { outcome: 'rejected', error: bridge };
  const number = numberOf(to);
  if (number === undefined) return { outcome: 'rejected', error: { class: 'permanent', code: 'recipient', title: 'There is neither a phone number nor a LID to send to.' } };
  const said = encode(content, file);
  if (isError(said)) return { outcome: 'rejected', error: said };
  const json = { session_name: bridge.session, to: number, ...said.body, ...(quote === undefined ? {} : { quoted_message_id: quote }) };
  let outcome: SendOutcome;
  try {
    outcome = classify(await callApi(context, bridge, { method: 'POST', path: said.path, json }), { attempt: attempt ?? 1, correlation });
  } catch (failure) {
    outcome = classifyFailure(failure, attempt);
  }
  return redactOutcome(outcome, FIELDS, context.credentials);
}

interface Encoded {
  readonly path: '/send' | '/send-media';
  readonly body: Wire;
}

/** Texts and files is all that such a bridge knows: places and cards leave as text. */
function encode(c: OutboundContent, file: MediaFile | undefined): Encoded | CarrierError {
  const refusal = checkPhone(c);
  if (refusal) return refusal;
  const words = (message: string): Encoded => ({ path: '/send', body: { message } });
  switch (c.type) {
    case 'text': return words(c.text);
    case 'list': case 'location': case 'contacts': return words(asText(c));
    case 'buttons': case 'cta_url':
      return typeof c.header === 'object' ? withFile({ type: c.header.type, media: c.header.media, caption: asText(c) }, file) : words(asText(c));
    case 'image': case 'video': case 'audio': case 'document': case 'sticker': return withFile(c, file);
    case 'reaction': return { class: 'fall_back', code: 'content', title: 'A bridge of this kind sends no reactions.' };
    case 'template': case 'interactive': return { class: 'fall_back', code: 'content', title: 'A phone cannot send this.' };
  }
}

/** The bytes as base64, or a link that the bridge fetches. */
function withFile({ type, media, caption }: Pick<Extract<OutboundContent, { media: unknown }>, 'type' | 'media' | 'caption'>, file: MediaFile | undefined): Encoded | CarrierError {
  if (!file && media.link === undefined) return { class: 'permanent', code: 'content', title: 'The file of the message is missing.' };
  const mimetype = file?.mime_type ?? media.mime_type;
  const filename = media.filename ?? file?.filename;
  return {
    path: '/send-media',
    body: {
      type, ...(file ? { media: file.data.toString('base64') } : { media_url: media.link }),
      ...(mimetype && { mimetype }), ...(filename && { filename }), ...(caption && { caption }), ...(type === 'audio' && media.voice && { ptt: true }),
    },
  };
}

/** What an answer to a send means. One that only says that it was sent has no id: then ours stands for it, and no status will find it. */
function classify(response: HttpResponse, { attempt, correlation }: { readonly attempt: number; readonly correlation: string }): SendOutcome {
  const { status } = response;
  const body = jsonObject(response);
  const detail = wordsOf(body);
  const more = detail ? { detail } : {};
  if (status >= 200 && status < 300 && body) {
    if (body['success'] === false) return { outcome: 'rejected', error: { class: 'permanent', code: 'refused', title: 'The bridge refuses the message.', ...more } };
    const id = messageId(body) ?? (body['success'] === true || /^(sent|ok|success|queued)$/i.test(text(body['status']) ?? '') ? correlation : undefined);
    if (id !== undefined) return { outcome: 'accepted', remote_id: id };
  }
  if (status >= 200 && status < 300) return { outcome: 'unknown', error: { class: 'unknown', code: `http_${status}`, http_status: status, title: 'The answer is a success that says nothing of the message.' } };
  const error = (errorClass: CarrierError['class'], title: string): CarrierError => ({ class: errorClass, code: String(status), title, http_status: status, ...more });
  switch (body && status) {
    case 400: return { outcome: 'rejected', error: error('permanent', 'The bridge refuses the message.') };
    case 401: case 403: return { outcome: 'rejected', error: error('credentials', 'The bridge does not accept our secret: compare it on both sides.') };
    case 404: return { outcome: 'rejected', error: error('config', 'The bridge has no such session: compare its name, or start it there.') };
    // As section 5.2 of requirement C8 says it: nothing was handed to WhatsApp.
    case 409: case 423: case 503: return again(error('retry', 'The session of the bridge is not connected to WhatsApp.'), BACKOFF, { attempt, wish: waitOf(response.headers) });
    default: return byStatus(response, attempt, more);
  }
}

/** `message_id` at the top or under `data` or `result`, as bridges write it; or the key of the message itself. */
function messageId(body: Wire, depth = 0): string | undefined {
  for (const field of ['message_id', 'messageId', 'id']) {
    const id: unknown = body[field];
    const found = idText(id) ?? (isWire(id) ? text(id['_serialized']) ?? text(id['id']) : undefined);
    if (found !== undefined) return found;
  }
  if (depth > 1) return undefined;
  for (const inner of ['key', 'data', 'result', 'message']) {
    const found = isWire(body[inner]) ? messageId(body[inner], depth + 1) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

const wordsOf = (body: Wire | undefined): string | undefined => (text(body?.['error']) ?? text(body?.['message']) ?? (isWire(body?.['error']) ? text(body['error']['message']) : undefined))?.slice(0, 500);

type Found = { readonly json: Wire; readonly response: HttpResponse } | { readonly error: CarrierError };

/** A call that may be repeated without harm. */
async function query(context: CarrierContext, call: () => Promise<HttpResponse>): Promise<Found> {
  let outcome: SendOutcome;
  try {
    const response = await call();
    if (response.status >= 200 && response.status < 300) return { json: jsonObject(response) ?? {}, response };
    outcome = classify(response, { attempt: 1, correlation: '' });
  } catch (failure) {
    outcome = classifyFailure(failure);
  }
  const error = harmless(outcome) ?? { class: 'retry', code: 'answer', title: 'The bridge gave no readable answer.' };
  return { error: redactError(error, FIELDS, context.credentials) };
}

/** Words for a session that can send, of the libraries that bridges are made of. */
const OPEN = /^(open|active|connected|ready|authenticated|islogged|inchat|main|qrreadsuccess|successchat|chatsavailable)$/;

interface State {
  readonly open: boolean;
  readonly word: string;
  readonly phone: string | undefined;
}

async function stateOf(context: CarrierContext, bridge: Foreign): Promise<State | CarrierError> {
  const found = await query(context, () => callApi(context, bridge, { method: 'GET', path: `/status/${bridge.segment}` }));
  if ('error' in found) return found.error;
  const { json } = found;
  const word = text(json['status']) ?? text(json['state']) ?? (typeof json['connected'] === 'boolean' ? (json['connected'] ? 'connected' : 'disconnected') : undefined);
  if (word === undefined) return misconfigured('bridge_url', 'what answers under bridge_url tells no status of the session');
  const phone = (idText(json['phone']) ?? idText(json['phone_number']))?.replaceAll(/\D/g, '');
  return { open: json['connected'] === true || OPEN.test(word.toLowerCase()), word, phone: phone || undefined };
}

export const foreignSetup: SetupCarrier = {
  /** Fails with the code `pairing` while no phone is linked. */
  async probe(context) {
    const bridge = foreignOf(context.credentials);
    if (isError(bridge)) return { ok: false, error: bridge };
    const state = await stateOf(context, bridge);
    if (isError(state)) return { ok: false, error: state };
    if (!state.open) return { ok: false, error: { class: 'config', code: 'pairing', title: `No phone is linked with the session (${state.word}): scan its picture with the phone (Linked devices).` } };
    const digits = state.phone ?? context.credentials['phone_number']?.replaceAll(/\D/g, '');
    return { ok: true, display: digits ? `+${digits}` : bridge.session, info: { state: state.word } };
  },
};

export const foreignPairing: PairingCarrier = {
  async pair(context): Promise<Pairing | CarrierError> {
    const bridge = foreignOf(context.credentials);
    if (isError(bridge)) return bridge;
    const state = await stateOf(context, bridge);
    if (!isError(state) && state.open) return { state: 'open' };
    const found = await query(context, () => callApi(context, bridge, { method: 'GET', path: `/qr/${bridge.segment}` }));
    if ('error' in found) return found.error;
    const said = [found.json['qr'], found.json['qr_code'], found.json['qrCode'], found.json['code'], found.json['base64'], found.json['picture']].map(text).filter((v) => v !== undefined);
    const picture = said.find((v) => v.startsWith('data:image/'));
    const qr = said.find((v) => !v.startsWith('data:image/'));
    return { state: 'waiting', ...(qr && { qr }), ...(picture && { picture }) };
  },
};

export const foreignMedia: MediaCarrier = {
  takes: 'data',
  /** The address that came with the message; it is asked only where the bridge itself is. */
  async fetch(context, remoteId, maxBytes) {
    const bridge = foreignOf(context.credentials);
    if (isError(bridge)) return bridge;
    const url = URL.parse(remoteId);
    if (url?.origin !== bridge.origin) return { class: 'permanent', code: 'media', title: 'The file is not where the bridge is: a bridge gives an address of its own as media_url.' };
    const found = await query(context, () => context.http.request({ method: 'GET', url: url.href, headers: bridge.headers, timeoutMs: context.timeoutMs, maxBytes }));
    if ('error' in found) return found.error.code === 'too_large' ? { class: 'permanent', code: 'media', title: `The file is larger than ${maxBytes} bytes.` } : found.error;
    return { data: found.response.body, mime_type: found.response.headers['content-type'] ?? 'application/octet-stream' };
  },
};
