import { z } from 'zod';
import type { Endpoint } from './endpoint.ts';

const Received = z.object({ status: z.literal('received') }).meta({ id: 'Received' });
const received = { 200: { description: 'It is stored; what it says is done in a moment.', schema: Received, example: { status: 'received' } } };
const body = { type: '*/*' };
const challenge = { 200: { description: 'What the carrier wants to hear.', type: 'text/plain', schema: z.string() } };
const PROBLEMS = ['accounts.app_unknown', 'intake.signature', 'intake.handshake'];
const TEXT = 'Signed by the carrier; answered once it is committed. A repetition changes nothing.';

export const webhookEndpoints: readonly Endpoint[] = [
  { id: 'receiveWebhook', method: 'post', path: '/webhook/{provider}/{app}', tag: 'webhooks', permission: 'public', summary: 'A carrier tells something', description: TEXT, body, answers: received, problems: PROBLEMS },
  { id: 'receiveWebhookOfProvider', method: 'post', path: '/webhook/{provider}', tag: 'webhooks', permission: 'public', summary: 'The same for a carrier’s first app', description: TEXT, body, answers: received, problems: PROBLEMS },
  { id: 'receiveWebhookOfMeta', method: 'post', path: '/webhook', tag: 'webhooks', permission: 'public', summary: 'The same for Meta’s first app', description: TEXT, body, answers: received, problems: PROBLEMS },
  { id: 'verifyWebhook', method: 'get', path: '/webhook/{provider}/{app}', tag: 'webhooks', permission: 'public', summary: 'A carrier checks the address', answers: challenge, problems: PROBLEMS },
  { id: 'verifyWebhookOfProvider', method: 'get', path: '/webhook/{provider}', tag: 'webhooks', permission: 'public', summary: 'The same for a carrier’s first app', answers: challenge, problems: PROBLEMS },
  { id: 'verifyWebhookOfMeta', method: 'get', path: '/webhook', tag: 'webhooks', permission: 'public', summary: 'The same for Meta’s first app', answers: challenge, problems: PROBLEMS },
];
