/** Evolution API 2.3.7: instances, messages, chats, webhooks (providers 4). */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Sandbox } from '../../context.ts';
import { isFields } from '../../graph/fields.ts';
import type { Fields } from '../../graph/fields.ts';
import { readByBusiness } from '../../network/inbound.ts';
import type { BusinessNumber } from '../../store/identities.ts';
import type { Message } from '../../store/messages.ts';
import { answerWhenKept, businessOf, openFront } from '../front.ts';
import { evolutionKey } from '../numbers.ts';
import { answerEvolution, closed, EvolutionError, faultOf } from './errors.ts';
import { createInstance, hookOf, instanceOf, instanceRow, offerPairing, unpaired } from './instances.ts';
import { webMessage } from './message.ts';
import { jid, lidOf, numberOf } from './people.ts';
import { instanceId } from './render.ts';
import { acceptCall } from './send.ts';

const BODY_LIMIT = 140 * 1024 * 1024;

export function evolutionRoutes(sandbox: Sandbox): (app: FastifyInstance) => Promise<void> {
  return (app) => {
    app.removeAllContentTypeParsers();
    app.addContentTypeParser('*', { parseAs: 'string', bodyLimit: BODY_LIMIT }, (_request, body, done) => {
      try {
        done(null, body === '' ? {} : (JSON.parse(String(body)) as unknown));
      } catch {
        done(new EvolutionError(400, ['The body is not valid JSON.']));
      }
    });
    openFront(app, {
      sandbox, authenticate: (request) => authenticate(sandbox, request), fault: faultOf, answer: answerEvolution,
      callsOf: ({ url }) => (url.includes('/message/send') ? 'messages' : url.includes('/getBase64FromMediaMessage') ? 'media' : 'all'),
    });
    instanceRoutes(app, sandbox);
    chatRoutes(app, sandbox);
    app.post<{ Params: { call: string } }>('/message/:call/:instance', { bodyLimit: BODY_LIMIT }, async (request, reply) => {
      const business = businessOf(request);
      const message = await acceptCall(sandbox, business, { call: request.params.call, body: fieldsOf(request) });
      answerWhenKept(sandbox, reply, { status: 201, json: sent(business, message) });
      return reply;
    });
    return Promise.resolve();
  };
}

function instanceRoutes(app: FastifyInstance, sandbox: Sandbox): void {
  app.get('/', () => ({ status: 200, message: 'Welcome to the Evolution API, it is working!', version: '2.3.7', clientName: 'sandbox' }));
  app.post('/instance/create', (request, reply) => {
    requireServerKey(sandbox, request);
    answerWhenKept(sandbox, reply, { status: 201, json: createInstance(sandbox, fieldsOf(request)) });
  });
  app.get('/instance/fetchInstances', (request: FastifyRequest<{ Querystring: { instanceName?: string } }>) => {
    const key = request.headers['apikey'];
    const all = [...sandbox.identities.numbers.values()].filter((one) => one.carrier === 'evolution' && (key === serverKey(sandbox) || one.line.key === key));
    const wanted = request.query.instanceName;
    const rows = all.filter((one) => wanted === undefined || one.line.instance === wanted).map(instanceRow);
    if (rows.length === 0 && wanted !== undefined) throw missing(wanted);
    return rows;
  });
  app.get('/instance/connectionState/:instance', (request) => ({ instance: { instanceName: businessOf(request).line.instance, state: businessOf(request).line.state } }));
  app.get('/instance/connect/:instance', (request: FastifyRequest<{ Querystring: { number?: string } }>, reply) => {
    const business = businessOf(request);
    const json = business.line.state === 'open' ? { instance: { instanceName: business.line.instance, state: 'open' } } : offerPairing(sandbox, business, request.query.number);
    answerWhenKept(sandbox, reply, { json });
  });
  app.post('/instance/restart/:instance', (request) => ({ instance: { instanceName: businessOf(request).line.instance, state: businessOf(request).line.state } }));
  app.post('/instance/setPresence/:instance', (_request, reply) => reply.code(201).send({ presence: 'available' }));
  app.delete('/instance/logout/:instance', (request, reply) => {
    const business = businessOf(request);
    if (business.line.state !== 'open') throw new EvolutionError(400, [`The "${business.line.instance}" instance is not connected`]);
    unpaired(sandbox, business);
    answerWhenKept(sandbox, reply, { json: { status: 'SUCCESS', error: false, response: { message: 'Instance logged out' } } });
  });
  app.delete('/instance/delete/:instance', (request, reply) => {
    sandbox.identities.remove(businessOf(request));
    sandbox.live.tell({ kind: 'numbers' });
    answerWhenKept(sandbox, reply, { json: { status: 'SUCCESS', error: false, response: { message: 'Instance deleted' } } });
  });
  app.post('/webhook/set/:instance', (request, reply) => {
    const business = businessOf(request);
    const hook = hookOf(fieldsOf(request)['webhook']);
    const { hook: _old, ...line } = business.line;
    business.line = hook === undefined ? line : { ...line, hook };
    sandbox.identities.saveNumber(business);
    answerWhenKept(sandbox, reply, { status: 201, json: { id: `w${business.phoneNumberId}`, enabled: hook !== undefined, instanceId: instanceId(business), ...hook } });
  });
  app.get('/webhook/find/:instance', (request) => {
    const { hook } = businessOf(request).line;
    return hook === undefined ? null : { enabled: true, ...hook, webhookByEvents: false, webhookBase64: false };
  });
}

function chatRoutes(app: FastifyInstance, sandbox: Sandbox): void {
  app.post('/chat/whatsappNumbers/:instance', (request) => {
    const { numbers } = fieldsOf(request);
    return (Array.isArray(numbers) ? numbers : []).map((given) => {
      const number = numberOf(sandbox, given);
      const phone = sandbox.phones.find(number);
      return { jid: jid(number), exists: phone?.onWhatsapp !== false, number, ...(phone === undefined ? {} : { name: phone.name, lid: `${lidOf(phone)}@lid` }) };
    });
  });
  app.post('/chat/markMessageAsRead/:instance', (request, reply) => {
    const { readMessages: keys } = fieldsOf(request);
    for (const key of Array.isArray(keys) ? keys.filter(isFields) : []) {
      const message = inboundOf(sandbox, businessOf(request), String(key['id']));
      // 2.3 skips people named by LID, without a word.
      if (!String(key['remoteJid']).endsWith('@lid')) readByBusiness(sandbox, message);
    }
    answerWhenKept(sandbox, reply, { status: 201, json: { message: 'Read messages', read: 'success' } });
  });
  app.post('/chat/sendPresence/:instance', (request, reply) => {
    const business = businessOf(request);
    if (business.line.state !== 'open') throw closed();
    const { number, presence, delay } = fieldsOf(request);
    const to = numberOf(sandbox, number);
    if (presence === 'composing' || presence === 'recording') sandbox.typing.on(business.phoneNumberId, to);
    // The call takes as long as the indicator is to be seen.
    setTimeout(() => {
      sandbox.typing.off(business.phoneNumberId, to);
      void reply.code(201).send({ presence });
    }, Math.min(Number(delay) || 0, 20_000));
  });
  app.post('/chat/getBase64FromMediaMessage/:instance', async (request) => {
    const body = fieldsOf(request);
    const key = isFields(body['message']) && isFields(body['message']['key']) ? body['message']['key'] : {};
    const message = inboundOf(sandbox, businessOf(request), String(key['id']));
    const held = message.extra?.media === undefined ? undefined : sandbox.media.find(message.extra.media.id);
    if (held === undefined) throw new EvolutionError(400, ['The message is not of the media type']);
    const base64 = (await sandbox.media.read(held)).toString('base64');
    return { mediaType: `${message.type}Message`, fileName: held.filename ?? `${message.id}`, size: { fileLength: String(held.size) }, mimetype: held.mimeType, base64, buffer: null };
  });
  app.post('/chat/findMessages/:instance', (request) => {
    const { where, page = 1, offset = 50 } = fieldsOf(request);
    const key = isFields(where) && isFields(where['key']) ? where['key'] : {};
    const business = businessOf(request);
    const all = sandbox.messages.accepted({ phoneNumberId: business.phoneNumberId, after: 0, limit: 100_000 }).reverse()
      .filter((one) => (key['id'] === undefined || key['id'] === one.id) && (key['remoteJid'] === undefined || key['remoteJid'] === jid(one.number)) && key['fromMe'] !== false);
    const [size, current] = [Math.max(Number(offset) || 50, 1), Math.max(Number(page) || 1, 1)];
    const records = all.slice((current - 1) * size, current * size).map((one) => ({ ...sent(business, one), id: `db${one.id}`, MessageUpdate: [] }));
    return { messages: { total: all.length, pages: Math.ceil(all.length / size), currentPage: current, records } };
  });
  app.post('/chat/findStatusMessage/:instance', (request) => {
    const { where } = fieldsOf(request);
    const message = isFields(where) ? sandbox.messages.byId(String(where['id'])) : undefined;
    if (message === undefined || message.phoneNumberId !== businessOf(request).phoneNumberId) return [];
    const acks = [['SERVER_ACK', message.sentAt], ['DELIVERY_ACK', message.deliveredAt], ['READ', message.readAt], ['PLAYED', message.playedAt]] as const;
    return acks.filter(([, at]) => at !== null).map(([status]) => ({ keyId: message.id, remoteJid: jid(message.number), fromMe: true, status, instanceId: instanceId(businessOf(request)) }));
  });
}

const fieldsOf = (request: FastifyRequest): Fields => (isFields(request.body) ? request.body : {});
const serverKey = (sandbox: Sandbox): string => evolutionKey(sandbox.journal, sandbox.runtime);
const missing = (name: string): EvolutionError => new EvolutionError(404, [`The "${name.slice(0, 60)}" instance does not exist`]);

function requireServerKey(sandbox: Sandbox, request: FastifyRequest): void {
  if (request.headers['apikey'] !== serverKey(sandbox)) throw new EvolutionError(401, 'Unauthorized');
}

/** The server's key opens everything, an instance's own its instance. */
function authenticate(sandbox: Sandbox, request: FastifyRequest): BusinessNumber | null {
  const key = request.headers['apikey'];
  const name = isFields(request.params) && typeof request.params['instance'] === 'string' ? request.params['instance'] : undefined;
  if (request.url === '/evolution' || request.url === '/evolution/') return null;
  const known = key === serverKey(sandbox) || (typeof key === 'string' && sandbox.identities.ofCarrier('evolution', (line) => line.key === key) !== undefined);
  if (!known) throw new EvolutionError(401, 'Unauthorized');
  if (name === undefined) return null;
  const business = instanceOf(sandbox, name);
  if (business === undefined) throw missing(name);
  if (key !== serverKey(sandbox) && business.line.key !== key) throw new EvolutionError(401, 'Unauthorized');
  return business;
}

function inboundOf(sandbox: Sandbox, business: BusinessNumber, id: string): Message {
  const message = sandbox.messages.byId(id);
  if (message === undefined || message.direction !== 'out' || message.phoneNumberId !== business.phoneNumberId) throw new EvolutionError(400, ['Message not found']);
  return message;
}

function sent(business: BusinessNumber, message: Message): Fields {
  const made = webMessage(message, jid(message.number));
  return {
    key: { remoteJid: jid(message.number), fromMe: true, id: message.id }, pushName: '', status: 'PENDING', message: made?.message ?? {}, contextInfo: null, messageType: made?.messageType ?? message.type,
    messageTimestamp: Math.floor(message.createdAt / 1000), instanceId: instanceId(business), source: 'unknown',
  };
}
