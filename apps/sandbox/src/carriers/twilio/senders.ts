/** Twilio's senders: where the webhooks of a WhatsApp number go. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Sandbox } from '../../context.ts';
import { isFields } from '../../graph/fields.ts';
import type { Fields } from '../../graph/fields.ts';
import type { BusinessNumber } from '../../store/identities.ts';
import { answerWhenKept, businessOf } from '../front.ts';
import { TwilioError } from './errors.ts';
import { whatsapp } from './message.ts';

type BySid = FastifyRequest<{ Params: { sid: string } }>;

export function senderRoutes(app: FastifyInstance, sandbox: Sandbox): void {
  app.get('/v2/Channels/Senders', (request) => ({
    senders: [senderOf(businessOf(request))],
    meta: { page: 0, page_size: 50, first_page_url: request.url, previous_page_url: null, url: request.url, next_page_url: null, key: 'senders' },
  }));
  app.get('/v2/Channels/Senders/:sid', (request: BySid) => own(request));
  app.post('/v2/Channels/Senders/:sid', (request: BySid, reply) => {
    own(request);
    const business = businessOf(request);
    const webhook = isFields(request.body) && isFields(request.body['webhook']) ? request.body['webhook'] : {};
    const url = webhook['callback_url'];
    if (typeof url !== 'string' || !/^https?:\/\//.test(url)) throw new TwilioError(20001, 'webhook.callback_url must be a URL.');
    business.line = { ...business.line, hook: { url, headers: {} } };
    sandbox.identities.saveNumber(business);
    answerWhenKept(sandbox, reply, { status: 202, json: senderOf(business) });
  });
}

const sidOf = ({ phoneNumberId }: BusinessNumber): string => `XE${phoneNumberId.padStart(32, '0')}`;

function own(request: BySid): Fields {
  const business = businessOf(request);
  if (request.params.sid !== sidOf(business)) throw new TwilioError(20404, `The requested resource ${request.url} was not found`);
  return senderOf(business);
}

function senderOf(business: BusinessNumber): Fields {
  const url = business.line.hook?.url ?? null;
  return {
    sid: sidOf(business), status: 'ONLINE', sender_id: whatsapp(business.businessNumber), configuration: { waba_id: business.wabaId },
    webhook: { callback_url: url, callback_method: 'POST', fallback_url: null, fallback_method: null, status_callback_url: null, status_callback_method: null },
    profile: { name: business.name }, properties: null, offline_reasons: null, compliance: null, url: `/v2/Channels/Senders/${sidOf(business)}`,
  };
}
