import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { DeadLetterPage, FailedWebhookPage, ReplayAnswer, UnroutedPage } from '@centralita/contracts';
import { decodeId, encodeId, type IdPrefix } from '@centralita/kernel';
import type { Runtime } from '../../runtime.ts';
import { callerOf } from '../companies/index.ts';
import { deadLetters, deliveryErrors } from '../delivery/index.ts';
import { failedWebhooks, intakeErrors, replayFailedWebhook, replayUnrouted, unroutedEvents } from '../intake/index.ts';
import { errors } from './errors.ts';
import { replayDeadLetter } from './replay-dead-letter.ts';

type Answer<S extends z.ZodType> = z.output<S>;
const PageQuery = z.object({ cursor: z.string().optional(), limit: z.coerce.number().int().min(1).max(100).default(50) });

/** What went wrong and was kept: of the caller's own company only. The cursor is the id of the last row. */
export function operationsRoutes(app: FastifyInstance, rt: Runtime): void {
  app.get('/api/operations/failed-webhooks', async (request): Promise<Answer<typeof FailedWebhookPage>> => {
    const caller = await callerOf(rt, request, 'whatsapp:operate');
    const rows = await page(request, 'fw', (asked) => failedWebhooks(rt, caller.company.id, asked));
    return {
      failed_webhooks: rows.shown.map((r) => ({ ...r, id: encodeId('fw', r.id), created_at: r.created_at.toISOString(), replayed_at: r.replayed_at?.toISOString() ?? null })),
      next_cursor: rows.next,
    };
  });
  app.get('/api/operations/unrouted', async (request): Promise<Answer<typeof UnroutedPage>> => {
    const caller = await callerOf(rt, request, 'whatsapp:operate');
    const rows = await page(request, 'evt', (asked) => unroutedEvents(rt, caller.company.id, asked));
    return { unrouted: rows.shown.map((r) => ({ ...r, id: encodeId('evt', r.id), created_at: r.created_at.toISOString() })), next_cursor: rows.next };
  });
  app.get('/api/operations/dead-letters', async (request): Promise<Answer<typeof DeadLetterPage>> => {
    const caller = await callerOf(rt, request, 'whatsapp:operate');
    const rows = await page(request, 'dead', (asked) => rt.db.withCompany(caller.company, (tx) => deadLetters(tx, asked)));
    return {
      dead_letters: rows.shown.map((r) => ({
        ...r, id: encodeId('dead', r.id), conversation_id: r.conversation_id && encodeId('conv', r.conversation_id), message_id: r.message_id && encodeId('msg', r.message_id),
        created_at: r.created_at.toISOString(), replayed_at: r.replayed_at?.toISOString() ?? null,
      })),
      next_cursor: rows.next,
    };
  });

  app.post('/api/operations/failed-webhooks/:id/replay', async (request): Promise<Answer<typeof ReplayAnswer>> => {
    const caller = await callerOf(rt, request, 'whatsapp:operate');
    const id = given(request, 'fw');
    if (id === undefined) throw intakeErrors.not_found();
    return { replayed: await replayFailedWebhook(rt, caller.company.id, id) };
  });
  app.post('/api/operations/unrouted/:id/replay', async (request): Promise<Answer<typeof ReplayAnswer>> => {
    const caller = await callerOf(rt, request, 'whatsapp:operate');
    const id = given(request, 'evt');
    if (id === undefined) throw intakeErrors.not_found();
    return { replayed: await replayUnrouted(rt, caller.company.id, id) };
  });
  app.post('/api/operations/dead-letters/:id/replay', async (request): Promise<Answer<typeof ReplayAnswer>> => {
    const caller = await callerOf(rt, request, 'whatsapp:operate');
    const id = given(request, 'dead');
    if (id === undefined) throw deliveryErrors.not_found();
    return { replayed: await rt.db.withCompany(caller.company, (tx) => replayDeadLetter(rt, tx, id)) };
  });
}

/** One row more than asked for tells whether there is a next page. */
async function page<R extends { readonly id: string }>(request: FastifyRequest, prefix: IdPrefix, read: (asked: { before: string | null; limit: number }) => Promise<R[]>): Promise<{ shown: R[]; next: string | null }> {
  const { cursor, limit } = PageQuery.parse(request.query);
  const before = cursor === undefined ? null : decodeId(prefix, cursor);
  if (before === undefined) throw errors.bad_cursor();
  const rows = await read({ before, limit: limit + 1 });
  const shown = rows.slice(0, limit);
  return { shown, next: rows.length > limit ? encodeId(prefix, shown.at(-1)!.id) : null };
}

const given = (request: FastifyRequest, prefix: IdPrefix): string | undefined => decodeId(prefix, (request.params as { id: string }).id);
