/** Twilio's API for WhatsApp: messages, their files, contents, read marks (providers 3.1). */
import { createReadStream } from 'node:fs';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Sandbox } from '../../context.ts';
import { isFields } from '../../graph/fields.ts';
import type { Fields } from '../../graph/fields.ts';
import { readByBusiness } from '../../network/inbound.ts';
import type { BusinessNumber } from '../../store/identities.ts';
import type { Message } from '../../store/messages.ts';
import { answerWhenKept, businessOf, openFront } from '../front.ts';
import { contentRoutes } from './content.ts';
import { answerTwilio, TwilioError } from './errors.ts';
import { API, mediaIdOf, mediaSid, messageResource } from './message.ts';
import { acceptForm } from './send.ts';
import { senderRoutes } from './senders.ts';

type Ids = FastifyRequest<{ Params: { account: string; id: string; media: string } }>;
const MOST_LISTED = 1000;

export function twilioRoutes(sandbox: Sandbox): (app: FastifyInstance) => Promise<void> {
  return (app) => {
    app.removeAllContentTypeParsers();
    app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) => done(null, Object.fromEntries(new URLSearchParams(String(body)))));
    app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => {
      try {
        done(null, JSON.parse(String(body)));
      } catch {
        done(new TwilioError(20001, 'The body is not valid JSON.'));
      }
    });
    openFront(app, {
      sandbox, authenticate: (request) => authenticate(sandbox, request), answer: answerTwilio,
      callsOf: (request) => {
        const path = request.url.split('?')[0] ?? '';
        return request.method === 'POST' && path.endsWith('/Messages.json') ? 'messages' : path.includes('/Media') ? 'media' : 'all';
      },
      fault: (code, http) => new TwilioError(code, 'Asked for with POST /sandbox/faults.', http ?? undefined),
    });
    const accounts = `${API}/Accounts`;
    app.get(`${accounts}/:account`, (request: Ids) => {
      const { line, name, createdAt } = businessOf(request);
      return { sid: line.account_sid, friendly_name: name, status: 'active', type: 'Full', date_created: new Date(createdAt).toUTCString(), uri: `${accounts}/${line.account_sid}.json` };
    });
    app.post(`${accounts}/:account/Messages.json`, async (request, reply) => {
      const business = businessOf(request);
      const message = await acceptForm(sandbox, business, formOf(request));
      answerWhenKept(sandbox, reply, { status: 201, json: messageResource(sandbox, business, message) });
      return reply;
    });
    app.get(`${accounts}/:account/Messages.json`, (request: FastifyRequest<{ Querystring: { To?: string; From?: string; PageSize?: string } }>) => list(sandbox, businessOf(request), request.query));
    app.get(`${accounts}/:account/Messages/:id`, (request: Ids) => messageResource(sandbox, businessOf(request), ownMessage(sandbox, request)));
    app.get(`${accounts}/:account/Messages/:id/Media.json`, (request: Ids) => {
      const message = ownMessage(sandbox, request);
      const held = message.extra?.media;
      return { media_list: held === undefined ? [] : [{ sid: mediaSid(held.id), parent_sid: message.id, content_type: held.mime_type, account_sid: request.params.account, uri: `${accounts}/${request.params.account}/Messages/${message.id}/Media/${mediaSid(held.id)}.json` }] };
    });
    app.get(`${accounts}/:account/Messages/:id/Media/:media`, (request: Ids, reply) => {
      const message = ownMessage(sandbox, request);
      if (message.type === 'contacts') return reply.type('text/vcard').send(vcard(JSON.parse(message.payload) as Fields));
      const held = message.extra?.media?.id === mediaIdOf(request.params.media) ? sandbox.media.find(mediaIdOf(request.params.media)) : undefined;
      if (held === undefined) throw new TwilioError(20404, `The requested resource ${request.url} was not found`);
      return reply.header('content-type', held.mimeType).header('content-length', held.size).send(createReadStream(sandbox.media.path(held)));
    });
    contentRoutes(app, sandbox);
    senderRoutes(app, sandbox);
    for (const version of ['v2', 'v3']) app.post(`/${version}/Indicators/Typing.json`, (request, reply) => {
      markRead(sandbox, businessOf(request), formOf(request)['messageId'] ?? '');
      answerWhenKept(sandbox, reply, { json: { success: true } });
    });
    return Promise.resolve();
  };
}

/** SID and token as Basic; the account of the path must be the same. */
function authenticate(sandbox: Sandbox, request: FastifyRequest): BusinessNumber {
  const given = /^Basic (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
  const [sid, token] = Buffer.from(given, 'base64').toString('utf8').split(':');
  const found = sandbox.identities.ofCarrier('twilio', (line) => line.account_sid === sid && line.auth_token === token);
  if (found === undefined) throw new TwilioError(20003, 'Authenticate');
  const account = isFields(request.params) && typeof request.params['account'] === 'string' ? request.params['account'].replace(/\.json$/, '') : sid;
  if (account !== sid) throw new TwilioError(20404, `The requested resource ${request.url.split('?')[0] ?? ''} was not found`);
  return found;
}

function formOf(request: FastifyRequest): Record<string, string> {
  const body = isFields(request.body) ? request.body : {};
  return Object.fromEntries(Object.entries(body).map(([key, value]) => [key, String(value)]));
}

function ownMessage(sandbox: Sandbox, request: Ids): Message {
  const message = sandbox.messages.byId(request.params.id.replace(/\.json$/, ''));
  if (message === undefined || message.phoneNumberId !== businessOf(request).phoneNumberId) throw new TwilioError(20404, `The requested resource ${request.url} was not found`);
  return message;
}

/** Newest first, as Twilio lists them. */
function list(sandbox: Sandbox, business: BusinessNumber, query: { To?: string; From?: string; PageSize?: string }): Fields {
  const size = Math.min(Number(query.PageSize ?? 50) || 50, MOST_LISTED);
  const all = sandbox.messages.accepted({ phoneNumberId: business.phoneNumberId, after: 0, limit: 100_000 }).reverse();
  const messages = all.map((message) => messageResource(sandbox, business, message)).filter((m) => (query.To === undefined || m['to'] === query.To) && (query.From === undefined || m['from'] === query.From)).slice(0, size);
  return { messages, page: 0, page_size: size, start: 0, end: messages.length - 1, uri: '', first_page_uri: '', next_page_uri: null, previous_page_uri: null };
}

function markRead(sandbox: Sandbox, business: BusinessNumber, id: string): void {
  const message = sandbox.messages.byId(id);
  if (message === undefined || message.direction !== 'out' || message.phoneNumberId !== business.phoneNumberId) throw new TwilioError(20404, `Message ${id} was not found`);
  readByBusiness(sandbox, message);
  sandbox.typing.on(business.phoneNumberId, message.number);
}

/** A card as people's phones write it. */
function vcard(wire: Fields): string {
  const cards = Array.isArray(wire['contacts']) ? wire['contacts'].filter(isFields) : [];
  return cards.map((card) => {
    if (typeof card['vcard'] === 'string') return card['vcard'];
    const name = isFields(card['name']) ? String(card['name']['formatted_name'] ?? '') : '';
    const phones = Array.isArray(card['phones']) ? card['phones'].filter(isFields).map((phone) => `TEL:${String(phone['phone'] ?? phone['wa_id'] ?? '')}`) : [];
    return ['BEGIN:VCARD', 'VERSION:3.0', `FN:${name}`, ...phones, 'END:VCARD'].join('\r\n');
  }).join('\r\n');
}
