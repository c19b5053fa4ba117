import { hash } from 'node:crypto';
import type { OutgoingContent, OutgoingMedia } from '@centralita/contracts/bridge';
import type { HttpResponse } from '@centralita/platform/http';
import type { CarrierError, ContactCard, MediaContent, OutboundContent, SendOutcome } from '../../messaging/index.ts';
import { callApi, isError, jsonObject, type Api } from '../carrier-api.ts';
import type { CarrierContext, MediaCarrier, MediaFile, PresenceCarrier, SendRequest, SetupCarrier, WebHost } from '../contract.ts';
import { again, byStatus, classifyFailure, harmless, type Retry } from '../outcomes.ts';
import { asText } from '../whatsapp/as-text.ts';
import { numberOf } from '../whatsapp/jid.ts';
import { checkPhone } from '../whatsapp/phone-limits.ts';
import { idText, isWire, text, type Wire } from '../whatsapp/wire.ts';

/** A session that is away for a moment: another host takes it over within 15 seconds, a reconnect takes up to a minute. */
const SESSION_AWAY: Retry = { attempts: 60, first_ms: 1_000, factor: 2, max_ms: 30_000 };
const NOT_RUN: CarrierError = { class: 'config', code: 'session', title: 'This server does not run WhatsApp Web sessions here.' };

/** WhatsApp's own names for messages, made of ours: the same message has the same id in every try, and WhatsApp shows it once. */
export const messageIdOf = (correlation: string): string => `3EB0${hash('sha256', correlation, 'hex').slice(0, 18).toUpperCase()}`;

interface Session extends Api {
  /** As a segment of a path. */
  readonly path: string;
}
const apiOf = ({ url, secret, session }: WebHost): Session => ({ origin: url, base: url, headers: { authorization: `Bearer ${secret}`, accept: 'application/json' }, path: `/sessions/${session}` });

async function sessionOf(context: CarrierContext): Promise<Session | CarrierError> {
  const host = await context.webHost?.() ?? NOT_RUN;
  return isError(host) ? host : apiOf(host);
}

/** One try. Nothing leaves while no host has the session active. */
export async function sendHosted(context: CarrierContext, { to, group, content, quote, file, attempt = 1, correlation }: SendRequest): Promise<SendOutcome> {
  const number = group ?? numberOf(to);
  if (number === undefined) return { outcome: 'rejected', error: { class: 'permanent', code: 'recipient', title: 'There is neither a phone number nor a LID to send to.' } };
  const refusal = checkPhone(content);
  if (refusal) return { outcome: 'rejected', error: refusal };
  const session = await sessionOf(context);
  if (isError(session)) return again({ ...session, class: 'retry' }, SESSION_AWAY, { attempt, wish: 0 });
  const given = file && await handOver(context, session, file);
  // Without its file nothing was sent.
  if (given && isError(given)) return again({ ...given, class: 'retry' }, SESSION_AWAY, { attempt, wish: 0 });
  const said = encode(content, given);
  if (isError(said)) return { outcome: 'rejected', error: said };
  try {
    return classify(await callApi(context, session, { method: 'POST', path: `${session.path}/messages`, json: { to: number, id: messageIdOf(correlation), content: said, ...(quote && { quote }) } }), attempt);
  } catch (failure) {
    return classifyFailure(failure, attempt);
  }
}

async function handOver(context: CarrierContext, session: Session, file: MediaFile): Promise<OutgoingMedia | CarrierError> {
  const found = await query(() => context.http.request({
    method: 'POST', url: `${session.base}${session.path}/files`, timeoutMs: context.timeoutMs, headers: { ...session.headers, 'content-type': file.mime_type }, body: file.data,
  }));
  if ('error' in found) return found.error;
  const id = text(jsonObject(found.response)?.['file']);
  return id === undefined ? { class: 'retry', code: 'answer', title: 'The host of the session took no file.' } : { file: id, mime_type: file.mime_type, filename: file.filename };
}

function encode(c: OutboundContent, given: OutgoingMedia | undefined): OutgoingContent | CarrierError {
  const words = (said: string): OutgoingContent => ({ type: 'text', text: said });
  switch (c.type) {
    case 'text': return words(c.text);
    case 'list': return words(asText(c));
    case 'buttons': case 'cta_url': return typeof c.header === 'object' ? withFile({ type: c.header.type, media: c.header.media, caption: asText(c) }, given) : words(asText(c));
    case 'image': case 'video': case 'audio': case 'document': case 'sticker': return withFile(c, given);
    case 'location': return { type: 'location', latitude: c.latitude, longitude: c.longitude, ...(c.name && { name: c.name }), ...(c.address && { address: c.address }) };
    case 'contacts': return { type: 'contacts', contacts: c.contacts.map((card) => ({ name: card.name, vcard: vcardOf(card) })) };
    case 'reaction': return { type: 'reaction', id: c.remote_id, emoji: c.emoji };
    case 'template': case 'interactive': return { class: 'fall_back', code: 'content', title: 'A phone cannot send this.' };
  }
}

function withFile({ type, media, caption }: Pick<MediaContent, 'type' | 'media' | 'caption'>, given: OutgoingMedia | undefined): OutgoingContent | CarrierError {
  const source: OutgoingMedia | undefined = given ?? (media.link === undefined ? undefined : { url: media.link, mime_type: media.mime_type ?? '' });
  if (!source) return { class: 'permanent', code: 'content', title: 'The file of the message is missing.' };
  const filename = media.filename ?? source.filename;
  return { type, media: { ...source, ...(filename && { filename }), ...(media.voice && { voice: true }), ...(media.animated && { animated: true }) }, ...(caption && { caption }) };
}

/** The card as it came, or one made of its name and numbers (vCard 3). */
function vcardOf(card: ContactCard): string {
  const kept = text(card.wire?.['vcard']);
  if (kept !== undefined) return kept;
  const clean = (value: string): string => value.replaceAll(/[\r\n]+/g, ' ').replaceAll(/([\\,;])/g, '\\$1');
  const phones = card.phones.flatMap(({ phone, wa_id, type }) => {
    const number = phone ?? wa_id;
    return number === undefined ? [] : [`TEL;type=${(type ?? 'CELL').replaceAll(/\W/g, '')};waid=${(wa_id ?? number).replaceAll(/\D/g, '')}:${clean(number)}`];
  });
  return ['BEGIN:VCARD', 'VERSION:3.0', `N:;${clean(card.name)};;;`, `FN:${clean(card.name)}`, ...phones, ...card.emails.flatMap(({ email }) => (email ? [`EMAIL:${clean(email)}`] : [])), 'END:VCARD'].join('\n');
}

/** What our host answered to a send: `SendAnswer`, or a problem of its own. */
function classify(response: HttpResponse, attempt: number): SendOutcome {
  const body = jsonObject(response);
  if (response.status >= 200 && response.status < 300) {
    const id = idText(body?.['id']);
    const peer = isWire(body?.['peer']) ? body['peer'] : {};
    const phone = text(peer['phone']);
    if (id !== undefined) return { outcome: 'accepted', remote_id: id, ...(phone && { wa_id: phone }) };
    return { outcome: 'unknown', error: { class: 'unknown', code: `http_${response.status}`, title: 'The answer is a success without a message id.', http_status: response.status } };
  }
  return problem(body, response, attempt);
}

function problem(body: Wire | undefined, response: HttpResponse, attempt: number): SendOutcome {
  const code = text(body?.['code']) ?? '';
  const detail = text(body?.['detail']) ?? text(body?.['title']);
  const whatsapp = idText(body?.['whatsapp_code']);
  const error = (errorClass: CarrierError['class'], title: string, own = code): CarrierError => ({ class: errorClass, code: own, title, http_status: response.status, ...(detail && { detail }) });
  switch (code) {
    case 'bridge.refused': return { outcome: 'rejected', error: refused(whatsapp ?? 'refused', error) };
    case 'bridge.unconfirmed': return { outcome: 'unknown', error: error('unknown', 'The connection to WhatsApp broke while it was sent.') };
    case 'bridge.not_on_whatsapp': return { outcome: 'rejected', error: error('permanent', 'There is no WhatsApp under this number.') };
    case 'bridge.content': case 'bridge.invalid': return { outcome: 'rejected', error: error('permanent', 'The message cannot be sent like this.') };
    case 'bridge.file_unreachable': return { outcome: 'rejected', error: error('permanent', 'The file of the message could not be fetched.') };
    case 'bridge.unsupported': return { outcome: 'rejected', error: error('fall_back', 'This engine cannot send it.') };
    case 'bridge.too_large': return { outcome: 'rejected', error: error('permanent', 'The file is too large for WhatsApp.') };
    // Nothing left: the session is at another host by now, or at none.
    case 'bridge.not_connected': case 'bridge.not_here': case 'bridge.session_unknown': case 'bridge.stopping': case 'bridge.database_away': case 'bridge.file_unknown':
      return again(error('retry', 'The session is not connected to WhatsApp.'), SESSION_AWAY, { attempt, wish: 0 });
    default: return byStatus(response, attempt, detail ? { detail } : {});
  }
}

/** Codes with which WhatsApp refuses a message (providers.md §5.6). */
function refused(code: string, error: (errorClass: CarrierError['class'], title: string, own: string) => CarrierError): CarrierError {
  if (code === '463') return error('policy', 'WhatsApp lets this number not write to strangers for now: wait until they write.', code);
  if (code === '429') return error('slow_down', 'WhatsApp asks this phone to write more slowly.', code);
  return error('permanent', 'WhatsApp did not take the message.', code);
}

/** What an error in a status means. */
export function explainHosted(error: { readonly code: string; readonly title?: string; readonly detail?: string }): CarrierError {
  return refused(error.code, (errorClass, title, code) => ({ class: errorClass, code, title, ...(error.detail ?? error.title ? { detail: error.detail ?? error.title! } : {}) }));
}

type Found = { readonly response: HttpResponse } | { readonly error: CarrierError };

/** A call that may be repeated without harm. */
async function query(call: () => Promise<HttpResponse>): Promise<Found> {
  let outcome: SendOutcome;
  try {
    const response = await call();
    if (response.status >= 200 && response.status < 300) return { response };
    outcome = problem(jsonObject(response), response, 1);
  } catch (failure) {
    outcome = classifyFailure(failure);
  }
  return { error: harmless(outcome) ?? { class: 'retry', code: 'answer', title: 'The host of the session gave no readable answer.' } };
}

export const hostedMedia: MediaCarrier = {
  takes: 'data',
  async fetch(context, remoteId, maxBytes) {
    const session = await sessionOf(context);
    if (isError(session)) return { ...session, class: 'retry' };
    const found = await query(() => callApi(context, session, { method: 'POST', path: `${session.path}/media`, json: { remote_id: remoteId }, maxBytes }));
    if ('error' in found) {
      // WhatsApp keeps files for some weeks only.
      const gone = found.error.http_status === 410;
      return gone ? { class: 'permanent', code: 'media', title: 'WhatsApp does not keep this file any more.' } : found.error.code === 'too_large' ? { class: 'permanent', code: 'media', title: `The file is larger than ${maxBytes} bytes.` } : found.error;
    }
    return { data: found.response.body, mime_type: found.response.headers['content-type'] ?? 'application/octet-stream' };
  },
};

export const hostedPresence: PresenceCarrier = {
  async markRead(context, { remote_id, peer, typing }) {
    const session = await sessionOf(context);
    const to = numberOf(peer);
    if (isError(session)) return false;
    const read = await query(() => callApi(context, session, { method: 'POST', path: `${session.path}/read`, json: { ids: [remote_id] } }));
    if ('error' in read || !typing || to === undefined) return !('error' in read);
    return !('error' in await query(() => callApi(context, session, { method: 'POST', path: `${session.path}/typing`, json: { to, state: 'composing' } })));
  },
};

export const hostedSetup: SetupCarrier = {
  /** Whether the session is active. Before there is a route there is nothing to ask. */
  async probe(context) {
    if (!context.webHost) return { ok: true, display: context.credentials['phone_number'] ?? context.credentials['session_name'] ?? '', info: {} };
    const host = await context.webHost();
    if (isError(host)) return { ok: false, error: host };
    return { ok: true, display: host.phone === undefined ? host.session : `+${host.phone}`, ...(host.name && { name: host.name }), info: {} };
  },
};
