import { z } from 'zod';
import { DeadLetterPage, FailedWebhookPage, ReplayAnswer, UnroutedPage } from '../operations.ts';
import type { Endpoint } from './endpoint.ts';

const OPERATE = 'whatsapp:operate' as const;
const Page = z.object({ cursor: z.string().optional().describe('`next_cursor` of the page before.'), limit: z.coerce.number().int().min(1).max(100).default(50) });
const list = (id: string, path: string, rest: { summary: string; description: string; schema: z.ZodType }): Endpoint => ({
  id, method: 'get', path: `/api/operations/${path}`, tag: 'queue monitor', permission: OPERATE, summary: rest.summary, description: rest.description,
  query: Page, answers: { 200: { description: 'A page, newest first.', schema: rest.schema } }, problems: ['operations.bad_cursor'],
});
const replay = (id: string, path: string, rest: { summary: string; description: string; problems: readonly string[] }): Endpoint => ({
  id, method: 'post', path: `/api/operations/${path}/{id}/replay`, tag: 'queue monitor', permission: OPERATE, summary: rest.summary, description: rest.description,
  answers: { 200: { description: '`false`: there was nothing to do any more.', schema: ReplayAnswer } }, problems: rest.problems,
});

export const operationEndpoints: readonly Endpoint[] = [
  list('listFailedWebhooks', 'failed-webhooks', { summary: 'Webhooks that could not be read', description: 'Signed by the carrier, kept whole.', schema: FailedWebhookPage }),
  replay('replayFailedWebhook', 'failed-webhooks', { summary: 'Take a webhook in again', description: 'As if it came now.', problems: ['intake.not_found'] }),
  list('listUnrouted', 'unrouted', { summary: 'Events for numbers that are not connected', description: 'They are routed by themselves when the number is connected.', schema: UnroutedPage }),
  replay('replayUnrouted', 'unrouted', { summary: 'Route an event', description: 'After its number was connected.', problems: ['intake.not_found'] }),
  list('listDeadLetters', 'dead-letters', { summary: 'Work that was set aside', description: 'Messages that were not sent and turns that failed, with the reason.', schema: DeadLetterPage }),
  replay('replayDeadLetter', 'dead-letters', { summary: 'Try it again', description: 'Only what certainly does not happen twice.', problems: ['delivery.not_found', 'delivery.not_safe', 'operations.held', 'operations.gone', 'operations.no_bot', 'operations.kind'] }),
];
