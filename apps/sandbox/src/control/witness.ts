/** What the sandbox saw, for tests and drills: it stays a witness when the server is killed. */
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Sandbox } from '../context.ts';
import { parse } from '../http/input.ts';
import { Problem } from '../http/problem.ts';
import { messageView } from '../network/view.ts';
import { isUpdateState } from '../store/updates.ts';

const Page = { after: z.coerce.number().int().min(0).default(0), limit: z.coerce.number().int().min(1).max(10_000).default(1000) };

const OutboxQuery = z.object({ ...Page, phone_number_id: z.string().optional(), full: z.enum(['true', 'false']).default('false') });

const DeliveriesQuery = z.object({
  before: z.coerce.number().int().min(1).default(Number.MAX_SAFE_INTEGER), limit: z.coerce.number().int().min(1).max(1000).default(100),
  state: z.string().optional(), full: z.enum(['true', 'false']).default('false'),
});

const RawUpdate = z.strictObject({
  field: z.string().min(1).max(100), value: z.unknown(), phone_number_id: z.string().optional(), waba_id: z.string().optional(),
});

const TemplatePatch = z.strictObject({ status: z.enum(['PENDING', 'APPROVED', 'REJECTED', 'PAUSED', 'DISABLED']) });

const ResetBody = z.strictObject({ numbers: z.boolean().optional() });

export function witnessRoutes(app: FastifyInstance, sandbox: Sandbox): void {
  const { identities, messages, updates, journal } = sandbox;

  app.get('/outbox', (request) => {
    const query = parse(OutboxQuery, request.query, 'query');
    if (query.phone_number_id !== undefined && !identities.numbers.has(query.phone_number_id)) {
      throw new Problem(404, 'There is no such number.', { where: 'query.phone_number_id', toDo: 'GET /sandbox/numbers lists them.' });
    }
    const page = messages.accepted({ phoneNumberId: query.phone_number_id, after: query.after, limit: query.limit });
    const counted = query.phone_number_id === undefined ? [...identities.numbers.values()] : [identities.numbers.get(query.phone_number_id)];
    return {
      count: counted.reduce((sum, business) => sum + (business?.accepted ?? 0), 0),
      messages: page.map((message) => (query.full === 'true' ? messageView(message, identities.numbers.get(message.phoneNumberId)) : {
        cursor: message.seq, id: message.id, phone_number_id: message.phoneNumberId, to: message.number, type: message.type, text: message.text,
        status: message.status, biz_opaque_callback_data: message.callback, accepted_at: new Date(message.createdAt).toISOString(),
      })),
      next: page.length === query.limit ? (page.at(-1)?.seq ?? null) : null,
    };
  });

  app.get('/deliveries', (request) => {
    const query = parse(DeliveriesQuery, request.query, 'query');
    if (query.state !== undefined && !isUpdateState(query.state)) {
      throw new Problem(400, `There is no state "${query.state}".`, { where: 'query.state', toDo: 'Use pending, delivered, gave_up or dropped.' });
    }
    const page = updates.log({ before: query.before, limit: query.limit, ...(query.state === undefined ? {} : { state: query.state }) });
    return {
      pending: updates.pendingCount(), in_flight: sandbox.queue.flying,
      deliveries: page.map((update) => ({
        id: update.seq, about: update.label, phone_number_id: update.phoneNumberId, app_id: update.appId, phone: update.key.split(':')[1] ?? null,
        message_id: update.messageId, state: update.state, attempts: update.attempts, last_status: update.lastStatus, last_error: update.lastError,
        created_at: new Date(update.createdAt).toISOString(), done_at: update.doneAt === null ? null : new Date(update.doneAt).toISOString(),
        next_attempt_at: update.state === 'pending' ? update.dueAt : null,
        ...(query.full === 'true' ? { change: JSON.parse(update.change) as unknown } : {}),
      })),
      next: page.length === query.limit ? (page.at(-1)?.seq ?? null) : null,
    };
  });

  app.post('/deliveries/retry', async () => {
    const retried = sandbox.queue.retryNow();
    await journal.committed();
    return { retried };
  });

  /** Any other field of section 1.10, or a `messages` value of the caller's own making: signed and delivered like the rest. */
  app.post('/updates', async (request, reply) => {
    const body = parse(RawUpdate, request.body, 'body');
    const business = body.phone_number_id === undefined ? identities.demo : identities.numbers.get(body.phone_number_id);
    const waba = identities.wabas.get(body.waba_id ?? business?.wabaId ?? '');
    if (waba === undefined) throw new Problem(404, 'There is no such number or WABA.', { where: 'body', toDo: 'GET /sandbox/numbers lists them.' });
    const heard = sandbox.publisher.publishAccount(waba, { field: body.field, value: body.value ?? {}, phoneNumberId: business?.phoneNumberId });
    await journal.committed();
    return reply.code(202).send({ queued: heard });
  });

  app.get('/templates', () => ({ templates: [...identities.wabas.keys()].flatMap((wabaId) => sandbox.templates.list(wabaId)) }));

  /** Pauses, rejects or approves a template, as Meta does by itself. */
  app.patch<{ Params: { id: string } }>('/templates/:id', async (request) => {
    const template = sandbox.templates.byId(request.params.id);
    if (template === undefined) throw new Problem(404, 'There is no such template.', { where: 'path', toDo: 'GET /sandbox/templates lists them.' });
    sandbox.review.decide(template, parse(TemplatePatch, request.body, 'body').status);
    await journal.committed();
    return template;
  });

  app.post('/reset', async (request) => {
    const body = parse(ResetBody, request.body ?? {}, 'body');
    journal.flush();
    sandbox.queue.clear();
    sandbox.ladder.forget();
    sandbox.typing.clear();
    sandbox.limits.forget();
    sandbox.links.forget();
    sandbox.tunables.forget();
    sandbox.faults.lift();
    for (const business of identities.numbers.values()) business.accepted = 0;
    journal.write();
    for (const table of ['messages', 'updates', 'chats', 'phones', 'media']) journal.db.exec(`delete from ${table}`);
    journal.db.exec('update numbers set accepted = 0');
    sandbox.media.removeAll();
    sandbox.phones.forgetAll();
    sandbox.phones.suggest();
    if (body.numbers === true) identities.keepOnlyDemo();
    sandbox.web.reset(body.numbers === true);
    await journal.committed();
    sandbox.live.tell({ kind: 'reset' });
    return { reset: true };
  });
}
