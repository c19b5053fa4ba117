import { z } from 'zod';
import type { Endpoint } from './endpoint.ts';

const count = z.number().int();
export const QueueFigures = z.object({
  waiting: count, active: count, completed: count.describe('Since counting began.'), failed: count.describe('Set aside and not replayed.'), delayed: count.describe('Tried before, or waiting for the carrier’s word.'),
}).meta({ id: 'QueueFigures' });
export const QueueStats = z.object({
  webhook: QueueFigures, message: QueueFigures,
  deduplication: z.object({ cachedMessages: count.describe('Messages of the last hour, by whose ids repetitions are told. Older ones are told too.') }),
  scope: z.enum(['company', 'platform']), paused: z.object({ webhook: z.boolean(), message: z.boolean() }),
}).meta({ id: 'QueueStats' });
export type QueueStats = z.infer<typeof QueueStats>;

export const QueueAsked = z.object({
  queue: z.enum(['webhook', 'message', 'all']).default('all'),
  scope: z.enum(['company', 'platform']).optional().describe('Default: everything you may reach. `platform` only for who runs the installation.'),
});
export const QueuePaused = z.object({ paused: z.object({ webhook: z.boolean(), message: z.boolean() }), scope: z.enum(['company', 'platform']) }).meta({ id: 'QueuePaused' });
export type QueuePaused = z.infer<typeof QueuePaused>;
export const QueueClear = QueueAsked.extend({ confirm: z.union([z.literal('true'), z.literal('1'), z.literal(true)]).optional().describe('`true`, else nothing is done.') });
export const QueueCleared = z.object({ cleared: z.object({ webhook: count, message: count }), scope: z.enum(['company', 'platform']) }).meta({ id: 'QueueCleared' });
export type QueueCleared = z.infer<typeof QueueCleared>;

const OPERATE = 'whatsapp:operate' as const;
export const queueEndpoints: readonly Endpoint[] = [
  {
    id: 'getQueueStats', method: 'get', path: '/api/queue-monitor/stats', tag: 'queue monitor', permission: OPERATE, summary: 'What waits, what is done, what was set aside',
    description: 'Of your company; of all, for who runs the installation.', query: QueueAsked.pick({ scope: true }),
    answers: { 200: { description: 'Counted now.', schema: QueueStats, example: { webhook: { waiting: 0, active: 2, completed: 1543, failed: 12, delayed: 0 }, message: { waiting: 5, active: 1, completed: 892, failed: 3, delayed: 2 }, deduplication: { cachedMessages: 145 }, scope: 'company', paused: { webhook: false, message: false } } } },
  },
  {
    id: 'pauseQueue', method: 'post', path: '/api/queue-monitor/pause', tag: 'queue monitor', permission: OPERATE, summary: 'Pause', description: 'Webhooks are still taken and kept, messages still accepted; nothing is processed until `resume`. What is being sent is finished.',
    body: { schema: QueueAsked, required: false }, answers: { 200: { description: 'Paused.', schema: QueuePaused } },
  },
  {
    id: 'resumeQueue', method: 'post', path: '/api/queue-monitor/resume', tag: 'queue monitor', permission: OPERATE, summary: 'Go on',
    body: { schema: QueueAsked, required: false }, answers: { 200: { description: 'What is still paused.', schema: QueuePaused } },
  },
  {
    id: 'clearQueue', method: 'delete', path: '/api/queue-monitor/clear', tag: 'queue monitor', permission: OPERATE, summary: 'Take everything that waits out of the queue',
    description: 'Nothing is destroyed: messages become dead letters, webhooks become failed webhooks, and both can be replayed.',
    query: QueueClear, answers: { 200: { description: 'How many.', schema: QueueCleared } }, problems: ['operations.confirm'],
  },
];
